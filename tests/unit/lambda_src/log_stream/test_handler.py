"""Does CloudFormation get one answer, whatever happens, and nobody the secret?"""

import io
import json
import logging
from threading import Event
from typing import Any

import pytest

from lambda_src.log_stream import answer, handler
from lambda_src.log_stream.answer import MOST_BYTES
from lambda_src.log_stream.core import Keeper
from lambda_src.log_stream.wanted import NOT_MADE
from tests.unit.lambda_src.log_stream.tenant import CLIENT_SECRET, World, event
from tests.unit.lambda_src.log_stream.test_refusals import CASES, failing


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the function logs."""
    log = io.StringIO()
    monkeypatch.setattr(handler.logger.registered_handler, "stream", log)
    return log


def of(keeper: Keeper, sent: dict[str, Any], *, seconds: float = 10) -> dict[str, Any]:
    answered: dict[str, Any] = json.loads(handler.outcome(sent, keeper, seconds=seconds))
    assert {name: answered[name] for name in ("StackId", "RequestId", "LogicalResourceId")} == {
        name: sent[name] for name in ("StackId", "RequestId", "LogicalResourceId")
    }
    return answered


def test_a_stream_that_is_made_is_answered_with_its_id_and_its_event_source(tenant: World) -> None:
    answered = of(tenant.keeper(), event("Create"))
    (stream,) = tenant.streams.values()
    assert answered["Status"] == "SUCCESS"
    assert answered["PhysicalResourceId"] == stream["id"]
    assert answered["Data"] == {"EventSourceName": stream["sink"]["awsPartnerEventSource"]}


def test_a_create_that_failed_has_an_id_whose_delete_succeeds(tenant: World) -> None:
    answered = of(failing(CASES["400"]).keeper(), event("Create"))
    assert (answered["Status"], answered["PhysicalResourceId"]) == ("FAILED", NOT_MADE)
    for how in ("keep", "pause", "delete"):
        assert of(tenant.keeper(), event("Delete", NOT_MADE, OnDelete=how))["Status"] == "SUCCESS"


def test_an_update_that_failed_keeps_its_id(tenant: World) -> None:
    made = tenant.create()
    answered = of(tenant.keeper(), event("Update", made, Region="us-east-1"))
    assert (answered["Status"], answered["PhysicalResourceId"]) == ("FAILED", made)


@pytest.mark.parametrize("name", CASES)
def test_no_secret_is_in_an_answer_a_log_or_an_output(
    name: str, written: io.StringIO, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world = failing(CASES[name])
    answered = of(world.keeper(), event("Create"))
    out, err = capsys.readouterr()
    log = written.getvalue()
    assert answered["Status"] == "FAILED"
    assert CASES[name].says in json.loads(log.splitlines()[-1])["reason"]
    for secret in (CLIENT_SECRET, *world.server.tenant.tokens):
        assert secret not in f"{answered} {log} {out} {err} {caplog.text}"


def test_an_error_that_nobody_expected_is_answered_without_its_text(tenant: World, written: io.StringIO) -> None:
    keeper = tenant.keeper()

    def broken(_source: str) -> None:
        raise ZeroDivisionError(CLIENT_SECRET)

    keeper.wait_for = broken
    answered = of(keeper, event("Create"))
    assert (answered["Status"], answered["PhysicalResourceId"]) == ("FAILED", next(iter(tenant.streams)))
    assert "an unexpected ZeroDivisionError" in answered["Reason"]
    assert "test_handler.py:" in written.getvalue()
    assert CLIENT_SECRET not in f"{answered}{written.getvalue()}"


@pytest.mark.parametrize("properties", [{"OnDelete": "burn"}, {"Filters": 3}])
def test_properties_that_nobody_can_read_are_answered(tenant: World, properties: dict[str, Any]) -> None:
    assert of(tenant.keeper(), event("Create", **properties))["Status"] == "FAILED"


def test_work_that_takes_too_long_is_answered_before_the_function_ends(tenant: World) -> None:
    keeper, is_answered = tenant.keeper(), Event()

    def wait_for_the_answer(_source: str) -> None:
        is_answered.wait(10)

    keeper.wait_for = wait_for_the_answer
    answered = of(keeper, event("Create"), seconds=0.05)
    is_answered.set()
    assert answered["Reason"] == handler.OUT_OF_TIME
    assert answered["PhysicalResourceId"] in tenant.streams


@pytest.mark.parametrize("reason", ["x" * 9_000, "\U0001f600" * 9_000, "a\x00\nb" * 900])
def test_an_answer_is_never_longer_than_cloudformation_takes(reason: str) -> None:
    sent = event("Create") | {"LogicalResourceId": "L" * 255, "StackId": "arn:" + "s" * 300}
    content = answer.failed(sent, "lst_1", reason)
    assert len(content) <= MOST_BYTES
    assert json.loads(content)["Reason"].endswith("…")
