"""How is a file of real logs sent, wholly and once, whatever interrupts it and however often it grows?

A file is checked as a whole before anything of it is sent. Standard input can be read but once: it is checked as it
goes, and stops at the first bad log with all before it sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lambda_src.auth0_events.envelope import SIMULATION_SOURCE_PREFIX
from ops.aws import OpsError
from ops.environment import Environment
from ops.progress import bar
from ops.send.checkpoint import FOLDER, Checkpoint, CheckpointFile
from ops.send.choice import Choice
from ops.send.job import Job
from ops.send.plan import Plan, plan_of
from ops.send.portion import MOST_EVENTS, Given, Portion, given_portions, most_at
from ops.send.reading import Reading, is_read_once
from ops.send.report import Counts, Report

GO_ON = "give it the same file or input again: it goes on where it was"
MOST_NAMED = 3  # bad logs in one line


def backfill(environment: Environment, choice: Choice, path: str) -> Job:
    """Raises OpsError for a file that cannot be read, or not be sent."""
    source = f"{SIMULATION_SOURCE_PREFIX}{environment.name}/auth0.logs"
    found = None if is_read_once(path) else survey(path, source=source, skip_bad=choice.skip_bad)
    reading = Reading(path, source=source)
    kept = checkpoint_file(environment, choice, reading)
    start = None if choice.restart else kept.load()
    report = report_of(environment, reading, found, start)
    logs = reading.logs(start=start, skip_bad=choice.skip_bad)

    def settled(portion: Portion) -> None:
        if portion.mark:
            report.counts.skipped = portion.mark.skipped
            kept.save(Checkpoint(mark=portion.mark, counts=report.counts, before=report.before))
            go_on = f"{GO_ON}, after {portion.place.rpartition(' to ')[2]}"
            report.go_on = lambda: go_on

    def finished() -> None:
        report.counts.skipped = reading.skipped
        if report.counts.not_made or not reading.end:
            kept.remove()
        else:
            end = replace(reading.end, skipped=0)
            kept.save(Checkpoint(mark=end, counts=Counts(), before=report.before + report.counts.done))

    return Job(
        report=report,
        portions=given_portions(logs, most=most_at(choice.rate, MOST_EVENTS)),
        plan=lambda: found or plan_of_input(reading, logs),
        settled=settled,
        finished=finished,
        held=lambda: alone(kept, start, choice),
    )


@contextmanager
def alone(kept: CheckpointFile, start: Checkpoint | None, choice: Choice) -> Iterator[None]:
    """Raises OpsError if another run sends from the file now, or has since `start` was read."""
    with kept.held():
        if not choice.restart and kept.load() != start:
            raise OpsError("another run has sent of it meanwhile: run it again")
        yield


def survey(path: str, *, source: str, skip_bad: bool) -> Plan:
    """Reads all of it. Raises OpsError for one with bad logs in it, unless they are to be skipped."""
    reading = Reading(path, source=source)
    plan = Plan()
    with bar("logs checked", None) as progress:
        for log in reading.logs(start=None, skip_bad=True):
            plan.add(log)
            progress(1)
    plan.skipped, plan.bad = reading.skipped, reading.bad
    if reading.skipped and not skip_bad:
        named = "; ".join(reading.bad[:MOST_NAMED])
        more = f"; and {reading.skipped - MOST_NAMED:,} more" if reading.skipped > MOST_NAMED else ""
        raise OpsError(
            f"{reading.path}: nothing was sent, {reading.skipped:,} of {plan.total + reading.skipped:,} cannot be: "
            f"{named}{more}. Correct them, or leave them out with --skip-bad"
        )
    return plan


def plan_of_input(reading: Reading, logs: Iterator[Given]) -> Plan:
    plan = plan_of(logs)
    plan.skipped, plan.bad = reading.skipped, reading.bad
    return plan


def checkpoint_file(environment: Environment, choice: Choice, reading: Reading) -> CheckpointFile:
    """For this deployment: one that is destroyed and deployed anew has nothing of what the old one was sent."""
    stack = f"Auth0Events-{environment.name}-Sender"
    (described,) = environment.aws.cloudformation.describe_stacks(StackName=stack)["Stacks"]
    sender = f"{described.get('StackId')} {environment.sender_function}"
    return CheckpointFile(choice.checkpoints or FOLDER, sender=sender, first=reading.first)


def report_of(environment: Environment, reading: Reading, plan: Plan | None, start: Checkpoint | None) -> Report:
    counts, before = (start.counts, start.before) if start else (Counts(), 0)
    return Report(
        environment=str(environment),
        what=reading.name,
        total=plan.total - before if plan else None,
        counts=counts,
        earlier=counts.done,
        before=before,
        bad=reading.bad,
        go_on=lambda: GO_ON,
    )
