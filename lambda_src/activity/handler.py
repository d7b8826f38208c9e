"""How does a Kinesis batch become metrics?"""

import os
import random
import time
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.activity.batch import read_batch
from lambda_src.activity.core import Activity, activity_of
from lambda_src.activity.counted_logs import CountedLogs, Unprocessed
from lambda_src.printable import printable
from lambda_src.warm import before_the_first_event

LONGEST_LOG_ID = 100  # characters; Auth0's have about 55
LONGEST_REASON = 200  # characters
MOST_LOG_IDS = 1_000  # in one log line, which CloudWatch cuts at 262,144 bytes; the stack's batches have 500 records
# Short, so that a table that does not answer leaves the function's minute for an error of its own.
# DynamoDB checks what it is sent itself; botocore's check of each item takes a fifth of the function's time for it.
DYNAMODB = Config(
    connect_timeout=1,
    read_timeout=2,
    retries={"total_max_attempts": 3, "mode": "standard"},
    parameter_validation=False,
)

logger = Logger()
metrics = Metrics()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> PartialItemFailureResponse:
    """Counts the logs of a Kinesis batch that no earlier batch had; answers which records failed.

    Counted first, remembered after: a crash between the two counts again, none ever loses a count. Two shards that read
    the same log at the same moment both count it; the stack's stream has one.
    Raises NoProgress, and what AWS raises when it cannot say what was counted: the batch comes again, uncounted.
    """
    batch = read_batch(event)
    for sequence_number, reason in batch.refused.items():
        logger.warning("record refused", sequence_number=sequence_number, reason=reason)
    batch.require_progress()
    activity = activity_of(batch.logs, already_counted=counted_logs().among(log.log_id for log in batch.logs))
    _publish(activity)
    _remember(activity)
    return batch.response


@cache
def counted_logs() -> CountedLogs:
    client = boto3.client("dynamodb", config=DYNAMODB)
    table_name = os.environ["COUNTED_LOGS_TABLE_NAME"]
    return CountedLogs(client, table_name, now=time.time, sleep=time.sleep, random=random.random)


def _publish(activity: Activity) -> None:
    for name, count in activity.counts.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
    metrics.flush_metrics()
    for log_type, count in activity.attacks_by_type.items():
        with single_metric(name="Attacks", unit=MetricUnit.Count, value=count) as metric:
            metric.add_dimension(name="log_type", value=log_type)
    logger.info(
        "batch counted",
        log_ids=[printable(log_id, LONGEST_LOG_ID) for log_id in activity.log_ids[:MOST_LOG_IDS]],
        log_ids_omitted=max(0, len(activity.log_ids) - MOST_LOG_IDS),
        already_counted=activity.already_counted,
        counts=activity.counts,
        attacks_by_type=activity.attacks_by_type,
    )


def _remember(activity: Activity) -> None:
    """No error if it fails: the batch is counted, and coming again it would certainly be counted again."""
    try:
        counted_logs().remember(activity.log_ids)
    except (ClientError, BotoCoreError, Unprocessed) as error:
        reason = printable(f"{type(error).__name__}: {error}", LONGEST_REASON)
        logger.error("counted logs not remembered", logs=len(activity.log_ids), reason=reason)  # noqa: TRY400 - one line


before_the_first_event(counted_logs)
