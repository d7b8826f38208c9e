"""What stands in for everything between the sender and the ends in the tests of `verify`?"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from typing import Any

from botocore.exceptions import ClientError

from ops.ends import ENDS
from ops.verify.report import Report
from ops.verify.run import prepare, verify
from ops.verify.watch import Time, Watch
from stacks.route import Route, Target
from stacks.routes import ROUTES
from tests.emulated.ops.world import World

BUS = "simulation"
MESSAGES = {
    Target.ALERT: "alert published",
    Target.STREAM: "batch counted",
    Target.TASK: "event processed",
    Target.INSTANCES: "event processed",
}


def line_of(target: Target, log_id: str) -> str:
    """As the target's own program logs it."""
    if target is Target.EVENT_LOG:
        return json.dumps({"detail": {"log_id": log_id}})
    about = {"log_ids": [log_id]} if target is Target.STREAM else {"log_id": log_id}
    return json.dumps({"message": MESSAGES[target], **about})


def refusal(code: str, operation: str = "FilterLogEvents") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, operation)


class Clock:
    """AWS's; this machine's is `behind` it."""

    def __init__(self) -> None:
        self.seconds = float(int(time.time()))
        self.behind = 0.0

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def now(self) -> float:
        return self.seconds

    def time(self) -> Time:
        return Time(now=self.now, wall=lambda: self.seconds - self.behind, sleep=self.sleep)


class FakeLogs:
    """FilterLogEvents: a quoted phrase, a start time, and only what is stored by now, page by page."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.stored: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.refuse: Callable[[str, int], ClientError | None] = lambda _group, _look: None
        self.looks: dict[str, int] = defaultdict(int)
        self.asked: list[dict[str, Any]] = []

    def get_paginator(self, _operation: str) -> "FakeLogs":
        return self

    def paginate(self, **asked: Any) -> Iterator[dict[str, Any]]:
        group, now = asked["logGroupName"], self._clock.seconds * 1_000
        self.asked.append(asked)
        self.looks[group] += 1
        if error := self.refuse(group, self.looks[group]):
            raise error
        phrase = asked["filterPattern"].strip('"')
        found = [
            event
            for event in self.stored[group]
            if event["ingestionTime"] <= now and event["timestamp"] >= asked["startTime"] and phrase in event["message"]
        ]
        yield {"events": [], "nextToken": "more"}
        yield {"events": found[:1], "nextToken": "more"}
        yield {"events": found[1:]}


class FakeEvents:
    """ListRules of the routes' own rules."""

    def __init__(self, clock: Clock, routes: tuple[Route, ...]) -> None:
        self._clock = clock
        self.rules = [
            {"Name": route.name, "State": "ENABLED", "EventPattern": json.dumps(pattern(route))} for route in routes
        ]

    def get_paginator(self, _operation: str) -> "FakeEvents":
        return self

    def paginate(self, **_asked: Any) -> Iterator[dict[str, Any]]:
        yield {"Rules": self.rules}

    def list_rules(self, **_asked: Any) -> dict[str, Any]:
        headers = {"date": formatdate(self._clock.seconds, usegmt=True)}
        return {"Rules": self.rules[:1], "ResponseMetadata": {"HTTPHeaders": headers}}


def pattern(route: Route) -> dict[str, Any]:
    return {"detail": {"data": {"type": list(route.log_types)}}} if route.log_types else {"detail-type": ["Auth0 log"]}


class Pipeline:
    """A deployed environment. `delay`: seconds until a target has done its work, None if it never does.

    `stored_after`: seconds until CloudWatch has its line. `further`: more arrivals of each event.
    """

    def __init__(self, world: World, routes: tuple[Route, ...] = ROUTES) -> None:
        self.world, self.routes, self.clock = world, routes, Clock()
        self.logs, self.events = FakeLogs(self.clock), FakeEvents(self.clock, routes)
        world.aws.logs = self.logs  # type: ignore[assignment] # the one operation that is used
        world.aws.events = self.events  # type: ignore[assignment] # the two operations that are used
        world.aws.fake.answer = self.send
        self.delay: dict[Target, float | None] = dict.fromkeys(Target, 1.0)
        self.stored_after = 0.0
        self.further: Callable[[str, str], list[Target]] = lambda _log_id, _log_type: []
        self.given_up: set[str] = set()  # log types
        self.on_send: Callable[[], object] = lambda: None
        self.tell: Callable[[Watch], object] = lambda _: None
        rules = {("AWS::Events::Rule", f"{route.name}OnSimulationBus"): route.name for route in routes}
        self.environment = replace(
            world.environment,
            resources={**world.environment.resources, **rules},
            outputs={"SimulationBusName": BUS, **{end.output: f"{target}-group" for target, end in ENDS.items()}},
        )

    def send(self, payload: Any) -> Any:
        self.on_send()
        failures = []
        for event in payload["events"]:
            log_id, log_type = event["log_id"], event["data"]["type"]
            if log_type in self.given_up:
                failures.append({"log_id": log_id, "code": "ThrottlingException", "message": "", "attempts": 4})
                continue
            reached = {target for route in self.routes if route.takes(log_type) for target in route.targets}
            for target in [*reached, *self.further(log_id, log_type)]:
                self.arrive(target, log_id)
        return {"sent": len(payload["events"]) - len(failures), "failed": len(failures), "failures": failures}

    def arrive(self, target: Target, log_id: str) -> None:
        if (delay := self.delay[target]) is not None:
            at = self.clock.seconds + delay
            self.logs.stored[f"{target}-group"].append({
                "timestamp": round(at * 1_000),
                "ingestionTime": round((at + self.stored_after) * 1_000),
                "message": line_of(target, log_id),
            })  # fmt: skip

    def prepare(self, *, each: int = 1, skip: frozenset[Target] = frozenset(), run: str = "run1") -> Report:
        return prepare(self.environment, self.routes, run=run, each=each, skip=skip)

    def verify(self, report: Report | None = None, *, timeout: float = 300) -> Report:
        report = report or self.prepare()
        verify(report, self.clock.time(), timeout=timeout, tell=self.tell, wait=0)
        return report
