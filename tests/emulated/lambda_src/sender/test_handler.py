"""Does an invocation do all of it: send, retry, log, count, keep, answer?"""

import io
import json
from threading import Event, get_ident
from typing import Any

import pytest

from lambda_src.auth0_events.envelope import detail, parse_any
from lambda_src.sender import handler as handler_module
from lambda_src.sender.clients import events_client, sqs_client
from lambda_src.sender.core import NothingSent
from lambda_src.sender.handler import _delivery_of as delivery_of
from lambda_src.sender.handler import handler
from lambda_src.sender.lanes import LANES
from lambda_src.sender.request import Request
from lambda_src.sender.undelivered import UndeliveredLost
from tests.emulated.lambda_src.sender.conftest import cold_start, moto_answers
from tests.unit.lambda_src.sender.fakes import FakeContext, FakeWire

LOGS = [{"type": "fp", "log_id": f"log-{number}", "user_name": "somebody@example.com"} for number in range(12)]
GENERATED = Request(entries=iter(()), count=2_000, seed=1)
NEW_SOURCE = "simulation/auth0.com/test/auth0.logs"


class Log(io.StringIO):
    def lines(self, message: str) -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.getvalue().splitlines()) if line["message"] == message]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    log = Log()
    monkeypatch.setattr(handler_module.logger.registered_handler, "stream", log)
    return log


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, queue_url: str) -> None:
    events_client().create_event_bus(Name="bus")
    monkeypatch.setenv("EVENT_BUS_NAME", "bus")
    monkeypatch.setenv("EVENT_SOURCE", NEW_SOURCE)
    monkeypatch.setenv("UNDELIVERED_QUEUE_URL", queue_url)
    monkeypatch.setattr(handler_module.metrics.provider, "namespace", "Auth0Events")
    monkeypatch.setattr("random.random", lambda: 0.0)  # no waits


