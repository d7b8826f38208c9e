"""In which order does a run send, wait, and look for what is missing?"""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from ops.busy import when_free
from ops.ends import ENDS, Sighting, sightings
from ops.environment import Environment
from ops.verify.canary import mark_of, plan, reached_although_skipped
from ops.verify.clock import Offset
from ops.verify.report import Report
from ops.verify.rules import compare, deployed_rules, deployed_targets, read_rules
from ops.verify.sending import Sent, clock_offset, require_sender, send
from ops.verify.watch import Time, Watch, await_all
from ops.verify.whereabouts import find, letters_of
from stacks.route import Route, Target

EARLIER = 10.0  # seconds before the first event from when on is looked: clocks agree to a second or two


def prepare(
    environment: Environment, routes: Collection[Route], *, run: str, each: int, skip: Collection[Target]
) -> Report:
    """What would be sent, and what is to be said about it. Raises OpsError without a sender, and what boto3 raises."""
    require_sender(environment)
    deployed = compare(
        tuple(routes),
        read_rules(environment),
        stack=deployed_rules(environment),
        targets=deployed_targets(environment),
        way_back=environment.way_back,
    )
    canaries = plan(deployed, run=run, each=each, skip=skip)
    return Report(
        environment=environment,
        run=run,
        canaries=canaries,
        routes=deployed.routes,
        stopped=deployed.stopped,
        differences=deployed.differences,
        notes=tuple(reached_although_skipped(canaries, deployed.routes, skip)),
        skip=frozenset(skip),
    )


def verify(report: Report, time: Time, *, timeout: float, tell: Callable[[Watch], object], wait: int = 1) -> None:
    """Fills the report. Whatever ends it: what the report says until then is so.

    `wait`: for how many seconds SQS looks for another message.
    """
    environment = report.environment
    offset = clock_offset(environment, time)
    report.watch = watch_of(report, wait)
    report.sent = when_free(partial(send_once, report, offset, time), time.sleep)
    report.watch.given_up = report.sent.given_up.keys()
    await_all(report.watch, time, timeout=timeout, tell=tell)
    report.waited = True
    look_for_missing(report, wait)


def send_once(report: Report, offset: Offset, time: Time) -> Sent:
    """The events are dated by AWS's clock, as the search begins: a line of the event log may have its event's time."""
    report.sent = Sent(at_ms=offset.aws_ms(time.wall()), offset=offset)
    began = time.now()
    given_up = send(report.environment, report.canaries, now=report.sent.at_ms / 1_000)
    return replace(report.sent, taken_seconds=time.now() - began, given_up=given_up)


def watch_of(report: Report, wait: int) -> Watch:
    """Before anything is sent: what is in the dead-letter queues then is not looked at while it waits."""
    targets = {target for route in report.routes for target in route.targets} - report.skip
    letters = letters_of(report.environment, targets)
    return Watch(
        look=partial(look, report),
        routes=report.routes,
        targets=targets,
        sent={canary.log_id: canary.log_type for canary in report.canaries},
        look_into_queues=partial(look_into_queues, report, wait, letters),
    )


def look_into_queues(
    report: Report, wait: int, letters: dict[str, int], target: Target, log_ids: Collection[str]
) -> Collection[str]:
    since = report.since_ms(EARLIER) / 1_000
    return find(report.environment, target, log_ids, since=since, wait=wait, known=letters).kept


def look(report: Report, target: Target) -> list[Sighting]:
    output, read = ENDS[target]
    logs, log_group = report.environment.aws.logs, report.environment.output(output)
    return list(sightings(logs, log_group, read, mark=mark_of(report.run), since_ms=report.since_ms(EARLIER)))


def look_for_missing(report: Report, wait: int) -> None:
    for row in report.rows():
        if row.missing and row.target not in report.whereabouts:
            missing = {log_id for each in report.rows() if each.target == row.target for log_id in each.missing}
            since = report.since_ms(EARLIER) / 1_000
            report.whereabouts[row.target] = find(report.environment, row.target, missing, since=since, wait=wait)
