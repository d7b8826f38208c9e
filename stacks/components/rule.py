"""What does EventBridge do with the events that match?"""

from collections.abc import Sequence
from typing import Any

from aws_cdk import aws_events as events
from constructs import Construct


class Rule(Construct):
    """A rule with its `targets` (stacks/components/delivery.py); the `properties` are those of CfnRule.

    Not aws-cdk's own, whose policies refer to the rule and are therefore made after it: what EventBridge may not do it
    tries once, and a dead-letter queue without its policy takes no letter. A destination of ours lets rules in by their
    ARNs, and a rule waits for it (docs/adr/0013).
    """

    def __init__(self, scope: Construct, id_: str, *, targets: Sequence[dict[str, Any]], **properties: Any) -> None:
        super().__init__(scope, id_)
        numbered = [events.CfnRule.TargetProperty(id=f"Target{n}", **each) for n, each in enumerate(targets)]
        self.resource = events.CfnRule(self, "Resource", state="ENABLED", targets=numbered, **properties)
