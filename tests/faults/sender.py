"""How does a case send its events through the deployed sender?"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from lambda_src.auth0_events.envelope import Auth0Log, detail
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES
from tests.local.app.deployment import Deployment

SEEDS = count(1000)


def mixed_logs(number: int = 200, codes: tuple[str, ...] = tuple(LOG_TYPES)) -> list[Auth0Log]:
    """No two calls give the same log_ids."""
    return list(generate_logs(codes=codes, count=number, seed=next(SEEDS), now=datetime.now(UTC)))


class Sender:
    """`answer` is what the sender said last."""

    def __init__(self, deployed: Deployment) -> None:
        self._customer, self._function = deployed.customer, deployed.outputs["SenderFunctionName"]
        self.answer: dict[str, Any] = {}

    def send(self, logs: list[Auth0Log]) -> Mapping[str, str]:
        self.answer = self._customer.invoke_sender(self._function, request(logs))
        return types(logs)

    def send_asynchronously(self, logs: list[Auth0Log]) -> Mapping[str, str]:
        payload = json.dumps(request(logs)).encode()
        self._customer.functions.invoke(FunctionName=self._function, InvocationType="Event", Payload=payload)
        return types(logs)


def request(logs: list[Auth0Log]) -> dict[str, Any]:
    return {"events": [detail(log) for log in logs]}


def types(logs: list[Auth0Log]) -> dict[str, str]:
    return {log.log_id: log.type for log in logs}
