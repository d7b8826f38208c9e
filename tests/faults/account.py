"""Where is each event that a case sent, at every target that a route owes it to?"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from textwrap import shorten

from stacks.route import Target
from stacks.routes import ROUTES
from tests.faults.letters import ABOUT_A_WHOLE, Letter, Letters
from tests.local.app.deployment import Deployment

PATIENCE = 180.0  # seconds
SETTLE = 1.0  # seconds after the last delivery in which a duplicate would still show
Owed = frozenset[tuple[str, Target]]


@dataclass(frozen=True, kw_only=True)
class Account:
    """What became of one case. All but `events` and `retries` count deliveries: an event and a target it is owed to.

    Each delivery is in exactly one of `delivered`, `kept` and `lost`, unless `both` says that it is at its target and
    in a queue. `duplicated` are those that the target's own program took more than once, `logged_twice` those of the
    event log, which only writes down what comes.
    """

    case: str
    events: int
    owed: int
    delivered: int
    kept: int
    lost: int
    both: int
    duplicated: int
    logged_twice: int
    retries: int
    kept_in: str
    kept_events: int = 0

    def cells(self) -> list[str]:
        return [str(getattr(self, field.name)) for field in fields(self) if field.name != "kept_events"]


def owed(sent: Mapping[str, str]) -> Owed:
    """By the routes; `sent` gives the log type of each log_id."""
    return frozenset(
        (log_id, target)
        for log_id, log_type in sent.items()
        for route in ROUTES
        if route.takes(log_type)
        for target in route.targets
    )


def draw_up(
    case: str, wanted: Owed, arrivals: Mapping[Target, Counter[str]], letters: Iterable[Letter], *, retries: int
) -> Account:
    letters = list(letters)
    counts: Counter[str] = Counter()
    kept_in: Counter[str] = Counter()
    kept_events = set()
    for log_id, target in wanted:
        seen = arrivals[target][log_id]
        about = [letter for letter in letters if letter.is_about(log_id, target)]
        named = [letter for letter in about if letter.queue not in ABOUT_A_WHOLE]
        counts["delivered"] += seen > 0
        counts["kept"] += bool(about) and not seen
        kept_events |= {log_id} if about and not seen else set()
        kept_in.update({f"{letter.queue.removesuffix('Queue')}: {letter.reason}" for letter in about if not seen})
        counts["both"] += bool(named and seen)
        counts["lost"] += not (about or seen)
        counts["logged_twice" if target is Target.EVENT_LOG else "duplicated"] += seen > 1
    names = ("delivered", "kept", "lost", "both", "duplicated", "logged_twice")
    events = len({log_id for log_id, _ in wanted})
    return Account(
        case=case,
        events=events,
        owed=len(wanted),
        retries=retries,
        kept_events=len(kept_events),
        kept_in="\n".join(shorten(f"{count} {where}", 50, placeholder=" …") for where, count in kept_in.most_common()),
        **{name: counts[name] for name in names},
    )


class Books:
    """The accounts of a session's cases on one deployment."""

    def __init__(self, deployed: Deployment, accounts: list[Account]) -> None:
        self.deployed = deployed
        self.letters = Letters(deployed)
        self._logs = deployed.client("logs")
        self._accounts = accounts

    def settle(self, case: str, wanted: Owed, *, since: float) -> Account:
        """The account once nothing is missing and nothing more comes; that nothing is lost is the caller's to say.

        `since`: when the case began (seconds since the epoch).
        """
        give_up = time.monotonic() + PATIENCE
        while (account := self._look(case, wanted, since)).lost and time.monotonic() < give_up:
            time.sleep(0.3)
        time.sleep(SETTLE)
        account = self._look(case, wanted, since)
        self._accounts.append(account)
        return account

    def _look(self, case: str, wanted: Owed, since: float) -> Account:
        arrivals = self.deployed.customer.arrivals(self.deployed.outputs)
        self.letters.collect()
        log_ids = {log_id for log_id, _ in wanted}
        letters = [letter for letter in self.letters.found if letter.log_id in log_ids]
        gone = {target: Counter[str]() for target in Target}  # a log group that a case has deleted
        return draw_up(case, wanted, gone | arrivals, letters, retries=self._retries(since))

    def _retries(self, since: float) -> int:
        """By the sender's own metric."""
        pages = self._logs.get_paginator("filter_log_events").paginate(
            logGroupName=self.deployed.physical_id("SenderLogsLogGroup"), startTime=int(since * 1000)
        )
        lines = [event["message"] for page in pages for event in page["events"]]
        return sum(int(sum(json.loads(line)["EventRetries"])) for line in lines if '"EventRetries":[' in line)
