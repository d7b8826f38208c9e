"""Does every log of a file arrive, whatever ends the run in its middle, and is nothing left out in silence?"""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from ops.send.portion import MOST_EVENTS
from tests.unit.ops.send.files import PERSON, Bus, log, ndjson, numbers, pipe, refused, times

LARGE = 2_200
COUNT, MOST = 220, 100
ENDS = [
    KeyboardInterrupt(),
    ReadTimeoutError(endpoint_url="https://lambda"),
    refused(403, "AccessDeniedException"),
]


class Killed(BaseException):
    """What no code of ours sees coming, as kill -9."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "logs.ndjson"
    path.write_bytes(ndjson(*[log(number) for number in range(COUNT)]))
    return path


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.send.backfill.MOST_EVENTS", MOST)


@pytest.fixture
def large(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of more portions than one, of their real size."""
    monkeypatch.setattr("ops.send.backfill.MOST_EVENTS", MOST_EVENTS)
    file.write_bytes(ndjson(*[log(number) for number in range(LARGE)]))
    return file


def kept(places: Path) -> list[Path]:
    return list(places.glob("*.json"))


def test_a_file_is_sent_wholly_and_in_order(run: Any, bus: Bus, large: Path) -> None:
    code, out, err = run("--file", str(large))
    assert (code, err) == (0, "")
    assert out.startswith("logs.ndjson to Auth0Events-dev in eu-west-1: 2,200 of 2,200 sent, 0 retried, 0 failed in ")
    assert numbers(bus.log_ids) == list(range(LARGE))
    assert [len(payload["events"]) for payload in bus.payloads] == [1_000, 1_000, 200]
    assert bus.payloads[0]["events"][0]["data"] == log(0)


