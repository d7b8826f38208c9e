"""What does `python -m ops replay` say when it cannot do what is asked?"""

from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from lambda_src.printable import printable
from tests.emulated.ops.calls import answer
from tests.emulated.ops.replay.account import GROUP, Account

Run = Callable[..., tuple[int, str, str]]


def test_without_the_event_log_a_plan_counts_nothing(run: Run, account: Account) -> None:
    account.logs.delete_log_group(logGroupName=GROUP)
    code, out, _ = run("--rule", "AttackProtection")
    assert code == 0
    assert ["AttackProtection", "?", "AlertFunction"] in [line.split() for line in out.splitlines()]
    assert "the events are not counted: the event log's group /aws/event-log is gone" in out


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDeniedException", "Message": "not\nyours"}}, "FilterLogEvents"),
        EndpointConnectionError(endpoint_url="https://logs.example.com"),
    ],
)
def test_without_the_right_to_read_the_event_log_or_a_connection_a_plan_counts_nothing(
    run: Run, account: Account, error: Exception
) -> None:
    def refuse(_arguments: object) -> None:
        raise error

    answer(account.patch, "FilterLogEvents", refuse)
    code, out, err = run("--rule", "AttackProtection")
    assert (code, err) == (0, "")
    assert ["AttackProtection", "?", "AlertFunction"] in [line.split() for line in out.splitlines()]
    assert f"the events are not counted: {printable(str(error), 400)}\n" in out


@pytest.mark.parametrize("detach", [[], ["--detach"]])
def test_where_a_lost_answer_leaves_it_open_it_says_how_to_look(run: Run, account: Account, detach: list[str]) -> None:
    def lose(_arguments: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://events.example.com")

    answer(account.patch, "StartReplay", lose)
    code, out, err = run("--rule", "AttackProtection", "--go", *detach)
    assert (code, out) == (2, "")
    assert "ops: if it has started, it goes on: `python -m ops replay --list` tells, `--cancel Auth0Events-dev-" in err


@pytest.mark.parametrize("arguments", [["--all-rules"], ["--all-rules", "--go"], ["--rule", "AttackProtection"]])
def test_a_bus_that_was_deleted_is_one_line_with_the_way_back(run: Run, account: Account, arguments: list[str]) -> None:
    answer(account.patch, "DescribeEventBus", not_found)
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n"), account.replays()) == (2, "", 1, [])
    assert "the simulation bus Simulation is gone: `cdk deploy --all --revert-drift`" in err


@pytest.mark.parametrize("arguments", [["--all-rules"], ["--list"]])
def test_an_archive_that_was_deleted_is_one_line_with_the_way_back(
    run: Run, account: Account, arguments: list[str]
) -> None:
    account.events.delete_archive(ArchiveName="SimulationArchive")
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "the archive SimulationArchive of the simulation bus, with all events in it, is gone: `cdk deploy" in err


def not_found(_arguments: object) -> None:
    raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "no"}}, "DescribeEventBus")


def test_of_two_buses_one_must_be_chosen(run: Run, account: Account) -> None:
    account.resources.append(account.bus("Partner"))
    account.outputs["PartnerBusName"] = "Partner"
    code, _, err = run("--rule", "AttackProtection")
    assert (code, "choose with --bus partner or --bus simulation" in err) == (2, True)
    assert run("--bus", "simulation", "--rule", "AttackProtection")[0] == 0


def test_the_bus_of_a_further_tenant_is_chosen_by_its_construct(run: Run, account: Account) -> None:
    kind, _, archive = account.bus("Tenant")
    account.resources.append((kind, "PartnerBus9f8e7d6cArchive", archive))
    account.outputs["PartnerBus9f8e7d6cName"] = "Tenant"
    assert "--bus PartnerBus9f8e7d6c or --bus simulation" in run("--all-rules")[2]
    code, out, err = run("--bus", "PartnerBus9f8e7d6c", "--list")
    assert (code, err) == (0, "")
    assert "replay" in out


def test_a_rule_of_aws_itself_is_none_to_choose(run: Run, account: Account) -> None:
    rules = [{"Name": "Events-Archive-a", "Arn": "arn:a", "ManagedBy": "prod.vhs.events.aws.internal"}]
    answer(account.patch, "ListRules", lambda _: {"Rules": rules})
    code, _, err = run("--rule", "Events-Archive-a")
    assert (code, "no rule on this bus is called 'Events-Archive-a'" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "ops: say to which rules: --rule with AttackProtection, Everything; or --all-rules"),
        (["--rule", "Nope"], "ops: no rule on this bus is called 'Nope'; there are: AttackProtection, Everything"),
        (["--bus", "partner", "--all-rules"], "has no bus partner; it has: simulation"),
        (["--cancel", "nope"], "ops: no replay is called 'nope'"),
        (["--since", "now", "--until", "now", "--rule", "A"], "is not before --until"),
    ],
)
@pytest.mark.usefixtures("account")
def test_what_is_not_there_is_said_with_what_is(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_an_environment_without_an_archive_is_one_line(run: Run, account: Account) -> None:
    account.resources = []
    code, out, err = run("--all-rules")
    assert (code, out) == (2, "")
    assert "has no archive: its stack EventBus is not deployed" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "A", "--all-rules"], "--rule and --all-rules: choose one"),
        (["--go", "--list"], "--go, --list and --cancel: choose one"),
        (["--list", "--all-rules"], "--rule and --all-rules do not go with --list and --cancel"),
        (["--cancel", "x", "--rule", "A"], "--rule and --all-rules do not go with --list and --cancel"),
        (["--detach", "--rule", "A"], "--detach needs --go"),
        (["--until", "2999-01-01", "--rule", "A"], "--until 2999-01-01 00:00:00 UTC is in the future"),
        (["--since", "1h", "--until", "2h", "--rule", "A"], "is not before --until"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
