"""What is in the details of a log of each type?

Templates of `templates.prepared`, with the fields that Auth0 documents for each type. A type that is not here has none.
https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes
"""

from collections.abc import Mapping
from typing import Any

_MASKED = "*****"  # how Auth0 writes every password and secret
_ACTIONS = {"executions": ["{execution_id}"]}
_OAUTH_ERROR = {"message": "The request was refused", "oauthError": "access_denied", "type": "access_denied"}
_PROBLEM = {
    "type": "https://api.example.com/problems/invalid-request",
    "title": "Invalid request",
    "detail": "The request is not valid",
    "status": 400,
}
_SESSION = {"cookie": {"mode": ("persistent", "non-persistent")}}
_RISK = {
    "confidence": ("low", "medium", "high"),
    "version": "1",
    "assessments": {
        "ImpossibleTravel": {"code": ("minimal_travel_from_last_login", "initial_login"), "confidence": "high"},
        "NewDevice": {"code": ("match", "no_match"), "confidence": ("high", "low")},
        "UntrustedIP": {"code": "not_found_on_deny_list", "confidence": "high"},
    },
}
_PROMPTS = [
    {
        "name": "login",
        "flow": "universal-login",
        "initiatedAt": "{started_ms}",
        "completedAt": "{now_ms}",
        "elapsedTime": "{elapsed_ms}",
        "connection": "{connection}",
        "connection_id": "{connection_id}",
        "strategy": "{strategy}",
        "requiredCaptcha": False,
        "session_id": "{session_id}",
        "user_id": "{user_id}",
        "user_name": "{email}",
        "stats": {"loginsCount": "{logins}"},
    }
]
_INTERACTION = {
    "prompts": _PROMPTS,
    "initiatedAt": "{started_ms}",
    "completedAt": "{now_ms}",
    "elapsedTime": "{elapsed_ms}",
    "session_id": "{session_id}",
}
_SILENT = {"session_id": "{session_id}", "session": _SESSION}
_ACTOR = {"sub": "{client_id}@clients"}
_ACCOUNT = {"tenant": "{tenant}", "connection": "{connection}"}
_ACCOUNT_OF_CLIENT = {**_ACCOUNT, "client_id": "{client_id}"}
_ACCOUNT_OF_USER = {**_ACCOUNT_OF_CLIENT, "user_id": "{user_id}"}
_CHANGE_EMAIL = {**_ACCOUNT_OF_USER, "email": "{email}", "newEmail": "new.{email}", "verify": True}
_CHANGE_PHONE = {**_ACCOUNT_OF_USER, "old_phone_number": "{phone}", "new_phone_number": "+12025550199", "verify": True}
_CHANGE_USERNAME = {**_ACCOUNT, "user_id": "{user_id}", "email": "{email}", "oldUsername": "{username}"}
_CHANGE_PASSWORD_REQUEST = {**_ACCOUNT_OF_CLIENT, "email": "{email}", "debug": False, "verify": True}
_VERIFICATION_LINK = {
    **_ACCOUNT_OF_USER,
    "email": "{email}",
    "idp_user_id": "{long_id}",
    "resultUrl": "{app_url}/verified",
}
_VERIFICATION_REQUEST = {"body": {**_ACCOUNT_OF_USER, "email": "{email}", "to": "{email}", "ttl_sec": 432_000}}
_REDIRECT = {"return_to": "{app_url}/goodbye", "allowed_logout_url": ["{app_url}"], "session_id": "{session_id}"}
_INVITATION = {
    "id": "uinv_{short_id}",
    "client_id": "{client_id}",
    "created_at": "{an_hour_ago}",
    "expires_at": "{in_an_hour}",
    "invitee": {"email": "{email}"},
    "inviter": {"name": "Kim Moore", "organization_id": "{organization_id}"},
    "roles": ["{role}"],
    "ticket_id": "{long_id}",
}
_DEVICE_REQUEST = {"client_id": "{client_id}", "scope": "{scope}", "audience": "{audience}"}
_BACKCHANNEL_REQUEST = {"audience": "{audience}", "login_hint": "{user_id}", "scope": "{scope}"}
_BACKCHANNEL_LOGOUT = {
    "initiator": ("rp-logout", "idp-logout", "password-changed"),
    "request": {"method": "POST", "backchannel_logout_uri": "{app_url}/backchannel-logout"},
}
_MY_ACCOUNT = {
    "operation": ("create", "delete"),
    "authentication_method": ("passkey", "phone", "totp"),
    "authentication_method_id": "{uuid}",
    "request": {"method": "POST", "path": "/me/v1/authentication-methods"},
    "session_id": "{session_id}",
}
_CONNECTED_ACCOUNT = {
    "connected_account": {"id": "cac_{short_id}"},
    "request": {"method": "DELETE", "path": "/me/v1/connected-accounts/accounts"},
}
_REFRESH_TOKEN = {"access": ("online", "offline"), "session_id": "{session_id}"}
_CODE_EXCHANGE = {"code": _MASKED, "access_token_jti": "{short_id}"}
_TOKEN_VAULT = {"subject_token_type": "urn:ietf:params:oauth:token-type:refresh_token", "is_privileged_worker": False}
_SUBJECT_TOKEN = {"subject_token_type": "urn:ietf:params:oauth:token-type:access_token"}
_FLOW = {"execution_id": "{execution_id}", "flow_id": "af_{short_id}", "state": "{transaction_id}"}
_FORM = {"form_id": "ap_{short_id}", "state": "{transaction_id}"}
_STEP_ERROR = {"code": "step_failed", "message": "A step did not finish"}


