"""How does an event become an alert?"""

import os
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config

from lambda_src.alert.core import alert_of
from lambda_src.alert.publisher import Publisher
from lambda_src.auth0_events.envelope import parse_event
from lambda_src.warm import before_the_first_event

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, str]:
    """Publishes an alert about a whole EventBridge event, once for each log id.

    Raises InvalidEnvelope, and what AWS raises: Lambda tries again, then the dead-letter queue keeps the event.
    """
    log = parse_event(event)
    return publisher().publish(alert_of(log), log_id=log.log_id, context=context)


@cache
def publisher() -> Publisher:
    # Powertools would make a client in a session of its own, which reads botocore's data files once more.
    store = DynamoDBPersistenceLayer(os.environ["IDEMPOTENCY_TABLE_NAME"], boto3_client=boto3.client("dynamodb"))
    # Lambda calls a failed function again, for hours: all tries of one call end well within the function's 30 seconds.
    config = Config(retries={"total_max_attempts": 2, "mode": "standard"}, connect_timeout=2, read_timeout=5)
    return Publisher(boto3.client("sns", config=config), os.environ["TOPIC_ARN"], store, logger)


before_the_first_event(publisher)
