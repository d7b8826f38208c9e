"""Where is an event that did not come out, as far as the queues may be looked into?"""

import re
from dataclasses import replace
from functools import partial

import pytest
from botocore.exceptions import EndpointConnectionError

from ops.commands import Commands
from ops.verify.command import exit_code
from ops.verify.watch import QUEUES_EVERY
from stacks.route import Target
from tests.emulated.ops.calls import answer
from tests.emulated.ops.verify.pipeline import Pipeline, refusal
from tests.emulated.ops.verify.told import ATTACK, CHANGE, DELETION, missing, steps
from tests.unit.ops.names import ALERT as ALERT_FUNCTION
from tests.unit.ops.names import event


def keep(pipeline: Pipeline, log_id: str) -> None:
    """As a rule does what it cannot deliver."""
    pipeline.world.put_rule_letter("AlertRouteUndelivered", event(log_id), ALERT_FUNCTION)


def receives(pipeline: Pipeline, queue: str) -> int:
    """How often its one message was received, this time too."""
    (message,) = pipeline.world.aws.sqs.receive_message(
        QueueUrl=pipeline.world.urls[queue], MessageSystemAttributeNames=["ApproximateReceiveCount"]
    )["Messages"]
    return int(message["Attributes"]["ApproximateReceiveCount"])


def test_a_missing_event_is_found_in_its_dead_letter_queue_and_left_there(pipeline: Pipeline) -> None:
    pipeline.delay[Target.ALERT] = None
    pipeline.world.put_failed_event({"detail": {"log_id": ATTACK}})
    pipeline.world.put_failed_event({"detail": {"log_id": "another"}})
    report = pipeline.verify(timeout=5)
    assert missing(report) == {Target.ALERT: [ATTACK]}
    assert f"{ATTACK}: kept in AlertRouteUnprocessed, RetriesExhausted" in steps(report)
    assert "docs/operations.md#alertrouteunprocessed" in steps(report)
    assert "`python -m ops redrive AlertRouteUnprocessed --go`" in steps(report)
    assert "another" not in steps(report)
    assert len(pipeline.world.visible("AlertRouteUnprocessed")) == 2


def test_what_is_to_be_pasted_goes_to_the_same_account_and_environment(pipeline: Pipeline) -> None:
    pipeline.delay[Target.ALERT] = None
    pipeline.world.put_failed_event({"detail": {"log_id": ATTACK}})
    report = pipeline.verify(timeout=5)
    given = Commands(profile="ops", region="eu-west-1")
    report.environment = replace(report.environment, name="prod", given=given)
    place = "--env prod --profile ops --region eu-west-1"
    assert f"`python -m ops redrive AlertRouteUnprocessed --go {place}`" in steps(report)


def test_an_inbox_is_counted_and_never_received_from(pipeline: Pipeline) -> None:
    """Its fifth receive would move a message that is well to the dead-letter queue."""
    pipeline.delay[Target.TASK] = None
    pipeline.world.put("TaskInbox", {"detail": {"log_id": DELETION}})
    assert "1 messages wait in TaskInbox: no worker has taken them" in steps(pipeline.verify(timeout=5))
    assert receives(pipeline, "TaskInbox") == 1


def test_letters_about_records_are_told_although_they_name_no_event(pipeline: Pipeline) -> None:
    pipeline.delay[Target.STREAM] = None
    pipeline.world.put("ActivityRouteUnprocessed", {"KinesisBatchInfo": {"batchSize": 4}})
    assert "ActivityRouteUnprocessed has 1 since the start that name no event" in steps(pipeline.verify(timeout=5))


def test_a_queue_that_is_gone_is_told(pipeline: Pipeline) -> None:
    pipeline.delay[Target.ALERT] = None
    pipeline.world.aws.sqs.delete_queue(QueueUrl=pipeline.world.urls["AlertRouteUndelivered"])
    assert "queue AlertRouteUndelivered is gone" in steps(pipeline.verify(timeout=5))


