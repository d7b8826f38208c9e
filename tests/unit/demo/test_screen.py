from demo.screen import MOST_LISTED, verdict
from ops.ledger import Row
from stacks.route import Target


def row(*, missing: list[str] | None = None, unexpected: list[str] | None = None) -> Row:
    return Row(
        route="Everything",
        target=Target.STREAM,
        expected=["a", *(missing or [])],
        missing=missing or [],
        duplicated=[],
        unexpected=unexpected or [],
    )


def test_a_complete_ledger_is_one_line() -> None:
    assert (
        verdict([row()], too_early="x") == "[green]All events arrived, and only those that a route leads there.[/green]"
    )


def test_what_is_missing_is_listed_by_route_target_and_log_id() -> None:
    assert "Everything → kinesis: b" in verdict([row(missing=["b"])], too_early="x")


def test_a_long_list_is_cut_and_says_so() -> None:
    text = verdict([row(missing=[f"log-{number}" for number in range(MOST_LISTED + 5)])], too_early="x")
    assert len(text.splitlines()) == MOST_LISTED + 1
    assert "5 more missing" in text


def test_an_event_from_before_the_bus_that_arrives_is_an_error_that_says_so() -> None:
    assert "early (sent before the bus existed)" in verdict([row(unexpected=["early"])], too_early="early")
