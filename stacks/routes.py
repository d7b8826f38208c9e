"""Which Auth0 log types go to which targets?"""

from dataclasses import dataclass
from enum import StrEnum

from lambda_src.auth0_events.log_types import require_known

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
ALL_LOG_TYPES: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One rule on every bus: events of `log_types` go to all `targets` in parallel.

    `log_types` are Auth0's codes, listed and never a prefix: `s*` would take `signup_pwd_leak` for a success.
    ALL_LOG_TYPES takes every event, codes that Auth0 will add tomorrow included.
    Raises UnknownLogType (with the nearest known codes), or ValueError for a set of targets that a rule cannot have.
    """

    name: str
    targets: tuple[Target, ...]
    log_types: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.name.isalnum() or not self.name[:1].isupper():
            raise ValueError(
                f"route name {self.name!r} becomes part of logical ids; expected PascalCase letters and digits"
            )
        if not 1 <= len(set(self.targets)) == len(self.targets) <= MOST_TARGETS:
            raise ValueError(
                f"route {self.name} has targets {list(self.targets)}; expected 1 to {MOST_TARGETS} different ones"
            )
        require_known(self.log_types)


ROUTES = (
    Route(
        name="Everything",
        targets=(Target.STREAM, Target.EVENT_LOG),
        log_types=ALL_LOG_TYPES,
    ),
    Route(
        name="AttackProtection",
        targets=(Target.ALERT,),
        log_types=(
            "limit_delegation",
            "limit_mu",
            "limit_phone",
            "limit_sul",
            "limit_wc",
            "pwd_leak",
            "reset_pwd_leak",
            "signup_pwd_leak",
            "gd_otp_rate_limit_exceed",
            "gd_recovery_rate_limit_exceed",
        ),
    ),
    Route(
        name="UserDeletion",
        targets=(Target.TASK,),
        log_types=("sdu",),
    ),
    Route(
        name="TenantChanges",
        targets=(Target.INSTANCES,),
        # mgmt_api_read changes nothing and is by far the most frequent of its category: not here.
        log_types=(
            "sapi",
            "gd_tenant_update",
            "kms_key_management_failure",
            "kms_key_management_success",
            "kms_key_state_changed",
            "organization_member_added",
        ),
    ),
)