def answer_with(codes: dict[str, str]) -> FakeWire:
    """EventBridge refuses the events whose log id is in `codes`, each time."""

    def answer(entries: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        found = [codes.get(json.loads(entry["Detail"])["log_id"]) for entry in entries]
        results = [{"ErrorCode": code, "ErrorMessage": "why\n"} if code else {"EventId": "id"} for code in found]
        return 200, {"FailedEntryCount": len(codes), "Entries": results}

    wire = FakeWire(answer)
    moto_answers(events_client(), *(f"events.{verb}EventBus" for verb in ("Create", "Delete", "Describe")))
    wire.tap(events_client())
    return wire


def kept(queue_url: str) -> dict[str, Any]:
    messages = []
    while batch := sqs_client().receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
        messages += batch
    return {json.loads(message["Body"])["detail"]["log_id"]: json.loads(message["Body"]) for message in messages}


def log_ids_of(wire: FakeWire) -> set[str]:
    return {json.loads(entry["Detail"])["log_id"] for entries in wire.requests for entry in entries}


def metrics_of(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Auth0Events"
    names = [metric["Name"] for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]]
    return {name: sum(line[name]) for name in names}


def test_generated_logs_are_sent_and_the_seed_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    answer = handler({"count": 25, "seed": 3}, FakeContext())
    assert answer == {"sent": 25, "retried": 0, "failed": 0, "seed": 3, "failures": []}
    assert metrics_of(capsys) == {"EventsSent": 25, "EventRetries": 0, "EventsFailed": 0}


def test_a_plain_send_says_the_seed_that_makes_the_same_logs_again() -> None:
    first, second = answer_with({}), FakeContext(request_id="request-2")
    seed = handler({"count": 1}, FakeContext())["seed"]
    handler({"count": 1, "seed": seed}, second)
    log_ids = [json.loads(entries[0]["Detail"])["data"]["type"] for entries in first.requests]
    assert len(log_ids) == 2
    assert len(set(log_ids)) == 1
    assert seed != handler({"count": 1}, second)["seed"]


def test_given_events_are_sent_from_our_source_as_auth0_logs() -> None:
    wire = answer_with({})
    assert handler({"events": LOGS}, FakeContext()) == {"sent": 12, "retried": 0, "failed": 0, "failures": []}
    sent = [entry for entries in wire.requests for entry in entries]
    assert {(entry["Source"], entry["DetailType"], entry["EventBusName"]) for entry in sent} == {
        (NEW_SOURCE, "Auth0 log", "bus")
    }
    assert [json.loads(entry["Detail"]) for entry in sent] == [detail(parse_any(log)) for log in LOGS]


def test_an_event_that_is_given_up_is_logged_counted_kept_and_reported(
    log: Log, capsys: pytest.CaptureFixture[str], queue_url: str
) -> None:
    wire = answer_with({"log-3": "ThrottlingException", "log-11": "MalformedDetail"})
    answer = handler({"events": LOGS}, FakeContext())
    failures = [
        {"log_id": "log-11", "code": "MalformedDetail", "message": "why", "attempts": 1},
        {"log_id": "log-3", "code": "ThrottlingException", "message": "why", "attempts": 4},
    ]
    assert answer == {"sent": 10, "retried": 1, "failed": 2, "failures": failures}
    assert sum(len(entries) for entries in wire.requests) == 12 + 3
    logged = [
        {"log_id": line["log_id"], "code": line["error_code"], "message": line["error_message"]}
        | {"attempts": line["attempts"]}
        for line in log.lines("event given up")
    ]
    assert logged == failures
    assert metrics_of(capsys) == {"EventsSent": 10, "EventRetries": 3, "EventsFailed": 2}
    assert kept(queue_url) == {
        log_id: {"detail-type": "Auth0 log", "source": NEW_SOURCE, "detail": detail(parse_any(LOGS[number]))}
        for log_id, number in (("log-3", 3), ("log-11", 11))
    }


def test_what_was_kept_can_be_sent_as_it_is(queue_url: str) -> None:
    codes = {"log-3": "MalformedDetail"}
    wire = answer_with(codes)
    handler({"events": LOGS}, FakeContext())
    (event,) = kept(queue_url).values()
    codes.clear()
    assert handler({"events": [event]}, FakeContext())["sent"] == 1
    assert json.loads(wire.requests[-1][0]["Detail"])["log_id"] == "log-3"


def calls_of(operation: str) -> list[str]:
    made: list[str] = []
    events_client().meta.events.register_first(f"before-send.events.{operation}", lambda **_: made.append(operation))
    return made


def test_the_bus_is_asked_for_once_in_many_invocations_and_again_after_a_cold_start() -> None:
    asked = calls_of("DescribeEventBus")
    for _ in range(5):
        assert handler({"count": 25}, FakeContext())["sent"] == 25
    assert len(asked) == 1
    cold_start()
    asked = calls_of("DescribeEventBus")
    handler({"count": 1}, FakeContext())
    assert len(asked) == 1


def test_given_events_for_a_bus_that_does_not_exist_are_failed_at_once_and_kept_whole(
    log: Log, capsys: pytest.CaptureFixture[str], queue_url: str
) -> None:
    wire = answer_with({})
    events_client().delete_event_bus(Name="bus")
    answer = handler({"events": LOGS}, FakeContext())
    assert wire.requests == []
    assert (answer["sent"], answer["retried"], answer["failed"]) == (0, 0, 12)
    assert {(failure["code"], failure["attempts"]) for failure in answer["failures"]} == {("EventBusDoesNotExist", 0)}
    assert {line["error_code"] for line in log.lines("event given up")} == {"EventBusDoesNotExist"}
    assert metrics_of(capsys) == {"EventsSent": 0, "EventRetries": 0, "EventsFailed": 12}
    assert {log_id: event["detail"] for log_id, event in kept(queue_url).items()} == {
        log["log_id"]: detail(parse_any(log)) for log in LOGS
    }


def test_generated_logs_for_a_bus_that_does_not_exist_are_one_clear_error(queue_url: str) -> None:
    wire = answer_with({})
    events_client().delete_event_bus(Name="bus")
    with pytest.raises(NothingSent) as raised:
        handler({"count": 1_000}, FakeContext())
    assert str(raised.value) == (
        "nothing was sent: event bus bus does not exist; deploy the EventBus stack, or correct EVENT_BUS_NAME"
        " (EventBusDoesNotExist)"
    )
    assert wire.requests == []
    assert kept(queue_url) == {}


def test_a_bus_that_was_missing_is_used_as_soon_as_it_is_there() -> None:
    events_client().delete_event_bus(Name="bus")
    assert handler({"events": LOGS}, FakeContext())["failed"] == 12
    events_client().create_event_bus(Name="bus")
    assert handler({"events": LOGS}, FakeContext())["sent"] == 12


def test_no_payload_is_logged(log: Log) -> None:
    answer_with({log["log_id"]: "MalformedDetail" for log in LOGS})
    handler({"events": LOGS}, FakeContext())
    assert len(log.lines("event given up")) == 12
    assert "somebody" not in log.getvalue()


def test_a_mistake_is_an_error_before_anything_is_sent() -> None:
    wire = answer_with({})
    with pytest.raises(ValueError, match=r"^events\[1\]: "):
        handler({"events": [LOGS[0], {}]}, FakeContext())
    assert wire.requests == []


def test_given_events_without_time_are_failed_and_kept(queue_url: str) -> None:
    answer = handler({"events": LOGS}, FakeContext(seconds=0))
    assert (answer["sent"], answer["failed"]) == (0, 12)
    assert {failure["code"] for failure in answer["failures"]} == {"OutOfTime"}
    assert set(kept(queue_url)) == {log["log_id"] for log in LOGS}


def test_generated_logs_without_time_are_not_made(queue_url: str) -> None:
    answer = handler({"count": 100_000, "seed": 1}, FakeContext(seconds=0))
    assert answer == {
        "sent": 0,
        "retried": 0,
        "failed": 0,
        "seed": 1,
        "failures": [],
        "not_attempted": 100_000,
        "next": 0,
    }
    assert kept(queue_url) == {}


def test_a_send_that_stops_early_says_the_first_log_that_it_did_not_make() -> None:
    wire, request = answer_with({}), {"seed": 1, "at": "2026-11-25T12:00:00Z"}
    stopped = handler({**request, "count": 100_000, "first": 7}, FakeContext(seconds=0.2))
    assert stopped["next"] == 7 + stopped["sent"] + stopped["failed"]
    assert stopped["not_attempted"] == 100_007 - stopped["next"] > 0
    before, wire.requests = log_ids_of(wire), []
    assert handler({**request, "count": stopped["next"] + 3 - 7, "first": 7}, FakeContext())["sent"] == len(before) + 3
    assert before < log_ids_of(wire)
    wire.requests.clear()
    handler({**request, "count": 3, "first": stopped["next"]}, FakeContext())
    assert len(log_ids_of(wire) - before) == 3


def test_a_large_send_has_several_requests_under_way_and_the_next_invocation_their_pace() -> None:
    threads: set[int] = set()
    is_joined = Event()

    def wait_for_another(**_: object) -> None:
        threads.add(get_ident())
        if len(threads) > 1 or not is_joined.wait(60):
            is_joined.set()

    events_client().meta.events.register("before-send.events.PutEvents", wait_for_another)
    answer_with({})
    handler({"count": 2_000}, FakeContext())
    assert len(threads) > 1
    paces = [delivery_of(request, FakeContext(), print).pace for request in (GENERATED, GENERATED)]
    assert paces[0] is paces[1]
    assert events_client().meta.config.max_pool_connections == LANES  # type: ignore[attr-defined] # the stubs have it not


def test_when_the_undelivered_queue_refuses_too_everything_else_is_done_and_it_is_an_error(
    monkeypatch: pytest.MonkeyPatch, log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    wire = answer_with({"log-1": "MalformedDetail", "log-2": "MalformedDetail"})
    monkeypatch.setenv("UNDELIVERED_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/none")
    with pytest.raises(UndeliveredLost, match=r"neither sent nor kept .*: 2, .* log id log-1;"):
        handler({"events": LOGS}, FakeContext())
    assert sum(len(entries) for entries in wire.requests) == 12
    assert metrics_of(capsys) == {"EventsSent": 10, "EventRetries": 0, "EventsFailed": 2, "EventsLost": 2}
    assert [line["log_id"] for line in log.lines("undelivered event could not be kept")] == ["log-1", "log-2"]
