"""What is asked that has an answer before anything is deployed?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from ops.aws import Aws
from ops.buses import event_source_setting, partners
from ops.commands import Commands
from ops.environment import STACKS, Stack, environment_of, find_stack
from ops.status import buses, source_state, stack_states
from ops.status.asking import Asking, NotSeen, if_there
from ops.status.elsewhere import in_other_regions
from ops.status.refusals import require_answer
from ops.status.report import Judgement, not_seen
from ops.status.source_missing import PART
from ops.status.sources import Sources, Wanted, list_sources


class Before:
    """Stacks, bootstrap and event sources. Raises OpsError if AWS does not answer this operator at all."""

    def __init__(self, aws: Aws, commands: Commands, wanted: Wanted, asking: Asking) -> None:
        self._aws, self._commands, self._wanted, self._asking = aws, commands, wanted, asking
        self._name = f"Auth0Events-{commands.environment}"
        stacks = asking.each(
            "cloudformation", {stack: partial(find_stack, aws, f"{self._name}-{stack}") for stack in STACKS}
        )
        self._bootstrap = asking.one("ssm", partial(if_there, partial(bootstrap_version, aws)))
        sources = asking.one("events", partial(list_sources, aws.events))
        self._stacks, self._sources = stacks(), sources()
        require_answer(aws, self._stacks.values())
        self._found = {stack: each for stack, each in self._stacks.items() if isinstance(each, Stack)}
        self.environment = environment_of(aws, commands, self._found)
        self._deployed = partners(self.environment)
        self.source_setting = event_source_setting(self.environment)

    def judge_deployment(self) -> Judgement:
        yield from stack_states.judge_bootstrap(self._bootstrap(), self._commands, self._aws.region)
        is_seen = not any(isinstance(answer, NotSeen) for answer in self._stacks.values())
        elsewhere = self._other_regions() if is_seen and not self._found else []
        region, source = self._aws.region, self._source_to_deploy()
        yield from stack_states.judge(self._stacks, elsewhere, self._commands, region=region, source=source)

    def judge_sources(self, now: datetime, has_bus: Callable[[str], bool | None]) -> Judgement:
        """`has_bus`: whether the partner bus with this construct is there."""
        deployed, asked = self._deployed, self._wanted.source
        if asked and asked not in deployed.values():
            one = next(iter(deployed.values()), None)
            yield from self._judge_source(asked, one, now, has_bus=self._has_bus(asked))
            return
        chosen = {on: name for on, name in deployed.items() if asked in (None, name)}
        for on, name in chosen.items():
            yield from self._judge_source(name, name, now, has_bus=has_bus(on))
        if not chosen:
            yield from self._judge_source(None, None, now, has_bus=None)

    def _judge_source(
        self, expected: str | None, deployed: str | None, now: datetime, *, has_bus: bool | None
    ) -> Judgement:
        if isinstance(self._sources, NotSeen):
            yield from not_seen(PART, {expected or "Auth0's": self._sources})
            return
        further = [expected] if expected and expected != deployed else []
        sources = Sources(
            here=self._sources,
            asked=self._wanted.source,
            asked_region=None if self._wanted.region == self._aws.region else self._wanted.region,
            deployed=deployed,
            has_bus=has_bus,
            setting=event_source_setting(self.environment, *further),
        )
        if expected and not sources.found:
            look = partial(list_sources, name=expected)
            elsewhere, unasked = in_other_regions(self._aws, self._asking, "events", look)
            sources = replace(sources, elsewhere=elsewhere, unasked=unasked)
        yield from source_state.judge(sources, self._commands, self._aws.region, now)

    def _source_to_deploy(self) -> str | None:
        """The one that is asked for and here, or that waits for its bus and is no choice."""
        here = () if isinstance(self._sources, NotSeen) else self._sources
        if self.source_setting or self._wanted.source in {source.name for source in here}:
            return self.source_setting or self._wanted.source
        waiting = [source.name for source in here if source.state == "PENDING"]
        return waiting[0] if len(waiting) == 1 else None

    def _has_bus(self, name: str) -> bool | None:
        """Whether there is a bus that the stacks know nothing of; None: it was not seen."""
        answer = self._asking.one("events", partial(buses.exists, self._aws.events, name))()
        return None if isinstance(answer, NotSeen) else answer

    def _other_regions(self) -> list[str]:
        """In which the environment is deployed."""
        look = partial(has_stack, name=f"{self._name}-EventBus")
        found, _ = in_other_regions(self._aws, self._asking, "cloudformation", look)
        return sorted(found)


def bootstrap_version(aws: Aws) -> str:
    return str(aws.ssm.get_parameter(Name=stack_states.BOOTSTRAP)["Parameter"]["Value"])


def has_stack(client: Any, name: str) -> bool:
    return if_there(partial(client.describe_stacks, StackName=name)) is not None
