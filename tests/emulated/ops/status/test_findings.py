"""Is everything that needs a person found, with its next step, and nothing else?"""

from datetime import timedelta
from typing import Any

import pytest

from tests.emulated.ops.status.account import ELSEWHERE, NOW, REGION, SIMULATION, SOURCE, STACKS, Account
from tests.emulated.ops.status.conftest import Status
from tests.emulated.ops.status.told import RECREATE, only, rows

DEPLOY = f"cdk deploy --all -c event_source={SOURCE}"
SWEEP = "Auth0Events-dev-Targets-TaskSweep"


def test_an_environment_that_is_well_has_everything_in_it_and_needs_nobody(account: Account, status: Status) -> None:
    told = status()
    assert (told["healthy"], told["needs_you"]) == (True, [])
    assert {row["mark"] for row in told["seen"]} == {"well"}
    assert {row["part"] for row in told["seen"]} == {
        *(
            "source",
            "buses",
            "archives",
            "rules",
            "dead letters",
            "inboxes",
            "places",
            "functions",
            "readers",
            "sender",
        ),
        *("alarms", "told", "stacks", "this checkout"),
    }


@pytest.mark.parametrize("status_now", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"])
def test_a_stack_that_is_complete_needs_nobody(account: Account, status: Status, status_now: str) -> None:
    account.stacks["Targets"] = status_now
    assert status()["healthy"]


@pytest.mark.parametrize(
    ("status_now", "steps"),
    [
        ("ROLLBACK_COMPLETE", ["cdk diagnose Auth0Events-dev-Targets", DEPLOY]),
        ("UPDATE_ROLLBACK_COMPLETE", ["cdk diagnose Auth0Events-dev-Targets", DEPLOY]),
        ("CREATE_FAILED", ["cdk diagnose Auth0Events-dev-Targets", DEPLOY]),
        (
            "UPDATE_ROLLBACK_FAILED",
            ["cdk diagnose Auth0Events-dev-Targets", "cdk rollback Auth0Events-dev-Targets", DEPLOY],
        ),
        ("DELETE_FAILED", ["cdk diagnose Auth0Events-dev-Targets", "cdk destroy Auth0Events-dev-Targets"]),
        ("UPDATE_IN_PROGRESS", ["python -m ops status"]),
        ("REVIEW_IN_PROGRESS", [DEPLOY]),
    ],
)
def test_a_stack_that_is_not_complete_has_its_own_step(
    account: Account, status: Status, status_now: str, steps: list[str]
) -> None:
    account.stacks["Targets"] = status_now
    name, what, commands = only(status())
    assert (name, commands) == ("stack Targets", steps)
    assert what.startswith(f"stack Auth0Events-dev-Targets is {status_now} since ")


def test_a_stack_that_is_missing_is_deployed_and_a_sender_may_be(account: Account, status: Status) -> None:
    del account.stacks["Sender"]
    assert status()["healthy"]
    del account.stacks["Monitoring"]
    assert only(status()) == ("stack Monitoring", "stack Auth0Events-dev-Monitoring is missing", [DEPLOY])


def test_with_nothing_deployed_the_steps_are_bootstrap_and_deploy(account: Account, status: Status) -> None:
    account.stacks, account.buses, account.sources, account.bootstrap = {}, set(), {}, None
    told = status()
    assert [finding["commands"] for finding in told["needs_you"]] == [["cdk bootstrap"], ["cdk deploy --all"]]
    assert f"{REGION} of this account is not bootstrapped" in told["needs_you"][0]["what"]
    assert told["needs_you"][1]["what"] == f"Auth0Events-dev is not deployed in {REGION}"


def test_an_environment_in_another_region_is_named_with_it(account: Account, status: Status) -> None:
    account.stack_region, account.sources = ELSEWHERE, {}
    _, what, commands = only(status())
    assert what == f"Auth0Events-dev is not deployed in {REGION}; it is in {ELSEWHERE}"
    assert commands == [f"python -m ops status --region {ELSEWHERE}"]


def test_a_simulation_bus_that_was_deleted_is_told_once_without_its_rules_and_archive(
    account: Account, status: Status
) -> None:
    account.buses = {SOURCE}
    del account.rules[SIMULATION, "Everything"], account.archives["simulation-archive"]
    assert only(status()) == ("SimulationBus", "SimulationBus was deleted, and its rules with it", [RECREATE])


@pytest.mark.parametrize("state", ["DISABLED", "CREATE_FAILED", None])
def test_an_archive_that_keeps_nothing_is_recreated(account: Account, status: Status, state: str | None) -> None:
    del account.archives["partner-archive"]
    if state:
        account.archives["partner-archive"] = state
    name, what, commands = only(status())
    assert (name, commands) == ("PartnerBusArchive", [RECREATE])
    assert what == f"archive PartnerBusArchive is {state or 'DELETED'}: nothing could be replayed"


def test_an_archive_tells_its_size_and_for_how_long(account: Account, status: Status) -> None:
    archive = rows(status(), "archives")["PartnerBusArchive"]
    assert archive["says"] == "ENABLED, 1,234 events, 5.6 MB, kept 30 days"
    assert (archive["events"], archive["bytes"], archive["retention_days"]) == (1234, 5_600_000, 30)


@pytest.mark.parametrize(
    ("key", "path", "bus"),
    [((SOURCE, "Everything"), "EverythingOnPartnerBus", SOURCE), (("default", SWEEP), "TaskSweep", "default")],
)
def test_a_rule_that_is_disabled_is_enabled_on_its_bus_and_replayed_if_that_has_an_archive(
    account: Account, status: Status, key: tuple[str, str], path: str, bus: str
) -> None:
    account.rules[key] = "DISABLED"
    name, what, commands = only(status())
    assert (name, what) == (path, f"rule {path} is DISABLED: its events reach no target")
    replay = ["python -m ops replay --bus partner --since 24h --rule Everything"] if bus == SOURCE else []
    assert commands == [f"aws events enable-rule --name {key[1]} --event-bus-name {bus}", *replay]


def test_a_disabled_rule_of_a_further_tenants_bus_is_replayed_by_the_name_that_replay_knows(
    account: Account, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    further = "aws.partner/auth0.com/example-other-1234/auth0.logs"
    rule = {("AWS::Events::Rule", "EverythingOnPartnerBus9f8e7d6c"): f"{further}|Everything"}
    monkeypatch.setitem(STACKS, "Targets", STACKS["Targets"] | rule)
    account.outputs["EventBus"]["PartnerBus9f8e7d6cName"] = further
    account.buses.add(further)
    account.rules[further, "Everything"] = "DISABLED"
    (commands,) = (each["commands"] for each in status()["needs_you"] if each["part"] == "rules")
    assert commands[1] == "python -m ops replay --bus PartnerBus9f8e7d6c --since 24h --rule Everything"


def test_a_rule_that_was_deleted_is_recreated(account: Account, status: Status) -> None:
    del account.rules[SOURCE, "Everything"]
    assert only(status()) == (
        "EverythingOnPartnerBus",
        "rule EverythingOnPartnerBus was deleted: its events reach no target",
        [RECREATE],
    )


def test_rules_without_targets_are_found_and_targets_are_named_by_construct(account: Account, status: Status) -> None:
    assert rows(status(), "rules")["EverythingOnPartnerBus"]["targets"] == ["AlertFunction"]
    account.targets = []
    told = status()
    assert [finding["name"] for finding in told["needs_you"]] == [
        *("EverythingOnPartnerBus", "EverythingOnSimulationBus", "TaskSweep")
    ]
    assert told["needs_you"][0]["what"] == "rule EverythingOnPartnerBus has no targets: its events reach no target"


@pytest.mark.parametrize(
    ("depth", "what"),
    [
        ((1, 0), "AlertRouteUndelivered: 1 message waits"),
        ((2, 1), "AlertRouteUndelivered: 3 messages wait, 1 of them hidden by a redrive that runs or was killed"),
    ],
)
def test_a_letter_is_redriven(account: Account, status: Status, depth: tuple[int, int], what: str) -> None:
    account.letters["AlertRouteUndelivered"] = depth
    assert only(status()) == ("AlertRouteUndelivered", what, ["python -m ops redrive AlertRouteUndelivered"])


def test_what_waits_in_an_inbox_needs_nobody(account: Account, status: Status) -> None:
    account.letters["TaskInbox"] = (500, 10)
    told = status()
    assert (told["healthy"], rows(told, "inboxes")["TaskInbox"]["waiting"]) == (True, 500)


def test_a_queue_that_is_gone_is_recreated(account: Account, status: Status) -> None:
    del account.letters["AlertRouteUndelivered"]
    name, what, commands = only(status())
    assert (name, commands) == ("AlertRouteUndelivered", [RECREATE])
    assert what == "queue AlertRouteUndelivered is gone: what would go there is lost"


@pytest.mark.parametrize(
    ("kind", "noun", "path"),
    [
        ("log_groups", "log group", "EventLogEventsLogGroup"),
        ("streams", "stream", "ActivityRouteStream"),
        ("clusters", "cluster", "TaskCluster"),
    ],
)
def test_where_events_go_to_is_recreated_when_it_was_deleted(
    account: Account, status: Status, kind: str, noun: str, path: str
) -> None:
    assert rows(status(), "places")[path]["says"] == "there"
    getattr(account, kind).clear()
    account.log_groups.add("/sender")
    name, what, commands = only(status())
    assert (name, commands) == (path, [RECREATE])
    assert what.startswith(f"{noun} {path} was deleted: ")


def test_a_function_that_cannot_run_says_why(account: Account, status: Status) -> None:
    account.function |= {"State": "Failed", "StateReason": "The key is disabled"}
    told = status()
    assert [finding["what"] for finding in told["needs_you"]] == [
        f"function {name} cannot run: it is Failed" for name in ("AlertFunction", "SenderFunction")
    ]
    assert told["needs_you"][0]["do"] == "The key is disabled"


@pytest.mark.parametrize(
    ("reader", "commands"),
    [
        ({"UUID": "a-uuid", "State": "Disabled"}, ["aws lambda update-event-source-mapping --uuid a-uuid --enabled"]),
        (None, [RECREATE]),
    ],
)
def test_a_stream_that_nobody_reads_is_found(
    account: Account, status: Status, reader: dict[str, Any] | None, commands: list[str]
) -> None:
    account.reader = reader
    name, what, steps = only(status())
    assert (name, steps) == ("ActivityFunction reads", commands)
    assert what.startswith("ActivityFunction does not read its stream")


@pytest.mark.parametrize(
    ("last", "mark"),
    [
        ("No records processed", "well"),
        ("PROBLEM: Function call failed", "note"),
        ("PROBLEM: Cannot access stream a-stream. Please ensure the role can perform GetRecords", "needs_you"),
    ],
)
def test_a_reader_that_is_enabled_and_cannot_read_is_found(
    account: Account, status: Status, last: str, mark: str
) -> None:
    account.reader = {"UUID": "a-uuid", "State": "Enabled", "LastProcessingResult": last}
    told = status()
    assert rows(told, "readers")["ActivityFunction"]["mark"] == mark
    found = [(each["what"], each["do"].partition(" ")[0], each["commands"]) for each in told["needs_you"]]
    needs_you: tuple[str, str, list[str]] = (
        f"ActivityFunction does not read its stream: {last}",
        "docs/operations.md#unread",
        [],
    )
    assert found == ([needs_you] if mark == "needs_you" else [])


def test_a_quiet_bus_and_a_sender_that_gave_up_are_said_and_need_nobody(account: Account, status: Status) -> None:
    account.last_events[SOURCE] = NOW - timedelta(days=64)
    account.sender_lines.append(account.run_of_sender(sent=18, failed=2))
    told = status()
    bus, run = rows(told, "buses")["PartnerBus"], rows(told, "sender")["last run"]
    assert (told["healthy"], bus["mark"], bus["says"]) == (True, "note", "no event in the last 63 days")
    assert (run["mark"], run["says"]) == ("note", "3 min ago: 18 sent, 2 given up on")


@pytest.mark.parametrize("line", ["", "no JSON", "[]", '{"EventsSent": 1}', '{"EventsSent": [{}], "EventsFailed": []}'])
def test_a_line_of_the_senders_log_that_is_no_run_is_left_out(account: Account, status: Status, line: str) -> None:
    account.sender_lines = [line]
    assert rows(status(), "sender")["last run"]["says"] == "none in the last 24 hours"
