"""How does a choice become a job?"""

import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from lambda_src.auth0_events.envelope import detail_json
from lambda_src.auth0_events.log_types import LOG_TYPES
from ops.environment import Environment
from ops.send.backfill import backfill
from ops.send.choice import Choice
from ops.send.generated import Run
from ops.send.job import Job
from ops.send.plan import Plan, plan_of
from ops.send.portion import MOST_EVENTS, Given, given_portions, most_at
from ops.send.report import Report
from ops.send.scenarios.catalogue import SCENARIOS
from ops.send.scenarios.story import logs_of

LAG = timedelta(seconds=10)  # what Auth0 takes from a log to its delivery at least
ANEW = "a scenario begins anew, with log ids of its own"
LARGEST_DRAWN = 2**32  # a seed that can be typed


def job_of(environment: Environment, choice: Choice, *, now: datetime) -> Job:
    """Raises OpsError for a file that cannot be sent."""
    if choice.count is not None:
        return _generated(environment, choice, choice.count, now)
    if choice.scenario is not None:
        return _scenario(environment, choice, choice.scenario, now)
    return backfill(environment, choice, str(choice.file))


def _generated(environment: Environment, choice: Choice, count: int, now: datetime) -> Job:
    codes, at = choice.types or tuple(LOG_TYPES), choice.at or now
    run = Run(codes=codes, seed=_seed(choice), at=at, first=choice.first or 0, count=count, rate=choice.rate)
    report = Report(environment=str(environment), what="generated logs", total=count, seed=run.seed)
    report.go_on = lambda: _rest(report, run)
    return Job(report=report, portions=run.portions(), plan=lambda: Plan(types=_in_turn(codes, count)))


def _rest(report: Report, run: Run) -> str:
    """The same logs with the same ids: what came of those under way, consumers know."""
    done = report.counts.done
    if not done and not report.under_way:
        return "run it again"
    first = run.first + done
    return (
        f"the same command with --count {run.count - done} --first {first} --seed {run.seed} "
        f"--at {run.moment(first).isoformat()} sends the rest, under the same log ids"
    )


def _in_turn(codes: tuple[str, ...], count: int) -> Counter[str]:
    each, more = divmod(count, len(codes))
    numbers = {code: each + (place < more) for place, code in enumerate(codes)}
    return Counter({code: number for code, number in numbers.items() if number})


def _scenario(environment: Environment, choice: Choice, name: str, now: datetime) -> Job:
    scenario, seed = SCENARIOS[name], _seed(choice)
    happenings = scenario.happenings(seed=seed, scale=choice.scale or 1)
    duration = choice.duration or timedelta(seconds=scenario.seconds)
    start = now if choice.real_time else now - LAG - duration

    def logs() -> Iterator[Given]:
        told = logs_of(happenings, seconds=scenario.seconds, seed=seed, start=start, end=start + duration)
        for number, log in enumerate(told, start=1):
            moment = datetime.fromisoformat(log.date)
            yield Given(detail=detail_json(log), type=log.type, moment=moment, place=f"log {number:,}")

    return Job(
        report=Report(
            environment=str(environment), what=f"scenario {name}", total=len(happenings), seed=seed, go_on=lambda: ANEW
        ),
        portions=given_portions(logs(), most=most_at(choice.rate, MOST_EVENTS), in_real_time=choice.real_time),
        plan=lambda: plan_of(logs()),
    )


def _seed(choice: Choice) -> int:
    return secrets.randbelow(LARGEST_DRAWN) if choice.seed is None else choice.seed
