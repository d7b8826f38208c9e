"""Which files and lines can be sent, and what is said of the others?"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.ops.send.files import PERSON, Bus, log, ndjson, numbers, pipe, times


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "logs.ndjson"


BAD = [
    (b'{"log_id": "1", "type": "s", "user_name": "ada.lovelace@exam', "no JSON: Unterminated string"),
    (b"7", "the event is missing or no JSON object"),
    (b'{"log_id": "1"}', "type is missing or no text"),
    (b'{"type": "s"}', "log_id (or _id) is missing"),
    (b'{"log_id": "1", "type": "s", "n": NaN}', "data cannot be written as JSON"),
    (b'{"log_id": "1", "type": "s", "n": ' + b"9" * 5_000 + b"}", "a number too long"),
    (b'{"log_id": "1", "type": "s", "n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    (b'{"log_id": "1", "type": "s", "n": "\xff"}', "no UTF-8"),
    (b'{"log_id": "1", "type": "s", "n": "' + b"x" * 1_000_000 + b'"}', "bytes as an EventBridge entry"),
    (json.dumps({"start": 0, "logs": [log(1)], "total": 1}).encode(), "a page of the Management API with totals"),
]
bad_lines = pytest.mark.parametrize(("line", "said"), BAD, ids=[said for _, said in BAD])


@bad_lines
def test_a_file_with_a_bad_line_is_not_begun(run: Any, bus: Bus, file: Path, line: bytes, said: str) -> None:
    file.write_bytes(ndjson(log(0), log(1), line, log(2)))
    code, out, err = run("--file", str(file))
    assert (code, out, bus.log_ids, err.count("\n")) == (2, "", [], 1)
    assert err.startswith(f"ops: {file}: nothing was sent, 1 of 4 cannot be: line 3: ")
    assert said in err
    assert "--skip-bad" in err
    assert "ada" not in err


@bad_lines
def test_bad_lines_can_be_skipped_and_are_counted_and_named(
    run: Any, bus: Bus, file: Path, line: bytes, said: str
) -> None:
    file.write_bytes(ndjson(log(0), line, log(1), line))
    code, out, _ = run("--file", str(file), "--skip-bad")
    assert (code, numbers(bus.log_ids)) == (1, [0, 1])
    assert "2 skipped: no logs that can be sent\n  line 2: " in out
    assert said in out
    assert "ada" not in out


def test_standard_input_stops_at_a_bad_line_with_all_before_it_sent_and_goes_on_once_it_is_right(
    run: Any, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = [log(number) for number in range(1_500)]
    pipe(monkeypatch, ndjson(*good[:1_200], b"{", *good[1_200:]))
    code, out, err = run("--file", "-")
    assert (code, numbers(bus.log_ids)) == (2, list(range(1_200)))
    assert "standard input: line 1,201: no JSON" in err
    assert "1,200 sent" in out
    pipe(monkeypatch, ndjson(*good))
    assert run("--file", "-")[0] == 0
    assert numbers(bus.log_ids) == list(range(1_500))


def test_what_was_skipped_is_counted_once_over_an_interruption(
    run: Any, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [b"x" if number % 500 == 1 else log(number) for number in range(3_000)]
    for interrupted_at in (2, None):
        pipe(monkeypatch, ndjson(*items))
        bus.before = times(interrupted_at, KeyboardInterrupt()) if interrupted_at else lambda _: None
        code, out, _ = run("--file", "-", "--skip-bad", "--json")
    told = json.loads(out)
    assert (code, told["skipped"], told["sent"]) == (1, 6, 2_994)


def test_bare_logs_details_and_whole_events_are_all_sent(run: Any, bus: Bus, file: Path) -> None:
    bare = log(1)
    event = {"detail-type": "Auth0 log", "source": "aws.partner/x", "detail": {"log_id": "log-3", "data": log(3)}}
    by_id = {"_id": "log-4", "type": "a new type", "date": "no date"}
    file.write_bytes(ndjson(bare, {"log_id": "log-2", "data": log(2)}, event, by_id))
    assert run("--file", str(file))[0] == 0
    assert bus.log_ids == ["log-1", "log-2", "log-3", "log-4"]


def test_a_dry_run_shows_types_and_times_and_sends_nothing(
    run: Any, bus: Bus, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = ndjson(log(1), log(2, type="fp", date="2026-11-20T00:00:00.000Z"), log(3, type="[red]\x1b[31mx"), b"no")
    file.write_bytes(content)
    pipe(monkeypatch, content)
    for path in (str(file), "-"):
        code, out, _ = run("--file", path, "--dry-run", "--skip-bad")
        assert (code, bus.payloads) == (0, [])
        assert "3 events of 3 log types, from 2026-11-20 00:00:00 to 2026-11-24 12:00:00 UTC." in out
        assert "[red] [31mx" in out
        assert "1 skipped" in out
        assert (PERSON in out, "\x1b" in out) == (False, False)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"[]", "is empty"),
        (b"a,b\n", "it is no JSON"),
        (b"\x1f\x8b", "gunzip"),
        ('{"type": "s"}'.encode("utf-16"), "expected UTF-8"),
        ("[]".encode("utf-16-be"), "iconv"),
    ],
)
def test_a_file_of_something_else_is_one_line(run: Any, bus: Bus, file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    code, out, err = run("--file", str(file))
    assert (code, out, err.count("\n"), bus.payloads) == (2, "", 1, [])
    assert err.startswith(f"ops: {file}")
    assert said in err


def test_a_file_that_is_not_there_or_a_folder_is_one_line(run: Any, tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        code, out, err = run("--file", str(path))
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "cannot be read" in err
