"""How long are logs kept, and under which key?"""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.settings import LOG_RETENTION_DAYS

FINITE_PERIODS = [period for period in logs.RetentionDays if period is not logs.RetentionDays.INFINITE]
RETENTION = dict(zip(LOG_RETENTION_DAYS, FINITE_PERIODS, strict=True))


class EncryptedLogGroup(Construct):
    """A log group with the environment's key and retention (days); it goes with its stack."""

    def __init__(self, scope: Construct, id_: str, *, encryption_key: kms.IKey, log_days: int) -> None:
        super().__init__(scope, id_)
        self.log_group = logs.LogGroup(
            self,
            "LogGroup",
            encryption_key=encryption_key,
            retention=RETENTION[log_days],
            removal_policy=RemovalPolicy.DESTROY,
        )
