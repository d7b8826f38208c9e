"""What does the shell see of `python -m ops send`?"""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import sleep
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from ops.send.pace import Pace
from ops.send.portion import Portion
from tests.unit.ops.send.files import Bus, refused, times


def busy() -> ClientError:
    return refused(429, "TooManyRequestsException", "Rate exceeded")


def types_of(bus: Bus) -> Counter[str]:
    return Counter(event["data"]["type"] for payload in bus.payloads for event in payload["events"])


def test_a_count_is_sent_in_requests_for_the_parts_of_one_run(run: Any, bus: Bus) -> None:
    code, out, err = run("--count", "25000", "--type", "f", "--category", "auth.signup.fail", "--seed", "7")
    assert (code, err) == (0, "")
    assert "generated logs to Auth0Events-dev in eu-west-1: 25,000 of 25,000 sent" in out
    assert [(each["count"], each["first"]) for each in bus.payloads] == [(10_000, 0), (10_000, 10_000), (5_000, 20_000)]
    assert len({(each["seed"], each["at"]) for each in bus.payloads}) == 1
    assert {code for each in bus.payloads for code in each["types"]} == {"f", "fs"}


def test_a_plain_count_has_every_type_and_a_seed_that_is_told(run: Any, bus: Bus) -> None:
    _, out, _ = run("--count", "3", "--json")
    told = json.loads(out)
    assert (told["sent"], told["total"], told["seed"]) == (3, 3, bus.payloads[0]["seed"])
    assert run("--count", "179")[0] == 0
    assert len(bus.payloads[-1]["types"]) == 179


def test_what_failed_is_exit_code_1_with_codes_and_the_next_step(run: Any, bus: Bus) -> None:
    bus.failing = {}
    answer = {"sent": 2, "retried": 2, "failed": 2, "failures": [{"code": "Throttling\x1b[31m", "log_id": "x"}]}
    bus.send = lambda _: answer  # type: ignore[method-assign, assignment] # what the sender says
    code, out, _ = run("--count", "4", "--region", "eu-west-1")
    assert code == 1
    assert "2 of 4 sent, 2 retried, 2 failed" in out
    assert "2 failed: Throttling [31m 1, not listed 1. They are kept in the undelivered queue" in out
    assert "`python -m ops redrive Undelivered --region eu-west-1` says why" in out


def test_where_the_senders_time_ran_out_the_next_call_goes_on(run: Any, bus: Bus) -> None:
    asked: list[tuple[int, int]] = []

    def short_of_time(payload: Any) -> Any:
        asked.append((payload["first"], payload["count"]))
        made = min(4_000, payload["count"])
        return {"sent": made - 1, "retried": 0, "failed": 1, "failures": [{"code": "Code"}]}

    bus.send = short_of_time  # type: ignore[method-assign] # what the sender says
    code, out, _ = run("--count", "15000")
    assert asked == [(0, 10_000), (4_000, 6_000), (8_000, 2_000), (10_000, 5_000), (14_000, 1_000)]
    assert (code, "14,995 of 15,000 sent, 0 retried, 5 failed" in out) == (1, True)


def test_a_sender_without_time_for_one_log_is_not_asked_for_ever(run: Any, bus: Bus) -> None:
    bus.send = lambda _: {"sent": 0, "retried": 0, "failed": 0}  # type: ignore[method-assign, assignment] # what the sender says
    code, out, err = run("--count", "4")
    assert (code, out) == (2, "")
    assert err == "ops: the sender had no time for a single one of log 1 to log 4. To go on: run it again\n"


def test_no_run_goes_on_behind_logs_that_the_sender_had_no_time_for(run: Any, bus: Bus) -> None:
    def without_time(payload: Any) -> Any:
        made = {0: 10_000, 10_000: 4_000, 14_000: 0, 20_000: 10_000}[payload["first"]]
        return {"sent": made, "retried": 0, "failed": 0}

    bus.send = without_time  # type: ignore[method-assign] # what the sender says
    code, out, err = run("--count", "30000")
    assert (code, "14,000 of 30,000 sent" in out) == (2, True)
    assert resumed(err)[:4] == ["--count", "16000", "--first", "14000"]


def resumed(text: str) -> list[str]:
    """The options that the command is to have, as the line says it."""
    found = re.search(r"the same command with (--count .*) sends the rest, under the same log ids", text)
    assert found
    return found[1].split()


