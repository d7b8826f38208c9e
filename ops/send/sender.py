"""What does the sender say to a portion?

Each portion is sent once. If its answer gets lost, nobody knows whether its events went out: the run stops and says so,
and a person sends them again or looks first. With the same log ids that is harmless: consumers remember them.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.printable import printable
from ops.aws import Aws, OpsError
from ops.busy import when_free
from ops.environment import Environment
from ops.redrive.function_calls import call
from ops.redrive.refusal import FunctionFailed
from ops.send.portion import Portion

GONE = "ResourceNotFoundException"
REFUSALS = range(400, 500)  # of HTTP: what came before the function; after a 500 nobody knows
LONGEST_REASON = 300  # characters
NUMBERS = ("sent", "retried", "failed")


def sender_of(environment: Environment) -> str:
    """The function's name. Raises OpsError in an environment without one."""
    if not environment.sender_function:
        raise OpsError(
            f"{environment} has no sender: its simulator is off; deploy it with `-c simulator=true`, or choose another "
            "--env"
        )
    return environment.sender_function


class NotCalled(OpsError):
    """Nothing of the portion was sent."""


class Sender:
    """`recreate`: what brings a function back that somebody deleted, the end of a sentence."""

    def __init__(self, aws: Aws, function: str, *, recreate: str, sleep: Callable[[float], object]) -> None:
        self._aws = aws
        _ = aws.functions  # made before several threads ask for it: boto3's sessions are not for that
        self._function = function
        self._recreate = recreate
        self._sleep = sleep

    def send(self, portion: Portion) -> Mapping[str, Any]:
        """As `lambda_src.sender.report.Report.answer`. Raises OpsError: what is known of the portion's events."""
        try:
            answer = when_free(partial(call, self._aws, self._function, portion.payload), self._sleep)
        except FunctionFailed as failed:
            raise OpsError(f"the sender failed at {portion.place}: {failed}") from failed
        except ClientError as error:
            said = error.response.get("Error", {})
            if said.get("Code") == GONE:
                raise NotCalled(f"the sender's function {self._function} is gone: {self._recreate}") from error
            reason = printable(f"{said.get('Code')}: {said.get('Message')}", LONGEST_REASON)
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") not in REFUSALS:
                raise OpsError(f"Lambda failed with {portion.place}, they may be sent or not: {reason}") from error
            raise NotCalled(f"the sender could not be called with {portion.place}: {reason}") from error
        except BotoCoreError as error:
            reason = printable(str(error), LONGEST_REASON)
            raise OpsError(f"the answer about {portion.place} got lost, they may be sent or not: {reason}") from error
        except ValueError as error:  # an answer that is no JSON
            raise OpsError(
                f"the sender's answer about {portion.place} cannot be read, they may be sent or not"
            ) from error
        if not isinstance(answer, Mapping) or not all(isinstance(answer.get(name), int) for name in NUMBERS):
            raise OpsError(f"the sender does not say what became of {portion.place}: it is no sender of this app")
        return answer
