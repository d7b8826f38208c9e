import pytest

from stacks.components.pack import Pack
from tests.infrastructure.assembly import Assembly
from tests.infrastructure.policy_packs import Acknowledged
from tools.security_table import BEGIN, DOCUMENT, END, generated, table, with_table


def found(pack: Pack, *, resource: str = "Auth0Events-dev-Sender/Sender/Function/Resource") -> Acknowledged:
    return Acknowledged(pack=pack, rule="LambdaDLQ", resource=resource, reason="kept elsewhere", at="anywhere")


def test_the_documents_table_is_what_the_templates_have(assemblies: dict[str, Assembly]) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == generated(document, assemblies.values()), "docs/security.md is behind: `make security-table`"


def test_another_acknowledgment_is_another_table(assemblies: dict[str, Assembly]) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document != generated(document, [assemblies["partner bus and event log only"]])


def test_packs_with_the_same_finding_share_a_line_in_every_environment() -> None:
    lines = table(
        [
            found(Pack.HIPAA),
            found(Pack.NIST),
            found(Pack.HIPAA, resource="Auth0Events-lean-Sender/Sender/Function/Resource"),
        ]
    ).splitlines()
    assert lines[2:] == ["| NIST 800-53 R5, HIPAA | `LambdaDLQ` | Sender/Sender/Function | kept elsewhere |"]


def test_packs_with_other_resources_have_a_line_of_their_own() -> None:
    lines = table([found(Pack.HIPAA), found(Pack.NIST), found(Pack.NIST, resource="a-Sender/Other/Resource")])
    assert [line.split(" | ")[0] for line in lines.splitlines()[2:]] == ["| HIPAA", "| NIST 800-53 R5"]


def test_what_is_around_the_table_stays() -> None:
    assert with_table(f"before\n{BEGIN}old\n{END}after\n", "new\n") == f"before\n{BEGIN}new\n{END}after\n"


@pytest.mark.parametrize("document", [f"{BEGIN}", f"{END}", ""])
def test_a_document_without_a_mark_is_refused(document: str) -> None:
    with pytest.raises(ValueError, match=r"has no line .*: put it back"):
        with_table(document, "new\n")
