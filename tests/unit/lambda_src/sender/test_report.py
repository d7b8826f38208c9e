"""Does the answer say what became of the events, and stay small?"""

from dataclasses import replace

from lambda_src.sender.core import Delivery
from lambda_src.sender.report import MOST_FAILURES, Report
from lambda_src.sender.request import Request
from tests.unit.lambda_src.sender.fakes import FakeTime, entries, failure

GENERATED = Request(entries=entries(0), count=10, seed=3)
GIVEN = replace(GENERATED, seed=None)


def delivery(*, sent: int, failed: int = 0) -> Delivery:
    return Delivery(
        put_events=lambda _: [],
        give_up=print,
        clock=FakeTime().clock,
        deadline=0,
        fail_unattempted=True,
        sent=sent,
        failed=failed,
        retried=2,
    )


def test_a_send_without_failures_has_a_short_answer() -> None:
    assert Report().answer(GENERATED, delivery(sent=10)) == {
        "sent": 10,
        "retried": 2,
        "failed": 0,
        "seed": 3,
        "failures": [],
    }


def test_given_events_have_no_seed() -> None:
    assert "seed" not in Report().answer(GIVEN, delivery(sent=10))


def test_generated_logs_that_were_not_attempted_are_counted() -> None:
    answer = Report().answer(replace(GENERATED, first=40), delivery(sent=3, failed=1))
    assert (answer["not_attempted"], answer["next"]) == (6, 44)
    assert "next" not in Report().answer(GENERATED, delivery(sent=9, failed=1))


def test_the_first_failures_are_listed_and_the_others_counted() -> None:
    report = Report()
    for number in range(MOST_FAILURES + 5):
        report.note(failure(str(number)))
    answer = report.answer(GIVEN, delivery(sent=0, failed=MOST_FAILURES + 5))
    assert [each["log_id"] for each in answer["failures"]] == [str(number) for number in range(MOST_FAILURES)]
    assert answer["failures_omitted"] == 5
