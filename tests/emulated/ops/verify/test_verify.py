"""Is every event waited for, and is what is missing, doubled or astray told, and nothing else?"""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ops.aws import OpsError
from ops.busy import BUSY, WAITS
from ops.verify.command import exit_code
from ops.verify.watch import LONGEST_PAUSE, SETTLE
from stacks.route import Target
from tests.emulated.ops.verify.pipeline import Pipeline, refusal
from tests.emulated.ops.verify.told import ATTACK, CHANGE, DELETION, EVERYTHING, missing, steps
from tests.emulated.ops.world import fail, refuse_all


def test_one_event_of_each_route_comes_out_everywhere(pipeline: Pipeline) -> None:
    report = pipeline.verify()
    assert (report.is_complete, exit_code(report)) == (True, 0)
    assert [(row.target, row.expected) for row in report.rows()] == [
        (Target.STREAM, [EVERYTHING, ATTACK, DELETION, CHANGE]),
        (Target.EVENT_LOG, [EVERYTHING, ATTACK, DELETION, CHANGE]),
        (Target.ALERT, [ATTACK]),
        (Target.TASK, [DELETION]),
        (Target.INSTANCES, [CHANGE]),
    ]


def test_only_the_runs_own_lines_are_asked_for(pipeline: Pipeline) -> None:
    started = pipeline.clock.seconds
    pipeline.verify()
    assert {asked["filterPattern"] for asked in pipeline.logs.asked} == {'"verify-run1"'}
    assert all(started - 60 < asked["startTime"] / 1_000 <= started for asked in pipeline.logs.asked)


def test_runs_at_the_same_time_do_not_see_each_other(pipeline: Pipeline) -> None:
    pipeline.delay[Target.TASK] = None
    pipeline.verify(timeout=5)
    pipeline.delay[Target.TASK] = 1.0
    report = pipeline.verify(pipeline.prepare(run="run2"))
    assert report.is_complete
    assert pipeline.verify(timeout=5).run == "run1"
    assert [len(row.expected) for row in report.rows()] == [4, 4, 1, 1, 1]


def test_what_comes_late_is_waited_for_with_growing_pauses(pipeline: Pipeline) -> None:
    pipeline.delay[Target.TASK], pipeline.stored_after = 120.0, 20.0
    started = pipeline.clock.seconds
    assert pipeline.verify().is_complete
    assert 140 <= pipeline.clock.seconds - started < 140 + LONGEST_PAUSE + SETTLE
    assert pipeline.logs.looks["ecs-group"] < 25


def test_what_never_comes_is_missing_after_the_timeout_and_not_later(pipeline: Pipeline) -> None:
    pipeline.delay[Target.TASK] = None
    started = pipeline.clock.seconds
    report = pipeline.verify(timeout=60)
    assert pipeline.clock.seconds - started == 60
    assert (missing(report), exit_code(report)) == ({Target.TASK: [DELETION]}, 1)
    assert f"{DELETION}: not in TaskInboxUndelivered or TaskNotStarted or TaskInboxUnprocessed" in steps(report)
    assert "ecs-group" in steps(report)


def test_a_throttled_cloudwatch_is_asked_again(pipeline: Pipeline) -> None:
    pipeline.logs.refuse = lambda _group, look: refusal("ThrottlingException") if look % 3 else None
    report = pipeline.verify()
    assert report.is_complete
    assert report.unreadable == {}


def test_an_end_that_cannot_be_read_to_the_last_is_no_success(pipeline: Pipeline) -> None:
    pipeline.logs.refuse = lambda group, _look: refusal("ThrottlingException") if group == "ecs-group" else None
    report = pipeline.verify(timeout=30)
    assert exit_code(report) == 1
    assert report.unreadable == {
        Target.TASK: "log group ecs-group could not be read: ThrottlingException; run it again"
    }


def test_a_log_group_that_is_gone_is_told_and_not_waited_for(pipeline: Pipeline) -> None:
    pipeline.logs.refuse = lambda group, _look: refusal("ResourceNotFoundException") if group == "logs-group" else None
    started = pipeline.clock.seconds
    report = pipeline.verify()
    assert pipeline.clock.seconds - started < 20
    assert (list(missing(report)), exit_code(report)) == ([Target.EVENT_LOG], 1)
    way_back = "`cdk deploy --all --revert-drift`, with the settings of the last deployment, recreates it"
    assert report.unreadable == {Target.EVENT_LOG: f"log group logs-group is gone: {way_back}"}


