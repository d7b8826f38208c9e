"""How many of what are in a batch of logs?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from lambda_src.activity.counted_types import ATTACKS, METRICS
from lambda_src.auth0_events.envelope import Auth0Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What is in a batch and in no batch before it, each log counted once.

    `log_ids` are those that are counted now, `already_counted` is how many an earlier batch had. `counts` has every
    metric, those that are 0 too; `attacks_by_type` only the log types that occur, all of them from the catalogue.
    """

    log_ids: tuple[str, ...]
    already_counted: int
    counts: Mapping[str, int]
    attacks_by_type: Mapping[str, int]


def activity_of(logs: Iterable[Auth0Log], *, already_counted: Set[str] = frozenset()) -> Activity:
    """Delivery is at least once: logs with the same log_id are one log, the first of them.

    `already_counted` are log ids of earlier batches.
    """
    log_types: dict[str, str] = {}
    for log in logs:
        log_types.setdefault(log.log_id, log.type)
    earlier = log_types.keys() & already_counted
    for log_id in earlier:
        del log_types[log_id]
    by_type = Counter(log_types.values())
    attacks = {code: by_type[code] for code in ATTACKS if by_type[code]}
    counts = {
        "Events": len(log_types),
        **{metric: sum(by_type[code] for code in codes) for metric, codes in METRICS.items()},
        "Attacks": sum(attacks.values()),
    }
    return Activity(log_ids=tuple(log_types), already_counted=len(earlier), counts=counts, attacks_by_type=attacks)
