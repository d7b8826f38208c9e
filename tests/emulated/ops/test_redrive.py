"""Does each letter arrive where it came from, and does what fails again stay?"""

import json
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from ops.redrive.command import WAIT
from tests.emulated.ops.world import DEAD_LETTER_QUEUES, World, fail, reasons, refuse_all
from tests.unit.ops.names import ACCOUNT, ALERT, REGION, event


def test_a_rules_letter_calls_the_function_and_is_gone(world: World) -> None:
    world.put_rule_letter("AlertRouteUndelivered", event("1"), ALERT)
    report = world.redrive()
    assert world.aws.fake.calls == [(ALERT, event("1"))]
    assert (report.letters, report.put_back, report.stays) == (1, 1, 0)
    assert world.visible("AlertRouteUndelivered") == []


def test_a_failed_event_calls_the_function_and_is_gone(world: World) -> None:
    world.put_failed_event(event("1"))
    assert world.redrive("AlertRouteUnprocessed").put_back == 1
    assert world.aws.fake.calls == [(ALERT, event("1"))]
    assert world.visible("AlertRouteUnprocessed") == []


def test_poison_stays_and_what_is_behind_it_goes(world: World) -> None:
    world.aws.fake.answer = lambda payload: fail("cannot") if payload["detail"]["log_id"] == "1" else None
    for number in range(3):
        world.put_failed_event(event(str(number)))
    report = world.redrive()
    assert (report.put_back, reasons(report)) == (2, ["FunctionError: cannot"])
    assert report.queues[3].stays[0].log_id == "1"
    (left,) = world.visible("AlertRouteUnprocessed")
    assert json.loads(left)["requestPayload"] == event("1")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refuse_all, "ResourceNotFoundException: Function not found"),
        (lambda _: fail("no\nlog"), "FunctionError: no log"),
    ],
)
def test_what_the_function_does_not_take_stays(world: World, answer: Any, reason: str) -> None:
    world.aws.fake.answer = answer
    world.put_rule_letter("AlertRouteUndelivered", event("1"), ALERT)
    assert reasons(world.redrive()) == [reason]
    assert len(world.visible("AlertRouteUndelivered")) == 1


def test_an_answer_that_does_not_come_leaves_the_letter(world: World) -> None:
    def answer(_payload: Any) -> Any:
        raise ReadTimeoutError(endpoint_url="https://lambda")

    world.aws.fake.answer = answer
    world.put_failed_event(event("1"))
    (reason,) = reasons(world.redrive())
    assert reason.startswith("ReadTimeoutError: ")
    assert len(world.visible("AlertRouteUnprocessed")) == 1


def test_a_letter_for_an_inbox_and_one_of_its_dead_letter_queue_come_into_the_inbox(world: World) -> None:
    world.put_rule_letter("TaskInboxUndelivered", event("1"), world.queue_arn("TaskInbox"))
    world.put("TaskInboxUnprocessed", event("2"))
    assert world.redrive().put_back == 2
    assert sorted(world.visible("TaskInbox")) == [json.dumps(event("1")), json.dumps(event("2"))]


def test_a_letter_for_an_inbox_that_is_still_gone_stays(world: World) -> None:
    world.put_rule_letter("TaskInboxUndelivered", event("1"), world.queue_arn("gone"))
    (reason,) = reasons(world.redrive())
    assert "NonExistentQueue" in reason or "QueueDoesNotExist" in reason
    assert len(world.visible("TaskInboxUndelivered")) == 1


def test_poison_of_an_inbox_stays(world: World) -> None:
    world.put("TaskInboxUnprocessed", "no JSON")
    assert reasons(world.redrive()) == ["poison: the body is no JSON object"]
    assert world.visible("TaskInboxUnprocessed") == ["no JSON"]
    assert world.visible("TaskInbox") == []


def test_an_inbox_itself_is_left_alone(world: World) -> None:
    world.put("TaskInbox", event("1"))
    assert world.redrive().letters == 0
    assert len(world.visible("TaskInbox")) == 1