def _mfa(factor: Any, **more: Any) -> Mapping[str, Any]:
    """The details of a step of multi-factor authentication by `factor`."""
    return {"authenticator": {"id": "dev_{short_id}", "type": factor}, "session_id": "{session_id}", **more}


_SMS = _mfa("sms", device_id="{uuid}")
_NOT_SENT = {
    "provider_error": {"errorCode": "provider_unavailable", "message": "The provider did not accept the message"}
}
_ENROLLMENT = {
    "_id": "dev_{short_id}",
    "name": "{username}",
    "tenant": "{tenant}",
    "user_id": "{user_id}",
}
_MFA_REQUEST = {
    "auth": {"scopes": ["enroll", "challenge"], "strategy": "jwt"},
    "body": {"code": _MASKED},
    "ip": "{ip}",
    "method": "POST",
    "path": "/appliance-mfa/api/verify-otp",
    "query": "",
    "userAgent": "{user_agent_header}",
}
_FAILED_STEP = {"failure_details": {"errorCode": "invalid_code", "message": "The code is wrong or has expired"}}
_MANAGEMENT_REQUEST = {
    "auth": {
        "credentials": {"jti": "{long_id}"},
        "strategy": "jwt",
        "user": {"email": "{email}", "name": "{full_name}", "user_id": "{user_id}"},
    },
    "channel": "https://manage.example.com/",
    "ip": "{ip}",
    "query": {},
    "userAgent": "{user_agent_header}",
}
_SCIM_REQUEST = {
    "ip": "{ip}",
    "method": "POST",
    "path": "/scim/v2/connections/{connection_id}/Users",
    "query": {},
    "userAgent": "scim-client/1.0",
    "body": {"userName": "{email}"},
}
_SCIM = {"action": "user.create", "connection_id": "{connection_id}", "request": _SCIM_REQUEST}
_SELF_SERVICE_SSO = {
    "connection_name": "acme-saml",
    "enabled_features": {"domainVerification": True, "provisioning": False, "sso": True},
    "flow_type": ("create", "update"),
    "ss_sso_tracing_id": "{uuid}",
}
_LIMIT_REQUEST = {"request": {"method": ("GET", "POST"), "path": ("/api/v2/users", "/oauth/token", "/userinfo")}}
_DIRECTORY_SYNC = {
    "synchronization_id": "dsync_{short_id}",
    "scheduled": (True, False),
    "created_at": "{an_hour_ago}",
    "started_at": "{a_minute_ago}",
}
_CIBA_LINK = "cns_{short_id}AcmeCi"  # cns_ and 22 characters
_KEY = {"id": "kms_{short_id}", "type": "customer-provided-root-key"}