def test_what_is_in_dead_letter_queues_already_is_not_waited_for(pipeline: Pipeline) -> None:
    pipeline.delay[Target.ALERT] = None
    pipeline.on_send = partial(keep, pipeline, ATTACK)
    started = pipeline.clock.seconds
    report = pipeline.verify()
    assert pipeline.clock.seconds - started < 3 * QUEUES_EVERY
    assert (list(missing(report)), exit_code(report)) == ([Target.ALERT], 1)
    assert f"{ATTACK}: kept in AlertRouteUndelivered, NO_PERMISSIONS" in steps(report)


def test_what_a_disabled_rule_did_not_take_is_in_the_archive_and_nobody_tries(pipeline: Pipeline) -> None:
    (rule,) = [each for each in pipeline.events.rules if each["Name"] == "UserDeletion"]
    rule["State"] = "DISABLED"
    pipeline.delay[Target.TASK] = None
    told = steps(pipeline.verify(timeout=5))
    assert f"{DELETION}: rule UserDeletion takes nothing, nobody tries" in told
    assert "`python -m ops replay --bus simulation --rule UserDeletion --since 1h --go`" in told
    assert "AWS may still be trying" not in told


def test_what_is_in_no_queue_is_waited_for_to_the_end(pipeline: Pipeline) -> None:
    pipeline.delay[Target.ALERT] = None
    pipeline.on_send = partial(keep, pipeline, CHANGE)
    started = pipeline.clock.seconds
    pipeline.verify()
    assert pipeline.clock.seconds - started == pytest.approx(300)


def test_an_old_letter_is_received_once_where_something_is_missing_and_else_never(pipeline: Pipeline) -> None:
    """SQS leaves what was received three times or more out of the age that the Expiring alarms watch."""
    keep(pipeline, "old")
    pipeline.delay[Target.ALERT] = 200.0
    assert pipeline.verify().is_complete
    pipeline.delay[Target.ALERT] = None
    assert not pipeline.verify(pipeline.prepare(run="run2")).is_complete
    assert receives(pipeline, "AlertRouteUndelivered") == 2


def test_letters_of_a_queue_that_has_too_many_to_see_are_not_called_absent(pipeline: Pipeline) -> None:
    pipeline.delay[Target.ALERT] = None
    for number in range(12):
        keep(pipeline, f"old-{number}")
    told = steps(pipeline.verify(timeout=5))
    assert re.search(r"^AlertRouteUndelivered: not seen, but for \d+ of its 12 letters$", told, re.MULTILINE)
    assert f"{ATTACK}: not in AlertRouteUnprocessed; AWS may still be trying" in told


@pytest.mark.parametrize("operation", ["ReceiveMessage", "GetQueueAttributes"])
def test_without_the_right_to_look_into_queues_the_run_goes_on_and_says_so(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    def refuse(_arguments: object) -> None:
        raise refusal("AccessDenied", operation)

    answer(monkeypatch, operation, refuse)
    pipeline.on_send = partial(keep, pipeline, "another")
    pipeline.delay[Target.ALERT] = 120.0
    assert pipeline.verify().is_complete
    pipeline.delay[Target.ALERT] = None
    report = pipeline.verify(pipeline.prepare(run="run2"), timeout=60)
    assert missing(report).keys() == {Target.ALERT}
    assert f"AlertRouteUndelivered: not seen, AccessDenied on sqs:{operation}" in steps(report)
    assert "verify-run2-0002: in no queue that could be seen; AWS may still be trying" in steps(report)


def test_without_a_connection_to_queues_the_run_goes_on_and_says_so(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_arguments: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://sqs.example.com")

    answer(monkeypatch, "GetQueueAttributes", lose)
    pipeline.delay[Target.TASK] = None
    told = steps(pipeline.verify(timeout=60))
    assert "TaskInbox: not seen, EndpointConnectionError\n" in told
    assert "TaskNotStarted: not seen, EndpointConnectionError\n" in told
