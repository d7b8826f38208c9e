"""Does what an attacker writes stay data in the metrics and log lines of the activity function?"""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from lambda_src.activity.counted_types import ATTACKS, METRICS
from lambda_src.activity.handler import handler
from tests.emulated.lambda_src.activity.test_handler import batch_of, lines
from tests.emulated.lambda_src.activity.test_handler import log as log
from tests.hostile.injection import FIELDS, PAYLOADS, hostile_details, payload
from tests.unit.lambda_src.sender.fakes import FakeContext

# Of powertools' logger and of ours.
KEYS_OF_A_LINE = {
    *(
        "level",
        "location",
        "message",
        "timestamp",
        "service",
        "log_ids",
        "log_ids_omitted",
        "already_counted",
        "counts",
        "attacks_by_type",
    ),
    *("cold_start", "function_name", "function_memory_size", "function_arn", "function_request_id"),
}


def batch_with(name: str, canary: Path) -> dict[str, Any]:
    details = hostile_details(payload(name, canary), "limit_wc")
    return batch_of(*(json.dumps({"detail-type": "Auth0 log", "detail": detail}).encode() for detail in details))


@pytest.mark.parametrize("name", PAYLOADS)
def test_metrics_are_those_of_the_catalogue_alone_and_the_log_ids_of_one_line_safe_to_show(
    name: str, canary: Path, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handler(batch_with(name, canary), FakeContext()) == {"batchItemFailures": []}
    output = capsys.readouterr()
    assert output.err == ""
    published = [json.loads(line) for line in output.out.splitlines()]
    assert len(published) == 2
    for line in published:
        (directive,) = line.pop("_aws")["CloudWatchMetrics"]
        names = {metric["Name"] for metric in directive["Metrics"]}
        (dimensions,) = directive["Dimensions"]
        assert directive["Namespace"] == "Auth0Events"
        assert names <= {"Events", "Attacks", *METRICS}
        assert {dimension: line[dimension] for dimension in dimensions}.items() <= {
            "service": "activity", "log_type": "limit_wc",
        }.items()  # fmt: skip
        assert line.keys() == names | set(dimensions)
        assert "limit_wc" in ATTACKS
    assert log.getvalue().count("\n") == 1
    assert log.getvalue().rstrip("\n").isprintable()
    (line,) = lines(log, "batch counted")
    assert line.keys() <= KEYS_OF_A_LINE
    assert len(line["log_ids"]) == line["counts"]["Events"] == len(FIELDS)
    assert all(log_id.isprintable() and len(log_id) <= 100 for log_id in line["log_ids"])
    # one event has the payload as its type, and is of no known one
    assert line["attacks_by_type"] == {"limit_wc": len(FIELDS) - 1}
