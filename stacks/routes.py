"""Which Auth0 log types go to which targets?"""

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
