"""How does a request of CloudFormation's become an answer?"""

import os
import random
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambda_src.log_stream import answer
from lambda_src.log_stream.attempts import Attempts, Clock
from lambda_src.log_stream.aws import events_client, secret_text, secrets_client, wait_for_source
from lambda_src.log_stream.core import Keeper
from lambda_src.log_stream.credentials import is_local_aws, read_credentials
from lambda_src.log_stream.http_call import Https
from lambda_src.log_stream.refusal import Refused
from lambda_src.log_stream.tenant import Tenant
from lambda_src.log_stream.wanted import known_id, read_request

# Seconds. The answer takes 15 at most (answer.py); a request to Auth0 that has begun takes 20 (http_call.py).
FOR_THE_ANSWER, FOR_A_REQUEST = 20.0, 20.0
OUT_OF_TIME = "Auth0 and AWS together took longer than the function may: deploy again, what is done is found again"

logger = Logger()


@logger.inject_lambda_context(log_event=False)  # it has the address that takes the answer
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Answers once, whatever happens: a request without an answer blocks the deployment. Raises NotAnswered."""
    seconds = context.get_remaining_time_in_millis() / 1000
    seconds = max(seconds - FOR_THE_ANSWER, seconds / 2)
    answer.put(event["ResponseURL"], outcome(event, keeper_for(seconds), seconds=seconds))


def outcome(event: dict[str, Any], keeper: Keeper, *, seconds: float) -> bytes:
    """The answer, after `seconds` at the latest: the work has a thread of its own, and is left alone then."""
    keeper.stream_id = known_id(event)
    pool = ThreadPoolExecutor(1)
    try:
        source = pool.submit(carried_out, keeper, event).result(timeout=seconds)
    except Refused as refused:
        return failed(event, keeper, str(refused))
    except TimeoutError:
        return failed(event, keeper, OUT_OF_TIME)
    except Exception as error:  # noqa: BLE001 - whoever does not answer blocks the deployment
        # Without the error's own text, which might repeat a secret.
        logger.warning("unexpected", error=type(error).__name__, where=places(error))
        group = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME", "of this function")
        return failed(event, keeper, f"an unexpected {type(error).__name__}; log group {group} says where")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    logger.info("done", request=event["RequestType"], stream_id=keeper.stream_id, event_source=source)
    return answer.well(event, keeper.stream_id, source)


def carried_out(keeper: Keeper, event: dict[str, Any]) -> str | None:
    return keeper.carry_out(read_request(event))


def keeper_for(seconds: float) -> Keeper:
    clock = Clock(now=time.monotonic, wall=time.time, sleep=time.sleep, random=random.random)
    deadline = clock.now() + max(seconds - FOR_A_REQUEST, seconds / 2)
    return Keeper(
        tenant=partial(log_in, Attempts(clock=clock, deadline=deadline)),
        wait_for=partial(wait_for_source, events_client(), clock=clock, deadline=deadline),
    )


def log_in(attempts: Attempts, secret: str) -> Tenant:
    text = secret_text(secrets_client(), secret, clock=attempts.clock, deadline=attempts.deadline)
    on_local_aws = is_local_aws(os.environ.get("AWS_ENDPOINT_URL"))
    return Tenant(read_credentials(secret, text, on_local_aws=on_local_aws), Https(), attempts)


def failed(event: dict[str, Any], keeper: Keeper, reason: str) -> bytes:
    logger.warning("not done", request=event.get("RequestType"), stream_id=keeper.stream_id, reason=reason)
    return answer.failed(event, keeper.stream_id, reason)


def places(error: Exception) -> list[str]:
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
