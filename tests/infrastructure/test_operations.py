import re

import pytest

from ops.environment import HASH_LENGTH, QUEUE
from tests.infrastructure.assembly import CHECKOUT, Assembly

OPERATIONS = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
ALARMS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")


def descriptions(assembly: Assembly) -> dict[str, str]:
    """By the alarm's path below its stack."""
    alarms = assembly.properties(*ALARMS)
    return {name.partition("/")[2][:-HASH_LENGTH]: alarm["AlarmDescription"] for name, alarm in alarms.items()}


def anchors_of(assembly: Assembly) -> dict[str, str]:
    """Where each alarm's description leads to in docs/operations.md."""
    found = {name: re.search(r"docs/operations\.md#([a-z]+)$", text) for name, text in descriptions(assembly).items()}
    return {name: match[1] if match else "" for name, match in found.items()}


def anchors_in(page: str) -> set[str]:
    """Of the sections about alarms, whose heading is one word; as GitHub makes them: the heading in lower case."""
    return {word.lower() for word in re.findall(r"^### (\w+)$", page, flags=re.MULTILINE)}


def dead_ends(assembly: Assembly, page: str) -> dict[str, str]:
    return {name: anchor for name, anchor in anchors_of(assembly).items() if anchor not in anchors_in(page)}


def test_every_alarms_description_leads_to_a_section_of_the_operators_page(assembly: Assembly) -> None:
    assert dead_ends(assembly, OPERATIONS) == {}


@pytest.mark.parametrize("heading", ["TaskNotStarted", "Unkept", "Unhealthy"])
def test_a_description_that_leads_nowhere_would_be_found(simulation: Assembly, heading: str) -> None:
    assert f"### {heading}\n" in OPERATIONS
    assert dead_ends(simulation, OPERATIONS.replace(f"### {heading}\n", ""))


def test_every_section_has_the_name_of_its_alarm_or_the_end_that_its_alarms_share(assembly: Assembly) -> None:
    for name, anchor in anchors_of(assembly).items():
        assert name.lower().endswith(anchor), name


def test_every_section_is_about_an_alarm(partner: Assembly) -> None:
    """No section is left over from an alarm that went."""
    assert anchors_in(OPERATIONS) == set(anchors_of(partner).values())


def test_every_link_within_the_page_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", OPERATIONS, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = set(re.findall(r"\]\(#([^)]+)\)", OPERATIONS))
    assert links
    assert links - anchors == set()


def test_no_description_is_longer_than_cloudwatch_takes(assembly: Assembly) -> None:
    """1,024 characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html."""
    assert max(map(len, descriptions(assembly).values())) <= 1024


def test_every_queues_alarm_has_the_name_that_redrive_takes(assembly: Assembly) -> None:
    queues = {name.partition("/")[2][:-HASH_LENGTH].removesuffix("Queue") for name in assembly.properties(QUEUE)}
    assert queues <= set(descriptions(assembly))
    for queue in queues:
        assert anchors_of(assembly)[queue] == queue.lower()


def test_what_no_rule_took_is_replayed_to_the_rule_that_the_alarm_is_about(partner: Assembly) -> None:
    """To other rules the events have gone: their targets would get them twice."""
    (section,) = re.findall(r"^### Unrouted\n\n(.*?)(?=^##)", OPERATIONS, flags=re.MULTILINE | re.DOTALL)
    (replay,) = re.findall(r"`(python -m ops replay[^`]*)`", section)
    options = replay.split()
    assert f", and rule {options[-1]} on the " in descriptions(partner)["PartnerBusUnrouted"]
    assert options[-2] == "--rule"


def test_alarms_that_call_nobody_say_so_in_their_section(partner: Assembly) -> None:
    silent = {
        anchors_of(partner)[name.partition("/")[2][:-HASH_LENGTH]]
        for name, alarm in partner.properties("AWS::CloudWatch::Alarm").items()
        if not alarm.get("AlarmActions")
    }
    sections = dict(re.findall(r"^### (\w+)\n\n(.*?)(?=^##)", OPERATIONS, flags=re.MULTILINE | re.DOTALL))
    said = {heading.lower() for heading, text in sections.items() if text.startswith("*Calls nobody.*")}
    assert said == silent == {"failing", "deadlettered", "errors"}
