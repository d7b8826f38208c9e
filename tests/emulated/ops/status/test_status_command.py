"""What does the shell see of `python -m ops status`?"""

import json
import os
import subprocess
import sys
import threading
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import EndpointConnectionError

from tests.emulated.ops.status.account import ELSEWHERE, REGION, SOURCE, Account
from tests.emulated.ops.status.conftest import Shell


def test_healthy_is_exit_code_0_and_its_first_line(account: Account, shell: Shell) -> None:
    code, out, err = shell()
    assert (code, out.splitlines()[0], err) == (0, f"Auth0Events-dev in {REGION}: healthy", "")


def test_what_needs_you_is_exit_code_1_and_comes_first_with_its_commands(account: Account, shell: Shell) -> None:
    account.letters["AlertRouteUndelivered"] = (2, 0)
    account.rules[SOURCE, "Everything"] = "DISABLED"
    code, out, err = shell("--region", REGION)
    lines = out.splitlines()
    assert (code, err, lines[0]) == (1, "", f"Auth0Events-dev in {REGION}: 2 things need you")
    assert lines[2].startswith("1. rule EverythingOnPartnerBus is DISABLED")
    assert f"     python -m ops redrive AlertRouteUndelivered --region {REGION}" in lines


def test_json_is_one_object_with_everything(account: Account, shell: Shell) -> None:
    account.letters["AlertRouteUndelivered"] = (1, 0)
    code, out, _ = shell("--json")
    told = json.loads(out)
    assert (code, told["environment"], told["region"], told["healthy"]) == (1, "dev", REGION, False)
    assert [finding["part"] for finding in told["needs_you"]] == ["dead letters"]
    parts = {row["part"] for row in told["seen"]}
    assert {"source", "buses", "rules", "inboxes", "alarms", "stacks", "sender", "this checkout"} <= parts


def test_another_environment_is_looked_for_by_its_name(account: Account, shell: Shell) -> None:
    account.sources = {}
    code, out, _ = shell("--env", "prod")
    assert (code, "Auth0Events-prod is not deployed in eu-west-1" in out) == (1, True)
    assert "     cdk deploy --all -c environment=prod" in out.splitlines()


@pytest.mark.parametrize("name", ["", "../x", "a b", "a; touch x", "-a", "a" * 22])
def test_a_name_that_no_environment_can_have_is_a_wrong_call(account: Account, shell: Shell, name: str) -> None:
    code, out, err = shell("--env", name)
    assert (code, out, account.asked) == (2, "", [])
    assert f"environment is {name!r}; expected up to 21 letters, digits or inner '-', the first a letter" in err


def test_a_pipe_that_is_closed_changes_nothing_about_the_verdict(account: Account) -> None:
    for subscriptions, code in ((["arn"], 0), (None, 1)):
        show = (
            "import sys; from ops.status.report import Report, Finding; from ops.status.screen import console, show\n"
            "report = Report(environment='dev', region='eu-west-1')\n"
            f"report.findings = [Finding(part='x', name='x', what='x')] * {int(subscriptions is None)}\n"
            "show(console(), report); sys.exit(not report.is_healthy)"
        )
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "w") as nobody_reads:
            done = subprocess.run(
                [sys.executable, "-c", show], stdout=nobody_reads, stderr=subprocess.PIPE, check=False
            )
        assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.parametrize("value", ["foo", "aws.partner/example.com/x/auth0.logs", f"arn:aws:events:{ELSEWHERE}:x", ""])
def test_a_source_that_is_none_is_a_wrong_call(account: Account, shell: Shell, value: str) -> None:
    code, out, err = shell("--event-source", value)
    assert (code, out) == (2, "")
    assert f"{value!r}; expected aws.partner/auth0.com/<tenant>-<uuid>/auth0.logs or its ARN" in err


@pytest.mark.parametrize("refused", ["ExpiredToken", "UnrecognizedClientException", "InvalidClientTokenId"])
def test_credentials_that_aws_does_not_take_are_one_line(account: Account, shell: Shell, refused: str) -> None:
    account.refused = refused
    code, out, err = shell()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"ops: AWS does not accept the credentials in {REGION} ({refused}): log in again")


@pytest.mark.parametrize(("region", "advice"), [("eu-wst-1", "did you mean eu-west-1?"), (REGION, "no network")])
def test_a_region_where_nobody_answers_is_one_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, region: str, advice: str
) -> None:
    def call(_client: Any, _operation: str, _arguments: object) -> Any:
        raise EndpointConnectionError(endpoint_url="https://example.com")

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    code, out, err = shell("--region", region)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"ops: nobody answers in {region}: ")
    assert advice in err


def test_a_region_that_is_none_at_all_is_one_line(account: Account, shell: Shell) -> None:
    account.sources = {}
    code, _, err = shell("--region", "nowhere")
    assert (code, err.count("\n")) == (2, 1)


def test_without_a_right_it_says_which_and_where_that_is_written(account: Account, shell: Shell) -> None:
    account.denied = {"GetMetricData"}
    code, out, _ = shell()
    assert code == 1
    assert "not seen: AccessDeniedException on cloudwatch:GetMetricData" in out
    assert "docs/commands.md#permissions" in out


def test_ctrl_c_waits_for_no_answer(account: Account, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()

    def interrupt(_asked: object) -> Any:
        raise KeyboardInterrupt

    def hang(_asked: object) -> Any:
        never.wait(60)

    monkeypatch.setattr(account, "list_event_sources", hang)
    monkeypatch.setattr(account, "describe_stacks", interrupt)
    code, out, err = shell()
    never.set()
    assert (code, out, err.strip()) == (130, "", "ops: interrupted")


def test_everything_is_asked_again_after_a_throttle_and_no_answer_is_waited_for_long(
    account: Account, shell: Shell
) -> None:
    shell()
    assert {"GetFunctionConfiguration", "GetEventSourceMapping"} <= account.settings.keys()
    for operation, settings in account.settings.items():
        assert settings.retries["total_max_attempts"] > 1, operation
        assert settings.read_timeout <= 60, operation


def test_it_only_looks(account: Account, shell: Shell) -> None:
    shell()
    assert account.asked
    assert {operation for operation in account.asked if not operation.startswith(("Describe", "List", "Get"))} == {
        "FilterLogEvents"
    }
