"""Which metrics are in a line of a function's output?"""

import json

import pytest

from local_aws.metrics import embedded

DIRECTIVE = {
    "Namespace": "N",
    "Dimensions": [["service"], ["service", "kind"]],
    "Metrics": [{"Name": "Sent", "Unit": "Count"}],
}


def test_each_set_of_dimensions_is_a_metric_of_its_own() -> None:
    line = {"_aws": {"CloudWatchMetrics": [DIRECTIVE]}, "service": "s", "kind": 1, "Sent": [2, 3]}
    assert list(embedded(json.dumps(line))) == [
        ("N", "Sent", dimensions, value, "Count")
        for dimensions in ({"service": "s"}, {"service": "s", "kind": "1"})
        for value in (2, 3)
    ]


@pytest.mark.parametrize(
    "line",
    ["", "text", "[]", "{}", '{"_aws": 1}', '{"_aws": {}}', '{"_aws": {"CloudWatchMetrics": 1}}',
     json.dumps({"_aws": {"CloudWatchMetrics": [DIRECTIVE]}, "service": "s"})],
)  # fmt: skip
def test_any_other_line_has_none(line: str) -> None:
    assert list(embedded(line)) == []
