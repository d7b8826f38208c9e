"""How long does EventBridge try to give an event to a target, and where is it if it gives up?"""

from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_events as events

from stacks.components.dead_letter_queue import DeadLetterQueue

# Both are EventBridge's maximum: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
MAX_EVENT_AGE = Duration.hours(24)
RETRY_ATTEMPTS = 185


def target(
    arn: str, undelivered: DeadLetterQueue, *, max_event_age: Duration = MAX_EVENT_AGE, **more: Any
) -> dict[str, Any]:
    """Of CfnRule.TargetProperty, all but its id. As long as EventBridge can; then the event is in `undelivered`."""
    return {
        "arn": arn,
        "dead_letter_config": events.CfnRule.DeadLetterConfigProperty(arn=undelivered.queue.queue_arn),
        "retry_policy": events.CfnRule.RetryPolicyProperty(
            maximum_event_age_in_seconds=max_event_age.to_seconds(), maximum_retry_attempts=RETRY_ATTEMPTS
        ),
        **more,
    }
