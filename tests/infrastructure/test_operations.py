import re

import pytest

from ops.environment import HASH_LENGTH, QUEUE
from tests.infrastructure.assembly import CHECKOUT, Assembly

OPERATIONS = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")


UNKEPT = "Unkept"  # one section for the alarms of all rules and functions that end in it


def alarms_of(assembly: Assembly) -> set[str]:
    names = {name.partition("/")[2][:-HASH_LENGTH] for name in assembly.properties("AWS::CloudWatch::Alarm")}
    return {UNKEPT if name.endswith(UNKEPT) else name for name in names}


def sections(page: str) -> set[str]:
    return set(re.findall(r"^###? (\w+)$", page, flags=re.MULTILINE))


def test_every_alarm_has_a_section_of_its_own_in_the_operators_page(assembly: Assembly) -> None:
    assert alarms_of(assembly) <= sections(OPERATIONS)


def test_every_section_is_about_an_alarm(simulation: Assembly) -> None:
    """No section is left over from an alarm that went."""
    about_more = {"Permissions"}
    assert sections(OPERATIONS) - about_more == alarms_of(simulation)


def test_an_alarm_without_a_section_would_be_found(simulation: Assembly) -> None:
    page = OPERATIONS.replace("### TaskNotStarted\n", "")
    with pytest.raises(AssertionError):
        assert alarms_of(simulation) <= sections(page)


def test_every_queues_alarm_has_the_name_that_redrive_takes(assembly: Assembly) -> None:
    paths = {name.partition("/")[2][:-HASH_LENGTH] for name in assembly.properties(QUEUE)}
    assert alarms_of(assembly) - {UNKEPT} == {path.removesuffix("Queue") for path in paths}
