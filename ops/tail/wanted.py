"""Which events does the operator want to see?

Decided here and not by a filter pattern of CloudWatch's: what the operator writes would have to be quoted for it, and
the local AWS reads patterns in its own way.
"""

from collections.abc import Collection
from dataclasses import dataclass

from lambda_src.auth0_events.log_types import LOG_TYPES, codes_of
from ops.event_log import Seen

NEW = "new"  # the category of log types that the catalogue does not have


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """None of a kind: all of it. One of its kind is enough, and each kind that is given must fit.

    `codes`: log types; `new`: all that the catalogue does not have, too. Clients, connections: in lower case.
    `bus`: as `--bus` calls it, before it is known which there are; `source`: what its events' sources begin with.
    """

    codes: frozenset[str] | None = None
    new: bool = False
    clients: frozenset[str] | None = None
    connections: frozenset[str] | None = None
    bus: str | None = None
    source: str | None = None

    @property
    def is_all(self) -> bool:
        return self == Wanted()

    def __contains__(self, seen: Seen) -> bool:
        log = seen.log
        return (
            (self.codes is None or log.type in self.codes or (self.new and log.type not in LOG_TYPES))
            and (self.clients is None or not self.clients.isdisjoint(_lower((log.client_id, log.client_name))))
            and (self.connections is None or not self.connections.isdisjoint(_lower((log.connection,))))
            and (self.source is None or seen.source.startswith(self.source))
        )


def wanted(
    *,
    types: Collection[str],
    categories: Collection[str],
    clients: Collection[str],
    connections: Collection[str],
    bus: str | None,
) -> Wanted:
    """From what an operator writes. A type may be newer than the catalogue. Raises UnknownCategory: one line with the
    nearest known ones.
    """
    codes = frozenset(types).union(*(codes_of(each) for each in categories if each != NEW))
    return Wanted(
        codes=codes if types or categories else None,
        new=NEW in categories,
        clients=_lower(clients) if clients else None,
        connections=_lower(connections) if connections else None,
        bus=bus,
    )


def _lower(texts: Collection[str]) -> frozenset[str]:
    return frozenset(text.casefold() for text in texts)
