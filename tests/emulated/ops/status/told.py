"""What does a status tell?"""

from typing import Any

from tests.emulated.ops.status.account import SOURCE

RECREATE = f"cdk deploy --all --revert-drift -c event_source={SOURCE}"


def only(told: Any) -> tuple[str, str, list[str]]:
    """The one finding: its name, what it says, its commands."""
    (found,) = told["needs_you"]
    return found["name"], found["what"], found["commands"]


def rows(told: Any, part: str) -> dict[str, Any]:
    return {row["name"]: row for row in told["seen"] if row["part"] == part}
