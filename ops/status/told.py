"""Is anybody told?"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ops.commands import Commands
from ops.status.asking import NotSeen
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

PART = "told"
TYPE = "AWS::SNS::Topic"
# https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html: in the place of the subscription's ARN
UNCONFIRMED = ("PendingConfirmation", "Deleted")


def subscriptions(client: "SNSClient", topic_arn: str) -> list[str]:
    pages = client.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn)
    return [each["SubscriptionArn"] for page in pages for each in page["Subscriptions"]]


def judge(topics: Mapping[str, Sequence[str] | NotSeen | None], commands: Commands, source: str | None) -> Judgement:
    """By topic; None for one that is gone. That nobody listens is said and no more: an environment may do without."""
    yield from not_seen(PART, topics)
    for topic, arns in topics.items():
        if arns is None:
            yield Row(part=PART, name=topic, mark=Mark.NEEDS_YOU, says="DELETED", facts={"exists": False})
            yield gone(topic, commands, source)
        elif not isinstance(arns, NotSeen):
            yield listeners(topic, arns)


def gone(topic: str, commands: Commands, source: str | None) -> Finding:
    return Finding(
        part=PART,
        name=topic,
        what=f"topic {topic} was deleted, and its subscriptions with it: nobody is told",
        do=f"{commands.recreating}, and subscribe whoever was subscribed by hand.",
        commands=commands.recreate(source),
    )


def listeners(topic: str, arns: Sequence[str]) -> Row:
    confirmed = [arn for arn in arns if arn not in UNCONFIRMED]
    waiting = len(arns) - len(confirmed)
    if confirmed:
        says = f"{len(confirmed)} confirmed"
    elif waiting:
        says = "nobody yet: a subscription waits for its confirmation (look into the mailbox)"
    else:
        says = "nobody: subscribe, or deploy with `-c alert_email=ADDRESS`"
    mark = Mark.WELL if confirmed else Mark.NOTE
    facts = {"exists": True, "confirmed": len(confirmed), "unconfirmed": waiting}
    return Row(part=PART, name=topic, mark=mark, says=says, facts=facts)
