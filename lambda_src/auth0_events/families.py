"""Which fields, apart from its details, does a log of each type have?

The templates are of `templates.prepared`. The families follow which fields Auth0 documents for each type,
https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes, narrowed to what is known in the situation:
a failed login for an unknown user has no user id, a system notification has no user.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lambda_src.auth0_events.values import DATABASE, DIRECTORY, EMAIL, ENTERPRISE, SMS, SOCIAL, Connection

_AGENT = {"user_agent": "{user_agent}", "is_mobile": "{is_mobile}"}
_REQUEST = {"ip": "{ip}", **_AGENT}
_HOST = {"hostname": "{host}"}
_CLIENT = {"client_id": "{client_id}", "client_name": "{client_name}"}
_CONNECTION = {"connection": "{connection}", "connection_id": "{connection_id}"}
_STRATEGY = {"strategy": "{strategy}", "strategy_type": "{strategy_type}"}
_USER = {"user_id": "{user_id}", "user_name": "{email}"}
_ORGANIZATION = {"organization_id": "{organization_id}", "organization_name": "{organization_name}"}
_AUDIENCE = {"audience": "{audience}"}
_ACCESS = {**_AUDIENCE, "scope": "{scope}"}
_LOGIN = {**_REQUEST, **_CLIENT, **_CONNECTION, **_STRATEGY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Log types with the same fields; `connections` are those that their users can come by."""

    fields: Mapping[str, Any]
    codes: tuple[str, ...]
    connections: tuple[Connection, ...] = (DATABASE, SOCIAL, ENTERPRISE)


