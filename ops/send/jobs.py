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
from ops.send.job import Job
from ops.send.plan import Plan, plan_of
from ops.send.portion import Given, generated_portions, given_portions, most_at
from ops.send.report import Report
from ops.send.scenarios.catalogue import SCENARIOS
from ops.send.scenarios.story import logs_of

LAG = timedelta(seconds=10)  # what Auth0 takes from a log to its delivery at least
ANEW = "a scenario begins anew, with log ids of its own"
LARGEST_DRAWN = 2**32  # a seed that can be typed


def job_of(environment: Environment, choice: Choice, *, now: datetime) -> Job:
    """Raises OpsError for a file that cannot be sent."""
    if choice.count is not None:
        return _generated(environment, choice, choice.count)
    if choice.scenario is not None:
        return _scenario(environment, choice, choice.scenario, now)
    return backfill(environment, choice, str(choice.file))


def _generated(environment: Environment, choice: Choice, count: int) -> Job:
    codes, seed = choice.types or tuple(LOG_TYPES), _seed(choice)
    report = Report(environment=str(environment), what="generated logs", total=count, seed=seed)
    look = environment.commands.ops("tail", "--bus", "simulation", "--since", "15m")
    report.go_on = lambda: _rest(report, count, look=look)
    return Job(
        report=report,
        portions=generated_portions(codes, count=count, seed=seed, most=most_at(choice.rate)),
        plan=lambda: Plan(types=_in_turn(codes, count)),
    )


def _rest(report: Report, count: int, *, look: str) -> str:
    """They would get other log ids: what may be sent already is looked for, and not sent again unseen."""
    doubtful = report.under_way
    if not doubtful:
        return f"--count {count - report.counts.done} sends the rest" if report.counts.done else "run it again"
    certain = count - report.counts.done - doubtful
    rest = f"; --count {certain} sends only what certainly was not" if certain else ""
    return (
        f"look first whether those under way came (`{look}`), as sent again they get new log ids: "
        f"--count {doubtful} sends as many as those{rest}"
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
        portions=given_portions(logs(), most=most_at(choice.rate), in_real_time=choice.real_time),
        plan=lambda: plan_of(logs()),
    )


def _seed(choice: Choice) -> int:
    return secrets.randbelow(LARGEST_DRAWN) if choice.seed is None else choice.seed
