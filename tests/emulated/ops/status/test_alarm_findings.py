"""Which alarm, and which silence of one, needs a person, and is somebody told?"""

from datetime import timedelta
from typing import Any

import pytest

from tests.emulated.ops.status.account import NOW, STACKS, Account
from tests.emulated.ops.status.conftest import Status
from tests.emulated.ops.status.told import RECREATE, only, rows


def in_alarm(account: Account, *names: str) -> None:
    for name in names:
        account.alarms[name]["StateValue"] = "ALARM"


def test_an_alarm_names_its_section(account: Account, status: Status) -> None:
    in_alarm(account, "alarm-unkept")
    account.alarms["alarm-unkept"]["AlarmDescription"] = "A queue refused an event. See docs/operations.md#unkept"
    told = status()
    name, what, _ = only(told)
    assert (name, what) == (
        "EverythingOnPartnerBusUnkept",
        "alarm EverythingOnPartnerBusUnkept: A queue refused an event",
    )
    assert told["needs_you"][0]["do"] == "docs/operations.md#unkept says what to look at and how to put it right."


def test_an_alarm_without_a_section_of_its_own_has_that_of_its_name(account: Account, status: Status) -> None:
    in_alarm(account, "alarm-undelivered")
    account.alarms["alarm-undelivered"]["AlarmDescription"] = "Messages wait. See docs/operations.md"
    told = status()["needs_you"][0]
    assert told["do"] == "docs/operations.md#alertrouteundelivered says what to look at and how to put it right."
    assert told["commands"] == []


def test_a_queue_and_its_alarm_are_one_thing_and_a_composite_alarm_says_nothing_new(
    account: Account, status: Status
) -> None:
    in_alarm(account, "alarm-undelivered", "alarm-anything")
    account.letters["AlertRouteUndelivered"] = (1, 0)
    assert only(status())[0] == "AlertRouteUndelivered"


def test_a_composite_alarm_alone_is_told(account: Account, status: Status) -> None:
    in_alarm(account, "alarm-anything")
    assert only(status())[0] == "Anything"


def test_alarms_without_data_need_nobody_and_without_actions_they_do(account: Account, status: Status) -> None:
    account.alarms["alarm-unkept"]["StateValue"] = "INSUFFICIENT_DATA"
    assert status()["healthy"]
    account.alarms["alarm-unkept"]["ActionsEnabled"] = False
    _, what, commands = only(status())
    assert what == "alarm EverythingOnPartnerBusUnkept calls nobody: its actions are disabled"
    assert commands == ["aws cloudwatch enable-alarm-actions --alarm-names alarm-unkept"]


def test_actions_that_are_disabled_are_one_thing_with_one_command(account: Account, status: Status) -> None:
    for alarm in account.alarms.values():
        alarm["ActionsEnabled"] = False
    name, what, commands = only(status())
    assert (name, what) == ("actions", "3 alarms call nobody: their actions are disabled")
    assert commands == [
        "aws cloudwatch enable-alarm-actions --alarm-names alarm-undelivered alarm-unkept alarm-anything"
    ]


@pytest.mark.parametrize("kind", ["Failing", "DeadLettered", "Errors"])
def test_an_alarm_that_calls_nobody_is_seen_and_is_no_thing_of_its_own(
    account: Account, status: Status, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    name = f"EverythingOnPartnerBus{kind}"
    monkeypatch.setitem(STACKS["Monitoring"], ("AWS::CloudWatch::Alarm", name), "alarm-reason")
    account.alarms["alarm-reason"] = account.alarms["alarm-unkept"] | {
        "AlarmName": "alarm-reason",
        "StateValue": "ALARM",
    }
    told = status()
    assert (told["healthy"], rows(told, "alarms")[name]["mark"]) == (True, "note")
    account.letters["AlertRouteUndelivered"] = (1, 0)
    assert only(status())[0] == "AlertRouteUndelivered"


SILENCE = {"TreatMissingData": "breaching", "Period": 3_600, "EvaluationPeriods": 24}
OF_MATH = SILENCE | {"Period": 0, "Metrics": [{"Id": "sum"}, {"MetricStat": {"Period": 3_600}}]}


@pytest.mark.parametrize("alarm", [SILENCE, OF_MATH])
@pytest.mark.parametrize(
    ("made_hours_ago", "off_hours_ago", "other", "is_trouble"),
    [
        (1, 0.5, {}, False),
        (25, 0.5, {}, True),  # it has looked back as far as it can
        (1, 2, {}, True),  # it was in alarm before it was changed
        (1, 0.5, {"TreatMissingData": "notBreaching"}, True),
    ],
)
def test_silence_is_no_trouble_while_the_alarm_is_younger_than_what_it_looks_back(
    account: Account,
    status: Status,
    alarm: dict[str, Any],
    made_hours_ago: float,
    off_hours_ago: float,
    other: dict[str, Any],
    is_trouble: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    in_alarm(account, "alarm-unkept")
    made, off = (NOW - timedelta(hours=hours) for hours in (made_hours_ago, off_hours_ago))
    times = {"AlarmConfigurationUpdatedTimestamp": made, "StateTransitionedTimestamp": off}
    account.alarms["alarm-unkept"] |= alarm | times | other
    told = status()
    row = rows(told, "alarms")["EverythingOnPartnerBusUnkept"]
    assert (told["healthy"], row["mark"]) == ((False, "needs_you") if is_trouble else (True, "note"))
    assert ("younger" in row["says"]) is not is_trouble


def test_an_alarm_that_was_deleted_is_recreated(account: Account, status: Status) -> None:
    del account.alarms["alarm-unkept"]
    assert only(status())[2] == [RECREATE]


@pytest.mark.parametrize(
    ("subscriptions", "says"),
    [
        ([], "nobody: subscribe, or deploy with `-c alert_email=ADDRESS`"),
        (["PendingConfirmation"], "nobody yet: a subscription waits for its confirmation (look into the mailbox)"),
    ],
)
def test_that_nobody_is_told_is_said_and_needs_nobody(
    account: Account, status: Status, subscriptions: list[str], says: str
) -> None:
    account.subscriptions = subscriptions
    told = status()
    topic = rows(told, "told")["AlarmTopic"]
    assert (told["healthy"], topic["mark"], topic["says"]) == (True, "note", says)


@pytest.mark.parametrize(("own", "topic"), [("alarms", "AlarmTopic"), ("alerts", "AlertTopic")])
def test_a_topic_that_was_deleted_is_recreated(account: Account, status: Status, own: str, topic: str) -> None:
    account.topics.remove(own)
    told = status()
    name, what, commands = only(told)
    assert (name, commands, rows(told, "told")[topic]["mark"]) == (topic, [RECREATE], "needs_you")
    assert what == f"topic {topic} was deleted, and its subscriptions with it: nobody is told"
