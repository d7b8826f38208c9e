"""Which log types count as what?"""

from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from lambda_src.auth0_events.log_types import codes_of

# CloudWatch metric name -> log types
METRICS = {
    "Logins": codes_of("auth.login.success"),
    "FailedLogins": codes_of("auth.login.fail"),
    "Signups": codes_of("auth.signup.success"),
    "FailedSignups": codes_of("auth.signup.fail"),
}
ATTACKS = ATTACK_PROTECTION  # counted by type too
