"""What is asked of AWS for a status, and in which order?

First what is known before anything is deployed, then everything about what is deployed, all at once; other regions only
when something is not here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from ops.aws import Aws
from ops.environment import STACKS, Stack, environment_of, find_stack
from ops.status import buses, source_state, stack_states, versions
from ops.status.asking import Asking, NotSeen, if_there
from ops.status.commands import Commands
from ops.status.elsewhere import in_other_regions
from ops.status.inside import Inside
from ops.status.refusals import require_answer
from ops.status.report import Judgement, Report, not_seen
from ops.status.sources import Sources, list_sources

CLIENTS = ("cloudformation", "cloudwatch", "events", "functions", "logs", "sns", "sqs", "ssm")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The source that the operator asks about, and its region if an ARN named it."""

    source: str | None = None
    region: str | None = None


def look(aws: Aws, commands: Commands, wanted: Wanted, asking: Asking, now: datetime) -> Report:
    """Raises OpsError if AWS does not take the credentials, or nobody answers in the region."""
    for client in CLIENTS:  # boto3 makes none while another thread does
        getattr(aws, client)
    name = f"Auth0Events-{commands.environment}"
    stacks_later = asking.each(
        "cloudformation", {stack: partial(find_stack, aws, f"{name}-{stack}") for stack in STACKS}
    )
    bootstrap_later = asking.one("ssm", partial(if_there, partial(bootstrap_version, aws)))
    sources_later = asking.one("events", partial(list_sources, aws.events))
    stacks = stacks_later()
    require_answer(aws, stacks.values())
    found = {stack: each for stack, each in stacks.items() if isinstance(each, Stack)}
    environment = environment_of(aws, commands.environment, found)
    inside = Inside(environment, asking, now)
    deployed = buses.names(environment).get("PartnerBus")
    expected = wanted.source or deployed

    report = Report(environment=commands.environment, region=aws.region)
    report.add(stack_states.judge_bootstrap(bootstrap_later(), commands, aws.region))
    elsewhere = [] if found or any(map(is_unseen, stacks.values())) else other_stacks(aws, asking, name)
    report.add(stack_states.judge(stacks, elsewhere, commands, region=aws.region, source=expected))
    if isinstance(here := sources_later(), NotSeen):
        report.add(not_seen(source_state.PART, {expected or "Auth0's": here}))
    else:
        elsewhere_named = wanted.region if wanted.region != aws.region else None
        sources = Sources(here=here, asked=wanted.source, asked_region=elsewhere_named, deployed=deployed)
        has_bus = inside.has_bus("PartnerBus") if expected == deployed else exists_elsewise(aws, asking, expected)
        report.add(judge_source(replace(sources, has_bus=has_bus), aws, asking, commands, now))
    report.add(inside.judge(commands, deployed))
    report.add(versions.judge())
    return report


def is_unseen(answer: object) -> bool:
    return isinstance(answer, NotSeen)


def bootstrap_version(aws: Aws) -> str:
    return str(aws.ssm.get_parameter(Name=stack_states.BOOTSTRAP)["Parameter"]["Value"])


def exists_elsewise(aws: Aws, asking: Asking, bus: str | None) -> bool | None:
    """Whether there is a bus that the stacks know nothing of."""
    if bus is None:
        return None
    answer = asking.one("events", partial(buses.exists, aws.events, bus))()
    return None if isinstance(answer, NotSeen) else answer


def judge_source(sources: Sources, aws: Aws, asking: Asking, commands: Commands, now: datetime) -> Judgement:
    if sources.expected and not sources.found:
        elsewhere, unasked = in_other_regions(aws, asking, "events", partial(list_sources, name=sources.expected))
        sources = replace(sources, elsewhere=elsewhere, unasked=unasked)
    return source_state.judge(sources, commands, aws.region, now)


def other_stacks(aws: Aws, asking: Asking, name: str) -> list[str]:
    """The regions in which the environment is deployed."""

    def there(client: Any) -> bool:
        return find_stack_status(client, f"{name}-EventBus") is not None

    found, _ = in_other_regions(aws, asking, "cloudformation", there)
    return sorted(found)


def find_stack_status(client: Any, name: str) -> str | None:
    stacks = if_there(partial(client.describe_stacks, StackName=name))
    return str(stacks["Stacks"][0]["StackStatus"]) if stacks else None