def test_a_letter_for_a_stream_is_a_record_again(world: World) -> None:
    kinesis = world.aws.kinesis
    kinesis.create_stream(StreamName="events", ShardCount=1)
    world.put_rule_letter("ActivityRouteUndelivered", event("1"), f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/events")
    assert world.redrive().put_back == 1
    shard = kinesis.list_shards(StreamName="events")["Shards"][0]["ShardId"]
    iterator = kinesis.get_shard_iterator(StreamName="events", ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    (record,) = kinesis.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
    assert (record["PartitionKey"], json.loads(record["Data"])) == ("id-1", event("1"))


def test_a_letter_for_a_stream_that_is_still_gone_stays(world: World) -> None:
    world.put_rule_letter("ActivityRouteUndelivered", event("1"), f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/events")
    assert reasons(world.redrive())[0].startswith("ResourceNotFoundException: ")
    assert len(world.visible("ActivityRouteUndelivered")) == 1


def test_a_letter_of_nobody_stays_and_is_named(world: World) -> None:
    world.put("AlertRouteUnprocessed", {"hello": "world"})
    report = world.redrive()
    assert reasons(report) == ["unknown: no letter of EventBridge, Lambda, an inbox or the sender"]
    assert len(world.visible("AlertRouteUnprocessed")) == 1


def test_more_letters_than_one_request_brings_all_go(world: World) -> None:
    for number in range(25):
        world.put_failed_event(event(str(number)))
    assert world.redrive().put_back == 25
    assert sorted(int(payload["detail"]["log_id"]) for _, payload in world.aws.fake.calls) == list(range(25))


def test_each_letter_that_stays_is_tried_once(world: World) -> None:
    world.aws.fake.answer = lambda _: fail("cannot")
    for number in range(15):
        world.put_failed_event(event(str(number)))
    assert world.redrive().stays == 15
    assert len(world.aws.fake.calls) == 15
    assert len(world.visible("AlertRouteUnprocessed")) == 15


def test_a_limit_is_one_for_all_queues(world: World) -> None:
    for number in range(3):
        world.put_failed_event(event(str(number)))
        world.put_undelivered(str(number))
    world.aws.fake.answer = lambda _: {"failed": 0}
    assert world.redrive(limit=4).put_back == 4
    assert len(world.visible("AlertRouteUnprocessed") + world.visible("Undelivered")) == 2


@pytest.mark.parametrize("estimate", ["0", "5"])
def test_letters_that_sqs_does_not_count_and_not_show_at_once_go(
    world: World, monkeypatch: pytest.MonkeyPatch, estimate: str
) -> None:
    """Its numbers are behind, and a request that does not wait may ask the servers that have none."""
    for number in range(12):
        world.put_failed_event(event(str(number)))
    receive, describe = world.aws.sqs.receive_message, world.aws.sqs.get_queue_attributes

    def receive_some(**arguments: Any) -> Any:
        return receive(**arguments | {"WaitTimeSeconds": 0}) if arguments["WaitTimeSeconds"] else {}

    def describe_of_before(**arguments: Any) -> Any:
        answer = describe(**arguments)
        answer["Attributes"]["ApproximateNumberOfMessages"] = estimate
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(world.aws.sqs, "receive_message", receive_some)
        patch.setattr(world.aws.sqs, "get_queue_attributes", describe_of_before)
        pauses: list[float] = []
        report = world.redrive(wait=WAIT, pause=pauses.append)
    assert (report.put_back, len(pauses), len(report.queues)) == (12, 1, len(DEAD_LETTER_QUEUES))
    assert world.visible("AlertRouteUnprocessed") == []


def test_a_dry_run_tells_the_same_and_changes_nothing(world: World) -> None:
    world.put_rule_letter("AlertRouteUndelivered", event("1"), ALERT)
    world.put("TaskInboxUnprocessed", event("2"))
    world.put("TaskInboxUnprocessed", "no JSON")
    world.put_undelivered("3")
    report = world.redrive(go=False)
    assert (report.letters, report.put_back, report.stays) == (4, 0, 1)
    assert report.queues[2].ways == {("call", "AlertFunction"): 1}
    assert report.queues[2].reasons == {"NO_PERMISSIONS": 1}
    assert world.aws.fake.calls == []
    assert world.visible("TaskInbox") == []
    counts = {name: len(world.visible(name)) for name in world.urls}
    assert {name: count for name, count in counts.items() if count} == {
        "AlertRouteUndelivered": 1,
        "TaskInboxUnprocessed": 2,
        "Undelivered": 1,
    }
