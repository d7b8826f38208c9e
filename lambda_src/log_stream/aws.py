"""What does the function ask of AWS, and what does it mean when AWS refuses?"""

from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.log_stream.attempts import Clock
from lambda_src.log_stream.refusal import Refused

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

BETWEEN_LOOKS = 1.0  # seconds
LONGEST_WAIT = 60.0  # seconds until EventBridge shows a new source
# Seconds in which a right that was given to the role a moment ago may not be known everywhere yet:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
FOR_NEW_RIGHTS, BETWEEN_TRIES = 20.0, 4.0
DENIED = "AccessDeniedException"
IN_TIME = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
NONE = "secret {secret} cannot be read: there is none of this name in this account and region"
# By the error's code. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
NO_SECRET = {
    "ResourceNotFoundException": f"{NONE}, or it has no value yet",
    # Of a secret that is not there, AWS may say either: its policy names secrets with their random end.
    DENIED: f"{NONE}, or its own key or policy keeps the function out",
    "DecryptionFailure": "the function may not use the key of secret {secret}",
    "InvalidRequestException": "secret {secret} is about to be deleted: `aws secretsmanager restore-secret` keeps it",
}


@cache
def secrets_client() -> Any:
    return boto3.client("secretsmanager", config=IN_TIME)


@cache
def events_client() -> "EventBridgeClient":
    return boto3.client("events", config=IN_TIME)


def secret_text(client: Any, secret: str, *, clock: Clock, deadline: float) -> str | None:
    """None for a secret that is no text. What is denied is asked again for FOR_NEW_RIGHTS. Raises Refused."""
    give_up = min(deadline, clock.now() + FOR_NEW_RIGHTS)
    while True:
        try:
            text: str | None = client.get_secret_value(SecretId=secret).get("SecretString")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code != DENIED or clock.now() + BETWEEN_TRIES > give_up:
                why = NO_SECRET.get(code, f"secret {{secret}} cannot be read: Secrets Manager answers {code}")
                raise Refused(why.format(secret=secret)) from None
            clock.sleep(BETWEEN_TRIES)
        except BotoCoreError as error:
            raise Refused(f"Secrets Manager cannot be reached: {type(error).__name__}") from None
        else:
            return text


def wait_for_source(client: "EventBridgeClient", name: str, *, clock: Clock, deadline: float) -> None:
    """Returns when EventBridge shows the partner event source, PENDING or ACTIVE.

    A denial is none for FOR_NEW_RIGHTS. Raises Refused.
    """
    deadline = min(deadline, clock.now() + LONGEST_WAIT)
    rights_are_known = min(deadline, clock.now() + FOR_NEW_RIGHTS)
    while True:
        state = source_state(client, name, may_be_denied=clock.now() + BETWEEN_LOOKS <= rights_are_known)
        if state in ("PENDING", "ACTIVE"):
            return
        if state == "DELETED":
            raise Refused(
                f"the partner event source {name} is DELETED: delete its bus and its log stream, deploy again"
            )
        if clock.now() + BETWEEN_LOOKS > deadline:
            raise Refused(
                f"Auth0 made the log stream, and EventBridge does not show its event source {name} yet: deploy again"
            )
        clock.sleep(BETWEEN_LOOKS)


def source_state(client: "EventBridgeClient", name: str, *, may_be_denied: bool) -> str | None:
    """None while it is unknown. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventSource.html."""
    try:
        return client.describe_event_source(Name=name)["State"]
    except client.exceptions.ResourceNotFoundException:
        return None
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if may_be_denied and code == DENIED:
            return None
        raise Refused(f"EventBridge does not tell of event source {name}: {code}") from None
    except BotoCoreError as error:
        raise Refused(f"EventBridge cannot be reached: {type(error).__name__}") from None
