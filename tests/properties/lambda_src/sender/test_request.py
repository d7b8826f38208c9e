"""Is what somebody asks for understood, and what nobody can mean refused in one clear line?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_src.sender.request import LARGEST_SEED, seed_from
from tests.unit.lambda_src.sender.test_request import SOURCE, parse


@given(st.text())
def test_every_request_id_gives_a_seed_that_may_be_asked_for_again(request_id: str) -> None:
    seed = seed_from(request_id)
    assert parse({"count": 1, "seed": seed}).seed == seed <= LARGEST_SEED


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["fp", "other"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["log_id", "type", "data", "detail", "detail-type", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["count", "types", "categories", "seed", "events", "other"]), JSON) | JSON)
def test_any_input_is_a_request_or_one_clear_line(event: object) -> None:
    try:
        request = parse(event)
    except ValueError as error:
        assert str(error).isprintable()  # noqa: PT017 - most inputs are mistakes, but not all of them
    else:
        assert next(request.entries).source == SOURCE


def test_parts_of_a_run_have_the_logs_of_the_whole() -> None:
    at = "2026-11-25T12:00:00Z"
    whole = [*parse({"count": 500, "seed": 3, "at": at}).entries]
    parts = [
        [*parse({"count": count, "seed": 3, "at": at, "first": first}).entries]
        for first, count in ((0, 180), (180, 1), (181, 319))
    ]
    assert [entry for part in parts for entry in part] == whole
    assert len({entry.log_id for entry in whole}) == 500
