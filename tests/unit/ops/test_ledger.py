from collections import Counter

from ops.ledger import compare, is_complete
from stacks.route import ALL_LOG_TYPES, Route, Target

EVERYTHING = Route(name="Everything", targets=(Target.STREAM, Target.EVENT_LOG), log_types=ALL_LOG_TYPES)
DELETION = Route(name="Deletion", targets=(Target.TASK,), log_types=("sdu",))
SENT = {"a": "s", "b": "sdu"}
ALL = {Target.STREAM: Counter("ab"), Target.EVENT_LOG: Counter("ab"), Target.TASK: Counter("b")}


def test_each_event_at_each_of_its_ends_once_is_complete() -> None:
    rows = compare(SENT, ALL, [EVERYTHING, DELETION])
    assert [(row.route, row.target, len(row.expected), row.arrived) for row in rows] == [
        ("Everything", Target.STREAM, 2, 2),
        ("Everything", Target.EVENT_LOG, 2, 2),
        ("Deletion", Target.TASK, 1, 1),
    ]
    assert is_complete(rows)


def test_an_event_that_did_not_arrive_is_missing_by_name() -> None:
    rows = compare(SENT, {**ALL, Target.TASK: Counter()}, [EVERYTHING, DELETION])
    assert [row.missing for row in rows] == [[], [], ["b"]]
    assert not is_complete(rows)


def test_a_second_arrival_is_a_duplicate_and_no_loss() -> None:
    rows = compare(SENT, {**ALL, Target.TASK: Counter("bb")}, [EVERYTHING, DELETION])
    assert rows[2].duplicated == ["b"]
    assert is_complete(rows)


def test_an_event_where_no_route_leads_it_is_unexpected() -> None:
    rows = compare(SENT, {**ALL, Target.TASK: Counter("ab")}, [EVERYTHING, DELETION])
    assert rows[2].unexpected == ["a"]
    assert not is_complete(rows)


def test_a_target_that_is_not_deployed_has_no_row() -> None:
    assert len(compare(SENT, {Target.TASK: Counter("b")}, [EVERYTHING, DELETION])) == 1
