"""Which of the canaries have come out at which end so far?"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from botocore.exceptions import BotoCoreError, ClientError

from ops.ends import Sighting
from ops.ledger import Row, compare
from stacks.route import Route, Target

FIRST_PAUSE, LONGEST_PAUSE, GROWTH = 0.5, 10.0, 1.5  # seconds, seconds, times
# Seconds from the last awaited arrival to the last look. A second copy, or an event where none belongs, that comes
# later than that is not seen.
SETTLE = 2.0
GONE = "ResourceNotFoundException"
PASSING = frozenset(("ThrottlingException", "ServiceUnavailableException", "InternalFailure", "InternalServerError"))

# Seconds from one look at the dead-letter queues to the next: what is there already comes out nowhere.
QUEUES_EVERY = 15.0

LookIntoQueues = Callable[[Target, Collection[str]], Collection[str]]
Look = Callable[[Target], list[Sighting]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """`now`: in seconds, of a clock that only goes forward; `wall`: in seconds since 1970."""

    now: Callable[[], float]
    wall: Callable[[], float]
    sleep: Callable[[float], object]


@dataclass(kw_only=True)
class Watch:
    """The ends of some targets. `look` reads one end anew. `sent`: log type by log_id.

    `given_up`: those of them that the sender could not send. `unreadable`: why the last look at an end failed.
    `kept`: those that dead-letter queues of the target have; `look_into_queues` finds them among others.
    """

    look: Look
    routes: Sequence[Route]
    targets: Collection[Target]
    sent: Mapping[str, str]
    given_up: Collection[str] = ()
    seen: dict[Target, list[Sighting]] = field(default_factory=dict)
    unreadable: dict[Target, str] = field(default_factory=dict)
    look_into_queues: LookIntoQueues = lambda _target, _log_ids: ()
    kept: dict[Target, Collection[str]] = field(default_factory=dict)

    def look_at_all(self) -> None:
        """Raises what no later look can mend: a permission that is missing."""
        for target in sorted(self.targets):
            try:
                self.seen[target] = self.look(target)
                self.unreadable.pop(target, None)
            except ClientError as error:
                code = error.response.get("Error", {}).get("Code", "")
                if code not in PASSING | {GONE}:
                    raise
                self.unreadable[target] = code
            except BotoCoreError as error:  # no connection, for now
                self.unreadable[target] = type(error).__name__

    def rows(self) -> list[Row]:
        arrivals = {target: Counter(each.log_id for each in self.seen.get(target, [])) for target in self.targets}
        return compare(self.sent, arrivals, self.routes)

    def awaited(self) -> dict[Target, int]:
        """How many are still to come, by target; none from a log group that is gone, or that a queue has."""
        counts = Counter[Target]()
        for row in self.rows():
            counts[row.target] += len(self._to_come(row))
        return {target: count for target, count in counts.items() if count}

    def look_for_kept(self) -> None:
        to_come: dict[Target, set[str]] = {}
        for row in self.rows():
            to_come.setdefault(row.target, set()).update(self._to_come(row))
        for target, log_ids in to_come.items():
            if log_ids:
                self.kept[target] = {*self.kept.get(target, ()), *self.look_into_queues(target, log_ids)}

    def _to_come(self, row: Row) -> set[str]:
        if self.unreadable.get(row.target) == GONE:
            return set()
        return set(row.missing) - set(self.given_up) - set(self.kept.get(row.target, ()))

    def is_over(self) -> bool:
        """Nothing is awaited, and every end that is there could be read."""
        return not self.awaited() and all(code == GONE for code in self.unreadable.values())

    def arrived(self) -> int:
        return sum(row.arrived for row in self.rows())


def await_all(watch: Watch, time: Time, *, timeout: float, tell: Callable[[Watch], object]) -> None:
    """Until SETTLE after nothing is awaited any more, or for `timeout` seconds. `tell` is called after each look."""
    give_up, pause, has_settled = time.now() + timeout, FIRST_PAUSE, False
    queues_at = time.now() + QUEUES_EVERY
    while True:
        watch.look_at_all()
        if time.now() >= queues_at and not watch.is_over():
            watch.look_for_kept()
            queues_at = time.now() + QUEUES_EVERY
        tell(watch)
        left = give_up - time.now()
        if left <= 0 or (watch.is_over() and has_settled):
            return
        if watch.is_over():
            has_settled = True
            time.sleep(min(SETTLE, left))
        else:
            time.sleep(min(pause, left))
            pause = min(pause * GROWTH, LONGEST_PAUSE)
