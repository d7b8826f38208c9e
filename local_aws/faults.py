"""Which calls, entries and deliveries fail because somebody asked for it?

By `aws ssm put-parameter --overwrite --type String --name /local-aws/faults --value '{"entry": 1, "times": 2}'`:

    throttle    chance that a whole PutEvents call fails with ThrottlingException
    entry       chance that one entry of a PutEvents call fails, with `code` (default: ThrottlingException)
    delivery    chance that one attempt to deliver to a rule's target fails as throttled
    containing  only those whose text contains this
    times       at most so many; writing the parameter again starts the count anew
"""

import json
import logging
import random
from collections.abc import Callable
from typing import Any

from ministack.services import ssm

PARAMETER = "/local-aws/faults"
log = logging.getLogger(__name__)


class Faults:
    """What one writing of the parameter asks for, and how much of that is left."""

    def __init__(self, asked: str, chance: Callable[[], float] = random.random) -> None:
        try:
            self.asked: dict[str, Any] = json.loads(asked)
        except ValueError:
            log.warning("%s is not JSON: no faults", PARAMETER)
            self.asked = {}
        self._chance, self._left = chance, float(self.asked.get("times", "inf"))

    def hits(self, kind: str, text: str = "") -> bool:
        wanted = self._left > 0 and self.asked.get("containing", "") in text
        hit = wanted and self._chance() < float(self.asked.get(kind, 0))
        self._left -= hit
        return hit


written: dict[object, Faults] = {}


def faults() -> Faults:
    parameter = ssm._parameters.get(PARAMETER) or {"Value": "{}", "Version": 0, "LastModifiedDate": 0}
    writing = parameter["Version"], parameter["LastModifiedDate"]
    return written.get(writing) or written.setdefault(writing, Faults(parameter["Value"]))
