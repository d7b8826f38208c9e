"""Does an account tell a delivery that is lost, kept, in two places, or made twice from one that is made?"""

from collections import Counter

import pytest

from stacks.route import Target
from tests.faults.account import Account, draw_up, owed
from tests.faults.letters import Letter


def account(seen: dict[str, int], *letters: Letter, target: Target = Target.STREAM) -> Account:
    """Of one event "a", at one of its targets."""
    arrivals = {each: Counter[str]() for each in Target} | {target: Counter(seen)}
    return draw_up("case", frozenset({("a", target)}), arrivals, letters, retries=0)


def counts(made: Account) -> tuple[int, int, int, int, int]:
    return made.delivered, made.kept, made.lost, made.both, made.duplicated


def test_an_event_is_owed_to_every_target_of_every_route_that_takes_its_type() -> None:
    assert owed({"a": "s"}) == {("a", Target.STREAM), ("a", Target.EVENT_LOG)}
    assert owed({"a": "sdu"}) == {("a", Target.STREAM), ("a", Target.EVENT_LOG), ("a", Target.TASK)}


def test_what_arrived_is_delivered() -> None:
    assert counts(account({"a": 1})) == (1, 0, 0, 0, 0)


def test_what_is_nowhere_is_lost() -> None:
    assert counts(account({"b": 1})) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize("queue", ["ActivityRouteUndeliveredQueue", "UndeliveredQueue", "FailedQueue"])
def test_what_is_in_a_queue_of_the_target_or_of_the_sender_is_kept(queue: str) -> None:
    assert counts(account({}, Letter("a", queue, "why"))) == (0, 1, 0, 0, 0)


def test_what_another_targets_queue_or_anothers_letter_keeps_is_lost() -> None:
    letters = Letter("a", "EventLogUndeliveredQueue", "why"), Letter("b", "ActivityRouteUndeliveredQueue", "why")
    assert counts(account({}, *letters)) == (0, 0, 1, 0, 0)


def test_what_is_at_its_target_and_in_a_queue_is_in_both() -> None:
    assert counts(account({"a": 1}, Letter("a", "UndeliveredQueue", "why"))) == (1, 0, 0, 1, 0)


def test_a_letter_about_a_whole_invocation_does_not_say_that_each_of_its_events_is_in_it() -> None:
    assert counts(account({"a": 1}, Letter("a", "FailedQueue", "why"))) == (1, 0, 0, 0, 0)


def test_what_a_target_took_twice_is_duplicated_and_the_event_log_apart() -> None:
    assert counts(account({"a": 2})) == (1, 0, 0, 0, 1)
    twice = account({"a": 2}, target=Target.EVENT_LOG)
    assert (twice.duplicated, twice.logged_twice) == (0, 1)