DETAILS: Mapping[str, Any] = {
    # Logins
    "s": {
        **_INTERACTION,
        "actions": _ACTIONS,
        "transaction_id": "{transaction_id}",
        "session": _SESSION,
        "riskAssessment": _RISK,
    },
    "sdel": {**_INTERACTION, "actor": _ACTOR},
    "scoa": {**_INTERACTION, "transaction_id": "{transaction_id}"},
    "scv": {**_INTERACTION, "actions": _ACTIONS},
    "f": {"error": _OAUTH_ERROR, "session_id": "{session_id}", "transaction_id": "{transaction_id}"},
    "fp": {"error": {"message": "Wrong email or password."}, "transaction_id": "{transaction_id}"},
    "fu": {"error": {"message": "Wrong email or password."}, "transaction_id": "{transaction_id}"},
    "fc": {"error": {"message": "The directory did not answer in time"}},
    "fcoa": {"body": {}, "connection": "{connection}", "error": _OAUTH_ERROR},
    "w": {"method": "GET", "path": "/authorize", "session_id": "{session_id}"},
    "mfar": {"grant_type": "authorization_code", "confidence": "low", "version": "1", "assessments": {}},
    "pla": {"ipOnAllowlist": False, "requiresVerification": (True, False), "session_id": "{session_id}"},
    "passkey_challenge_failed": {"purpose": ("register", "login"), "error": {"message": "The challenge has expired"}},
    "passkey_challenge_started": {"purpose": ("register", "login"), "session_id": "{session_id}"},
    "fdelsa": {"actor": _ACTOR, "session": _SESSION},
    "fsa": {"session": _SESSION},
    "ssa": _SILENT,
    "sdelsa": {**_SILENT, "actor": _ACTOR},
    "fco": {
        "allowedOrigins": ["{app_url}"],
        "headers": {"origin": "https://shop.example.net"},
        "host": "{host}",
        "method": "POST",
        "origin": "https://shop.example.net",
        "xhr": False,
    },
    # Logout
    "slo": _REDIRECT,
    "flo": {**_REDIRECT, "return_to": "https://shop.example.net/goodbye"},
    "federated_logout_failed": {"errors": ["The identity provider did not answer"]},
    "oidc_backchannel_logout_failed": {
        **_BACKCHANNEL_LOGOUT,
        "errors": ["The application did not answer"],
        "response": {"statusCode": 504},
    },
    "oidc_backchannel_logout_succeeded": {**_BACKCHANNEL_LOGOUT, "response": {"statusCode": 200}},
    "universal_logout_failed": {"error": "The identity provider did not answer", "response": {"statusCode": 502}},
    # Signup and account
    "ss": {
        "actions": _ACTIONS,
        "body": {**_ACCOUNT_OF_USER, "email": "{email}", "password": _MASKED},
        "session_id": "{session_id}",
    },
    "fs": {"riskAssessment": _RISK},
    "sv": {"email": "{email}", "query": {**_VERIFICATION_LINK, "includeEmailInRedirect": False}},
    "fv": {"email": "{email}", "query": {**_VERIFICATION_LINK, "includeEmailInRedirect": "false"}},
    "svr": _VERIFICATION_REQUEST,
    "fvr": _VERIFICATION_REQUEST,
    "sce": {"body": {**_CHANGE_EMAIL, "email_verified": "true"}},
    "fce": {"body": {**_CHANGE_EMAIL, "email_verified": True}},
    "scpn": {"body": {**_CHANGE_PHONE, "phone_verified": True}},
    "fcpn": {"body": {**_CHANGE_PHONE, "phone_verified": "true"}},
    "scu": {"body": {**_CHANGE_USERNAME, "clientId": "{client_id}", "newUsername": "new_{username}"}},
    # newUername is how Auth0 spells it.
    "fcu": {"body": {**_CHANGE_USERNAME, "client_id": "{client_id}", "newUername": "new_{username}"}},
    "scp": {"body": {"newPassword": _MASKED}, "email": "{email}", "title": "Change password"},
    "fcp": {
        "body": {"_csrf": _MASKED, "confirmNewPassword": _MASKED, "newPassword": _MASKED, "ticket": _MASKED},
        "description": "The change password ticket has expired",
        "query": {
            **_ACCOUNT_OF_USER,
            "email": "{email}",
            "includeEmailInRedirect": False,
            "markEmailAsVerified": True,
            "newPassword": _MASKED,
            "resultUrl": "{app_url}",
            "username": "{username}",
        },
    },
    "fcph": {"actions": _ACTIONS},
    "scpr": {"body": {**_CHANGE_PASSWORD_REQUEST, "resultUrl": "{app_url}", "ttl_sec": "432000"}},
    "fcpr": {"body": _CHANGE_PASSWORD_REQUEST, "transaction_id": "{transaction_id}"},
    "sdu": {"body": _ACCOUNT},
    "fdu": {"body": _ACCOUNT},
    "ublkdu": {"email": "{email}", "title": "Unblock", "request": {}, "response": {}},
    "cls": {
        "body": {**_ACCOUNT_OF_CLIENT, "email": "{email}", "send": "link"},
        "link": "https://{host}/passwordless/verify_redirect",
        "transaction_id": "{transaction_id}",
    },
    "cs": {
        "body": {
            **_ACCOUNT_OF_CLIENT,
            "authParams": {
                "audience": "{audience}",
                "redirect_uri": "{app_url}/callback",
                "response_type": "code",
                "scope": "{scope}",
                "state": "{transaction_id}",
            },
            "ip": "{ip}",
            "phone_number": "{phone}",
            "username": "{phone}",
            "request_language": "en-GB",
            "send": "code",
            "user-agent": "{user_agent_header}",
        },
        "transaction_id": "{transaction_id}",
    },
    "connected_accounts_connection_failed": {
        "error": _PROBLEM,
        "request": {"method": "POST", "path": "/me/v1/connected-accounts/complete"},
    },
    "connected_accounts_connection_succeeded": {
        "connected_account": {"id": "cac_{short_id}", "idp_user_id": "{long_id}"},
        "request": {"method": "POST", "path": "/me/v1/connected-accounts/complete"},
    },
    "connected_accounts_delete_failed": {**_CONNECTED_ACCOUNT, "error": _PROBLEM},
    "connected_accounts_delete_succeeded": _CONNECTED_ACCOUNT,
    "my_account_authentication_method_failed": {**_MY_ACCOUNT, "error": _PROBLEM},
    "my_account_authentication_method_succeeded": _MY_ACCOUNT,
    "fi": {"invitation": _INVITATION},
    "si": {"invitation": _INVITATION},
    "organization_member_added": {"reason": ("invitation", "auto_membership")},
    "wum": {"tenant": "{tenant}", "user_id": "{user_id}"},
    # Tokens
    "seacft": _CODE_EXCHANGE,
    "feacft": {"code": _MASKED},
    "sdeleacft": {**_CODE_EXCHANGE, "actor": _ACTOR},
    "fdeleacft": {"code": _MASKED, "actor": _ACTOR},
    "seccft": {"access_token_jti": "{short_id}", "actions": _ACTIONS},
    "sede": {"access_token_jti": "{short_id}"},
    "sepft": {"access_token_jti": "{short_id}", "actions": _ACTIONS},
    "seoobft": {"actions": _ACTIONS},
    "sens": {"subject_token_type": "urn:ietf:params:oauth:token-type:id_token"},
    "fens": {"subject_token_type": "urn:ietf:params:oauth:token-type:id_token"},
    "secte": {**_SUBJECT_TOKEN, "access_token_jti": "{short_id}"},
    "fecte": _SUBJECT_TOKEN,
    "success_on_behalf_of_token_exchange": {
        **_SUBJECT_TOKEN,
        "requested_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "actor": _ACTOR,
    },
    "failed_on_behalf_of_token_exchange": {**_SUBJECT_TOKEN, "actor": _ACTOR},
    "sertft": {
        "access_token_jti": "{short_id}",
        "actions": _ACTIONS,
        "familyId": "{long_id}",
        "tokenCounter": "{family_counter}",
        "refresh_token": _REFRESH_TOKEN,
    },
    "fertft": {
        "failure_reason": ("session_not_found", "grant_revoked", "invalid_token"),
        "refresh_token": _REFRESH_TOKEN,
    },
    "ferrt": {"familyId": "{long_id}", "tokenCounter": 1, "latestCounter": "{family_counter}"},
    "srrt": {"credential_id": "cred_{short_id}", "refresh_token": _REFRESH_TOKEN, "session_id": "{session_id}"},
    "seta": {
        **_TOKEN_VAULT,
        "expires_at": "{in_an_hour}",
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "scope": "calendar.read",
        "token_thumbprint": "{transaction_id}",
    },
    "feta": {**_TOKEN_VAULT, "failure_reason": "no_refresh_token"},
    "idjag_exchange_failed": {"requested_client_id": "{client_id}"},
    "idjag_exchange_succeeded": {"access_token_jti": "{short_id}", "requested_client_id": "{client_id}"},
    "ciba_exchange_failed": {"error": {"message": "The user has not answered"}},
    "ciba_exchange_succeeded": {"notification_channel": "guardian-push", "transaction_linking_id": _CIBA_LINK},
    "ciba_start_failed": {"body": _BACKCHANNEL_REQUEST, "error": {"message": "The user has no device"}},
    "ciba_start_succeeded": {
        "body": _BACKCHANNEL_REQUEST,
        "notification_channel": "guardian-push",
        "transaction_linking_id": _CIBA_LINK,
    },
    "fd": {"api_type": "app", "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "scope": "openid"},
    "sd": {"api_type": "app", "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "scope": "openid"},
    "fdeac": {"code": "{code_digits}", "session_id": "{session_id}", "error": {"type": "expired_token"}},
    "fdeaz": {"body": _DEVICE_REQUEST, "error": _OAUTH_ERROR},
    "fdecc": {"session_id": "{session_id}"},
    "fpar": {"error": _OAUTH_ERROR, "session_id": "{session_id}"},
    "rich_consents_access_error": {
        "error": {"message": "The consent does not exist"},
        "requestedRichConsentId": "rcr_{short_id}",
    },
    # Attack protection
    "limit_mu": {"flow": "{attacked_flow}"},
    "limit_phone": {
        "delivery_method": ("sms", "voice"),
        "trigger_time": "{now}",
        "reset_time": "{in_an_hour}",
        "type": "mfa",
    },
    # Multi-factor authentication
    "gd_auth_email_verification": _mfa("email"),
    "gd_auth_fail_email_verification": _mfa("email", **_FAILED_STEP),
    "gd_auth_failed": _mfa(("otp", "sms"), request=_MFA_REQUEST, response={}, **_FAILED_STEP),
    "gd_auth_rejected": _mfa("push"),
    "gd_auth_succeed": _mfa(("otp", "push", "sms"), remember_browser=(True, False)),
    "gd_enrollment_complete": _mfa(("otp", "push", "sms"), enrollment=_ENROLLMENT, first_factor=True),
    "gd_otp_rate_limit_exceed": _mfa("otp"),
    "gd_recovery_failed": _mfa("recovery-code", **_FAILED_STEP),
    "gd_recovery_rate_limit_exceed": _mfa("recovery-code"),
    "gd_recovery_succeed": _mfa("recovery-code"),
    "gd_send_email": _mfa("email"),
    "gd_send_email_verification": _mfa("email"),
    "gd_send_email_verification_failure": _mfa("email", **_NOT_SENT),
    "gd_send_pn": _mfa("push"),
    "gd_send_pn_failure": _mfa("push", **_NOT_SENT),
    "gd_send_sms": _SMS,
    "gd_send_sms_failure": {**_SMS, **_NOT_SENT},
    "gd_send_voice": _mfa("voice"),
    "gd_send_voice_failure": _mfa("voice", **_NOT_SENT),
    "gd_start_auth": _mfa(("otp", "push", "sms")),
    "gd_start_enroll": _mfa(("otp", "push", "sms"), enrollment=_ENROLLMENT),
    "gd_start_enroll_failed": _mfa(("otp", "push", "sms"), **_FAILED_STEP),
    "gd_tenant_update": {"request": {"method": "PATCH", "path": "/api/v2/guardian/factors"}, "response": {}},
    "gd_unenroll": _mfa(("otp", "push", "sms"), enrollment=_ENROLLMENT),
    "gd_update_device_account": _mfa("push", enrollment=_ENROLLMENT),
    "gd_webauthn_challenge_failed": _mfa("webauthn-roaming", **_FAILED_STEP),
    "gd_webauthn_enrollment_failed": _mfa("webauthn-platform", **_FAILED_STEP),
    "too_many_records": _mfa("push"),
    # Actions, flows, forms
    "actions_execution_failed": {
        "action_error": {"code": "ERR_ACTION", "message": "Request timed out", "name": "Error", "stack": "Error"},
        "action_id": "{uuid}",
        "action_name": "Add roles to token",
        "binding_id": "{other_uuid}",
        "error_class": "action_error",
        "execution_id": "{execution_id}",
        "trigger_id": "post-login",
        "version_id": "{third_uuid}",
    },
    "flows_execution_completed": _FLOW,
    "flows_execution_failed": {**_FLOW, "error": _STEP_ERROR},
    "forms_submission_failed": {**_FORM, "error": _STEP_ERROR},
    "forms_submission_succeeded": _FORM,
    # Administrators
    "sapi": {
        "request": {**_MANAGEMENT_REQUEST, "method": "{operation_method}", "path": "{operation_path}", "body": {}},
        "response": {"body": {}, "statusCode": "{operation_status}"},
    },
    "mgmt_api_read": {
        "accessedSecrets": ["client_secret"],
        "request": {**_MANAGEMENT_REQUEST, "method": "get", "path": "/api/v2/clients/{client_id}"},
        "response": {"body": {"client_id": "{client_id}"}, "statusCode": 200},
    },
    "sscim": {**_SCIM, "response": {"statusCode": 201}},
    "fscim": {**_SCIM, "response": {"statusCode": 409}},
    "ss_sso_failure": {**_SELF_SERVICE_SSO, "ss_sso_event_name": "ss_sso_connection_creation"},
    "ss_sso_info": {**_SELF_SERVICE_SSO, "ss_sso_event_name": "ss_sso_flow_end"},
    "ss_sso_success": {**_SELF_SERVICE_SSO, "ss_sso_event_name": ("ss_sso_connection_creation", "ss_sso_add_domain")},
    # The tenant itself
    "acls_summary": {
        "start_time": "{an_hour_ago}",
        "end_time": "{now}",
        "stats": [
            {
                "acl_id": "acl_{short_id}",
                "action": "block",
                "description": "Block known scanners",
                "priority": 1,
                "match": {"successes": "{logins}"},
            }
        ],
    },
    "acul_sdk_notice": {
        "documentation": "https://docs.example.com/acul",
        "id": "acul-sdk-deprecation",
        "message": "This version of the SDK will be removed",
        "request": {"path": "/u/login"},
        "sdk_version": "1.0.0",
    },
    "api_limit": {**_LIMIT_REQUEST, "limit": {"bucket": "per_minute", "global": False, "size": 50}},
    "api_limit_warning": {
        **_LIMIT_REQUEST,
        "limit": {"bucket": "per_minute", "global": False, "size": 50, "usage": 40},
    },
    "appi": {
        "docs": "https://docs.example.com/peak-performance",
        "total_hours_allocated": 48,
        "total_hours_consumed": (12, 24),
        "total_hours_remaining": 24,
    },
    "custom_domain_verification_failed": {
        "custom_domain_id": "cd_{short_id}",
        "domain": "{host}",
        "errorMsg": "No CNAME record was found",
        "status": "pending_verification",
        "type": "auth0_managed_certs",
    },
    "depnote": {
        "feature": {
            "id": "legacy_user_search",
            "name": "Legacy user search",
            "description": "The old search engine of users",
            "documentation": "https://docs.example.com/deprecations",
        },
        "method": "GET",
        "path": "/api/v2/users",
    },
    "directory_sync_started": _DIRECTORY_SYNC,
    "directory_sync_completed": {**_DIRECTORY_SYNC, "completed_at": "{now}", "sync_status": "completed"},
    "directory_sync_failed": {
        **_DIRECTORY_SYNC,
        "error": {"message": "The directory did not answer"},
        "sync_status": "failed",
    },
    "fcpro": {"details": "The directory did not answer"},
    "fui": _ACCOUNT,
    "sui": _ACCOUNT,
    "fn": {
        "email_type": "verify_email",
        "error": "The provider did not accept the message",
        "notification_type": "email",
        "to": "{email}",
    },
    "wn": {
        "notification_channel": "email",
        "notification_type": "blocked_account",
        "to": "{email}",
        "warning": "The provider is slow",
    },
    "kms_key_management_success": {**_KEY, "state": "active"},
    "kms_key_state_changed": {**_KEY, "state": ("active", "deactivated", "destroyed")},
    "resource_cleanup": {"resource": "refresh_tokens", "start": 214, "removedCount": 14, "endCount": 200},
}
