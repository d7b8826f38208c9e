"""What does the worker do with any message? It processes it or lets it come again, and goes on."""

import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hostile.json_values import ODD_DOCUMENTS, documents
from tests.unit.worker_src.fakes import FakeSqs, body, worker_of

MOST_RECEIVES = 3
bodies = documents.map(lambda document: document.decode(errors="replace")) | st.text()


@given(st.lists(bodies, max_size=4))
@example([document.decode(errors="replace") for document in ODD_DOCUMENTS])
def test_every_message_ends_and_none_stops_the_loop(some: list[str]) -> None:
    sqs = FakeSqs(*some, body("after them"), most_receives=MOST_RECEIVES)
    output = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", output)
        assert worker_of(sqs).run(forever=False) == 0
    assert output.getvalue().isascii()
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    processed = [line for line in lines if line["message"] in ("event processed", "event already processed")]
    failed = [line for line in lines if line["message"] == "event failed"]
    assert len(processed) + len(sqs.dead) == len(some) + 1
    assert len(failed) == MOST_RECEIVES * len(sqs.dead)
    assert len(processed) + len(failed) == len(lines)
    assert "after them" in [line["log_id"] for line in processed]
    assert sqs.bodies == {}
    assert all(len(json.dumps(line)) < 3_000 for line in lines)
