"""What does the activity function do with any records? It counts or refuses each, and names the first refused one."""

import base64
import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from lambda_src.activity.batch import NoProgress, read_batch
from lambda_src.activity.core import activity_of
from lambda_src.auth0_events.envelope import Auth0Log, parse_event
from tests.hostile.json_values import ODD_DOCUMENTS, documents

GOOD = b'{"detail":{"log_id":"good","data":{"type":"s"}}}'


def log_in(document: bytes) -> Auth0Log | None:
    """The log, read without any of the batch's code."""
    try:
        return parse_event(json.loads(document.decode()))
    except (ValueError, RecursionError):
        return None


def batch_of(documents: list[bytes]) -> dict[str, Any]:
    return {
        "Records": [
            {"kinesis": {"sequenceNumber": str(number), "data": base64.b64encode(document).decode()}}
            for number, document in enumerate(documents)
        ]
    }


@given(st.lists(documents | st.just(GOOD), min_size=1, max_size=8))
@example([GOOD, *ODD_DOCUMENTS, GOOD])
@example(list(ODD_DOCUMENTS))
@example(list(reversed(ODD_DOCUMENTS)))
def test_what_lies_before_the_first_unreadable_record_counts_and_all_unreadable_ones_are_named(
    some: list[bytes],
) -> None:
    logs = [log_in(document) for document in some]
    unreadable = [str(number) for number, log in enumerate(logs) if log is None]
    before = logs[: int(unreadable[0])] if unreadable else logs
    batch = read_batch(batch_of(some))
    assert [failure["itemIdentifier"] for failure in batch.response["batchItemFailures"]] == unreadable
    assert list(batch.refused) == unreadable
    assert all(reason.isprintable() and 0 < len(reason) <= 200 for reason in batch.refused.values())
    assert list(batch.logs) == before
    activity = activity_of(batch.logs)
    assert activity.counts["Events"] == len({log.log_id for log in before if log})
    assert asks_for_halving(batch) == (unreadable[:1] == ["0"])


def asks_for_halving(batch: Any) -> bool:
    try:
        batch.require_progress()
    except NoProgress as error:
        assert str(error).isprintable()  # noqa: PT017 - either outcome is right
        return True
    return False
