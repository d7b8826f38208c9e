"""Which log types count as what?"""

from lambda_src.auth0_events.log_types import codes_of, require_known

# CloudWatch metric name -> log types
METRICS = {
    "Logins": codes_of("auth.login.success"),
    "FailedLogins": codes_of("auth.login.fail"),
    "Signups": codes_of("auth.signup.success"),
    "FailedSignups": codes_of("auth.signup.fail"),
}
# Counted by type too. No category holds them: Auth0 files most of them under "other".
ATTACKS = require_known(
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
