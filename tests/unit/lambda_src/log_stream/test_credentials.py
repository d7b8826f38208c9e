"""Which secrets open a tenant, and what is said of the others?"""

import json
import re

import pytest

from lambda_src.log_stream.credentials import is_local_aws, read_credentials
from lambda_src.log_stream.refusal import Refused
from tests.unit.lambda_src.log_stream.tenant import CLIENT_SECRET, SECRET

GOOD = {"domain": "example.eu.auth0.com", "client_id": "id", "client_secret": CLIENT_SECRET}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "is no JSON object"),
        ("", "is no JSON object"),
        (CLIENT_SECRET, "is no JSON object"),
        ("[" * 100_000, "is no JSON object"),
        (json.dumps([GOOD]), "is no JSON object"),
        (json.dumps({**GOOD, "client_id": ""}), "has no text for client_id;"),
        (json.dumps({"client_secret": CLIENT_SECRET}), "has no text for domain, client_id;"),
        (json.dumps({**GOOD, "client_secret": [CLIENT_SECRET]}), "has no text for client_secret;"),
        *[
            (json.dumps({**GOOD, "domain": domain}), "is no host name")
            for domain in (
                "https://example.eu.auth0.com", "example.eu.auth0.com/", "example", "a@example.com", "example.com:80",
                "http://127.0.0.1:8080", "127.0.0.1", "169.254.169.254", "example.com#", "ex ample.com",
                "-a.example.com", "example.com\\n.auth0.com",
            )
        ],
    ],
)  # fmt: skip
def test_a_secret_that_is_wrong_is_one_line_without_what_it_has(text: str | None, says: str) -> None:
    with pytest.raises(Refused, match=re.escape(says)) as refused:
        read_credentials(SECRET, text, on_local_aws=False)
    assert CLIENT_SECRET not in str(refused.value)
    assert "eu.auth0.com/" not in str(refused.value)


def test_the_secret_is_in_no_text_about_the_credentials() -> None:
    credentials = read_credentials(SECRET, json.dumps(GOOD), on_local_aws=False)
    assert credentials.base_url == "https://example.eu.auth0.com"
    assert credentials.audience == "https://example.eu.auth0.com/api/v2/"
    assert CLIENT_SECRET not in f"{credentials!r} {credentials}"


def test_plain_http_goes_to_this_machine_alone_and_on_a_local_aws_alone() -> None:
    def base_url(domain: str, endpoint: str | None) -> str:
        text = json.dumps({**GOOD, "domain": domain})
        return read_credentials(SECRET, text, on_local_aws=is_local_aws(endpoint)).base_url

    assert base_url("http://127.0.0.1:8080", "http://127.0.0.1:4566") == "http://127.0.0.1:8080"
    for domain in ("http://127.0.0.1:8080/x", "http://127.0.0.1.example.com:80", "http://example.com:80"):
        with pytest.raises(Refused):
            base_url(domain, "http://127.0.0.1:4566")
    for endpoint in (None, "", "https://events.eu-west-1.amazonaws.com", "http://127.0.0.1.example.com"):
        with pytest.raises(Refused):
            base_url("http://127.0.0.1:8080", endpoint)
