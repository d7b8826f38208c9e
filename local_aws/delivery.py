"""Does a matched event reach its target, and where does it stay if it does not?

Emulated: retries within the target's policy (AWS's hours are seconds here), the dead-letter queue with its message
attributes, metrics. Ours: the value NonRetryableError, and the queue also for an input that is no JSON.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import json
import logging
import os
import time
from dataclasses import dataclass, field
from typing import Any

from ministack.core.arn import parse_arn
from ministack.services import cloudwatch
from ministack.services import eventbridge as events

from local_aws.faults import faults
from local_aws.messages import Undeliverable, send, soon
from local_aws.seams import ministacks, replaces
from local_aws.targets import SENDERS, at

RETRY_BASE_SECONDS = float(os.environ.get("LOCAL_AWS_RETRY_BASE_SECONDS", "0.2"))
MAX_RETRIES = int(os.environ.get("LOCAL_AWS_MAX_RETRIES", "5"))  # AWS: 185 in 24 hours
Data = dict[str, Any]
log = logging.getLogger(__name__)


@replaces(events, "_invoke_target")
def invoke_target(target: Data, event: Data, rule: Data, view: Any = None) -> None:
    if target["Arn"].split(":")[2] not in SENDERS:
        ministacks(invoke_target)(target, event, rule, view)
        return
    view = view or events._pattern_event_view(event)
    soon(Delivery(target, rule, rendered(target, rule, view), view.event_with_detail()).attempt)


def rendered(target: Data, rule: Data, view: Any) -> str:
    whole = json.dumps(view.event_with_detail())
    if transformer := target.get("InputTransformer"):
        return str(events._apply_input_transformer(transformer, rule, view))
    if path := target.get("InputPath"):
        return at(path, view.event_with_detail()) or whole
    return str(target.get("Input") or whole)


@dataclass
class Delivery:
    """One event on its way to one target."""

    target: Data
    rule: Data
    payload: str
    event: Data
    retries: int = 0
    started: float = field(default_factory=time.time)

    def attempt(self) -> None:
        arn = self.target["Arn"]
        try:
            self.refuse_what_cannot_be(arn)
            SENDERS[arn.split(":")[2]](arn, self.target, self.payload, self.event)
        except Undeliverable as error:
            self.failed(error)
        except Exception as error:
            log.exception("delivery to %s", arn)  # a bug of ours or ministack's must not lose the event
            self.failed(Undeliverable("INTERNAL", repr(error)))
        else:
            self.count("Invocations")

    def refuse_what_cannot_be(self, arn: str) -> None:
        if not events._target_matches_request_scope(parse_arn(arn)):
            raise Undeliverable("NO_PERMISSIONS", "the target is in another account or region")
        if faults().hits("delivery", f"{arn} {self.payload}"):
            raise Undeliverable("THROTTLING", "asked for by a fault", retryable=True)

    def failed(self, error: Undeliverable) -> None:
        policy, wait = self.target.get("RetryPolicy") or {}, RETRY_BASE_SECONDS * 2**self.retries
        if not error.retryable:
            self.give_up(error, "NonRetryableError")
        elif time.time() + wait - self.started > float(policy.get("MaximumEventAgeInSeconds", 86400)):
            self.give_up(error, "MaximumEventAgeInSeconds")
        elif self.retries >= min(int(policy.get("MaximumRetryAttempts", 185)), MAX_RETRIES):
            self.give_up(error, "MaximumRetryAttempts")
        else:
            self.retries += 1
            soon(self.attempt, after=wait)

    def give_up(self, error: Undeliverable, condition: str) -> None:
        queue = (self.target.get("DeadLetterConfig") or {}).get("Arn")
        log.warning("event %s not delivered to %s: %s", self.event["id"], self.target["Arn"], error.code)
        self.count("FailedInvocations")
        attributes = {"RULE_ARN": self.rule["Arn"], "TARGET_ARN": self.target["Arn"]}
        attributes |= {"ERROR_CODE": error.code, "ERROR_MESSAGE": str(error)}
        attributes |= {"EXHAUSTED_RETRY_CONDITION": condition, "RETRY_ATTEMPTS": str(self.retries)}
        try:
            if queue:
                send(queue, json.dumps(self.event), attributes)
                self.count("InvocationsSentToDlq")
        except Undeliverable:
            self.count("InvocationsFailedToBeSentToDlq")

    def count(self, metric: str) -> None:
        """A rule of another bus than `default` has its metrics under both dimensions only."""
        bus = self.rule["EventBusName"]
        dimensions = {"RuleName": self.rule["Name"]} | ({} if bus == "default" else {"EventBusName": bus})
        cloudwatch.record_metric("AWS/Events", metric, 1, "Count", dimensions)
