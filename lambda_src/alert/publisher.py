"""How is an alert published once, however often its event arrives?"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambda_src.alert.core import Alert

if TYPE_CHECKING:  # the stubs are no part of the function's asset
    from mypy_boto3_sns import SNSClient

# The latest that a second copy can come: Auth0 retries a failing delivery for 7 days, EventBridge its target for one,
# and a dead-letter queue keeps what failed for 14 more until somebody puts it back.
REMEMBERED_FOR = timedelta(days=7 + 1 + 14)


class Publisher:
    """Publishes alerts to the SNS topic `topic_arn`; `store` remembers the log ids.

    A publication that fails is forgotten again: the event's next delivery publishes. One that SNS took while its answer
    was lost is repeated: rather an alert twice than never.
    """

    def __init__(self, sns: "SNSClient", topic_arn: str, store: BasePersistenceLayer, logger: Logger) -> None:
        self._sns = sns
        self._topic_arn = topic_arn
        self._logger = logger
        self._config = IdempotencyConfig(
            expires_after_seconds=int(REMEMBERED_FOR.total_seconds()),
            hash_function="sha256",
            raise_on_no_idempotency_key=True,
            response_hook=self._already_published,
        )
        self._publish_once = idempotent_function(
            self._publish,
            data_keyword_argument="log_id",
            persistence_store=store,
            config=self._config,
            key_prefix="alert",  # the function's name, the default, may change with a deployment
        )

    def publish(self, alert: Alert, *, log_id: str, context: LambdaContext) -> dict[str, str]:
        """`{"log_id", "log_type"}`, whether it is published now or was before. `log_id` is the event's own, whole."""
        # so that an invocation which times out does not block the next one
        self._config.register_lambda_context(context)
        answer: dict[str, str] = self._publish_once(log_id=log_id, alert=alert)
        return answer

    def _publish(self, *, log_id: str, alert: Alert) -> dict[str, str]:  # noqa: ARG002 - powertools makes the key of it
        self._sns.publish(
            TopicArn=self._topic_arn,
            Subject=alert.subject,
            Message=alert.message,
            MessageAttributes={"log_type": {"DataType": "String", "StringValue": alert.log_type}},
        )
        self._logger.info("alert published", log_id=alert.log_id, log_type=alert.log_type)
        return {"log_id": alert.log_id, "log_type": alert.log_type}

    def _already_published(self, response: Any, idempotent_data: DataRecord) -> Any:  # noqa: ARG002 - the hook's signature
        self._logger.info("alert already published", log_id=response["log_id"])
        return response
