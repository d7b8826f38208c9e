"""How do the canaries get onto the bus?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from botocore.exceptions import ClientError

from lambda_src.printable import printable
from ops.aws import OpsError, time_of
from ops.environment import Environment
from ops.redrive.function_calls import call
from ops.redrive.refusal import FunctionFailed
from ops.verify.canary import Canary, detail
from ops.verify.clock import Offset, offset
from ops.verify.watch import GONE, Time

LONGEST_REASON = 200  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """`taken_seconds`: until the sender's answer, None while there is none. `given_up`: why, by log_id; safe to show.

    `at_ms`: when the sender was called, by AWS's clock, in ms since 1970.
    """

    at_ms: int
    offset: Offset
    taken_seconds: float | None = None
    given_up: Mapping[str, str] = field(default_factory=dict)


def clock_offset(environment: Environment, time: Time) -> Offset:
    """By a question whose answer does not matter."""
    asked = time.wall()
    answer = environment.aws.events.list_rules(EventBusName=environment.output("SimulationBusName"), Limit=1)
    return offset(aws_second_end=time_of(answer["ResponseMetadata"]), asked=asked, answered=time.wall())


def require_sender(environment: Environment) -> str:
    """The sender's name. Raises OpsError where there is none."""
    if not environment.sender_function or "SimulationBusName" not in environment.outputs:
        raise OpsError(
            f"{environment} has no simulator, and nobody but AWS's partners can put events on a partner bus: see what "
            f"`{environment.commands.ops('status')}` says, log in to the tenant once, and look for it with "
            f"`{environment.commands.ops('tail')}`"
        )
    return environment.sender_function


def send(environment: Environment, canaries: Sequence[Canary], *, now: float) -> dict[str, str]:
    """Why the sender gave events up, by log_id: it names every one of so few.

    `now`: seconds since 1970, the date of the events. Raises OpsError if it failed, ClientError if it was not started.
    """
    events = [detail(canary, datetime.fromtimestamp(now, UTC)) for canary in canaries]
    try:
        answer = call(environment.aws, require_sender(environment), json.dumps({"events": events}))
    except FunctionFailed as failed:
        raise OpsError(f"the sender failed, look at its log: {failed}") from failed
    except ClientError as error:
        if error.response["Error"].get("Code") != GONE:
            raise
        function = environment.sender_function
        raise OpsError(f"the sender's function {function} is gone: {environment.way_back}") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("failed"), int):
        raise OpsError("the sender does not say whether it has sent the events: look at its log")
    return {
        str(each["log_id"]): printable(f"{each['code']} after {each['attempts']} attempts", LONGEST_REASON)
        for each in answer.get("failures", [])
    }
