"""Does what an attacker writes stay data in the worker of ECS tasks and instances?"""

import json
from pathlib import Path

import pytest

from tests.hostile.injection import FIELDS, PAYLOADS, hostile_details, payload
from tests.unit.worker_src.fakes import FakeSqs, worker_of


@pytest.mark.parametrize("name", PAYLOADS)
def test_each_event_is_processed_once_and_is_one_line_with_its_own_id(
    name: str, canary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    details = hostile_details(payload(name, canary), "sdu")
    sqs = FakeSqs(*(json.dumps({"detail-type": "Auth0 log", "detail": detail}) for detail in details))
    assert worker_of(sqs).run(forever=False) == 0
    assert (sqs.bodies, sqs.dead) == ({}, [])
    output = capsys.readouterr()
    assert output.err == ""
    assert set(output.out) <= {"\n", *map(chr, range(32, 127))}
    lines = [json.loads(line) for line in output.out.splitlines()]
    assert lines == [
        {
            "message": "event processed",
            "log_id": detail["log_id"][:100],
            "log_type": detail["data"]["type"][:100],
        }
        for detail in details
    ]
    assert len(lines) == len(FIELDS)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_instead_of_an_event_comes_again_and_says_nothing_of_itself(
    name: str, canary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sqs = FakeSqs(payload(name, canary), most_receives=2)
    assert worker_of(sqs).run(forever=False) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(line) for line in lines] == [{"message", "message_id", "receive_count", "error"}] * 2 or (
        name == "json instead of text" and [line["log_id"] for line in lines] == ["forged"] * 2
    )
    assert {line["message"] for line in lines} == {"event failed"}
    assert sqs.dead == [0]
