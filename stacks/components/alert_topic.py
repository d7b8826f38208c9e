"""Who is told about something that needs a person?"""

from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct


class AlertTopic(Construct):
    """An encrypted topic that takes messages over TLS only, with `alert_email` subscribed when it is set."""

    def __init__(self, scope: Construct, id_: str, *, alert_email: str | None, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self.topic = sns.Topic(self, "Topic", master_key=encryption_key, enforce_ssl=True)
        if alert_email:
            self.topic.add_subscription(subscriptions.EmailSubscription(alert_email))
