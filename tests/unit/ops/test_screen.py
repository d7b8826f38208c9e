"""Is what a person reads about a redrive short, complete, and harmless?"""

import io

import pytest
from rich.console import Console

from ops.redrive.letters import Letter
from ops.redrive.report import QueueReport, Report
from ops.redrive.screen import MOST_LISTED, age, show
from ops.redrive.ways import CallFunction, NoWay


def letter(number: int, sent_at: float = 3600.0) -> Letter:
    attributes = {"LOG_ID": f"[red]log-{number}", "ERROR_CODE": "NO_PERMISSIONS"}
    return Letter(message_id="m", receipt_handle="r", body="{}", attributes=attributes, sent_at=sent_at)


def shown(*queues: QueueReport, is_dry_run: bool = False, was_interrupted: bool = False) -> str:
    report = Report(environment="dev", is_dry_run=is_dry_run, started=7200.0, queues=list(queues))
    report.was_interrupted = was_interrupted
    text = io.StringIO()
    show(Console(file=text, width=120, highlight=False), report)
    return text.getvalue()


def queue_with(*reasons: str) -> QueueReport:
    queue = QueueReport(name="AlertRouteUndelivered")
    queue.found(letter(0, sent_at=0.0), CallFunction(function_arn="a:f", payload=""), "AlertFunction")
    for number, reason in enumerate(reasons):
        way = NoWay(place=reason)
        queue.found(letter(number), way, way.place)
    return queue


def test_a_dry_run_shows_reasons_and_ways_with_their_numbers() -> None:
    text = shown(queue_with("poison: a", "poison: b"), is_dry_run=True)
    assert "AlertRouteUndelivered 3 2 h NO_PERMISSIONS 2 none 1 call AlertFunction" in " ".join(text.split())
    assert "1 would go, 2 would stay. `--go` does it." in text


def test_letters_that_stay_for_one_reason_are_listed_together_and_not_without_end() -> None:
    text = shown(queue_with(*["poison: [a]"] * (MOST_LISTED + 2)))
    assert text.count("poison: [a]") == 1
    assert f"{MOST_LISTED + 2} in AlertRouteUndelivered cannot go back: poison: [a]" in text
    assert f"log_id [red]log-{MOST_LISTED - 1}, and 2 more" in text
    assert f"log-{MOST_LISTED}," not in text


def test_what_another_run_holds_and_what_the_sender_kept_again_is_told() -> None:
    queue = queue_with()
    queue.held_by_others, queue.put_back, queue.kept_again = 3, 1, 1
    text = shown(queue)
    assert "hidden AlertRouteUndelivered: 3 that another run has in hand" in text
    assert "1 put back, 0 stay; the sender could not send 1 of them and has kept them again." in text


@pytest.mark.parametrize(
    ("is_dry_run", "said"),
    [(True, "it was a dry run; nothing is lost"), (False, "0 put back, 0 stay; nothing is lost")],
)
def test_an_interrupted_run_says_so(is_dry_run: bool, said: str) -> None:  # noqa: FBT001 - a parameter of the test
    assert f"Interrupted: {said}" in shown(queue_with(), is_dry_run=is_dry_run, was_interrupted=True)


def test_without_letters_there_is_one_line() -> None:
    assert shown(QueueReport(name="AlertRouteUndelivered")) == "No messages.\n"


@pytest.mark.parametrize(
    ("seconds", "text"), [(-1.0, "0 s"), (59, "59 s"), (90, "2 min"), (7200, "2 h"), (1_209_600, "14 d")]
)
def test_an_age_is_one_number(seconds: float, text: str) -> None:
    assert age(seconds) == text
