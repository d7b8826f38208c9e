"""What stands in for a line of the event log?"""

import json
from typing import Any

from ops.event_log import Seen, parse

MOMENT_MS = 1_795_521_600_000  # 2026-11-24T12:00:00Z


def seen(line: int | str = 1, *, at: float = 0, source: str = "", replay: str = "", **data: Any) -> Seen:
    """The line with this id, `at` so many seconds after the moment."""
    log = {"type": "fp", "log_id": f"log-{line}", **data}
    event = {"source": source, "time": "2026-11-24T12:00:00Z", "detail": {"log_id": log["log_id"], "data": log}}
    found = parse(
        {
            "eventId": str(line),
            "timestamp": MOMENT_MS + int(at * 1_000),
            "message": json.dumps(event | ({"replay-name": replay} if replay else {})),
        }
    )
    assert found
    return found
