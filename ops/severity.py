"""How grave is what an Auth0 log tells?

Auth0's logs have no field for it. It follows here from the log type alone: an attack that Auth0 has met, then what the
codes below say, then the log type's filter category, whose name ends in `fail`, `success` or `notification`.
https://auth0.com/docs/customize/log-streams/event-filters
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from lambda_src.auth0_events.attack_protection import ATTACK_PROTECTION
from lambda_src.auth0_events.log_types import LOG_TYPES, require_known


class Severity(StrEnum):
    """From the gravest down. `NEW`: a log type that the catalogue does not have, which may be any of the others."""

    ATTACK = "attack"
    FAILURE = "failure"
    WARNING = "warning"
    NEW = "new"
    INFORMATION = "information"
    SUCCESS = "success"


# Codes whose category says nothing about them (`other`, `system.notification`, `actions`, …), or says it wrongly: feta,
# which is named Failed Exchange, is in auth.token_exchange.success.
_FAILURES = (
    *("actions_execution_failed", "ciba_start_failed", "custom_domain_verification_failed", "directory_sync_failed"),
    *("fco", "fcpro", "fdeac", "feta", "fi", "flows_execution_failed", "forms_submission_failed", "fpar", "fpurh"),
    *("fscim", "fui", "gd_auth_fail_email_verification", "gd_auth_failed", "gd_auth_rejected", "gd_recovery_failed"),
    *("gd_send_email_verification_failure", "gd_send_pn_failure", "gd_send_sms_failure", "gd_send_voice_failure"),
    *("gd_start_enroll_failed", "gd_webauthn_challenge_failed", "gd_webauthn_enrollment_failed"),
    *("kms_key_management_failure", "passkey_challenge_failed", "rich_consents_access_error"),
)
_WARNINGS = ("api_limit", "api_limit_warning", "coff", "depnote", "too_many_records", "w", "wn", "wum")
_SUCCESSES = (
    *("ciba_start_succeeded", "directory_sync_completed", "flows_execution_completed", "forms_submission_succeeded"),
    *(
        "gd_auth_email_verification",
        "gd_auth_succeed",
        "gd_enrollment_complete",
        "gd_recovery_succeed",
        "gd_send_voice",
    ),
    *("kms_key_management_success", "resource_cleanup", "scv", "si", "sscim"),
)
_LISTED = (
    (ATTACK_PROTECTION, Severity.ATTACK),
    (require_known(_FAILURES), Severity.FAILURE),
    (require_known(_WARNINGS), Severity.WARNING),
    (require_known(_SUCCESSES), Severity.SUCCESS),
)
_BY_CODE = {code: severity for codes, severity in _LISTED for code in codes}
_BY_ENDING = {"fail": Severity.FAILURE, "success": Severity.SUCCESS}  # of the category's name


def _of_category(category: str) -> Severity:
    return _BY_ENDING.get(category.rpartition(".")[2], Severity.INFORMATION)


SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {code: _BY_CODE.get(code) or _of_category(each.category) for code, each in LOG_TYPES.items()}
)


def severity(log_type: str) -> Severity:
    """Of a log with this `type`, whatever it is."""
    return SEVERITIES.get(log_type, Severity.NEW)
