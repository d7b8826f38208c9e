"""Does what an attacker writes stay data in what the sender sends, keeps, logs and answers?"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.compat import HTTPHeaders

from lambda_src.sender.clients import events_client, sqs_client
from lambda_src.sender.handler import handler
from tests.emulated.lambda_src.sender.conftest import moto_answers
from tests.emulated.lambda_src.sender.test_handler import NEW_SOURCE, Log
from tests.emulated.lambda_src.sender.test_handler import environment as environment
from tests.emulated.lambda_src.sender.test_handler import log as log
from tests.hostile.injection import FIELDS, FORGED, PAYLOADS, hostile_details, payload
from tests.unit.lambda_src.sender.fakes import FakeBody, FakeContext, FakeWire

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
REFUSED_BY_SQS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ATTRIBUTES = {"LOG_ID", "ERROR_CODE", "ERROR_MESSAGE", "ATTEMPTS"}


def wire(code: str | None) -> FakeWire:
    """EventBridge takes everything, or refuses everything with `code` and a message that repeats the event."""

    def answer(entries: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        if not code:
            return 200, {"FailedEntryCount": 0, "Entries": [{"EventId": "id"}] * len(entries)}
        results = [{"ErrorCode": code, "ErrorMessage": entry["Detail"][:2_000]} for entry in entries]
        return 200, {"FailedEntryCount": len(entries), "Entries": results}

    tapped = FakeWire(answer)
    moto_answers(events_client(), "events.DescribeEventBus")
    tapped.tap(events_client())
    return tapped


class Queue:
    """Takes what goes to SQS."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        moto_answers(sqs_client())
        sqs_client().meta.events.register("before-send.sqs", self._respond)

    def _respond(self, event_name: str, request: AWSRequest, **_: object) -> Any:
        assert event_name == "before-send.sqs.SendMessageBatch"
        self.messages += json.loads(request.body)["Entries"]
        return AWSResponse("https://sqs", 200, HTTPHeaders(), FakeBody(b'{"Successful": [], "Failed": []}'))


def test_every_event_is_sent_as_it_was_given(canary: Path, log: Log) -> None:
    tapped = wire(None)
    for name in PAYLOADS:
        details = hostile_details(payload(name, canary), "sdu")
        tapped.requests.clear()
        assert handler({"events": details}, FakeContext())["sent"] == len(FIELDS), name
        sent = [entry for entries in tapped.requests for entry in entries]
        assert [json.loads(entry.pop("Detail")) for entry in sent] == details, name
        for entry in sent:
            entry.pop("Time", None)  # of the date, if it is one
            assert entry == {"EventBusName": "bus", "Source": NEW_SOURCE, "DetailType": "Auth0 log"}, name
    assert log.getvalue() == ""


def test_an_event_that_is_given_up_is_kept_as_it_was_and_named_safely(
    canary: Path, log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    wire("MalformedDetail")
    queue = Queue()
    for name in PAYLOADS:
        details = hostile_details(payload(name, canary), "sdu")
        queue.messages.clear()
        answer = handler({"events": details}, FakeContext())
        bodies = [json.loads(message["MessageBody"]) for message in queue.messages]
        in_order = {body["detail"]["log_id"]: body["detail"] for body in bodies}  # the requests go out at once
        assert len(bodies) == len(details), name
        assert [in_order[each["log_id"]] for each in details] == details, name
        assert {(body["source"], body["detail-type"], len(body)) for body in bodies} == {(NEW_SOURCE, "Auth0 log", 3)}
        for message in queue.messages:
            values = {key: value["StringValue"] for key, value in message["MessageAttributes"].items()}
            assert values.keys() == ATTRIBUTES, name
            assert all(value.isprintable() and value for value in values.values()), name
            assert not REFUSED_BY_SQS.search(message["MessageBody"]), name
        assert len(answer["failures"]) == answer["failed"] == len(FIELDS), name
        texts = [text for each in answer["failures"] for text in each.values() if isinstance(text, str)]
        assert all(text.isprintable() for text in texts), name
        assert log.getvalue().count("\n") == len(log.lines("event given up")) == len(FIELDS), name
        assert all(line.isprintable() for line in log.getvalue().split("\n")), name
        log.seek(0)
        log.truncate()
        (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert line.keys() - {"service"} == {"_aws", "EventsSent", "EventRetries", "EventsFailed"}, name
        assert FORGED not in json.dumps(line), name


def test_a_payload_instead_of_a_request_is_one_safe_line(canary: Path, log: Log) -> None:
    for text in (payload(name, canary) for name in PAYLOADS):
        for request in (
            text,
            {text: 1},
            {"count": text},
            {"count": 1, "types": [text]},
            {"count": 1, "categories": [text]},
            {"count": 1, "seed": text},
            {"events": [text]},
            {"events": text},
            {"events": [{text: text}]},
        ):
            with pytest.raises(ValueError) as raised:
                handler(request, FakeContext())  # type: ignore[arg-type] # an attacker's choice
            assert str(raised.value).isprintable()
            assert len(str(raised.value)) <= 400
    assert log.getvalue() == ""
