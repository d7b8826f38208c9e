"""Which log types does Auth0 have, and in which filter category is each?

Sources: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes and
https://auth0.com/docs/customize/log-streams/event-filters, collected 2026-11-23. Seven codes have no name there any
more (admin_update_launch, coff, con, sys_*): they have the one that older versions of the first page gave them.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

LONGEST_SHOWN = 60  # characters of a wrong value that an error message repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class LogType:
    """One kind of log: `code` is `detail.data.type` of its events, `category` the log stream filter that carries it."""

    code: str
    name: str
    category: str


class UnknownLogType(ValueError):
    """A code that the catalogue does not have. One line: the code, and the nearest known ones."""

    def __init__(self, code: object) -> None:
        nearest = ", ".join(nearest_codes(code if isinstance(code, str) else repr(code)))
        super().__init__(f"unknown Auth0 log type {_shown(code)}; nearest known: {nearest}")


class UnknownCategory(ValueError):
    """A name that is no filter category. One line: the name, and the nearest known ones."""

    def __init__(self, category: object) -> None:
        nearest = ", ".join(_nearest(category if isinstance(category, str) else repr(category), CATEGORIES))
        super().__init__(f"unknown Auth0 log category {_shown(category)}; nearest known: {nearest}")


def require_known(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes, in their order, if the catalogue has each of them.

    For what a person writes: routes and requests. Events are never checked so: an unknown code there is new, not wrong.
    Raises UnknownLogType for the first unknown one, TypeError for a lone string (its characters may be codes as well).
    """
    if isinstance(codes, str):
        raise TypeError(f"expected a list of log type codes, not the string {_shown(codes)}")
    listed = tuple(codes)
    for code in listed:
        if not isinstance(code, str) or code not in LOG_TYPES:
            raise UnknownLogType(code)
    return listed


def nearest_codes(code: str) -> tuple[str, ...]:
    """One to three known codes spelled most like `code`; all codes of a category if `code` is the name of one."""
    return CATEGORIES.get(code) or _nearest(code, LOG_TYPES)


def codes_of(category: str) -> tuple[str, ...]:
    """The codes of a filter category, sorted; `management.fail` has none. Raises UnknownCategory."""
    if not isinstance(category, str) or category not in CATEGORIES:
        raise UnknownCategory(category)
    return CATEGORIES[category]


def _nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    known = tuple(known)
    word = word[:LONGEST_SHOWN].lower()
    close = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    return tuple(close or difflib.get_close_matches(word, known, n=1, cutoff=0.0))


def _shown(value: object) -> str:
    text = repr(value)  # keeps line breaks out of the message
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


