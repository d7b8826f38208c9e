"""How does an event reach a Lambda function without being lost?"""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from constructs import Construct, IDependable

from stacks.components.acknowledgment import acknowledge
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.delivery import target
from stacks.components.pack import Pack


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

        self.targets = [target(function.function_arn, self.undelivered)]

    def let_in(self, rules: Mapping[str, str]) -> list[IDependable]:
        permissions = [
            lambda_.CfnPermission(
                self,
                name,
                action="lambda:InvokeFunction",
                function_name=self.function.function_arn,
                principal="events.amazonaws.com",
                source_arn=rule,
            )
            for name, rule in rules.items()
        ]
        keeps_failures = self.function.node.find_child("EventInvokeConfig")
        return [*permissions, keeps_failures, self.undelivered.let_in(rules.values())]
