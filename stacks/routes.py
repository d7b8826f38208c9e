"""Which Auth0 log types go to which targets?"""

from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from stacks.route import ALL_LOG_TYPES, Route, Target

ROUTES = (
    Route(
        name="Everything",
        targets=(Target.STREAM, Target.EVENT_LOG),
        log_types=ALL_LOG_TYPES,
    ),
    Route(
        name="AttackProtection",
        targets=(Target.ALERT,),
        log_types=ATTACK_PROTECTION,
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
