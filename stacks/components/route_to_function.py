"""How does an event reach a Lambda function without being lost?"""

from aws_cdk import Duration
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from constructs import Construct

from stacks.components.acknowledgment import acknowledge
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.delivery import delivery
from stacks.components.pack import Pack
from stacks.components.route_rule import RouteRule


class RouteToFunction(Construct):
    """A function as a rule's target.

    Two hops can fail: EventBridge to Lambda (`undelivered`), and the function itself, which Lambda calls again twice
    before its event goes to `unprocessed`.
    """

    def __init__(self, scope: Construct, id_: str, *, function: lambda_.Function, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self.function = function
        self.undelivered = DeadLetterQueue(
            self, "Undelivered", encryption_key=encryption_key, reason="EventBridge could not call the function"
        )
        self.unprocessed = DeadLetterQueue(
            self, "Unprocessed", encryption_key=encryption_key, reason="the function failed three times"
        )
        function.configure_async_invoke(
            retry_attempts=2,
            max_event_age=Duration.hours(6),
            on_failure=destinations.SqsDestination(self.unprocessed.queue),
        )
        acknowledge(
            function,
            "LambdaDLQ",
            Pack.NIST,
            Pack.HIPAA,
            reason="its on-failure destination keeps the event with the error; a second queue would keep it twice",
        )

    def add_to(self, rule: RouteRule) -> None:
        rule.send_to(targets.LambdaFunction(self.function, **delivery(self.undelivered)))
        rule.wait_for(self.function.node.find_child("EventInvokeConfig"), self.undelivered.policy)
