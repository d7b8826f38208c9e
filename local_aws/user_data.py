"""What does an instance run, by its own user data?

Reads the forms that this app writes, and no others: files as `cat > PATH <<'MARK'`, among them one systemd unit and at
most one configuration of the CloudWatch agent. Nothing of the script is executed.
"""

import json
import re
import shlex
from dataclasses import dataclass

HEREDOC = re.compile(r"^cat > (\S+) <<'(\w+)'\n(.*?)^\2$", re.MULTILINE | re.DOTALL)


class UnreadableUserData(ValueError):
    """The user data has none of the forms that are read here, and so starts nothing."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """`files`: path → text. `output`: the file of `StandardOutput=append:`. `logs`: file → log group."""

    files: dict[str, str]
    command: list[str]
    output: str
    environment: dict[str, str]
    logs: dict[str, str]
    restarts: bool


def read(script: str) -> Unit:
    """Raises UnreadableUserData, with what is missing."""
    files = {path: text for path, _, text in HEREDOC.findall(script)}
    units = [text for path, text in files.items() if path.endswith(".service")]
    if len(units) != 1:
        raise UnreadableUserData(f"one systemd unit is needed, by cat > PATH.service <<'MARK'; found {len(units)}")
    settings: dict[str, list[str]] = {}
    for key, _, value in (line.strip().partition("=") for line in units[0].splitlines()):
        settings.setdefault(key, []).append(value)
    command, output = settings.get("ExecStart", [""])[-1], settings.get("StandardOutput", [""])[-1]
    if not command or not output.startswith("append:/"):
        raise UnreadableUserData("the unit needs ExecStart= and StandardOutput=append:/PATH")
    words = [word for value in settings.get("Environment", []) for word in shlex.split(value)]
    return Unit(
        files=files,
        command=shlex.split(command),
        output=output.removeprefix("append:"),
        environment=dict(word.split("=", 1) for word in words),
        logs=dict(pair for text in files.values() for pair in collected(text)),
        restarts=settings.get("Restart", ["no"])[-1] in ("always", "on-failure"),
    )


def collected(text: str) -> list[tuple[str, str]]:
    """The files and log groups of a CloudWatch agent's configuration; none of any other text."""
    try:
        wanted = json.loads(text)["logs"]["logs_collected"]["files"]["collect_list"]
        return [(each["file_path"], each["log_group_name"]) for each in wanted]
    except (ValueError, KeyError, TypeError):
        return []
