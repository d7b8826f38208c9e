"""Which findings of the policy packs are acknowledged, for which reason? (the table in `docs/security.md`)

`make security-table` writes it from the synthesis of every shape of environment.
"""

import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from stacks.components.pack import Pack
from tests.infrastructure.assembly import CHECKOUT, SHAPES, Assembly, synthesise
from tests.infrastructure.policy_packs import Acknowledged, acknowledged_findings

DOCUMENT = CHECKOUT / "docs" / "security.md"
BEGIN, END = "<!-- begin: make security-table -->\n", "<!-- end: make security-table -->\n"
TITLES = {
    Pack.AWS_SOLUTIONS: "AwsSolutions",
    Pack.NIST: "NIST 800-53 R5",
    Pack.HIPAA: "HIPAA",
    Pack.PCI: "PCI DSS 3.2.1",
}


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        assemblies = [synthesise(settings, Path(scratch) / shape, is_judged=True) for shape, settings in SHAPES.items()]
        if any(assembly.findings for assembly in assemblies):
            print(
                "security-table: fix or acknowledge the findings of `make test-infrastructure` first", file=sys.stderr
            )
            return 1
        DOCUMENT.write_text(generated(DOCUMENT.read_text(encoding="utf-8"), assemblies), encoding="utf-8")
    return 0


def generated(document: str, assemblies: Iterable[Assembly]) -> str:
    """The document with the table as these syntheses have it."""
    found = [each for assembly in assemblies for each in acknowledged_findings(assembly.directory)]
    return with_table(document, table(found))


def with_table(document: str, new: str) -> str:
    """The document with `new` between its two marks. Raises ValueError when a mark is missing."""
    before, has_begin, rest = document.partition(BEGIN)
    _, has_end, after = rest.partition(END)
    if not has_begin or not has_end:
        raise ValueError(f"{DOCUMENT.name} has no line {(END if has_begin else BEGIN).strip()!r}: put it back")
    return f"{before}{BEGIN}{new}{END}{after}"


def table(found: Iterable[Acknowledged]) -> str:
    """One line for each rule and reason; packs that have the same rule share it."""
    resources: dict[tuple[str, str], dict[Pack, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in found:
        rule = re.sub(r"Auth0Events-[\w-]+-\*", "Auth0Events-<env>-*", each.rule)
        resources[rule, each.reason][each.pack].add(readable(each.resource))
    lines = [
        f"| {', '.join(TITLES[pack] for pack in packs)} | `{rule}` | {', '.join(sorted(names))} | {reason} |"
        for (rule, reason), by_pack in resources.items()
        for packs, names in sharing(by_pack)
    ]
    return "".join(
        f"{line}\n" for line in ("| packs | rule | resources | reason |", "| --- | --- | --- | --- |", *sorted(lines))
    )


def sharing(by_pack: dict[Pack, set[str]]) -> list[tuple[list[Pack], set[str]]]:
    """Packs that found the same resources, together."""
    together: dict[frozenset[str], list[Pack]] = defaultdict(list)
    for pack in Pack:
        if by_pack.get(pack):
            together[frozenset(by_pack[pack])].append(pack)
    return [(packs, set(names)) for names, packs in together.items()]


def readable(path: str) -> str:
    """`Sender/Failed/Queue` for the construct path `Auth0Events-dev-Sender/Failed/Queue/Resource`."""
    stack, _, construct = path.partition("/")
    return f"{stack.rpartition('-')[2]}/{construct.removesuffix('/Resource')}"


if __name__ == "__main__":
    sys.exit(main())
