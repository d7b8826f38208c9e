"""What plays Auth0's part where there is no tenant yet?"""

from typing import Any

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda_destinations as destinations
from constructs import Construct

from lambda_src.auth0_events.envelope import SIMULATION_SOURCE_PREFIX
from stacks.components.acknowledgment import acknowledge
from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.event_function import EventFunction
from stacks.components.pack import Pack
from stacks.settings import Settings


class SenderStack(Stack):
    """The sender function, which may put events on the simulation bus alone, and what it could not send.

    `undelivered` keeps events that the sender gave up on; `failed` the input of an asynchronous invocation that
    failed as a whole.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Settings,
        encryption_key: kms.IKey,
        simulation_bus: Auth0EventBus,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self.undelivered = DeadLetterQueue(
            self, "Undelivered", encryption_key=encryption_key, reason="the sender gave up on them after its retries"
        )
        self.failed = DeadLetterQueue(
            self, "Failed", encryption_key=encryption_key, reason="an invocation of the sender failed as a whole"
        )
        self.sender = EventFunction(
            self,
            "Sender",
            name="sender",
            description="Publishes Auth0-style log events, with Auth0's delivery promise",
            timeout=Duration.minutes(15),
            encryption_key=encryption_key,
            log_days=settings.log_days,
            metrics_namespace=settings.metrics_namespace,
            environment={
                "EVENT_BUS_NAME": simulation_bus.bus_name,
                "EVENT_SOURCE": f"{SIMULATION_SOURCE_PREFIX}{settings.environment}/auth0.logs",
                "UNDELIVERED_QUEUE_URL": self.undelivered.queue.queue_url,
            },
        )
        simulation_bus.bus.grant_put_events_to(self.sender.function)
        # Hand-written because EventBus has grants for putting events alone. The sender asks whether the bus exists.
        self.sender.function.add_to_role_policy(
            iam.PolicyStatement(actions=["events:DescribeEventBus"], resources=[simulation_bus.bus.event_bus_arn])
        )
        self.undelivered.queue.grant_send_messages(self.sender.function)
        self.sender.function.configure_async_invoke(
            retry_attempts=0,  # the sender has its own retries; a second run would send the first one's events again
            on_failure=destinations.SqsDestination(self.failed.queue),
        )
        acknowledge(
            self.sender.function,
            "LambdaDLQ",
            Pack.NIST,
            Pack.HIPAA,
            reason="its on-failure destination keeps the input with the error; a second queue would keep it twice",
        )
        CfnOutput(self, "SenderFunctionName", value=self.sender.function.function_name)
        CfnOutput(self, "SenderUndeliveredQueueUrl", value=self.undelivered.queue.queue_url)
