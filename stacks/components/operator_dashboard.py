"""What does an operator see, in the order of the questions?"""

from collections.abc import Sequence
from math import ceil

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from stacks.components.graphs import graphs_of
from stacks.components.parts import Parts
from stacks.components.question import Question
from stacks.components.watched import PAGE, Watched

WIDTH = 24  # of a row: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
ALARMS_A_LINE = 6


class OperatorDashboard(Construct):
    """For each question, from the top: its heading, its graphs, its alarms. The state of the whole comes first."""

    def __init__(
        self, scope: Construct, id_: str, *, parts: Parts, watched: Sequence[Watched], health: cloudwatch.IAlarm
    ) -> None:
        super().__init__(scope, id_)
        self.dashboard = cloudwatch.Dashboard(self, "Dashboard", default_interval=Duration.hours(3))
        self.dashboard.add_widgets(alarms_widget("In alarm as long as any alarm that calls is", [health]))
        for question in Question:
            graphs = graphs_of(question, parts)
            alarms = [each.alarm for each in watched if each.meaning.question is question]
            if not graphs and not alarms:
                continue
            self.dashboard.add_widgets(heading(question))
            self.dashboard.add_widgets(
                *[
                    cloudwatch.GraphWidget(title=title, left=lines, width=WIDTH // len(graphs))
                    for title, lines in graphs.items()
                ]
            )
            if alarms:
                self.dashboard.add_widgets(alarms_widget(f"Alarms: {PAGE} has a section for each", alarms))


def heading(question: Question) -> cloudwatch.TextWidget:
    return cloudwatch.TextWidget(
        markdown=f"## {question.value}", width=WIDTH, height=1, background=cloudwatch.TextWidgetBackground.TRANSPARENT
    )


def alarms_widget(title: str, alarms: Sequence[cloudwatch.IAlarm]) -> cloudwatch.AlarmStatusWidget:
    return cloudwatch.AlarmStatusWidget(
        title=title, alarms=alarms, width=WIDTH, height=1 + ceil(len(alarms) / ALARMS_A_LINE)
    )
