"""What is what called in the tests' environment, and what does an event look like?"""

from typing import Any

REGION, ACCOUNT = "eu-west-1", "123456789012"
ALERT = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:Auth0Events-dev-Targets-AlertFunction"
ACTIVITY = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:Auth0Events-dev-Targets-ActivityFunction"
SENDER = "Auth0Events-dev-Sender-SenderFunction"
RULE = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/bus/AttackProtection"


def event(log_id: str, log_type: str = "limit_wc") -> dict[str, Any]:
    data = {"type": log_type, "log_id": log_id, "user_name": "somebody@example.com"}
    return {"id": f"id-{log_id}", "time": "2026-11-24T12:00:00Z", "detail": {"log_id": log_id, "data": data}}
