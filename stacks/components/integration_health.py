"""Is the integration healthy as a whole?"""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

from stacks.components.question import Question
from stacks.components.watched import Meaning, Watched, described

UNHEALTHY = Meaning(
    question=Question.SENT,
    section="Unhealthy",
    says="An alarm of the Auth0 integration that calls is in alarm. It has called by itself; this one says when all "
    "of them are over: what was lost meanwhile has to be put right all the same",
)


class IntegrationHealth(Construct):
    """A composite alarm that is in alarm as long as any alarm is that calls somebody.

    Each of those calls by itself and once: were this one to call instead, a second trouble would be silent as long as
    the first one is open, and were both to call, everything would come twice. So it tells the end alone.
    """

    def __init__(self, scope: Construct, id_: str, *, watched: Sequence[Watched], topic: sns.ITopic) -> None:
        super().__init__(scope, id_)
        # By name: the ARNs of a full environment come close to the 10,240 characters of a rule.
        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
        calling = [f'ALARM("{each.alarm.alarm_name}")' for each in watched if each.meaning.calls]
        self.alarm = cloudwatch.CompositeAlarm(
            self,
            "Unhealthy",
            alarm_rule=cloudwatch.AlarmRule.from_string(" OR ".join(calling)),
            alarm_description=described(UNHEALTHY),
        )
        self.alarm.add_ok_action(actions.SnsAction(topic))
