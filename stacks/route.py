"""What is a route: which log types to which targets?"""

import re
from dataclasses import dataclass
from enum import StrEnum

from lambda_src.auth0_events.log_types import require_known

LONGEST_NAME = 64  # https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
MOST_TARGETS = 5  # of one rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html


class Target(StrEnum):
    """Where events can go. The value is the name in the `targets` setting and in the demo's table."""

    ALERT = "lambda"
    STREAM = "kinesis"
    EVENT_LOG = "logs"
    TASK = "ecs"
    INSTANCES = "ec2"


# The event log is part of every environment: it is how an operator sees that events arrive at all.
SELECTABLE_TARGETS = frozenset(Target) - {Target.EVENT_LOG}
PASCAL_CASE = re.compile(rf"[A-Z][A-Za-z0-9]{{0,{LONGEST_NAME - 1}}}")
ALL_LOG_TYPES = None  # not an empty tuple: that is what a category without codes gives


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One rule on every bus: events of `log_types` go to all `targets` in parallel.

    `log_types` are Auth0's codes, listed and never a prefix: `s*` would take `signup_pwd_leak` for a success.
    ALL_LOG_TYPES takes every event, codes that Auth0 will add tomorrow included.
    Raises UnknownLogType (with the nearest known codes), or ValueError for a set of targets that a rule cannot have.
    """

    name: str
    targets: tuple[Target, ...]
    log_types: tuple[str, ...] | None

    def __post_init__(self) -> None:
        # whatever its type hints say: it is written by hand, and read by Python alone
        if not isinstance(self.name, str) or not PASCAL_CASE.fullmatch(self.name):
            raise ValueError(
                f"route name {self.name!r} becomes a rule's name and part of logical ids; expected PascalCase letters "
                f"and digits, {LONGEST_NAME} at most"
            )
        if not is_tuple_of(self.targets, Target):
            raise ValueError(
                f"route {self.name} has targets={self.targets!r}; expected a tuple like (Target.TASK,), with its comma"
            )
        # a task takes two of the rule's targets: its inbox, and its start
        if not 1 <= len(set(self.targets)) == len(self.targets) <= MOST_TARGETS - (Target.TASK in self.targets):
            raise ValueError(
                f"route {self.name} has targets {', '.join(self.targets)}; expected 1 to "
                f"{MOST_TARGETS} different ones, where {Target.TASK} counts twice"
            )
        if self.log_types is not ALL_LOG_TYPES and not is_tuple_of(self.log_types, str):
            raise ValueError(
                f'route {self.name} has log_types={self.log_types!r}; expected a tuple like ("sdu",), with its comma, '
                "or ALL_LOG_TYPES"
            )
        if self.log_types == ():
            raise ValueError(f"route {self.name} has no log types; expected some of Auth0's codes, or ALL_LOG_TYPES")
        require_known(self.log_types or ())

    def takes(self, log_type: str) -> bool:
        return self.log_types is None or log_type in self.log_types


def is_tuple_of(value: object, kind: type) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, kind) for item in value)
