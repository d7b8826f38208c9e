"""What is lost, or left hidden, when a run ends in its middle? Nothing."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from ops.redrive.command import exit_code
from ops.redrive.hold import FRESH, HOLD, Hold
from ops.redrive.queues import dead_letter_queues
from tests.emulated.ops.world import World
from tests.unit.ops.names import event

LETTERS = 12


def interrupt(*_: object, **__: object) -> Any:
    raise KeyboardInterrupt


def log_ids(world: World) -> set[str]:
    return {payload["detail"]["log_id"] for _, payload in world.aws.fake.calls}


@pytest.fixture
def full(world: World) -> World:
    for number in range(LETTERS):
        world.put_failed_event(event(str(number)))
    return world


@pytest.mark.parametrize("at", [1, 5, 10, 11, 12])
def test_a_run_that_is_interrupted_during_a_call_leaves_the_rest_for_the_next(full: World, at: int) -> None:
    full.aws.fake.answer = lambda _: interrupt() if len(full.aws.fake.calls) == at else None
    report = full.report()
    with pytest.raises(KeyboardInterrupt):
        full.redrive(report=report)
    assert report.put_back == at - 1
    assert len(full.visible("AlertRouteUnprocessed")) == LETTERS - report.put_back
    full.aws.fake.answer = lambda _: None
    assert full.redrive().put_back == LETTERS - report.put_back
    assert log_ids(full) == {str(number) for number in range(LETTERS)}
    assert full.visible("AlertRouteUnprocessed") == []


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), ClientError({"Error": {"Code": "AccessDenied"}}, "DeleteMessage")]
)
def test_a_letter_that_arrived_and_could_not_be_deleted_arrives_twice_and_no_other(
    full: World, error: BaseException
) -> None:
    def fail(**_: object) -> None:
        raise error

    full.aws.sqs.meta.events.register("before-call.sqs.DeleteMessage", fail)
    with pytest.raises(type(error)):
        full.redrive()
    assert len(full.visible("AlertRouteUnprocessed")) == LETTERS
    full.aws.sqs.meta.events.unregister("before-call.sqs.DeleteMessage", fail)
    assert full.redrive().put_back == LETTERS
    assert len(full.aws.fake.calls) == LETTERS + 1
    assert log_ids(full) == {str(number) for number in range(LETTERS)}


def test_an_interrupted_dry_run_leaves_everything_visible(full: World) -> None:
    report = full.report(go=False)

    def interrupt_later(**_: object) -> None:
        if report.letters:
            interrupt()

    full.aws.sqs.meta.events.register("before-call.sqs.ReceiveMessage", interrupt_later)
    with pytest.raises(KeyboardInterrupt):
        full.redrive(report=report)
    full.aws.sqs.meta.events.unregister("before-call.sqs.ReceiveMessage", interrupt_later)
    assert report.letters == 10
    assert len(full.visible("AlertRouteUnprocessed")) == LETTERS


def test_letters_are_hidden_from_others_while_a_run_has_them(full: World) -> None:
    (queue,) = dead_letter_queues(full.environment, ["AlertRouteUnprocessed"])
    with Hold(full.aws.sqs, queue, started=full.report().started, seconds=HOLD, wait=0) as hold:
        assert sum(len(some) for some in hold.letters(None)) == LETTERS
        assert full.visible("AlertRouteUnprocessed") == []
        (after,) = dead_letter_queues(full.environment, ["AlertRouteUnprocessed"])
        assert (after.waiting, after.held) == (0, LETTERS)
    assert len(full.visible("AlertRouteUnprocessed")) == LETTERS


def test_what_comes_after_the_start_is_left_for_the_next_run(full: World) -> None:
    report = full.report()
    report.started -= 3600
    assert full.redrive(report=report).letters == 0
    assert len(full.visible("AlertRouteUnprocessed")) == LETTERS


def test_what_another_run_holds_is_reported(full: World) -> None:
    full.aws.sqs.receive_message(QueueUrl=full.urls["AlertRouteUnprocessed"], MaxNumberOfMessages=2)
    report = full.redrive()
    assert (report.put_back, report.held_by_others) == (LETTERS - 2, 2)
    assert exit_code(report) == 1


@pytest.mark.parametrize(("seconds", "hidden_anew"), [(FRESH - 1, False), (FRESH + 1, True)])
def test_a_letter_that_was_long_in_hand_is_hidden_anew_before_its_call(
    full: World,
    seconds: float,
    hidden_anew: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """A batch may take long: its last letter must not come back to others while its function runs."""
    hidden: list[object] = []
    full.aws.sqs.meta.events.register("before-call.sqs.ChangeMessageVisibilityBatch", lambda **_: hidden.append(None))
    (queue,) = dead_letter_queues(full.environment, ["AlertRouteUnprocessed"])
    now = [0.0]
    started = full.report().started
    with Hold(full.aws.sqs, queue, started=started, seconds=HOLD, wait=0, clock=lambda: now[0]) as hold:
        (letters,) = hold.letters(1)
        now[0] = seconds
        hold.prolong(letters)
        assert bool(hidden) is hidden_anew


def test_a_letter_of_the_moment_at_which_a_run_begins_is_not_its_own(full: World) -> None:
    """It may be one that the sender could not send, and has kept again."""
    (queue,) = dead_letter_queues(full.environment, ["AlertRouteUnprocessed"])
    with Hold(full.aws.sqs, queue, started=full.report().started, seconds=0, wait=0) as hold:
        sent_at = sorted(letter.sent_at for some in hold.letters(None) for letter in some)
    for started, given in ((sent_at[0], 0), (sent_at[-1] + 0.001, len(sent_at))):
        with Hold(full.aws.sqs, queue, started=started, seconds=0, wait=0) as hold:
            assert len([letter for some in hold.letters(None) for letter in some]) == given


def test_a_letter_that_comes_back_during_a_run_is_given_once(world: World) -> None:
    for number in range(3):
        world.put_failed_event(event(str(number)))
    (queue,) = dead_letter_queues(world.environment, ["AlertRouteUnprocessed"])
    with Hold(world.aws.sqs, queue, started=world.report().started, seconds=0, wait=0) as hold:
        given = [letter.message_id for some in hold.letters(None) for letter in some]
    assert len(given) == len(set(given)) == 3
