"""Is every record of a batch counted, refused, or left for the next delivery?"""

import base64
import io
import json
from typing import Any

import pytest

from lambda_src.activity import handler as handler_module
from lambda_src.activity.batch import NoProgress
from lambda_src.activity.handler import handler
from tests.unit.lambda_src.sender.fakes import FakeContext

BROKEN = {
    "no JSON": b"{",
    "no UTF-8": b"\xff",
    "no object": b"[]",
    "no log": b'{"detail": {}}',
    "no type": b'{"detail": {"log_id": "1", "data": {}}}',
    "nested too deeply": b"[" * 100_000,
    "nothing": b"",
}


def event_of(log_id: str, log_type: str) -> bytes:
    data = {"type": log_type, "user_name": "somebody@example.com"}
    return json.dumps({"detail-type": "Auth0 log", "detail": {"log_id": log_id, "data": data}}).encode()


def batch_of(*payloads: bytes) -> dict[str, Any]:
    return {
        "Records": [
            {
                "eventID": f"shardId-000000000000:{number}",
                "kinesis": {"sequenceNumber": str(number), "data": base64.b64encode(payload).decode()},
            }
            for number, payload in enumerate(payloads)
        ]
    }


@pytest.fixture(autouse=True)
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr(handler_module.logger.registered_handler, "stream", stream)
    monkeypatch.setattr(handler_module.metrics.provider, "namespace", "Auth0Events")
    monkeypatch.setattr(handler_module.metrics.provider, "service", "activity")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Auth0Events")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "activity")
    return stream


def lines(log: io.StringIO, message: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, log.getvalue().splitlines()) if line["message"] == message]


def counted(log: io.StringIO) -> list[str]:
    return [log_id for line in lines(log, "batch counted") for log_id in line["log_ids"]]


def metrics_of(output: str) -> dict[tuple[str, ...], float]:
    """(metric, dimension, value, ...) -> sum"""
    found: dict[tuple[str, ...], float] = {}
    for line in map(json.loads, output.splitlines()):
        (directive,) = line["_aws"]["CloudWatchMetrics"]
        assert directive["Namespace"] == "Auth0Events"
        (names,) = directive["Dimensions"]
        dimensions = [part for name in sorted(names) for part in (name, line[name])]
        for metric in directive["Metrics"]:
            found[(metric["Name"], *dimensions)] = sum(line[metric["Name"]])
    return found


def test_a_batch_becomes_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    payloads = [event_of(str(number), code) for number, code in enumerate(["s", "fp", "limit_wc", "limit_wc", "new\n"])]
    assert handler(batch_of(*payloads), FakeContext()) == {"batchItemFailures": []}
    service = ("service", "activity")
    assert metrics_of(capsys.readouterr().out) == {
        ("Events", *service): 5,
        ("Logins", *service): 1,
        ("FailedLogins", *service): 1,
        ("Signups", *service): 0,
        ("FailedSignups", *service): 0,
        ("Attacks", *service): 2,
        ("Attacks", "log_type", "limit_wc", *service): 2,
    }


def test_a_batch_is_one_log_line_with_its_log_ids_and_nothing_personal(log: io.StringIO) -> None:
    handler(batch_of(event_of("a", "s"), event_of("b", "limit_wc"), event_of("a", "s")), FakeContext())
    (line,) = lines(log, "batch counted")
    assert line["log_ids"] == ["a", "b"]
    assert line["counts"]["Events"] == 2
    assert line["attacks_by_type"] == {"limit_wc": 1}
    assert "somebody" not in log.getvalue()


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_record_is_reported_and_what_follows_it_is_left_for_the_next_delivery(
    broken: bytes, log: io.StringIO
) -> None:
    good = [event_of(log_id, "s") for log_id in "abc"]
    response = handler(batch_of(good[0], broken, good[1], broken, good[2]), FakeContext())
    assert response == {"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]}
    assert counted(log) == ["a"]
    assert [line["sequence_number"] for line in lines(log, "record refused")] == ["1", "3"]


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_batch_that_starts_with_a_broken_record_fails_so_that_lambda_halves_it(
    broken: bytes, log: io.StringIO
) -> None:
    with pytest.raises(NoProgress, match=r"^the first record of the batch cannot be read: ") as raised:
        handler(batch_of(broken, event_of("a", "s")), FakeContext())
    assert str(raised.value).isprintable()
    assert counted(log) == []


def deliver(payloads: list[bytes]) -> None:
    """As Lambda does with partial batch responses and bisecting; a record that is alone and fails is given up."""
    if not payloads:
        return
    try:
        failures = handler(batch_of(*payloads), FakeContext())["batchItemFailures"]
    except NoProgress:
        half = len(payloads) // 2
        for part in (payloads[:half], payloads[half:]) if half else ():
            deliver(part)
    else:
        if failures:
            deliver(payloads[min(int(str(failure["itemIdentifier"])) for failure in failures) :])


@pytest.mark.parametrize("places", [[0], [7], [3], [0, 1, 2], [5, 6, 7], [0, 4, 7], list(range(8))])
def test_over_all_deliveries_every_good_record_is_counted_exactly_once(places: list[int], log: io.StringIO) -> None:
    payloads = [b"{" if place in places else event_of(str(place), "s") for place in range(8)]
    deliver(payloads)
    assert counted(log) == [str(place) for place in range(8) if place not in places]


def test_a_huge_batch_with_hostile_log_ids_is_one_line_of_bounded_length(log: io.StringIO) -> None:
    payloads = [event_of(f"{number}\n\u202e" + "x" * 10_000, "s") for number in range(1_100)]
    handler(batch_of(*payloads), FakeContext())
    (line,) = lines(log, "batch counted")
    assert len(line["log_ids"]) == 1_000
    assert line["log_ids_omitted"] == 100
    assert all(len(log_id) <= 100 and log_id.isprintable() for log_id in line["log_ids"])
    assert line["counts"]["Events"] == 1_100
