"""Do events that the sender gave up on go through it again, and are none lost or sent for ever?"""

import json
from dataclasses import replace
from typing import Any

import pytest

from ops.redrive.letters import Letter
from ops.redrive.run import portions as portions_of_events
from ops.redrive.ways import SendAgain
from tests.emulated.ops.world import World, fail, reasons, refuse_all
from tests.unit.ops.names import ACCOUNT, REGION, SENDER

LETTER: Any = {"message_id": "m", "receipt_handle": "r", "body": "", "attributes": {}, "sent_at": 0.0}


def test_events_go_through_the_sender_together(world: World) -> None:
    world.aws.fake.answer = lambda _: {"sent": 3, "failed": 0}
    for log_id in "abc":
        world.put_undelivered(log_id)
    report = world.redrive()
    ((function, payload),) = world.aws.fake.calls
    assert (function, sorted(each["detail"]["log_id"] for each in payload["events"])) == (SENDER, ["a", "b", "c"])
    assert (report.put_back, report.kept_again, world.visible("Undelivered")) == (3, 0, [])


@pytest.mark.parametrize(
    ("megabytes", "requests"), [([1, 1, 1], [3]), ([3, 3, 3], [1, 1, 1]), ([2, 2, 2, 6], [2, 1, 1])]
)
def test_a_request_to_the_sender_stays_below_lambdas_limit(megabytes: list[int], requests: list[int]) -> None:
    events = [(Letter(**LETTER), SendAgain(body="x" * 1_000_000 * each)) for each in megabytes]
    portions = list(portions_of_events(events))
    assert [len(portion) for portion in portions] == requests
    assert [event for portion in portions for event in portion] == events


def test_an_event_that_the_sender_keeps_again_is_told_and_not_sent_for_ever(world: World) -> None:
    def give_up(payload: Any) -> Any:
        for each in payload["events"]:
            world.put_undelivered(each["detail"]["log_id"])
        return {"sent": 0, "failed": len(payload["events"])}

    world.aws.fake.answer = give_up
    world.put_undelivered("a")
    world.put_undelivered("b")
    report = world.redrive()
    assert (report.put_back, report.kept_again, report.stays) == (2, 2, 0)
    assert len(world.visible("Undelivered")) == 2


@pytest.mark.parametrize(("pauses", "put_back"), [(True, 2), (False, 4)])
def test_what_is_kept_again_within_the_second_that_aws_told_is_not_sent_again(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    pauses: bool,  # noqa: FBT001 - a parameter of the test
    put_back: int,
) -> None:
    """Its control is a run that does not pause. The sender succeeds the second time, or that would never end."""
    now = [1_800_000_000_250]  # ms; AWS tells 1_800_000_001 for "before the end of this second"
    monkeypatch.setattr("moto.sqs.models.unix_time_millis", lambda: now[0])
    world.aws.fake.answer = lambda payload: give_up(payload) if len(world.aws.fake.calls) == 1 else {"failed": 0}

    def give_up(payload: Any) -> Any:
        for each in payload["events"]:
            world.put_undelivered(each["detail"]["log_id"])
        return {"failed": len(payload["events"])}

    world.put_undelivered("a")
    world.put_undelivered("b")
    report = world.report()
    report.started = 1_800_000_001
    world.redrive(report=report, pause=lambda seconds: now.__setitem__(0, now[0] + int(pauses * seconds * 1000)))
    assert (report.put_back, report.kept_again) == (put_back, 2)


def test_one_event_that_the_sender_refuses_does_not_keep_the_others(world: World) -> None:
    def answer(payload: Any) -> Any:
        if any(each["detail"]["log_id"] == "b" for each in payload["events"]):
            fail("events[1]: too large")
        return {"failed": 0}

    world.aws.fake.answer = answer
    for log_id in "abc":
        world.put_undelivered(log_id)
    report = world.redrive()
    assert (report.put_back, reasons(report)) == (2, ["FunctionError: events[1]: too large"])
    assert [json.loads(body)["detail"]["log_id"] for body in world.visible("Undelivered")] == ["b"]


def test_without_an_environments_sender_its_letters_stay(world: World) -> None:
    world.environment = replace(
        world.environment, resources={("AWS::SQS::Queue", "UndeliveredQueue"): world.urls["Undelivered"]}
    )
    world.put_undelivered("a")
    assert reasons(world.redrive()) == ["this environment has no sender (any more)"]


@pytest.mark.parametrize("answer", [None, {}, [], {"failed": None}])
def test_an_answer_of_the_sender_that_says_nothing_leaves_the_letters(world: World, answer: Any) -> None:
    world.aws.fake.answer = lambda _: answer
    world.put_undelivered("a")
    assert reasons(world.redrive()) == ["the sender does not say whether it has sent the events"]
    assert len(world.visible("Undelivered")) == 1


def test_without_an_answer_of_the_sender_all_stay_and_nothing_is_sent_again(world: World) -> None:
    world.aws.fake.answer = refuse_all
    world.put_undelivered("a")
    world.put_undelivered("b")
    assert len(reasons(world.redrive())) == 2
    assert len(world.aws.fake.calls) == 1
    assert len(world.visible("Undelivered")) == 2


def test_a_request_that_the_sender_takes_and_keeps_again_is_told(world: World) -> None:
    """Of an invocation that had failed as a whole: the sender's answer counts, not that there is one."""
    world.aws.fake.answer = lambda _payload: {"sent": 0, "failed": 3}
    world.put_failed_event({"events": []}, function=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{SENDER}")
    report = world.redrive()
    assert (report.put_back, report.kept_again) == (1, 3)