@pytest.mark.parametrize("after", [False, True], ids=["before it was sent", "after it was sent, its answer lost"])
@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize(
    ("layout", "end"),
    [("lines", ENDS[0]), ("array", ENDS[1]), ("pipe", ENDS[2])],
    ids=["lines, interrupted", "array, network gone", "pipe, refused"],
)
def test_a_run_that_ends_in_any_call_goes_on_there(
    run: Any,
    bus: Bus,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    layout: str,
    end: BaseException,
    call: int,
    after: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    content = file.read_bytes()
    if layout == "array":
        content = json.dumps([json.loads(line) for line in content.splitlines()], indent=1).encode()
        file.write_bytes(content)
    path = "-" if layout == "pipe" else str(file)
    pipe(monkeypatch, content)
    setattr(bus, "after" if after else "before", times(call, end))
    code, out, err = run("--file", path)
    assert code == (130 if isinstance(end, KeyboardInterrupt) else 2)
    assert "goes on where it was" in out + err
    assert (err.count("\n"), PERSON in out + err) == (0 if code == 130 else 1, False)
    bus.before = bus.after = lambda _: None
    pipe(monkeypatch, content)
    code, out, _ = run("--file", path)
    assert code == 0
    twice = MOST if after and call < 3 else COUNT % MOST if after else 0
    assert (len(bus.log_ids), set(numbers(bus.log_ids))) == (COUNT + twice, set(range(COUNT)))
    assert f"{COUNT} sent" in out.splitlines()[0]
    assert ("by an earlier run" in out) is (call > 1)


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_run_that_is_killed_repeats_one_portion_at_most(run: Any, bus: Bus, file: Path, call: int) -> None:
    bus.after = times(call, Killed())
    with pytest.raises(Killed):
        run("--file", str(file))
    bus.after = lambda _: None
    assert run("--file", str(file))[0] == 0
    assert len(bus.log_ids) <= COUNT + MOST
    assert set(numbers(bus.log_ids)) == set(range(COUNT))


def interrupted(run: Any, bus: Bus, path: str, *, call: int = 3) -> None:
    bus.before = times(call, KeyboardInterrupt())
    assert run("--file", path)[0] == 130
    bus.before = lambda _: None


def test_the_summary_of_the_last_run_is_about_all_runs(run: Any, bus: Bus, file: Path) -> None:
    bus.failing = {"log-7": "ThrottlingException"}
    interrupted(run, bus, str(file))
    code, out, _ = run("--file", str(file), "--json")
    told = json.loads(out)
    assert (code, told["sent"], told["failed"], told["codes"]) == (1, COUNT - 1, 1, {"ThrottlingException": 1})
    assert (told["total"], told["earlier"], told["interrupted"]) == (COUNT, 2 * MOST, False)


def test_a_file_that_was_renamed_or_has_grown_goes_on_where_it_was(run: Any, bus: Bus, file: Path) -> None:
    interrupted(run, bus, str(file))
    moved = file.with_name("moved.ndjson")
    moved.write_bytes(file.read_bytes() + ndjson(log(COUNT)))
    assert run("--file", str(moved))[0] == 0
    assert numbers(bus.log_ids) == list(range(COUNT + 1))


@pytest.mark.parametrize("kept_lines", [MOST * 2, 10], ids=["changed before the place", "cut off before the place"])
def test_another_file_with_the_same_beginning_is_refused_until_told_to_restart(
    run: Any, bus: Bus, file: Path, kept_lines: int
) -> None:
    interrupted(run, bus, str(file))
    lines = file.read_bytes().splitlines(keepends=True)
    other = [lines[0], ndjson(log(99_999)), *lines[2:kept_lines]]
    file.write_bytes(b"".join(other))
    code, _, err = run("--file", str(file))
    assert (code, len(bus.log_ids)) == (2, 2 * MOST)
    assert "it is not what an earlier run has sent until there; --restart sends all of it" in err
    assert run("--file", str(file), "--restart")[0] == 0
    assert len(bus.log_ids) == 2 * MOST + kept_lines


def test_restart_sends_everything_again(run: Any, bus: Bus, file: Path) -> None:
    interrupted(run, bus, str(file))
    code, out, _ = run("--file", str(file), "--restart")
    assert (code, len(bus.log_ids), "earlier" in out) == (0, 2 * MOST + COUNT, False)


def test_a_deployment_that_replaced_the_one_of_the_interrupted_run_is_sent_everything(
    run: Any, bus: Bus, file: Path
) -> None:
    interrupted(run, bus, str(file))
    bus.deployment += "-more"
    code, out, _ = run("--file", str(file))
    assert (code, len(bus.log_ids), "earlier" in out) == (0, 2 * MOST + COUNT, False)


def test_a_damaged_checkpoint_is_none(run: Any, bus: Bus, file: Path, places: Path) -> None:
    interrupted(run, bus, str(file))
    (checkpoint,) = kept(places)
    assert PERSON not in checkpoint.read_text()
    checkpoint.write_text('{"mark": {"numb')
    assert run("--file", str(file))[0] == 0
    assert len(bus.log_ids) == 2 * MOST + COUNT


def test_a_place_that_cannot_be_kept_stops_the_run_before_its_first_event(run: Any, bus: Bus, file: Path) -> None:
    code, out, err = run("--file", str(file), places=file / "below a file")
    assert (code, out, err.count("\n"), bus.log_ids) == (2, "", 1, [])
    assert "the place in the file cannot be kept" in err


def test_a_finished_file_is_not_sent_again(run: Any, bus: Bus, large: Path) -> None:
    assert run("--file", str(large))[0] == 0
    code, out, err = run("--file", str(large))
    assert (code, err, len(bus.log_ids)) == (0, "", LARGE)
    assert "0 of 0 sent" in out
    assert "Nothing new: all 2,200 logs before were sent by earlier runs; --restart sends all of it" in out
    assert run("--file", str(large), "--restart")[0] == 0
    assert len(bus.log_ids) == 2 * LARGE


@pytest.mark.parametrize("layout", ["lines", "array", "pipe"])
def test_of_a_finished_file_that_has_grown_the_new_logs_are_sent_however_often(
    run: Any, bus: Bus, file: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    for count in (5, 8, 8, 9):
        content = ndjson(*map(log, range(count)))
        if layout == "array":
            content = json.dumps([log(number) for number in range(count)], indent=1).encode()
        file.write_bytes(content)
        pipe(monkeypatch, content)
        code, out, _ = run("--file", "-" if layout == "pipe" else str(file), "--json")
        assert (code, json.loads(out)["total"] in {None, json.loads(out)["sent"]}) == (0, True)
    assert numbers(bus.log_ids) == list(range(9))
    assert json.loads(out)["before"] == 8


def test_a_finished_file_that_was_changed_is_refused(run: Any, bus: Bus, file: Path) -> None:
    assert run("--file", str(file))[0] == 0
    file.write_bytes(file.read_bytes().replace(b"log-100", b"log-999"))
    code, _, err = run("--file", str(file))
    assert (code, len(bus.log_ids)) == (2, COUNT)
    assert "it is not what an earlier run has sent until there; --restart sends all of it" in err


def test_what_was_skipped_of_a_finished_file_is_not_told_again(run: Any, bus: Bus, file: Path) -> None:
    for more, told in (([b"x"], (1, 1)), ([b"x"], (0, 0)), ([b"x", log(2), b"y"], (1, 1))):
        file.write_bytes(ndjson(log(0), log(1), *more))
        code, out, _ = run("--file", str(file), "--skip-bad", "--json")
        assert (code, json.loads(out)["skipped"]) == told
    assert numbers(bus.log_ids) == [0, 1, 2]


def test_a_file_that_another_run_sends_now_is_left_to_it(
    run: Any, bus: Bus, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[tuple[int, str]] = []

    def another(_: object) -> None:
        bus.before = lambda _: None
        code, _, err = run("--file", str(file))
        seen.append((code, err))

    bus.before = another
    assert run("--file", str(file))[0] == 0
    ((code, err),) = seen
    assert (code, err.count("\n"), numbers(bus.log_ids)) == (2, 1, list(range(COUNT)))
    assert "another run is sending it now" in err
