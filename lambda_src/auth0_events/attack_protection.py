"""Which log types tell of an attack that Auth0 has met?

https://auth0.com/docs/secure/attack-protection
"""

from lambda_src.auth0_events.log_types import require_known

# No category holds them: Auth0 files most under `other`, limit_wc and limit_mu under `system.notification`.
ATTACK_PROTECTION = require_known(
    (
        "gd_otp_rate_limit_exceed",
        "gd_recovery_rate_limit_exceed",
        "limit_delegation",
        "limit_mu",
        "limit_phone",
        "limit_sul",
        "limit_wc",
        "pwd_leak",
        "reset_pwd_leak",
        "signup_pwd_leak",
    )
)