def test_ctrl_c_says_how_to_send_the_rest_under_the_same_log_ids(run: Any, bus: Bus) -> None:
    bus.before = times(2, KeyboardInterrupt())
    code, out, err = run("--count", "25000")
    assert (code, err) == (130, "")
    assert "10,000 of 25,000 sent" in out
    assert "Interrupted; 10,000 more were under way and may be sent. To go on: the same command with" in out
    first = bus.payloads[0]
    bus.before = times(2, KeyboardInterrupt())
    said = json.loads(run("--count", "25000", "--json")[1])
    assert (said["interrupted"], resumed(said["go_on"])[:4]) == (True, ["--count", "15000", "--first", "10000"])
    bus.payloads.clear()
    assert run(*resumed(out))[0] == 0
    assert [(each["first"], each["count"]) for each in bus.payloads] == [(10_000, 10_000), (20_000, 5_000)]
    assert {(each["seed"], each["at"]) for each in bus.payloads} == {(first["seed"], first["at"])}


def test_a_lost_answer_and_a_refused_call_say_how_to_send_the_rest(run: Any, bus: Bus) -> None:
    for end in (
        ReadTimeoutError(endpoint_url="https://lambda"),
        refused(403, "AccessDeniedException"),
        refused(500, "ServiceException"),
    ):
        bus.before = times(2, end)
        code, out, err = run("--count", "25000", "--seed", "7")
        assert (code, err.count("\n")) == (2, 1)
        assert resumed(err)[:6] == ["--count", "15000", "--first", "10000", "--seed", "7"]
        assert "--seed 7 makes logs of the same contents again, with other log ids and dates" in out


@pytest.mark.parametrize(
    "lost", [ReadTimeoutError(endpoint_url="https://lambda"), refused(500, "ServiceException"), refused(502, "Other")]
)
def test_what_a_lost_answer_was_about_is_sent_again_under_the_same_log_ids(run: Any, bus: Bus, lost: Exception) -> None:
    bus.before = times(1, lost)
    _, _, err = run("--count", "15000", "--seed", "7")
    assert "they may be sent or not" in err
    assert resumed(err)[:6] == ["--count", "15000", "--first", "0", "--seed", "7"]


def test_several_calls_go_at_once_and_no_more(run: Any, bus: Bus) -> None:
    together, most, lock = [0], [0], Lock()

    def look(_: object) -> None:
        with lock:
            together[0] += 1
            most[0] = max(most[0], together[0])
        sleep(0.02)
        with lock:
            together[0] -= 1

    bus.before = look
    code, out, _ = run("--count", "95000", "--at-once", "4")
    assert (code, "95,000 of 95,000 sent" in out) == (0, True)
    assert most[0] == 4
    assert sorted(each["first"] for each in bus.payloads) == list(range(0, 95_000, 10_000))


def test_of_several_calls_what_comes_after_one_that_failed_is_sent_again(run: Any, bus: Bus) -> None:
    def lose(payload: Any) -> None:
        if payload["first"] == 20_000:
            raise ReadTimeoutError(endpoint_url="https://lambda")

    bus.before = lose
    code, out, err = run("--count", "95000", "--at-once", "4")
    assert (code, err.count("\n")) == (2, 1)
    assert "20,000 of 95,000 sent" in out
    assert resumed(err)[:4] == ["--count", "75000", "--first", "20000"]


