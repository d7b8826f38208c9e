"""How does a secret say which tenant it is, and who may change it?"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lambda_src.log_stream.refusal import Refused

KEYS = ("domain", "client_id", "client_secret")
HOST = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
# The stand-in for Auth0 on this machine, which has no certificate.
LOOPBACK = re.compile(r"http://127\.0\.0\.1:\d{1,5}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Credentials:
    """Of an Auth0 machine-to-machine application; `secret` is the name of the secret that has them."""

    secret: str
    domain: str
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)

    @property
    def base_url(self) -> str:
        return self.domain if LOOPBACK.fullmatch(self.domain) else f"https://{self.domain}"

    @property
    def audience(self) -> str:
        """https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens/get-management-api-access-tokens-for-production."""
        return f"{self.base_url}/api/v2/"


def read_credentials(secret: str, text: str | None, *, on_local_aws: bool) -> Credentials:
    """From the JSON `text` of `secret`. Plain HTTP only on a local AWS, and only to this machine. Raises Refused."""
    values = object_of(secret, text)
    if missing := [key for key in KEYS if not isinstance(values.get(key), str) or not values[key].strip()]:
        raise Refused(f"secret {secret} has no text for {', '.join(missing)}; its JSON has {', '.join(KEYS)}")
    domain = values["domain"].strip()
    if not HOST.fullmatch(domain) and not (on_local_aws and LOOPBACK.fullmatch(domain)):
        raise Refused(
            f"the domain in secret {secret} is no host name: it is the tenant's own domain, without https:// and "
            "without a slash, such as tenant.eu.auth0.com"
        )
    return Credentials(
        secret=secret, domain=domain, client_id=values["client_id"].strip(), client_secret=values["client_secret"]
    )


def object_of(secret: str, text: str | None) -> Mapping[str, Any]:
    try:
        values = json.loads(text or "")
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise Refused(f"secret {secret} is no JSON object; it has {', '.join(KEYS)}")
    return values


def is_local_aws(endpoint_url: str | None) -> bool:
    """Whether AWS itself is on this machine."""
    return re.match(r"https?://(127\.0\.0\.1|localhost)(:|/|$)", endpoint_url or "") is not None
