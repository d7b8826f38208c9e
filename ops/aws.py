"""How does an operator's command reach AWS?"""

import os
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_kinesis import KinesisClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import ResponseMetadataTypeDef

# Seconds. No function runs longer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
SLOWEST_ANSWER = 900
MOST_AT_ONCE = 10  # connections of one client: botocore's own limit, beyond which it warns
PATIENT = Config(retries={"total_max_attempts": 4, "mode": "standard"})
# No second try: an answer that got lost must not run the function again.
ONCE = Config(
    retries={"total_max_attempts": 1, "mode": "standard"}, read_timeout=SLOWEST_ANSWER + 10, tcp_keepalive=True
)
# For a look into many regions: one that is not enabled must not keep the others waiting.
QUICK = Config(retries={"total_max_attempts": 1, "mode": "standard"}, connect_timeout=3, read_timeout=5)


class OpsError(Exception):
    """One line: what was wrong, the value, and how to put it right."""


class Aws:
    """Clients of one account and region, each made when it is first used."""

    def __init__(self, session: boto3.Session) -> None:
        self._session = session
        self.region = session.region_name

    @cached_property
    def cloudformation(self) -> "CloudFormationClient":
        return self._session.client("cloudformation", config=PATIENT)

    @cached_property
    def sqs(self) -> "SQSClient":
        return self._session.client("sqs", config=PATIENT)

    @cached_property
    def functions(self) -> "LambdaClient":
        """For calls whose answer matters: it waits as long as a function can run."""
        return self._session.client("lambda", config=ONCE)

    @cached_property
    def function_settings(self) -> "LambdaClient":
        """For all that calls no function."""
        return self._session.client("lambda", config=PATIENT)

    @cached_property
    def kinesis(self) -> "KinesisClient":
        return self._session.client("kinesis", config=PATIENT)

    @cached_property
    def logs(self) -> "CloudWatchLogsClient":
        return self._session.client("logs", config=PATIENT)

    @cached_property
    def events(self) -> "EventBridgeClient":
        return self._session.client("events", config=PATIENT)

    @cached_property
    def ecs(self) -> "ECSClient":
        return self._session.client("ecs", config=PATIENT)

    @cached_property
    def cloudwatch(self) -> "CloudWatchClient":
        return self._session.client("cloudwatch", config=PATIENT)

    @cached_property
    def sns(self) -> "SNSClient":
        return self._session.client("sns", config=PATIENT)

    @cached_property
    def ssm(self) -> Any:
        return self._session.client("ssm", config=PATIENT)

    def other_regions(self, service: str) -> list[str]:
        """Where boto3 knows the service to be, in this region's partition: credentials count in no other."""
        return [region for region in self.known_regions(service) if region != self.region]

    def known_regions(self, service: str) -> list[str]:
        """This one is not among them if it is none, or newer than boto3."""
        partition = self._session.get_partition_for_region(self.region)
        return self._session.get_available_regions(service, partition_name=partition)

    def elsewhere(self, service: str, region: str) -> Any:
        """A client for another region, which asks once and does not wait long."""
        client: Any = self._session.client
        return client(service, region_name=region, config=QUICK)


def connect(*, profile: str | None, region: str | None) -> Aws:
    """The account of the profile, or of the environment's credentials. Raises OpsError before anything is asked."""
    try:
        # boto3 itself reads AWS_DEFAULT_REGION alone
        session = boto3.Session(profile_name=profile, region_name=region or os.environ.get("AWS_REGION") or None)
        aws, credentials = Aws(session), session.get_credentials()
        if session.region_name and credentials:
            _ = aws.sqs  # a wrong endpoint is a ValueError, here and never later
    except ValueError as error:
        raise OpsError(f"{error}: correct AWS_ENDPOINT_URL, or the profile's endpoint_url") from error
    except BotoCoreError as error:
        raise OpsError(f"{error}: choose another with --profile") from error
    if not session.region_name:
        raise OpsError("no region: name one with --region, or set AWS_REGION")
    if not credentials:
        raise OpsError("no AWS credentials: name a profile with --profile, or log in (`aws sso login`)")
    return aws


def time_of(metadata: "ResponseMetadataTypeDef") -> float:
    """When AWS gave the answer, to the end of that second; by this machine's clock if the answer does not say."""
    date = metadata["HTTPHeaders"].get("date")
    return parsedate_to_datetime(date).timestamp() + 1 if date else time.time()


def use(environment: Mapping[str, str]) -> None:
    """Makes `environment` this process's own, so that boto3 sees the AWS that it names and no other."""
    os.environ.clear()
    os.environ.update(environment)
