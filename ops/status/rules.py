"""Is every rule there and enabled, and where does it lead?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ops.buses import called, names
from ops.commands import Commands
from ops.environment import Environment
from ops.redrive.ways import short
from ops.status.asking import NotSeen, if_there
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

PART = "rules"
TYPE = "AWS::Events::Rule"
DEFAULT_BUS = "default"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """`bus` and `name`: as EventBridge knows them; `on`: the bus's construct."""

    name: str
    bus: str
    on: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleState:
    state: str
    target_arns: Sequence[str]


def expected(environment: Environment) -> dict[str, Rule]:
    """By the construct's path, which ends in `On` and the bus's. CloudFormation knows it as `bus|name` or `name`."""
    found = {}
    for path, physical in environment.of_type(TYPE).items():
        of_bus, _, name = physical.rpartition("|")
        on, bus = next(((on, bus) for on, bus in names(environment).items() if path.endswith(f"On{on}")), ("", ""))
        found[path] = Rule(name=name, bus=of_bus or bus or DEFAULT_BUS, on=on or DEFAULT_BUS)
    return found


def look_at(client: "EventBridgeClient", rule: Rule) -> RuleState | None:
    """None if there is none; with its bus, a rule is gone too."""

    def look() -> RuleState:
        state = client.describe_rule(Name=rule.name, EventBusName=rule.bus)["State"]
        pages = client.get_paginator("list_targets_by_rule").paginate(Rule=rule.name, EventBusName=rule.bus)
        return RuleState(state=state, target_arns=[target["Arn"] for page in pages for target in page["Targets"]])

    return if_there(look)


def judge(
    environment: Environment,
    states: Mapping[str, RuleState | NotSeen | None],
    commands: Commands,
    source: str | None,
    gone_buses: Sequence[str],
) -> Judgement:
    """`gone_buses`: constructs of buses that are a finding of their own."""
    yield from not_seen(PART, states)
    rules = expected(environment)
    for path, state in states.items():
        if not isinstance(state, NotSeen):
            yield from judge_one(path, rules[path], state, (environment, commands, source, gone_buses))


Context = tuple[Environment, Commands, str | None, Sequence[str]]


def judge_one(path: str, rule: Rule, state: RuleState | None, context: Context) -> Judgement:
    environment, commands, source, gone_buses = context
    found = state.state if state else "DELETED"
    targets = sorted(environment.name_of(short(arn)) for arn in state.target_arns) if state else []
    facts = {"rule": rule.name, "bus": rule.bus, "state": found, "targets": targets}
    is_well = found.startswith("ENABLED") and targets  # there is an ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS too
    says = f"{found}, to {', '.join(targets) or 'no target'}" if state else found
    yield Row(part=PART, name=path, mark=Mark.WELL if is_well else Mark.NEEDS_YOU, says=says, facts=facts)
    if is_well or rule.on in gone_buses:
        return
    if found == "DISABLED":
        yield disabled(path, rule, commands)
        return
    what = f"rule {path} " + ("has no targets" if state else "was deleted") + ": its events reach no target"
    do = commands.recreating
    do += "." if rule.on == DEFAULT_BUS else "; the archive has what came meanwhile: `python -m ops replay`."
    yield Finding(part=PART, name=path, what=what, do=do, commands=commands.recreate(source))


def disabled(path: str, rule: Rule, commands: Commands) -> Finding:
    """The default bus has no archive of ours."""
    do, steps = "Enable it.", [commands.aws("events", "enable-rule", "--name", rule.name, "--event-bus-name", rule.bus)]
    if rule.on != DEFAULT_BUS:
        do = (
            "Enable it. No dead letter was written; the archive has what came meanwhile. The dry run counts it: let "
            "--since begin before the rule was disabled, and add --go."
        )
        steps.append(commands.ops("replay", "--bus", called(rule.on), "--since", "24h", "--rule", rule.name))
    what = f"rule {path} is DISABLED: its events reach no target"
    return Finding(part=PART, name=path, what=what, do=do, commands=tuple(steps))