def test_a_permission_that_is_missing_ends_the_run(pipeline: Pipeline) -> None:
    pipeline.logs.refuse = lambda _group, _look: refusal("AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        pipeline.verify()


def test_a_second_arrival_is_told_and_no_failure(pipeline: Pipeline) -> None:
    pipeline.further = lambda log_id, _: [Target.TASK] if log_id == DELETION else []
    report = pipeline.verify()
    assert exit_code(report) == 0
    assert [row.duplicated for row in report.rows()] == [[], [], [], [DELETION], []]


def test_an_event_where_no_route_leads_it_is_a_failure(pipeline: Pipeline) -> None:
    pipeline.further = lambda log_id, _: [Target.ALERT] if log_id == EVERYTHING else []
    report = pipeline.verify()
    assert exit_code(report) == 1
    assert [row.unexpected for row in report.rows()] == [[], [], [EVERYTHING], [], []]
    assert steps(report).startswith("unexpected: a rule takes more than its route")


def test_what_the_sender_gave_up_on_is_not_waited_for(pipeline: Pipeline) -> None:
    pipeline.given_up = {"sdu"}
    started = pipeline.clock.seconds
    report = pipeline.verify()
    assert pipeline.clock.seconds - started < 20
    assert missing(report).keys() == {Target.STREAM, Target.EVENT_LOG, Target.TASK}
    assert f"{DELETION}: the sender gave up, ThrottlingException after 4 attempts" in steps(report)
    assert "redrive Undelivered --go" in steps(report)


@pytest.mark.parametrize(("answer", "said"), [
    (lambda _: fail("no bus"), "the sender failed, look at its log: FunctionError: no bus"),
    (lambda _: {"odd": 1}, "does not say whether it has sent"),
])  # fmt: skip
def test_a_sender_that_fails_is_one_line(pipeline: Pipeline, answer: Any, said: str) -> None:
    pipeline.world.aws.fake.answer = answer
    with pytest.raises(OpsError, match=said):
        pipeline.verify()


def test_a_sender_that_was_deleted_is_one_line_with_the_way_back(pipeline: Pipeline) -> None:
    pipeline.world.aws.fake.answer = refuse_all
    with pytest.raises(OpsError, match=r"the sender's function .* is gone: `cdk deploy --all --revert-drift`"):
        pipeline.verify()


def test_a_sender_that_lambda_has_no_room_for_is_called_again(pipeline: Pipeline) -> None:
    calls: list[float] = []

    def busy(payload: Any) -> Any:
        calls.append(pipeline.clock.seconds)
        if len(calls) < 3:
            raise refusal(BUSY, "Invoke")
        return pipeline.send(payload)

    pipeline.world.aws.fake.answer = busy
    report = pipeline.verify()
    assert report.is_complete
    assert [at - calls[0] for at in calls] == [0, WAITS[0], WAITS[0] + WAITS[1]]
    assert report.sent is not None
    assert (report.sent.at_ms, report.sent.taken_seconds) == (calls[2] * 1_000, 0)  # the wait is no hop's


def test_a_sender_that_lambda_has_no_room_for_at_all_ends_the_run(pipeline: Pipeline) -> None:
    def busy(_payload: Any) -> Any:
        raise refusal(BUSY, "Invoke")

    pipeline.world.aws.fake.answer = busy
    with pytest.raises(ClientError, match=BUSY):
        pipeline.verify()
    assert len(pipeline.world.aws.fake.calls) == len(WAITS) + 1


def test_events_are_dated_by_awss_clock_as_the_search_for_them_is(pipeline: Pipeline) -> None:
    pipeline.clock.behind = 60.0
    aws = pipeline.clock.seconds
    pipeline.verify()
    ((_, payload),) = pipeline.world.aws.fake.calls
    dates = {datetime.fromisoformat(event["data"]["date"]).timestamp() for event in payload["events"]}
    assert all(abs(date - aws) < 1 for date in dates)
    assert all(asked["startTime"] / 1_000 < min(dates) for asked in pipeline.logs.asked)


def test_an_environment_without_a_simulator_is_told_what_to_do_instead(pipeline: Pipeline) -> None:
    pipeline.environment = replace(pipeline.environment, outputs={"PartnerBusName": "aws.partner/auth0.com/x"})
    with pytest.raises(OpsError, match=r"no simulator.*`python -m ops status`.*`python -m ops tail`"):
        pipeline.prepare()


@pytest.mark.parametrize(("outputs", "told"), [({}, False), ({"PartnerBusName": "aws.partner/auth0.com/x"}, True)])
def test_nobody_takes_it_for_a_test_of_the_partner_bus(
    pipeline: Pipeline,
    outputs: dict[str, str],
    told: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    pipeline.environment = replace(pipeline.environment, outputs={**pipeline.environment.outputs, **outputs})
    report = pipeline.verify()
    assert report.is_complete
    assert any("The partner bus was not tested" in note for note in report.as_json()["notes"]) is told


def test_a_target_that_is_skipped_is_not_looked_at(pipeline: Pipeline) -> None:
    pipeline.delay[Target.ALERT] = None
    report = pipeline.verify(pipeline.prepare(skip=frozenset({Target.ALERT})))
    assert report.is_complete
    assert "lambda-group" not in pipeline.logs.looks
    assert "AttackProtection" not in [canary.route for canary in report.canaries]


def test_a_target_that_is_not_deployed_is_not_looked_at(pipeline: Pipeline) -> None:
    outputs = {key: value for key, value in pipeline.environment.outputs.items() if key != "TaskLogGroupName"}
    pipeline.environment = replace(pipeline.environment, outputs=outputs)
    report = pipeline.verify()
    assert report.is_complete
    assert Target.TASK not in {row.target for row in report.rows()}


@pytest.mark.parametrize("during", ["the call", "the wait"])
def test_an_interrupted_run_says_what_is_missing_so_far(pipeline: Pipeline, during: str) -> None:
    def interrupt(*_: object) -> Any:
        raise KeyboardInterrupt

    pipeline.delay[Target.TASK] = None
    if during == "the call":
        pipeline.world.aws.fake.answer = interrupt
    else:
        pipeline.clock.sleep = interrupt  # type: ignore[method-assign, assignment] # Ctrl-C comes from outside
    report = pipeline.prepare()
    with pytest.raises(KeyboardInterrupt):
        pipeline.verify(report)
    report.was_interrupted = True
    assert (report.is_complete, exit_code(report)) == (False, 130)
    assert missing(report)[Target.TASK] == [DELETION]
    assert (report.as_json()["taken_seconds"] is None) == (during == "the call")
