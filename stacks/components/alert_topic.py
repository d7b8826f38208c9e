"""Who is told about something that needs a person?"""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from stacks.components.here import ACCOUNT_ID


class AlertTopic(Construct):
    """An encrypted topic that takes messages over TLS only, with `alert_email` subscribed when it is set."""

    def __init__(self, scope: Construct, id_: str, *, alert_email: str | None, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self.topic = sns.Topic(self, "Topic", master_key=encryption_key, enforce_ssl=True)
        if alert_email:
            self.topic.add_subscription(subscriptions.EmailSubscription(alert_email))

    def allow_alarms(self) -> None:
        """enforce_ssl gives the topic a policy, which takes the place of the default one that lets alarms in.

        https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
        """
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": ACCOUNT_ID}},
            )
        )
