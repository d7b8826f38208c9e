"""What does the sender do with any input? It is a request, or one line that says why not; and what it takes fits."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lambda_src.auth0_events.envelope import detail, parse_any
from lambda_src.sender.entries import MOST_BYTES, Entry, entry_of
from lambda_src.sender.outcomes import Failure
from lambda_src.sender.request import MOST_EVENTS, parse_request
from lambda_src.sender.undelivered import attributes_of, body_of, message_bytes
from tests.hostile.json_values import ODD_DOCUMENTS, details, events, values

SOURCE = "simulation/auth0.com/test"
# Of one message, since August 2025; every queue of the app asks for it. Attributes count, names and types too.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
MOST_MESSAGE_BYTES = 1_048_576
KEYS = ("count", "types", "categories", "seed", "events", "x")
requests = (
    values
    | st.dictionaries(st.sampled_from(KEYS), values, max_size=3)
    | st.builds(lambda given: {"events": given}, st.lists(events | details, max_size=3))
)


def parse(event: object) -> list[Entry]:
    """Some of the entries of the request."""
    request = parse_request(event, source=SOURCE, default_seed=7, now=datetime(2026, 11, 23, tzinfo=UTC))
    assert 1 <= request.count <= MOST_EVENTS
    return [entry for entry, _ in zip(request.entries, range(3), strict=False)]


def is_clear(line: str) -> bool:
    return line.isprintable() and 0 < len(line) <= 400


def odd_events() -> list[Any]:
    read = []
    for document in ODD_DOCUMENTS:
        with suppress(ValueError, RecursionError):
            read.append(json.loads(document))
    assert len(read) >= 6
    return read


@given(requests)
def test_any_input_is_a_request_or_one_clear_line(event: object) -> None:
    try:
        entries = parse(event)
    except ValueError as error:
        line = str(error)
        assert is_clear(line)
    else:
        assert entries
        assert all(entry.source == SOURCE and json.loads(entry.detail)["log_id"] == entry.log_id for entry in entries)


@pytest.mark.parametrize("event", odd_events(), ids=range(len(odd_events())))
def test_an_odd_event_is_sent_whole_or_refused_in_one_line(event: object) -> None:
    try:
        (entry,) = parse({"events": [event]})
    except ValueError as error:
        line = str(error)
        assert is_clear(line)
        assert line.startswith("events[0]: ")
    else:
        assert json.loads(entry.detail) == detail(parse_any(event))


@given(st.text(st.characters(), min_size=1), st.text(), st.text(), st.sampled_from([0, 4]))
@example("\ufffe\uffff\ud800\0", "\U0010ffff" * 300, "\ufffe", 4)
def test_the_largest_event_that_the_sender_takes_is_a_message_that_sqs_takes(
    filling: str, code: str, message: str, attempts: int
) -> None:
    given = {"log_id": "😀" * 300, "type": "s", "date": "2026-11-23T12:00:00.123Z"}
    size = entry_of(parse_any({**given, "x": ""}), SOURCE).size
    each = entry_of(parse_any({**given, "x": filling}), SOURCE).size - size
    (entry,) = parse({"events": [{**given, "x": filling * ((MOST_BYTES - size) // each)}]})
    assert MOST_BYTES - each < entry.size <= MOST_BYTES
    failure = Failure(entry=entry, code=code[:100], message=message[:256], attempts=attempts)
    assert message_bytes(body_of(failure), attributes_of(failure)) <= MOST_MESSAGE_BYTES