# fmt: off (one line of codes reads as one set)
_FAMILIES = (
    # Logins and what belongs to a user's account
    Family(
        fields={**_LOGIN, **_HOST, **_USER},
        codes=(
            "s",
            "f",
            "sdel",
            "scv",
            "mfar",
            "actions_execution_failed",
            "flows_execution_completed",
            "flows_execution_failed",
            "forms_submission_failed",
            "forms_submission_succeeded",
        ),
    ),
    Family(fields={**_LOGIN, **_HOST, **_USER}, connections=(DATABASE,), codes=("scoa", "ss")),
    Family(
        fields={**_LOGIN, **_USER},
        connections=(DATABASE,),
        codes=(
            "fp",
            "fcp",
            "fcph",
            "fcpn",
            "fcpr",
            "fcu",
            "fpurh",
            "fvr",
            "sce",
            "scp",
            "scpn",
            "scpr",
            "scu",
            "sv",
            "svr",
            "ublkdu",
        ),
    ),
    Family(
        fields={**_LOGIN, **_USER, "email": "{email}", "title": "Verify your email", "body": {}, "query": {}},
        connections=(DATABASE,),
        codes=("fv",),
    ),
    Family(fields={**_LOGIN, "user_name": "{email}"}, connections=(DATABASE,), codes=("fu", "fs")),
    Family(fields={**_LOGIN, **_USER}, connections=(DIRECTORY,), codes=("fc",)),
    Family(fields={**_LOGIN, "user_id": "", "user_name": "{email}"}, connections=(EMAIL,), codes=("cls",)),
    Family(fields={**_LOGIN, "user_id": "", "user_name": "{phone}"}, connections=(SMS,), codes=("cs",)),
    Family(fields={**_AGENT, **_CLIENT, **_CONNECTION, **_STRATEGY, **_USER}, connections=(DATABASE,), codes=("fce",)),
    Family(fields={**_REQUEST, **_CONNECTION, **_STRATEGY, **_USER}, codes=("sdu", "fdu")),
    Family(fields={**_LOGIN, **_USER, **_ACCESS}, codes=("fdeac", "w")),
    Family(fields={**_LOGIN, "user_name": "{email}", **_ACCESS}, connections=(DATABASE,), codes=("fcoa",)),
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, **_USER},
        codes=(
            "fd",
            "fdeleacft",
            "feacft",
            "fede",
            "flo",
            "passkey_challenge_failed",
            "passkey_challenge_started",
            "pla",
            "sd",
            "slo",
            "srrt",
        ),
    ),
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, **_USER, **_ORGANIZATION},
        codes=(
            "fi",
            "si",
            "organization_member_added",
        ),
    ),
    Family(
        fields={**_REQUEST, **_HOST, "client_id": "{client_id}", **_CONNECTION, **_USER},
        codes=(
            "connected_accounts_connection_failed",
            "connected_accounts_connection_succeeded",
            "connected_accounts_delete_failed",
            "connected_accounts_delete_succeeded",
            "my_account_authentication_method_failed",
            "my_account_authentication_method_succeeded",
        ),
    ),
    Family(
        fields={**_REQUEST, **_USER},
        codes=(
            "federated_logout_failed",
            "universal_logout_failed",
            "universal_logout_succeeded",
        ),
    ),
    Family(
        fields={**_AGENT, **_CLIENT, **_USER},
        codes=(
            "oidc_backchannel_logout_failed",
            "oidc_backchannel_logout_succeeded",
            "wn",
        ),
    ),
    Family(fields={**_AGENT, **_USER}, codes=("wum",)),
    # Attack protection: an address that tries many accounts has no user, an account that many try has one
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, **_USER},
        connections=(DATABASE,),
        codes=(
            "limit_sul",
            "limit_wc",
            "pwd_leak",
            "reset_pwd_leak",
        ),
    ),
    Family(fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION}, connections=(DATABASE,), codes=("limit_mu",)),
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, "user_name": "{email}"},
        connections=(DATABASE,),
        codes=("signup_pwd_leak",),
    ),
    Family(fields={**_REQUEST, **_HOST, **_CONNECTION, **_USER}, connections=(DATABASE,), codes=("limit_delegation",)),
    Family(
        fields={**_REQUEST, **_CLIENT, **_CONNECTION, "user_name": "{phone}"},
        connections=(SMS,),
        codes=("limit_phone",),
    ),
    # Tokens: of a user, of a user without a session, of an application alone
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, **_USER, **_ACCESS},
        codes=(
            "ferrt",
            "fertft",
            "idjag_exchange_failed",
            "idjag_exchange_succeeded",
            "jwt_bearer_exchange_failed",
            "sede",
        ),
    ),
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, **_USER, **_ACCESS},
        connections=(DATABASE,),
        codes=(
            "feoobft",
            "feotpft",
            "fepft",
            "fercft",
            "seoobft",
            "seotpft",
            "sepkoobft",
            "sepkotpft",
            "sepkrcft",
            "sercft",
        ),
    ),
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, "user_name": "{email}", **_ACCESS},
        connections=(EMAIL,),
        codes=("fepotpft",),
    ),
    Family(fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, **_ACCESS}, connections=(SOCIAL,), codes=("fens",)),
    Family(fields={**_REQUEST, **_CLIENT, **_CONNECTION, **_USER, **_ACCESS}, connections=(SOCIAL,), codes=("sens",)),
    Family(
        fields={**_REQUEST, **_CLIENT, **_CONNECTION, **_USER, **_ACCESS}, connections=(DATABASE,), codes=("sepft",)
    ),
    Family(
        fields={**_REQUEST, **_CLIENT, **_CONNECTION, **_USER, **_ACCESS},
        codes=(
            "secte",
            "sertft",
            "success_on_behalf_of_token_exchange",
        ),
    ),
    Family(fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION, **_USER, **_AUDIENCE}, codes=("seacft", "sdeleacft")),
    Family(fields={**_LOGIN, **_USER, "identity_user_id": "{long_id}"}, connections=(SOCIAL,), codes=("seta", "feta")),
    Family(fields={**_REQUEST, **_HOST, **_CLIENT, **_USER, **_AUDIENCE}, codes=("ciba_exchange_succeeded", "fdelsa")),
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_USER},
        codes=(
            "ciba_exchange_failed",
            "ciba_start_failed",
            "ciba_start_succeeded",
            "sdelsa",
            "ssa",
        ),
    ),
    Family(
        fields={**_REQUEST, **_HOST, **_CLIENT, **_ACCESS},
        codes=(
            "failed_on_behalf_of_token_exchange",
            "feccft",
            "fecte",
            "fsa",
            "seccft",
        ),
    ),
    Family(fields={**_REQUEST, **_CLIENT, **_USER}, codes=("fdecc",)),
    Family(fields={**_REQUEST, **_HOST, **_CLIENT}, codes=("fco", "fdeaz", "fpar")),
    # Multi-factor authentication
    Family(
        fields={**_REQUEST, **_USER},
        codes=(
            "gd_auth_email_verification",
            "gd_auth_fail_email_verification",
            "gd_auth_rejected",
            "gd_auth_succeed",
            "gd_enrollment_complete",
            "gd_recovery_failed",
            "gd_recovery_rate_limit_exceed",
            "gd_recovery_succeed",
            "gd_send_email_verification",
            "gd_send_email_verification_failure",
            "gd_send_pn",
            "gd_send_pn_failure",
            "gd_send_voice",
            "gd_send_voice_failure",
            "gd_start_enroll",
            "gd_start_enroll_failed",
            "gd_unenroll",
            "gd_update_device_account",
            "gd_start_auth",
            "gd_webauthn_challenge_failed",
            "gd_webauthn_enrollment_failed",
            "too_many_records",
        ),
    ),
    Family(
        fields={**_REQUEST, **_CLIENT, **_USER},
        codes=(
            "gd_auth_failed",
            "gd_otp_rate_limit_exceed",
            "gd_send_email",
            "gd_send_sms",
            "gd_send_sms_failure",
        ),
    ),
    Family(fields=_REQUEST, codes=("gd_tenant_update",)),
    # Administrators
    Family(fields={**_REQUEST, **_CLIENT, "user_id": "{user_id}"}, connections=(DATABASE,), codes=("sapi",)),
    Family(fields={**_REQUEST, **_CLIENT, **_USER}, connections=(DATABASE,), codes=("mgmt_api_read",)),
    Family(fields={**_REQUEST, **_CLIENT}, connections=(ENTERPRISE,), codes=("fscim", "sscim")),
    Family(fields=_REQUEST, codes=("ss_sso_failure", "ss_sso_info", "ss_sso_success")),
    # The tenant itself
    Family(fields={**_REQUEST, **_CLIENT}, codes=("acul_sdk_notice", "depnote", "fn")),
    Family(fields={**_REQUEST, **_HOST}, codes=("rich_consents_access_error",)),
    Family(fields={**_HOST, **_CLIENT}, codes=("api_limit", "api_limit_warning")),
    Family(fields=_CLIENT, codes=("appi", "resource_cleanup")),
    Family(fields={**_REQUEST, **_HOST, **_CLIENT, **_CONNECTION}, connections=(DIRECTORY,), codes=("fcpro",)),
    Family(fields=_LOGIN, connections=(DATABASE,), codes=("fui",)),
    Family(fields=_CONNECTION, connections=(DATABASE,), codes=("sui",)),
    Family(
        fields={**_CONNECTION, **_STRATEGY},
        connections=(DIRECTORY,),
        codes=(
            "coff",
            "con",
            "directory_sync_completed",
            "directory_sync_failed",
            "directory_sync_started",
        ),
    ),
    Family(
        fields={},
        codes=(
            "acls_summary",
            "admin_update_launch",
            "custom_domain_verification_failed",
            "kms_key_management_failure",
            "kms_key_management_success",
            "kms_key_state_changed",
            "sys_os_update_end",
            "sys_os_update_start",
            "sys_update_end",
            "sys_update_start",
        ),
    ),
)
# fmt: on

FAMILY_OF: Mapping[str, Family] = {code: family for family in _FAMILIES for code in family.codes}
