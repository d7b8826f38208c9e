"""How long does each hop take?

The hops, in seconds. `sent` is when this command called the sender, by this machine's clock, brought to AWS's if they
differ by more than 1.5 s; all other times are CloudWatch's, in ms.

- *taken*: sent → the sender's answer, which comes after EventBridge has taken every event. One figure for a run.
- *after the event log*: event written to the event log → done at this target. Both start at the same bus at the same
  time, so this is what the target's own way takes longer, or (below zero) less long.
- *in all*: sent → done. Done is the time of the line that the target's program logs after its work, as CloudWatch got
  it; of the event log, when CloudWatch stored the event.
- *readable after*: done → stored by CloudWatch, from when on it can be found. Not of the event log, which is written
  once.

An event's own `time` says nothing of a hop: the sender sets it from the log's `date`, which is ours, and EventBridge
keeps whole seconds of it. What lies between bus and target (an inbox, the stream, the start of a task) leaves no time
in the target's log, so that those hops are not told apart.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ops.ends import Sighting
from stacks.route import Target

FEW = 20  # with fewer events the 95th percentile is the slowest one


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantiles:
    """Seconds, by nearest rank: each was really measured."""

    p50: float
    p95: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Latency:
    """Of `events` that came out at one end; None for a hop that the end does not have or that nothing tells of."""

    target: Target
    events: int
    after_event_log: Quantiles | None
    in_all: Quantiles
    readable_after: Quantiles | None


def latencies(seen: Mapping[Target, Sequence[Sighting]], *, sent_ms: int) -> Iterator[Latency]:
    """Of the first arrival of each event, the event log's first; targets where none arrived are left out."""
    logged = {log_id: each.written_ms for log_id, each in first_of(seen.get(Target.EVENT_LOG, ())).items()}
    for target in sorted(Target, key=lambda each: each is not Target.EVENT_LOG):
        first = first_of(seen.get(target, ()))
        if not first:
            continue
        is_event_log = target is Target.EVENT_LOG
        done = {log_id: each.written_ms if is_event_log else each.at_ms for log_id, each in first.items()}
        after = [done[log_id] - logged[log_id] for log_id in done if log_id in logged]
        readable = [each.written_ms - each.at_ms for each in first.values()]
        yield Latency(
            target=target,
            events=len(first),
            after_event_log=None if is_event_log else quantiles(after),
            in_all=of_some([at - sent_ms for at in done.values()]),
            readable_after=None if is_event_log else quantiles(readable),
        )


def first_of(sightings: Sequence[Sighting]) -> dict[str, Sighting]:
    first: dict[str, Sighting] = {}
    for each in sightings:
        if each.log_id not in first or each.at_ms < first[each.log_id].at_ms:
            first[each.log_id] = each
    return first


def quantiles(milliseconds: Sequence[int]) -> Quantiles | None:
    return of_some(milliseconds) if milliseconds else None


def of_some(milliseconds: Sequence[int]) -> Quantiles:
    ordered = sorted(milliseconds)

    def rank(share: float) -> float:
        return ordered[math.ceil(share * len(ordered)) - 1] / 1_000

    return Quantiles(p50=rank(0.5), p95=rank(0.95))
