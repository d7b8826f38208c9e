"""How does an event reach a Kinesis stream and the function that reads it without being lost?"""

from collections.abc import Mapping

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from constructs import Construct, IDependable

from stacks.components.acknowledgment import acknowledge, acknowledge_inline_policy, acknowledge_key_grants
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.delivery import target
from stacks.components.pack import Pack
from stacks.components.service_role import policy_of_role, service_role


class RouteToStream(Construct):
    """A stream as a rule's target, read by `consumer` in batches.

    A record that fails again and again is isolated (partial batch response, bisecting) and goes to `unprocessed`
    while the rest of its shard flows on: the message names the record, which the stream keeps for `retention`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        consumer: lambda_.Function,
        encryption_key: kms.IKey,
        removal_policy: RemovalPolicy,
    ) -> None:
        super().__init__(scope, id_)
        self.consumer = consumer
        self.undelivered = DeadLetterQueue(
            self, "Undelivered", encryption_key=encryption_key, reason="EventBridge could not put them on the stream"
        )
        self.unprocessed = DeadLetterQueue(
            self, "Unprocessed", encryption_key=encryption_key, reason="the stream's consumer could not process them"
        )
        self.stream = kinesis.Stream(
            self,
            "Stream",
            stream_mode=kinesis.StreamMode.PROVISIONED,  # on demand costs more at rest, and by the GB: docs/costs.md
            shard_count=1,
            retention_period=Duration.days(7),
            encryption=kinesis.StreamEncryption.KMS,
            encryption_key=encryption_key,
            removal_policy=removal_policy,
        )
        acknowledge(
            self.stream,
            "KDS3",
            Pack.AWS_SOLUTIONS,
            reason="the environment's own key, whose policy is ours, instead of aws/kinesis",
        )
        self._writer = service_role(self.stream, "EventsRole", service="events.amazonaws.com", source="events:rule/*")
        self.stream.grant_write(self._writer)
        acknowledge_inline_policy(self._writer, grants="put records on this stream")
        acknowledge_key_grants(self._writer, "kms:GenerateDataKey*", "kms:ReEncrypt*")
        consumer.add_event_source(
            event_sources.KinesisEventSource(
                self.stream,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                # From 100 records on a record takes hardly less (docs/performance.md); what Lambda adds to each batch,
                # which no measurement here has, is divided by 500. Lambda hands on fewer where these have over 6 MB:
                # https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
                batch_size=500,
                max_batching_window=Duration.seconds(1),
                # One after the other: each knows what the one before it counted (docs/adr/0007), and that is enough
                # for all that a shard takes in.
                parallelization_factor=1,
                report_batch_item_failures=True,
                bisect_batch_on_error=True,
                retry_attempts=5,
                on_failure=event_sources.SqsDlq(self.unprocessed.queue),
            )
        )
        acknowledge(
            consumer,
            "LambdaDLQ",
            Pack.NIST,
            Pack.HIPAA,
            reason="its mapping's own queue gets what it fails on; a stream's records never reach a function's",
        )

        # the partition key is the event's id, which every event has
        self.targets = [target(self.stream.stream_arn, self.undelivered, role_arn=self._writer.role_arn)]

    def let_in(self, rules: Mapping[str, str]) -> list[IDependable]:
        return [policy_of_role(self._writer), self.undelivered.let_in(rules.values())]
