"""Which day do the tests and the picture in docs/ show? Always the same one: a shop's day with an attack in it.

Nothing of it was measured: events and delays are drawn by a seed.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX, Auth0Log, envelope
from lambda_src.auth0_events.generator import generate_log
from ops.event_log import Seen
from ops.report.buckets import buckets_of
from ops.report.counts import Counts, count
from ops.report.delivery import COUNTED, Delivery, Rule, RuleHealth, Waiting
from ops.report.report import Report
from ops.report.run import window_before
from ops.window import Window

DAY = Window(start=datetime(2026, 11, 24, tzinfo=UTC), end=datetime(2026, 11, 25, tzinfo=UTC))
ATTACK = Window(start=datetime(2026, 11, 24, 13, 40, tzinfo=UTC), end=datetime(2026, 11, 24, 16, 10, tzinfo=UTC))
# How often in a hundred logs of a quiet day; and of the attack.
QUIET: Mapping[str, float] = {
    "s": 24,
    "sertft": 21,
    "seacft": 17,
    "ssa": 9,
    "mgmt_api_read": 7,
    "slo": 6,
    "gd_auth_succeed": 3,
    "fp": 3,
    "ss": 2.5,
    "fsa": 2,
    "sapi": 1.5,
    "sv": 1.5,
    "fu": 1,
    "fertft": 0.8,
    "scp": 0.6,
    "f": 0.5,
    "fs": 0.3,
    "api_limit_warning": 0.3,
    "sdu": 0.2,
    "depnote": 0.2,
    "limit_wc": 0.1,
}
STUFFING: Mapping[str, float] = {
    "fu": 46,
    "fp": 30,
    "limit_mu": 7,
    "limit_wc": 6,
    "pwd_leak": 5,
    "limit_sul": 3,
    "f": 2,
    "s": 1,
}
EVENTS = 5_200  # of a quiet day
ATTACK_EVENTS = 1_150
SOURCE = f"{PARTNER_SOURCE_PREFIX}acme-shop-0a1b/auth0.logs"


def seen(log: Auth0Log, at: datetime, delay_ms: int = 400, source: str = SOURCE) -> Seen:
    """As the event log has it: `at` is when EventBridge took it, in whole seconds."""
    event = envelope(
        log, source=source, account="123456789012", region="eu-west-1", event_id=log.log_id,
        time=f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )  # fmt: skip
    milliseconds = int(at.timestamp() * 1_000)
    return Seen(id=log.log_id, timestamp_ms=milliseconds, written_ms=milliseconds + delay_ms, event=event, log=log)


def events(day: Window, *, seed: int, attack: Window | None) -> Iterator[Seen]:
    """In no order, as EventBridge promises none."""
    random = Random(seed)  # noqa: S311 - a plausible day is no secret
    for number in range(EVENTS):
        yield one(random, number, day.start + busy_hour(random), QUIET)
    for number in range(ATTACK_EVENTS if attack else 0):
        start, end = (attack.start, attack.end) if attack else (day.start, day.end)
        moment = start + (end - start) * random.betavariate(2, 2.6)
        yield one(random, EVENTS + number, moment, STUFFING)


def one(random: Random, number: int, moment: datetime, shares: Mapping[str, float]) -> Seen:
    code = random.choices(tuple(shares), tuple(shares.values()))[0]
    log = generate_log(code, seed=24, index=number, now=moment)
    busy = ATTACK.start <= moment < ATTACK.end
    delay = int(random.lognormvariate(6.2, 0.5) + (random.expovariate(1 / 2_500) if busy else 0))
    return seen(log, moment.replace(microsecond=0), delay)


def busy_hour(random: Random) -> timedelta:
    """People are awake from seven, and most of them at noon and in the evening."""
    while True:
        hour = random.uniform(0, 24)
        busy = 0.16 + 0.5 * math.exp(-(((hour - 12.5) / 3.2) ** 2)) + 0.42 * math.exp(-(((hour - 19.5) / 2.4) ** 2))
        if random.random() * 0.7 < busy:
            return timedelta(hours=hour)


def delivery(attacks: int, events: int, changes: int, deletions: int) -> Delivery:
    """What CloudWatch would say of so many events that matched."""
    failures = {"RetryInvocationAttempts": 14, "FailedInvocations": 2, "InvocationsSentToDlq": 2}
    rules = (
        health("AttackProtection", {"MatchedEvents": attacks, "Invocations": attacks, **failures}, 2_310),
        health("Everything", {"MatchedEvents": events, "Invocations": 2 * events, "RetryInvocationAttempts": 31}, 918),
        health("TenantChanges", {"MatchedEvents": changes, "Invocations": changes}, 402),
        health("UserDeletion", {"MatchedEvents": deletions, "Invocations": 2 * deletions}, 455),
    )
    names = (
        *("ActivityRouteUndelivered", "ActivityRouteUnprocessed", "AlertRouteUndelivered", "AlertRouteUnprocessed"),
        *("EventLogUndelivered", "InstancesInboxUndelivered", "InstancesInboxUnprocessed", "TaskInboxUndelivered"),
        *("TaskInboxUnprocessed", "TaskNotStarted"),
    )
    queues = tuple(Waiting(name=name, letters=2 * (name == "AlertRouteUndelivered"), held=0) for name in names)
    return Delivery(rules=rules, queues=queues, period=60)


def health(name: str, counts: Mapping[str, int], slowest_ms: int) -> RuleHealth:
    rule = Rule(bus="aws.partner/auth0.com/acme-shop-0a1b/auth0.logs", name=name, bus_path="PartnerBus")
    return RuleHealth(rule=rule, counts={metric: counts.get(metric) for metric in COUNTED}, slowest_ms=slowest_ms)


def report_of(counts: Counts, **others: Any) -> Report:
    given: dict[str, Any] = {
        "environment": "Auth0Events-prod in eu-west-1",
        "window": DAY,
        "before": None,
        "delivery": delivery(counts.attacks.total(), counts.events, counts.by_type["sapi"], counts.by_type["sdu"]),
        "generated": datetime(2026, 11, 25, 0, 0, 12, tzinfo=UTC),
        "version": "tests' own data",
    }
    return Report(counts=counts, **{**given, **others})


def counts_of(*found: Seen, with_people: bool = False) -> Counts:
    return count(found, buckets_of(DAY), with_people=with_people)


@cache
def day() -> Report:
    counts = count(events(DAY, seed=1, attack=ATTACK), buckets_of(DAY))
    yesterday = window_before(DAY)
    before = count(events(yesterday, seed=2, attack=None), buckets_of(yesterday))
    return report_of(counts, before=before)
