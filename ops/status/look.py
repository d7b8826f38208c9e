"""In which order is AWS asked for a status?

First what is known before anything is deployed, then everything about what is deployed, all at once; other regions only
when something is not here.
"""

from datetime import datetime

from ops.aws import Aws
from ops.commands import Commands
from ops.status import versions
from ops.status.asking import Asking
from ops.status.before import Before
from ops.status.inside import Inside
from ops.status.report import Report
from ops.status.sources import Wanted

CLIENTS = (
    *("cloudformation", "cloudwatch", "ecs", "events", "function_settings"),
    *("kinesis", "logs", "sns", "sqs", "ssm"),
)


def look(aws: Aws, commands: Commands, wanted: Wanted, asking: Asking, now: datetime) -> Report:
    """Raises OpsError if AWS does not take the credentials, or nobody answers in the region."""
    for client in CLIENTS:  # boto3 makes none while another thread does
        getattr(aws, client)
    before = Before(aws, commands, wanted, asking)
    inside = Inside(before.environment, asking, now)
    report = Report(environment=commands.environment, region=aws.region)
    report.add(before.judge_deployment())
    report.add(before.judge_sources(now, inside.has_bus))
    report.add(inside.judge(commands, before.source_setting))
    report.add(versions.judge())
    return report
