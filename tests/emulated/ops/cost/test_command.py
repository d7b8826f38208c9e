"""What does `python -m ops cost` say, before a deployment and after it?"""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner, Result

from ops.aws import OpsError
from ops.cost.command import cost
from tests.emulated.ops.calls import answer
from tests.unit.ops.cost.templates import TARGETS, template

STREAM = ("Kinesis::Stream", {"ShardCount": 1, "RetentionPeriodHours": 168})
TEMPLATE = template(ActivityRouteStream=STREAM, Odd=("New::Kind", {}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return synthesis(tmp_path, "aws://123456789012/us-east-1")


def synthesis(folder: Path, place: str, *stacks: str) -> Path:
    file = f"{TARGETS}.template.json"
    (folder / file).write_text(json.dumps(TEMPLATE))
    stack = {"type": "aws:cloudformation:stack", "environment": place, "properties": {"templateFile": file}}
    artifacts = {**dict.fromkeys(stacks or [TARGETS], stack), f"{TARGETS}.assets": {"type": "cdk:asset-manifest"}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cost, [str(each) for each in arguments], catch_exceptions=True)


def figures(*arguments: str | Path) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.exception
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_a_synthesis_is_priced_without_credentials(folder: Path) -> None:
    result = run("--from", folder)
    assert result.exit_code == 0
    for said in ("Auth0Events-dev", "shards", "10.95 ◀", "25.55", "`-c targets=none` saves 25.55 in all"):
        assert said in result.output
    assert "note AWS::New::Kind is not in the figures" in result.output
    assert "prices of" not in result.output


def test_a_synthesis_says_itself_of_which_environment_it_is(tmp_path: Path) -> None:
    assert figures("--from", synthesis(tmp_path, "a", "Auth0Events-pr-12-Targets"))["environment"] == "pr-12"
    folder = synthesis(tmp_path, "a", "Auth0Events-pr-12-Targets", "Auth0Events-dev-Targets", "Another")
    assert "has no templates; it has those of dev, pr-12: choose with --env" in str(run("--from", folder).exception)
    assert figures("--from", folder, "--env", "dev")["environment"] == "dev"


def test_a_synthesis_of_another_app_is_none(tmp_path: Path) -> None:
    assert "write them: `make synth`" in str(run("--from", synthesis(tmp_path, "a", "Another")).exception)


def test_the_columns_are_those_that_are_asked_for(folder: Path) -> None:
    found = figures("--from", folder, "--events-per-day", "2k", "--events-per-day", "3M")
    assert [month["events_per_day"] for month in found["months"]] == [0, 2_000, 3_000_000]
    assert found["months"][0]["usd"] == pytest.approx(25.55)


def test_one_volume_shows_quantities_and_prices(folder: Path) -> None:
    output = run("--from", folder, "--events-per-day", "1k").output
    assert "730.00" in output
    assert "hour of a shard" in output


def test_a_unit_is_shown_as_it_is_written(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    fields = 'usd = 1\nper = 1\nunit = "[/bold] of a shard"\nquoted_by = "yourself"\nsource = "x"\nread = 2026-11-25\n'
    own.write_text(f"[shard_hour]\n{fields}")
    assert "[/bold]" in run("--from", folder, "--events-per-day", "1k", "--prices", str(own)).output


def test_another_region_than_the_prices_is_one_line(tmp_path: Path) -> None:
    folder = synthesis(tmp_path, "aws://123456789012/eu-west-1")
    said = [line for line in run("--from", folder).output.splitlines() if "eu-west-1" in line]
    assert said == [
        "note these are prices of us-east-1, and the environment is in eu-west-1: give that region's with --prices"
    ]


def test_a_synthesis_without_a_pin_holds_for_any_region(tmp_path: Path) -> None:
    folder = synthesis(tmp_path, "aws://unknown-account/unknown-region")
    assert figures("--from", folder)["region"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--env", "staging"], "no templates of environment staging; it has those of dev: choose with --env"),
        (["--prices", __file__], "test_command.py: "),
    ],
)
def test_what_cannot_be_priced_is_one_line(folder: Path, arguments: list[str], said: str) -> None:
    error = run("--from", folder, *arguments).exception
    assert isinstance(error, OpsError)
    assert said in str(error)


def test_a_template_that_an_earlier_synthesis_left_is_not_counted(folder: Path) -> None:
    before = figures("--from", folder)
    (folder / "Auth0Events-dev-Sender.template.json").write_text(json.dumps(template(Key=("KMS::Key", {}))))
    assert figures("--from", folder) == before


def test_a_folder_that_was_broken_says_how_to_write_it_anew(folder: Path) -> None:
    for broken in ("{", "[]", "[" * 100_000):
        (folder / f"{TARGETS}.template.json").write_text(broken)
        assert "is no JSON object: write it anew with `make synth`" in str(run("--from", folder).exception)
    (folder / f"{TARGETS}.template.json").unlink()
    assert "write it anew with `make synth`" in str(run("--from", folder).exception)


@pytest.mark.parametrize(
    "artifacts",
    [
        [],
        {TARGETS: {}},
        {TARGETS: {"type": "aws:cloudformation:stack", "environment": 5}},
        {TARGETS: {"type": "aws:cloudformation:stack", "environment": "a", "properties": {"templateFile": 5}}},
    ],
)
def test_a_manifest_of_another_kind_is_one_line(folder: Path, artifacts: Any) -> None:
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    error = run("--from", folder).exception
    assert isinstance(error, OpsError)
    assert "manifest.json is no manifest of `cdk synth`: write it anew with `make synth`" in str(error)


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path) -> None:
    assert "write them: `make synth`" in str(run("--from", tmp_path).exception)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--events-per-day", "lots"], "'lots' is no number of events; expected 1000, 1k, 100M"),
        (["--events-per-day", "-1"], "is no number of events"),
        (["--mix", "quiet-day"], "expected one of credential-stuffing=1"),
        (["--mix", "holiday=1"], "quiet-day=297"),
        (["--mix", "quiet-day=0"], "with a weight above 0"),
        (["--event-bytes", "0"], "0 is not in the range"),
    ],
)
def test_a_wrong_option_says_what_is_expected(folder: Path, arguments: list[str], said: str) -> None:
    result = run("--from", folder, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize("form", [json.dumps, dict], ids=["text", "object"])
def test_what_is_deployed_is_priced_by_its_own_templates(monkeypatch: pytest.MonkeyPatch, form: Any) -> None:
    deployed = template(ActivityRouteStream=("Kinesis::Stream", {"ShardCount": 3}))
    answer(monkeypatch, "GetTemplate", lambda asked: one_stack(asked["StackName"], form(deployed)))
    found = figures()
    assert found["region"] == "eu-west-1"
    assert found["months"][0]["usd"] == pytest.approx(3 * 10.95)


@pytest.mark.usefixtures("credentials")
def test_what_is_not_deployed_says_how_to_know_before(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "GetTemplate", lambda asked: missing(asked["StackName"]))
    error = run("--env", "pr-12").exception
    assert isinstance(error, OpsError)
    assert "no stack Auth0Events-pr-12-… is deployed in eu-west-1" in str(error)
    assert "--from cdk.out" in str(error)


@pytest.mark.usefixtures("credentials")
def test_another_refusal_is_not_taken_for_a_missing_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_asked: Any) -> Any:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not allowed"}}, "GetTemplate")

    answer(monkeypatch, "GetTemplate", refuse)
    assert isinstance(run().exception, ClientError)


def one_stack(name: str, body: Any) -> Any:
    return {"TemplateBody": body} if name == TARGETS else missing(name)


def missing(name: str) -> Any:
    message = f"Stack with id {name} does not exist"
    raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "GetTemplate")
