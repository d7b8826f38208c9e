"""What does the description of a log of each type say?

Templates of `templates.prepared`. A type that is not here says its name. A token exchange says its grant.
"""

from collections.abc import Mapping
from typing import Any

_PASSWORD_OOB = "Password and OOB Challenge for Access Token"  # noqa: S105 - the name of a grant
_PASSWORD_OTP = "Password and OTP Challenge for Access Token"  # noqa: S105 - the name of a grant
_PASSWORD_RECOVERY = "Password and MFA Recovery Code for Access Token"  # noqa: S105 - the name of a grant

DESCRIPTIONS: Mapping[str, Any] = {
    # Logins and accounts
    "s": "Successful login",
    "f": ("Access denied by an Action", "The user is blocked", "The connection is not enabled for this application"),
    "fp": "Wrong email or password.",
    "fu": "Wrong email or password.",
    "fc": "The directory did not answer in time",
    "fs": "The user already exists.",
    "fsa": "Login required",
    "fcoa": "Unknown or invalid login ticket.",
    "fco": "The origin https://shop.example.net is not allowed",
    "fcp": "The change password ticket has expired",
    "fcpr": "The user does not exist",
    "fdu": "The user could not be deleted from the connection",
    "sdu": "Successfully deleted user",
    "cls": "Login link sent",
    "cs": "Login code sent",
    "flo": "The return address is not an allowed logout URL",
    "w": "The application uses a deprecated way to log in",
    # Attack protection
    "limit_delegation": "Too many calls to the delegation endpoint for one user",
    "limit_mu": "{ip} is blocked after too many failed logins to different accounts",
    "limit_phone": "Too many messages to one telephone number",
    "limit_sul": "Too many logins of one user from {ip}",
    "limit_wc": "{ip} is blocked for an account after too many failed logins",
    "pwd_leak": "Login from {ip} with a password that is known to have leaked",
    "reset_pwd_leak": "Password reset from {ip} to a password that is known to have leaked",
    "signup_pwd_leak": "Signup from {ip} with a password that is known to have leaked",
    # Token exchanges
    "seacft": "Authorization Code for Access Token",
    "feacft": "Authorization Code for Access Token: invalid code",
    "sdeleacft": "Delegated Authorization Code for Access Token",
    "fdeleacft": "Delegated Authorization Code for Access Token: invalid code",
    "seccft": "Client Credentials for Access Token",
    "feccft": "Client Credentials for Access Token: the client is not allowed to use this API",
    "secte": "Custom Token Exchange",
    "fecte": "Custom Token Exchange: the subject token is invalid",
    "sede": "Device Code for Access Token",
    "fede": "Device Code for Access Token: the code has expired",
    "sens": "Native Social Login",
    "fens": "Native Social Login: the token of the identity provider is invalid",
    "seoobft": _PASSWORD_OOB,
    "feoobft": f"{_PASSWORD_OOB}: invalid code",
    "seotpft": _PASSWORD_OTP,
    "feotpft": f"{_PASSWORD_OTP}: invalid code",
    "sercft": _PASSWORD_RECOVERY,
    "fercft": f"{_PASSWORD_RECOVERY}: invalid code",
    "sepft": "Password for Access Token",
    "fepft": "Password for Access Token: wrong email or password",
    "fepotpft": "Passwordless OTP for Access Token: wrong or expired code",
    "sepkoobft": "Passkey and OOB Challenge for Access Token",
    "sepkotpft": "Passkey and OTP Challenge for Access Token",
    "sepkrcft": "Passkey and MFA Recovery Code for Access Token",
    "sertft": "Refresh Token for Access Token",
    "fertft": "Refresh Token for Access Token: unknown or revoked refresh token",
    "ferrt": "Rotating Refresh Token: an old refresh token was used again",
    "seta": "Refresh Token for a third party's Access Token",
    "feta": "Refresh Token for a third party's Access Token: no refresh token is stored",
    "idjag_exchange_succeeded": "Identity Assertion JWT for Access Token",
    "idjag_exchange_failed": "Identity Assertion JWT for Access Token: the assertion has expired",
    "jwt_bearer_exchange_failed": "JWT Bearer Assertion for Access Token: the assertion has expired",
    "success_on_behalf_of_token_exchange": "On-Behalf-Of Token Exchange",
    "failed_on_behalf_of_token_exchange": "On-Behalf-Of Token Exchange: the subject token is invalid",
    # Administrators and the tenant
    "sapi": "{operation_description}",
    "mgmt_api_read": "Get a client",
    "api_limit": "The limit of calls to an API is reached",
    "api_limit_warning": "Most of the limit of calls to an API is used",
    "depnote": "The application uses a feature that will be removed",
    "resource_cleanup": "Refresh tokens beyond the limit were removed",
}
