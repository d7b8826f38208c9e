"""Do the clients of the benchmark send what they say, and does the stub answer as it is told?"""

import json

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from bench.sender.clients import client_of, generated, plain_client, raw_request, request_entry, send_plainly, send_raw
from bench.sender.process import stub
from bench.sender.sending import NoPace, send, timed
from bench.sender.stub import ALL_TAKEN, Behaviour, Bus
from lambda_src.sender.bus import EventBus

ENTRIES = list(generated(120))


def body(*entries: int) -> bytes:
    return raw_request(ENTRIES[slice(*entries)]).split(b"\r\n\r\n", 1)[1]


def test_every_client_sends_every_event_once_and_the_stub_counts_them() -> None:
    with stub(Behaviour()) as served:
        send_plainly(plain_client(served, 4), ENTRIES, size=10, threads=4)
        assert (served.seen().requests, served.seen().entries) == (12, 0)  # a look begins anew
        assert send_plainly(plain_client(served, 10), ENTRIES[:7], size=1, threads=1) == 7
        assert served.seen().requests == 7
        send_raw(served, raw_request(ENTRIES[:10]), requests=30, connections=4)
        assert served.seen().entries == 300
        delivery = send(served, iter(ENTRIES), lanes=3)
        seen = served.seen()
    assert (delivery.sent, delivery.retries, seen.requests, seen.entries, seen.taken) == (120, 0, 12, 120, 120)


def test_an_answer_comes_no_sooner_than_the_latency() -> None:
    with stub(Behaviour(latency=0.05)) as served:
        client = plain_client(served, 10)
        assert timed(lambda: send_plainly(client, ENTRIES[:20], size=10, threads=1)) >= 0.1


def test_boto3_understands_a_throttled_request_and_a_throttled_entry() -> None:
    once = Config(retries={"total_max_attempts": 1})
    with stub(Behaviour(admits=0.001)) as served:
        client = client_of(served, once)
        assert client.put_events(Entries=[request_entry(ENTRIES[0])])["FailedEntryCount"] == 0
        with pytest.raises(ClientError, match="ThrottlingException"):
            client.put_events(Entries=[request_entry(ENTRIES[0])])
    with stub(Behaviour(refuses=4)) as served:
        answers = EventBus(client_of(served, once), "bus").put_events(ENTRIES[:10])
        seen = served.seen()
    assert [answer.code if answer else None for answer in answers].count("ThrottlingException") == 3
    assert (seen.entries, seen.taken) == (10, 7)


def test_the_stub_admits_as_many_requests_a_second_as_it_is_told() -> None:
    bus = Bus(Behaviour(admits=50.0))
    for step in range(1_000):  # 100 a second for ten seconds
        bus.answer(body(0, 1), step / 100)
    assert 500 <= bus.seen.taken <= 506
    assert bus.seen.throttled == 1_000 - bus.seen.taken


def test_what_looks_like_an_entry_in_a_detail_is_none() -> None:
    text = json.dumps({"Entries": [{"DetailType": "Auth0 log", "Detail": json.dumps({"DetailType": '"DetailType"'})}]})
    bus = Bus(Behaviour())
    assert bus.answer(text.encode(), 0.0) == ALL_TAKEN[1]


def test_the_control_without_a_pace_needs_more_attempts() -> None:
    def attempts(*, is_paced: bool) -> int:
        with stub(Behaviour(admits=25.0)) as served:
            assert send(served, generated(200), pace=None if is_paced else NoPace()).sent > 0
            return served.seen().entries

    assert 200 <= attempts(is_paced=True) < attempts(is_paced=False)
