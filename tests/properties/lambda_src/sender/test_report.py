"""Does the answer say what became of the events, and stay small?"""

import json

from lambda_src.sender.report import MOST_FAILURES, Report
from tests.unit.lambda_src.sender.fakes import failure
from tests.unit.lambda_src.sender.test_report import GIVEN, delivery


def test_an_answer_is_far_below_the_limit_of_lambda_whatever_the_log_ids() -> None:
    report = Report()
    for _ in range(MOST_FAILURES):
        report.note(failure("\ud800😀" * 100_000, message="m" * 256, code="c" * 100))
    answer = json.dumps(report.answer(GIVEN, delivery(sent=0, failed=MOST_FAILURES)), ensure_ascii=False)
    assert len(answer.encode()) < 3_000_000
