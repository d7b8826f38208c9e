"""How often does a fault happen?"""

from local_aws.faults import Faults


def hits(asked: str, *texts: str, chance: float = 0.5) -> list[bool]:
    faults = Faults(asked, lambda: chance)
    return [faults.hits("entry", text) for text in texts]


def test_nothing_fails_unless_it_was_asked_for() -> None:
    assert hits("{}", "a") == [False]
    assert hits('{"throttle": 1}', "a") == [False]
    assert hits("no JSON", "a") == [False]


def test_a_chance_is_a_chance() -> None:
    assert hits('{"entry": 0.6}', "a") == [True]
    assert hits('{"entry": 0.4}', "a") == [False]


def test_times_counts_what_failed_and_containing_chooses() -> None:
    assert hits('{"entry": 1, "times": 2, "containing": "x"}', "x", "y", "x", "x") == [True, False, True, False]
