"""Is a missing bus never believed, and a healthy send never held up?"""

import pytest

from lambda_src.sender.bus_check import BusCheck
from lambda_src.sender.outcomes import Refusal
from tests.unit.lambda_src.sender.fakes import THROTTLED, FakeTime

MISSING = Refusal(code="EventBusDoesNotExist", message="why", is_retryable=False)
FORBIDDEN = Refusal(code="AccessDeniedException", message="why", is_retryable=False)


class Answers:
    """Gives one answer after the other, the last one for ever."""

    def __init__(self, *answers: Refusal | None) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self) -> Refusal | None:
        self.asked += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_a_bus_that_was_found_is_never_asked_for_again() -> None:
    answers, time = Answers(None), FakeTime()
    check = BusCheck(answers)
    assert [check.refusal(time.clock, 900) for _ in range(5)] == [None] * 5
    assert answers.asked == 1


@pytest.mark.parametrize("final", [MISSING, FORBIDDEN])
def test_what_does_not_pass_is_asked_once_and_again_by_the_next_invocation(final: Refusal) -> None:
    answers, time = Answers(final, final, None), FakeTime()
    check = BusCheck(answers)
    assert [check.refusal(time.clock, 900) for _ in range(4)] == [final, final, None, None]
    assert answers.asked == 3
    assert time.sleeps == []


def test_what_passes_is_asked_as_often_and_with_the_waits_of_an_event() -> None:
    answers, time = Answers(THROTTLED), FakeTime(jitter=1.0)
    assert BusCheck(answers).refusal(time.clock, 900) == THROTTLED
    assert answers.asked == 4
    assert time.sleeps == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("failures", [1, 2, 3])
def test_a_bad_moment_stops_no_send(failures: int) -> None:
    answers, time = Answers(*[THROTTLED] * failures, None), FakeTime()
    check = BusCheck(answers)
    assert check.refusal(time.clock, 900) is None
    assert check.refusal(time.clock, 900) is None
    assert answers.asked == failures + 1


def test_it_does_not_wait_for_an_answer_that_would_come_too_late() -> None:
    answers, time = Answers(THROTTLED), FakeTime(jitter=1.0)
    assert BusCheck(answers).refusal(time.clock, 1.0) == THROTTLED
    assert time.sleeps == [0.5]


def test_after_the_deadline_nothing_is_asked_as_nothing_is_sent() -> None:
    answers, time = Answers(MISSING), FakeTime(now=10)
    assert BusCheck(answers).refusal(time.clock, 10) is None
    assert answers.asked == 0
