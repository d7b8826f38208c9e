"""Is anybody told?"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ops.status.asking import NotSeen
from ops.status.report import Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

PART = "told"
TYPE = "AWS::SNS::Topic"
# https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html: in the place of the subscription's ARN
UNCONFIRMED = ("PendingConfirmation", "Deleted")


def subscriptions(client: "SNSClient", topic_arn: str) -> list[str]:
    pages = client.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn)
    return [each["SubscriptionArn"] for page in pages for each in page["Subscriptions"]]


def judge(topics: Mapping[str, Sequence[str] | NotSeen | None]) -> Judgement:
    """By topic; None for one that is gone. It is said and no more: an environment may do without."""
    yield from not_seen(PART, topics)
    for topic, arns in topics.items():
        if isinstance(arns, NotSeen):
            continue
        confirmed = [arn for arn in arns or () if arn not in UNCONFIRMED]
        waiting = len(arns or ()) - len(confirmed)
        if confirmed:
            says = f"{len(confirmed)} confirmed"
        elif waiting:
            says = "nobody yet: a subscription waits for its confirmation (look into the mailbox)"
        else:
            says = (
                "nobody: subscribe, or deploy with `-c alert_email=ADDRESS`"
                if arns is not None
                else "nobody: it was deleted"
            )
        mark = Mark.WELL if confirmed else Mark.NOTE
        yield Row(
            part=PART, name=topic, mark=mark, says=says, facts={"confirmed": len(confirmed), "unconfirmed": waiting}
        )
