"""Is each log counted once, as what it is?"""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.activity.core import activity_of
from lambda_src.activity.counted_types import ATTACKS, METRICS
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.log_types import LOG_TYPES

TYPES = st.sampled_from(sorted(LOG_TYPES)) | st.text(min_size=1)


def logs_of(*log_types: str) -> list[Auth0Log]:
    return [Auth0Log(log_id=str(number), type=log_type, data={}) for number, log_type in enumerate(log_types)]


def test_logs_are_counted_by_what_users_did() -> None:
    activity = activity_of(
        logs_of("s", "s", "f", "fp", "fu", "ss", "fs", "limit_wc", "limit_wc", "pwd_leak", "sapi", "new")
    )
    assert activity.counts == {
        "Events": 12,
        "Logins": 2,
        "FailedLogins": 3,
        "Signups": 1,
        "FailedSignups": 1,
        "Attacks": 3,
    }
    assert activity.attacks_by_type == {"limit_wc": 2, "pwd_leak": 1}


def test_a_batch_without_logs_has_zeros() -> None:
    activity = activity_of([])
    assert set(activity.counts.values()) == {0}
    assert (activity.attacks_by_type, activity.log_ids) == ({}, ())


def test_a_log_that_came_twice_is_counted_once() -> None:
    activity = activity_of(logs_of("limit_wc", "s") * 3)
    assert activity.log_ids == ("0", "1")
    assert (activity.counts["Events"], activity.counts["Logins"], activity.counts["Attacks"]) == (2, 1, 1)


def test_a_log_of_an_earlier_batch_is_not_counted_again() -> None:
    activity = activity_of(logs_of("limit_wc", "s", "s") * 2, already_counted={"0", "2", "elsewhere"})
    assert (activity.log_ids, activity.already_counted) == (("1",), 2)
    assert (activity.counts["Events"], activity.counts["Logins"], activity.counts["Attacks"]) == (1, 1, 0)
    assert activity.attacks_by_type == {}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), TYPES), max_size=30))
def test_the_counts_of_any_batch_fit_together(pairs: list[tuple[str, str]]) -> None:
    activity = activity_of(Auth0Log(log_id=log_id, type=log_type, data={}) for log_id, log_type in pairs)
    assert Counter(activity.log_ids) == Counter({log_id for log_id, _ in pairs})
    assert activity.counts["Events"] == len(activity.log_ids)
    assert activity.counts["Attacks"] == sum(activity.attacks_by_type.values())
    assert sum(activity.counts[metric] for metric in (*METRICS, "Attacks")) <= activity.counts["Events"]


@given(st.lists(TYPES, max_size=20))
def test_no_text_of_an_event_becomes_a_dimension(log_types: list[str]) -> None:
    assert activity_of(logs_of(*log_types)).attacks_by_type.keys() <= LOG_TYPES.keys()


def test_no_type_counts_as_two_things() -> None:
    counted = [code for codes in (*METRICS.values(), ATTACKS) for code in codes]
    assert len(counted) == len(set(counted)) > len(ATTACKS)