_CODE_NAME_CATEGORY = (
    ("acls_summary", "Network ACLs Summary", "other"),
    ("actions_execution_failed", "Actions Execution Failed", "actions"),
    ("acul_sdk_notice", "ACUL SDK Notice", "system.notification"),
    ("admin_update_launch", "Auth0 Update Launched", "system.notification"),
    ("api_limit", "Rate Limit on the Authentication or Management APIs", "system.notification"),
    ("api_limit_warning", "Rate Limit Warning on the Authentication or Management APIs", "system.notification"),
    ("appi", "Notice for API Peak Performance initiated", "system.notification"),
    ("ciba_exchange_failed", "Failed CIBA Exchange", "auth.token_exchange.fail"),
    ("ciba_exchange_succeeded", "Successful CIBA Exchange", "auth.token_exchange.success"),
    ("ciba_start_failed", "Failed CIBA Start", "other"),
    ("ciba_start_succeeded", "Successful CIBA Start", "other"),
    ("cls", "Code/Link Sent", "other"),
    ("coff", "Connector Offline", "system.notification"),
    ("con", "Connector Online", "system.notification"),
    ("connected_accounts_connection_failed", "Failed Connected Account Connection", "user.fail"),
    ("connected_accounts_connection_succeeded", "Successful Connected Account Connection", "user.success"),
    ("connected_accounts_delete_failed", "Failed Connected Account Delete", "user.fail"),
    ("connected_accounts_delete_succeeded", "Successful Connected Account Delete", "user.success"),
    ("cs", "Code Sent", "user.notification"),
    ("custom_domain_verification_failed", "Custom Domain Verification Failed", "system.notification"),
    ("depnote", "Deprecation Notice", "system.notification"),
    ("directory_sync_completed", "Inbound Directory Sync Completed", "system.notification"),
    ("directory_sync_failed", "Inbound Directory Sync Failed", "system.notification"),
    ("directory_sync_started", "Inbound Directory Sync Started", "system.notification"),
    ("f", "Failed Login", "auth.login.fail"),
    ("failed_on_behalf_of_token_exchange", "Failed Exchange", "auth.token_exchange.fail"),
    ("fc", "Failed by Connector", "auth.login.fail"),
    ("fce", "Failed Change Email", "user.fail"),
    ("fco", "Failed by CORS", "other"),
    ("fcoa", "Failed cross-origin authentication", "auth.login.fail"),
    ("fcp", "Failed Change Password", "user.fail"),
    ("fcph", "Failed Post Change Password Hook", "user.fail"),
    ("fcpn", "Failed Change Phone Number", "user.fail"),
    ("fcpr", "Failed Change Password Request", "user.fail"),
    ("fcpro", "Failed Connector Provisioning", "system.notification"),
    ("fcu", "Failed Change Username", "user.fail"),
    ("fd", "Failed Delegation", "user.fail"),
    ("fdeac", "Failed Device Activation", "other"),
    ("fdeaz", "Failed Device Authorization Request", "user.fail"),
    ("fdecc", "User Canceled Device Confirmation", "user.fail"),
    ("fdeleacft", "Failed to Exchange Delegated Authorization Code for Access Token", "auth.token_exchange.fail"),
    ("fdelsa", "Failed Delegated Silent Authentication", "auth.silent_auth.fail"),
    ("fdu", "Failed User Deletion", "user.fail"),
    ("feacft", "Failed Exchange", "auth.token_exchange.fail"),
    ("feccft", "Failed Exchange", "auth.token_exchange.fail"),
    ("fecte", "Failed Exchange", "auth.token_exchange.fail"),
    ("fede", "Failed Exchange", "auth.token_exchange.fail"),
    ("federated_logout_failed", "Failed Federated Logout", "auth.logout.fail"),
    ("fens", "Failed Exchange", "auth.login.fail"),
    ("feoobft", "Failed Exchange", "auth.token_exchange.fail"),
    ("feotpft", "Failed Exchange", "auth.token_exchange.fail"),
    ("fepft", "Failed Exchange", "auth.token_exchange.fail"),
    ("fepotpft", "Failed Exchange", "auth.token_exchange.fail"),
    ("fercft", "Failed Exchange", "auth.token_exchange.fail"),
    ("ferrt", "Failed Exchange", "auth.token_exchange.fail"),
    ("fertft", "Failed Exchange", "auth.token_exchange.fail"),
    ("feta", "Failed Exchange", "auth.token_exchange.success"),
    ("fi", "Failed invite accept", "other"),
    ("flo", "Failed Logout", "auth.logout.fail"),
    ("flows_execution_completed", "Flows Execution Completed", "other"),
    ("flows_execution_failed", "Flows Execution Failed", "other"),
    ("fn", "Failed Sending Notification", "user.fail"),
    ("forms_submission_failed", "Forms Submission Failed", "other"),
    ("forms_submission_succeeded", "Forms Submission Succeeded", "other"),
    ("fp", "Failed Login (Incorrect Password)", "auth.login.fail"),
    ("fpar", "Failed Pushed Authorization Request", "other"),
    ("fpurh", "Failed Post User Registration Hook", "other"),
    ("fs", "Failed Signup", "auth.signup.fail"),
    ("fsa", "Failed Silent Auth", "auth.silent_auth.fail"),
    ("fscim", "Failed SCIM Operation", "scim.event"),
    ("fu", "Failed Login (Invalid Email/Username)", "auth.login.fail"),
    ("fui", "Failed users import", "system.notification"),
    ("fv", "Failed Verification Email", "user.fail"),
    ("fvr", "Failed Verification Email Request", "user.fail"),
    ("gd_auth_email_verification", "Email Verification Confirmed", "other"),
    ("gd_auth_fail_email_verification", "Email Verification Failed", "other"),
    ("gd_auth_failed", "MFA Auth failed", "other"),
    ("gd_auth_rejected", "MFA Auth rejected", "other"),
    ("gd_auth_succeed", "MFA Auth success", "other"),
    ("gd_enrollment_complete", "MFA enrollment complete", "user.notification"),
    ("gd_otp_rate_limit_exceed", "Too many MFA failures", "other"),
    ("gd_recovery_failed", "Recovery failed", "other"),
    ("gd_recovery_rate_limit_exceed", "Multi-factor recovery code has failed too many times", "other"),
    ("gd_recovery_succeed", "MFA recovery success", "other"),
    ("gd_send_email", "MFA Email Sent", "other"),
    ("gd_send_email_verification", "Email Verification Sent", "other"),
    ("gd_send_email_verification_failure", "Email Verification Failed", "other"),
    ("gd_send_pn", "Push notification sent", "other"),
    ("gd_send_pn_failure", "Error Sending MFA Push Notification", "other"),
    ("gd_send_sms", "MFA SMS Sent", "other"),
    ("gd_send_sms_failure", "Error Sending MFA SMS", "other"),
    ("gd_send_voice", "MFA voice call success", "other"),
    ("gd_send_voice_failure", "MFA voice call failed", "other"),
    ("gd_start_auth", "Second factor started", "other"),
    ("gd_start_enroll", "MFA Enroll started", "user.notification"),
    ("gd_start_enroll_failed", "MFA Enrollment Failed", "other"),
    ("gd_tenant_update", "Guardian tenant update", "other"),
    ("gd_unenroll", "Unenroll device account", "user.notification"),
    ("gd_update_device_account", "Update device account", "user.notification"),
    ("gd_webauthn_challenge_failed", "WebAuthn browser error", "other"),
    ("gd_webauthn_enrollment_failed", "WebAuthn browser error", "other"),
    ("idjag_exchange_failed", "Failed Exchange", "auth.token_exchange.fail"),
    ("idjag_exchange_succeeded", "Success Exchange", "auth.token_exchange.success"),
    ("jwt_bearer_exchange_failed", "Failed Exchange", "auth.token_exchange.fail"),
    ("kms_key_management_failure", "Failed KMS API Operation", "other"),
    ("kms_key_management_success", "Success KMS API Operation", "other"),
    ("kms_key_state_changed", "KMS Key State Change", "other"),
    ("limit_delegation", "Too Many Calls to /delegation", "system.notification"),
    ("limit_mu", "Blocked IP Address", "system.notification"),
    ("limit_phone", "Blocked Phone Delivery - Too many phone delivery attempts", "system.notification"),
    ("limit_sul", "Blocked Account", "other"),
    ("limit_wc", "Blocked Account", "system.notification"),
    ("mfar", "MFA Required", "other"),
    ("mgmt_api_read", "Management API read Operation", "management.success"),
    (
        "my_account_authentication_method_failed",
        "Failed authentication method operation in My Account API",
        "user.fail",
    ),
    (
        "my_account_authentication_method_succeeded",
        "Successful authentication method operation in My Account API",
        "user.success",
    ),
    ("oidc_backchannel_logout_failed", "Failed OIDC Back-Channel Logout request", "auth.logout.fail"),
    ("oidc_backchannel_logout_succeeded", "Successful OIDC Back-Channel Logout request", "auth.logout.success"),
    ("organization_member_added", "Organization Member Added", "other"),
    ("passkey_challenge_failed", "Passkey Challenge Failed", "other"),
    ("passkey_challenge_started", "Passkey Challenge Started", "other"),
    ("pla", "Pre-login assessment", "other"),
    ("pwd_leak", "Breached password", "other"),
    ("reset_pwd_leak", "Breached Password on Reset", "other"),
    ("resource_cleanup", "Success Resource Cleanup", "other"),
    ("rich_consents_access_error", "Rich Consents Access Error", "other"),
    ("s", "Success Login", "auth.login.success"),
    ("sapi", "Success API Operation", "management.success"),
    ("sce", "Success Change Email", "user.success"),
    ("scoa", "Success cross-origin authentication", "auth.login.success"),
    ("scp", "Success Change Password", "user.success"),
    ("scpn", "Success Change Phone Number", "user.success"),
    ("scpr", "Success Change Password Request", "user.success"),
    ("scu", "Success Change Username", "user.success"),
    ("scv", "Success Credential Validation", "auth.login.notification"),
    ("sd", "Success Delegation", "user.success"),
    ("sdel", "Successful Delegated Login", "auth.login.success"),
    (
        "sdeleacft",
        "Successful Exchange of Delegated Authorization Code for Access Token",
        "auth.token_exchange.success",
    ),
    ("sdelsa", "Successful Delegated Silent Authentication", "auth.silent_auth.success"),
    ("sdu", "Success User Deletion", "user.success"),
    ("seacft", "Success Exchange", "auth.token_exchange.success"),
    ("seccft", "Success Exchange", "auth.token_exchange.success"),
    ("secte", "Success Exchange", "auth.token_exchange.success"),
    ("sede", "Success Exchange", "auth.token_exchange.success"),
    ("sens", "Success Exchange", "auth.login.success"),
    ("seoobft", "Success Exchange", "auth.token_exchange.success"),
    ("seotpft", "Success Exchange", "auth.token_exchange.success"),
    ("sepft", "Success Exchange", "auth.token_exchange.success"),
    ("sepkoobft", "Success Exchange", "auth.token_exchange.success"),
    ("sepkotpft", "Success Exchange", "auth.token_exchange.success"),
    ("sepkrcft", "Success Exchange", "auth.token_exchange.success"),
    ("sercft", "Success Exchange", "auth.token_exchange.success"),
    ("sertft", "Success Exchange", "auth.token_exchange.success"),
    ("seta", "Success Exchange", "auth.token_exchange.success"),
    ("si", "Successfully accepted a user invite", "other"),
    ("signup_pwd_leak", "Breached Password on Signup", "other"),
    ("slo", "Success Logout", "auth.logout.success"),
    ("srrt", "Successfully revoked a refresh token", "user.success"),
    ("ss", "Success Signup", "auth.signup.success"),
    ("ss_sso_failure", "Failed SS-SSO Operation", "user.fail"),
    ("ss_sso_info", "Information from an SS-SSO Operation", "user.notification"),
    ("ss_sso_success", "Success SS-SSO Operation", "user.success"),
    ("ssa", "Success Silent Auth", "auth.silent_auth.success"),
    ("sscim", "Successful SCIM Operation", "scim.event"),
    ("success_on_behalf_of_token_exchange", "Success Exchange", "auth.token_exchange.success"),
    ("sui", "Successfully imported users", "user.success"),
    ("sv", "Success Verification Email", "user.success"),
    ("svr", "Success Verification Email Request", "user.success"),
    ("sys_os_update_end", "Auth0 OS Update Ended", "system.notification"),
    ("sys_os_update_start", "Auth0 OS Update Started", "system.notification"),
    ("sys_update_end", "Auth0 Update Ended", "system.notification"),
    ("sys_update_start", "Auth0 Update Started", "system.notification"),
    ("too_many_records", "Max Amount of Authenticators", "other"),
    ("ublkdu", "User login block released", "user.notification"),
    ("universal_logout_failed", "Failed Universal Logout request", "auth.logout.fail"),
    ("universal_logout_succeeded", "Successful Universal Logout request", "auth.logout.success"),
    ("w", "Warning During Login", "auth.login.notification"),
    ("wn", "Warning Sending Notification", "other"),
    ("wum", "Warning User Management", "other"),
)
_CATEGORY_NAMES = (
    "auth.login.fail",
    "auth.login.notification",
    "auth.login.success",
    "auth.logout.fail",
    "auth.logout.success",
    "auth.signup.fail",
    "auth.signup.success",
    "auth.silent_auth.fail",
    "auth.silent_auth.success",
    "auth.token_exchange.fail",
    "auth.token_exchange.success",
    "management.fail",  # Auth0 lists it; no code is in it
    "management.success",
    "scim.event",
    "system.notification",
    "user.fail",
    "user.notification",
    "user.success",
    "actions",
    "other",
)

LOG_TYPES: Mapping[str, LogType] = MappingProxyType(
    {code: LogType(code=code, name=name, category=category) for code, name, category in _CODE_NAME_CATEGORY}
)
CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        category: tuple(log_type.code for log_type in LOG_TYPES.values() if log_type.category == category)
        for category in _CATEGORY_NAMES
    }
)
