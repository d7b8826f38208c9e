"""Which log types come, how often, and how large? As in the scenarios of `ops send`."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from statistics import fmean

from lambda_src.auth0_events.envelope import PARTNER_SOURCE_PREFIX, Auth0Log, envelope
from ops.cost.volume import Mix
from ops.send.scenarios.catalogue import SCENARIOS
from ops.send.scenarios.story import logs_of

# 99 events of a hundred are of a day on which nothing happens, the hundredth of one of the three that tell of more.
WEIGHTS = {"quiet-day": 297, "credential-stuffing": 1, "tenant-takeover": 1, "signup-burst": 1}
SCALES = {"quiet-day": 4}  # a larger sample: what is rare in it is not rarer than in a day of 150 visits
SEED = 1
END = datetime(2026, 11, 1, tzinfo=UTC)
SOURCE = f"{PARTNER_SOURCE_PREFIX}example-tenant-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs"


def mix_of(weights: Mapping[str, float] = WEIGHTS, event_bytes: float | None = None) -> Mix:
    """`weights`: of each scenario, by its name. `event_bytes`: instead of what its logs have."""
    whole = sum(weights.values())
    shares: Counter[str] = Counter()
    size = 0.0
    for name, weight in weights.items():
        told = mix_of_scenario(name)
        for code, share in told.shares.items():
            shares[code] += weight / whole * share  # type: ignore[assignment] # a Counter takes fractions
        size += weight / whole * told.event_bytes
    return Mix(shares=shares, event_bytes=event_bytes or size)


@cache
def mix_of_scenario(name: str) -> Mix:
    logs = sample(name)
    counts = Counter(log.type for log in logs)
    return Mix(
        shares={code: count / len(logs) for code, count in counts.items()}, event_bytes=fmean(map(event_size, logs))
    )


def sample(name: str) -> list[Auth0Log]:
    scenario = SCENARIOS[name]
    told = scenario.happenings(seed=SEED, scale=SCALES.get(name, 1))
    start = END - timedelta(seconds=scenario.seconds)
    return list(logs_of(told, seconds=scenario.seconds, seed=SEED, start=start, end=END))


def event_size(log: Auth0Log) -> int:
    """Bytes of the whole event."""
    event = envelope(
        log,
        source=SOURCE,
        account="123456789012",
        region="us-east-1",
        event_id="0b1c2d3e-4f56-7890-abcd-ef1234567890",
        time="2026-11-01T00:00:00Z",
    )
    return len(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode())
