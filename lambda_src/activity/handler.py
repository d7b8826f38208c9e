"""How does a Kinesis batch become metrics?"""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambda_src.activity.batch import read_batch
from lambda_src.activity.core import Activity, activity_of
from lambda_src.printable import printable

LONGEST_LOG_ID = 100  # characters; Auth0's have about 55
MOST_LOG_IDS = 1_000  # in one log line, which CloudWatch cuts at 262,144 bytes; the stack's batches have 100 records

logger = Logger()
metrics = Metrics()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> PartialItemFailureResponse:
    """Counts the logs of a Kinesis batch; answers which records failed. Raises NoProgress."""
    batch = read_batch(event)
    for sequence_number, reason in batch.refused.items():
        logger.warning("record refused", sequence_number=sequence_number, reason=reason)
    batch.require_progress()
    _publish(activity_of(batch.logs))
    return batch.response


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
        counts=activity.counts,
        attacks_by_type=activity.attacks_by_type,
    )
