"""What does the shell see of `python -m ops redrive`?"""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from ops.__main__ import main
from ops.aws import time_of
from tests.emulated.ops.calls import answer, deploy
from tests.unit.ops.names import REGION, event

Run = tuple[int, str, str]


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.redrive.run.ONE_SECOND", 0.0)
    monkeypatch.setattr("ops.redrive.command.WAIT", 0)


@pytest.fixture
def queue_url(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Of the queue TaskInboxUnprocessed in a deployed environment `dev`."""
    with mock_aws():
        deploy(monkeypatch, REGION)
        urls = boto3.client("sqs").list_queues()["QueueUrls"]
        yield next(url for url in urls if "TaskInboxUnprocessed" in url)


@pytest.fixture
def send(queue_url: str) -> Any:
    sqs = boto3.client("sqs")
    return lambda body: sqs.send_message(QueueUrl=queue_url, MessageBody=json.dumps(body))


def ops(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Run:
    monkeypatch.setattr(sys, "argv", ["ops", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda *arguments: ops(capsys, monkeypatch, *arguments)


def test_a_dry_run_is_the_default_and_says_how_to_go(run: Any, send: Any) -> None:
    send(event("log-1"))
    send({"no": "event"})
    code, out, err = run("redrive", "TaskInboxUnprocessed")
    assert (code, err) == (0, "")
    assert "a dry run, nothing is moved" in out
    assert "1 would go, 1 would stay. `--go` does it." in out
    assert "somebody@example.com" not in out


def test_going_with_something_that_stays_is_exit_code_1_and_names_it(run: Any, send: Any) -> None:
    send(event("log-1"))
    send({"detail": {"log_id": "log-2"}})
    code, out, _ = run("redrive", "--go")
    assert code == 1
    assert (
        "1 in TaskInboxUnprocessed cannot go back: poison: detail.data is missing or no JSON object\n  log_id log-2"
        in out
    )
    assert "1 put back, 1 stay." in out


def test_a_queue_that_is_gone_is_listed_and_the_others_are_done(run: Any, send: Any) -> None:
    send(event("log-1"))
    (gone,) = [url for url in boto3.client("sqs").list_queues()["QueueUrls"] if "AlertRouteUndelivered" in url]
    boto3.client("sqs").delete_queue(QueueUrl=gone)
    code, out, _ = run("redrive")
    assert (code, "1 would go" in out) == (1, True)
    assert "gone AlertRouteUndelivered: what would have waited there is lost. `cdk deploy --all --revert-drift`" in out
    code, out, _ = run("redrive", "--go", "--json")
    told = json.loads(out)
    assert (code, told["put_back"], told["gone"]) == (1, 1, ["AlertRouteUndelivered"])


def test_going_with_everything_is_exit_code_0(run: Any, send: Any) -> None:
    send(event("log-1"))
    assert run("redrive", "--go")[0] == 0
    code, out, _ = run("redrive", "--go")
    assert (code, out) == (0, "No messages.\n")


def test_json_is_one_object_with_log_ids_and_reasons_and_no_payload(run: Any, send: Any) -> None:
    send(event("log-1"))
    send({"detail": {"log_id": "log-2", "data": {"user_name": "somebody@example.com"}}})
    code, out, _ = run("redrive", "--json", "--go")
    told = json.loads(out)
    assert (code, told["put_back"], told["stays"], told["dry_run"], told["interrupted"]) == (1, 1, 1, False, False)
    (queue,) = [each for each in told["queues"] if each["letters"]]
    assert (queue["queue"], queue["reasons"]) == ("TaskInboxUnprocessed", {"MaxReceives": 2})
    assert queue["stays"][0]["log_id"] == "log-2"
    assert {(way["kind"], way["letters"]) for way in queue["ways_back"]} == {("send to", 1), ("stays", 1)}
    assert "somebody@example.com" not in out


def test_ctrl_c_says_what_was_done_and_is_exit_code_130(run: Any, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    send(event("log-1"))
    with monkeypatch.context() as patch:
        answer(patch, "SendMessage", interrupt)
        code, out, _ = run("redrive", "--go")
    assert code == 130
    assert out.endswith("Interrupted: 0 put back, 0 stay; nothing is lost. Run it again for the rest.\n")
    assert run("redrive", "--go")[0] == 0


@pytest.mark.usefixtures("queue_url")
def test_ctrl_c_before_anything_was_done_is_exit_code_130(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "ListStackResources", interrupt)
    code, _, err = run("redrive", "--go")
    assert (code, err.strip()) == (130, "ops: interrupted")


def interrupt(_arguments: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("queue_url")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["redrive", "--env", "prod"], f"ops: stack Auth0Events-prod-Targets is not deployed in {REGION}: "),
        (
            ["redrive", "--env", "a", "--region", "us-east-1"],
            "ops: stack Auth0Events-a-Targets is not deployed in us-east-1: ",
        ),
        (["redrive", "--profile", "nobody"], "ops: The config profile (nobody) could not be found: "),
        (["redrive", "TaskInboxUnprocesed"], "ops: no dead-letter queue is called 'TaskInboxUnprocesed'"),
        (["redrive", "--local", "1"], "ops: no local AWS runs on port 1: "),
        (["redrive", "--local", "-5"], "ops: port '-5': a port is a whole number from 1 to 65535"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(run: Any, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["redrive", "--limit", "0"], ["redrive", "--limit", "x"], ["redriv"], []])
def test_a_wrong_call_is_exit_code_2(run: Any, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, "Usage: " in out + err or "; see `python -m ops" in err) == (2, True)


def test_without_a_region_or_credentials_it_says_how_to_give_them(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert run("redrive") == (2, "", "ops: no region: name one with --region, or set AWS_REGION\n")
    monkeypatch.setenv("AWS_REGION", REGION)
    code, _, err = run("redrive")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("ops: no AWS credentials: ")


@pytest.mark.usefixtures("queue_url")
def test_what_aws_refuses_is_one_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_arguments: object) -> None:
        message = "not\nauthorized to perform: sqs:ReceiveMessage"
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": message}}, "ReceiveMessage")

    answer(monkeypatch, "ReceiveMessage", refuse)
    code, _, err = run("redrive")
    assert (code, err.count("\n")) == (2, 1)
    assert "sqs:ReceiveMessage" in err


def test_what_was_put_back_before_aws_refuses_is_told(run: Any, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_arguments: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not authorized"}}, "DeleteMessage")

    send(event("log-1"))
    answer(monkeypatch, "DeleteMessage", refuse)
    code, out, err = run("redrive", "--go", "--json")
    assert (code, err.count("\n")) == (2, 1)
    assert [queue["letters"] for queue in json.loads(out)["queues"] if queue["letters"]] == [1]


@pytest.mark.usefixtures("credentials")
def test_an_endpoint_that_is_none_is_one_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "foo")
    assert run("redrive") == (
        2,
        "",
        "ops: Invalid endpoint: foo: correct AWS_ENDPOINT_URL, or the profile's endpoint_url\n",
    )


def test_a_slow_clock_of_the_operators_hides_no_letter(run: Any, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    send(event("log-1"))
    aws_time = time.time() + 1
    monkeypatch.setattr("ops.redrive.queues.time_of", lambda _metadata: aws_time)
    monkeypatch.setattr("ops.redrive.command.time.time", lambda: aws_time - 3600)
    assert "1 would go" in run("redrive")[1]


def test_awss_clock_is_read_from_its_answer() -> None:
    headers = {"date": "Tue, 24 Nov 2026 20:00:00 GMT"}
    metadata: Any = {"HTTPHeaders": headers}
    assert time_of(metadata) == datetime(2026, 11, 24, 20, 0, 1, tzinfo=UTC).timestamp()
    headers.clear()
    assert time_of(metadata) == pytest.approx(time.time(), abs=60)