def test_after_ctrl_c_what_several_calls_have_answered_is_counted(
    run: Any, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait, waits = Pace.wait, [0]

    def interrupted(pace: Pace, portion: Portion) -> None:
        waits[0] += 1
        if waits[0] == 4:
            raise KeyboardInterrupt
        wait(pace, portion)

    monkeypatch.setattr(Pace, "wait", interrupted)
    code, out, err = run("--count", "95000", "--at-once", "8")
    assert (code, "30,000 of 95,000 sent" in out) == (130, True)
    assert err == "waiting for the sender's answers, 3; Ctrl-C again does not wait for them\n"
    assert "Interrupted. To go on: " in out
    assert resumed(out)[:4] == ["--count", "65000", "--first", "30000"]


def test_a_scenario_goes_as_given_events_whose_times_end_now(run: Any, bus: Bus) -> None:
    assert run("--scenario", "signup-burst", "--seed", "3", "--duration", "1h")[0] == 0
    dates = [datetime.fromisoformat(each["data"]["date"]) for payload in bus.payloads for each in payload["events"]]
    assert dates == sorted(dates)
    assert timedelta(minutes=50) < dates[-1] - dates[0] <= timedelta(hours=1)
    assert timedelta(seconds=9) < datetime.now(UTC) - dates[-1] < timedelta(minutes=3)
    _, out, _ = run("--scenario", "signup-burst", "--seed", "3", "--dry-run", "--json")
    assert Counter(json.loads(out)["types"]) == types_of(bus)


def test_in_real_time_each_log_goes_when_it_happens(run: Any, bus: Bus) -> None:
    late: list[float] = []

    def look(payload: Any) -> None:
        dates = [datetime.fromisoformat(each["data"]["date"]) for each in payload["events"]]
        late.extend((datetime.now(UTC) - date).total_seconds() for date in dates)

    bus.before = look
    assert run("--scenario", "tenant-takeover", "--duration", "2s", "--real-time")[0] == 0
    assert len(bus.payloads) > 1
    assert min(late) >= 0


def test_a_rate_spreads_the_events(run: Any, bus: Bus) -> None:
    assert run("--count", "3", "--rate", "4")[0] == 0
    assert [each["count"] for each in bus.payloads] == [3]
    bus.payloads.clear()
    _, out, _ = run("--count", "3", "--rate", "1.9", "--json")
    assert [each["count"] for each in bus.payloads] == [1, 1, 1]
    assert json.loads(out)["seconds"] >= 2 / 1.9


def test_a_busy_sender_is_asked_again_for_it_has_not_begun(run: Any, bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    bus.before = times(1, busy())
    assert run("--count", "5")[0] == 0

    def always(_: object) -> None:
        raise busy()

    bus.before = always
    code, out, err = run("--count", "5")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "the sender could not be called with log 1 to log 5: TooManyRequestsException: Rate exceeded" in err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"errorType": "NothingSent", "errorMessage": "nothing was sent: event bus x does not exist"},
            "NothingSent: n",
        ),
        ({"errorType": "Sandbox.Timedout", "errorMessage": "timed\nout\x1b[2J"}, "Sandbox.Timedout: timed out [2J"),
        ({"sent": "many"}, "the sender does not say what became of log 1 to log 9"),
        ([], "the sender does not say what became of"),
    ],
)
def test_an_answer_that_is_none_is_one_line_and_exit_code_2(run: Any, bus: Bus, answer: Any, said: str) -> None:
    bus.send = lambda _: answer  # type: ignore[method-assign, assignment] # what the sender says
    code, out, err = run("--count", "9")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert "To go on: " in err


def test_a_sender_that_was_deleted_is_one_line_with_the_way_back(run: Any, bus: Bus) -> None:
    bus.before = times(1, refused(404, "ResourceNotFoundException"))
    code, out, err = run("--count", "5")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert (
        "the sender's function Auth0Events-dev-Sender-SenderFunction is gone: `cdk deploy --all --revert-drift`" in err
    )
    assert err.endswith(". To go on: run it again\n")


@pytest.mark.usefixtures("bus")
def test_an_environment_without_a_sender_says_so(run: Any) -> None:
    code, _, err = run("--count", "1", "--env", "quiet")
    assert (code, err.count("\n")) == (2, 1)
    assert "has no sender: its simulator is off" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "send one of --count, --scenario and --file; found none of them"),
        (["--count", "1", "--scenario", "quiet-day"], "found --count and --scenario"),
        (["--count", "0"], "0 is not in the range"),
        (["--count", "1", "--type", "fapi"], "unknown Auth0 log type 'fapi'; nearest known: sapi"),
        (["--count", "1", "--category", "auth.signup"], "nearest known: auth.signup.fail, auth.signup.success"),
        (["--count", "1", "--category", "management.fail"], "no log type is in management.fail"),
        (["--scenario", "quiet-night"], "'quiet-night' is not one of 'credential-stuffing'"),
        (["--scenario", "quiet-day", "--type", "s"], "--type and --category do not go with --scenario"),
        (["--scenario", "quiet-day", "--duration", "31d"], "'31d' is no duration up to 30 days"),
        (["--scenario", "quiet-day", "--duration", "0s"], "'0s' is no duration"),
        (["--count", "1", "--real-time"], "--real-time does not go with --count"),
        (["--count", "1", "--restart"], "--restart does not go with --count"),
        (["--file", "x", "--seed", "1"], "--seed does not go with --file"),
        (["--count", "1", "--at", "12:00"], "'12:00' is no time with a time zone; expected 2026-11-25T12:00:00Z"),
        (["--count", "1", "--at-once", "65"], "65 is not in the range"),
        (["--count", "1", "--at-once", "2", "--rate", "1"], "--at-once is for as fast as it goes"),
        (["--file", "x", "--at-once", "2"], "--at-once does not go with --file"),
        (["--count", "1", "--rate", "0"], "'0' is no rate"),
        (["--count", "1", "--rate", "nan"], "'nan' is no rate"),
        (["--count", "1", "--rate", "fast"], "'fast' is no rate"),
    ],
)
def test_a_wrong_call_is_exit_code_2_and_sends_nothing(run: Any, bus: Bus, arguments: list[str], said: str) -> None:
    code, _, err = run(*arguments)
    assert (code, bus.payloads) == (2, [])
    assert said in err
