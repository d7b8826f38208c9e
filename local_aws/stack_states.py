"""When does a caller who asks again every few seconds hear that a stack is done?

At once: a DescribeStacks that names a stack in motion is answered when that has ended, or after a few seconds. AWS
answers immediately, and the CDK CLI then waits five seconds before it asks again; here most stacks take less than one.
"""

import asyncio
import time
from typing import Any
from urllib.parse import parse_qs

from ministack.services import cloudformation
from ministack.services.cloudformation.handlers import _resolve_stack

from local_aws.seams import ministacks, replaces

PATIENCE = 4.0  # seconds; no client gives an answer up so early
WAITS_FOR_ITS_CALLER = "REVIEW_IN_PROGRESS"  # for the execution of its first change set


@replaces(cloudformation, "handle_request")
async def handle_request(method: str, path: str, headers: Any, body: bytes, query_params: Any) -> Any:
    asked = parse_qs(body.decode(errors="replace"))
    if asked.get("Action") == ["DescribeStacks"] and "StackName" in asked:
        give_up = time.monotonic() + PATIENCE
        while is_in_motion(asked["StackName"][0]) and time.monotonic() < give_up:
            await asyncio.sleep(0.05)
    return await ministacks(handle_request)(method, path, headers, body, query_params)


def is_in_motion(stack: str) -> bool:
    status: str = (_resolve_stack(stack) or {}).get("StackStatus", "")
    return status.endswith("_IN_PROGRESS") and status != WAITS_FOR_ITS_CALLER
