"""How does CDK context become settings?"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from stacks.route import SELECTABLE_TARGETS, Target
from stacks.settings import InvalidSettings, Settings, check, check_regions_agree


def read_settings(context: Mapping[str, Any], *, default_region: str | None = None) -> Settings:
    """Settings from CDK context, whose values on the command line are text (`-c simulator=false`).

    `default_region` is where the CDK CLI is about to deploy; only compared with an event source's ARN.
    Raises InvalidSettings.
    """
    reject_misspelled(context)
    given = {name: context[name] for name in setting_names() if context.get(name) is not None}
    values: dict[str, Any] = {name: READ_AS.get(name, read_text)(name, value) for name, value in given.items()}
    settings = Settings(**values)
    if settings.region is None:
        check_regions_agree(source=settings.event_source_region, stack=default_region)
    return settings


def setting_names() -> list[str]:
    return [field.name for field in fields(Settings)]


def reject_misspelled(context: Mapping[str, Any]) -> None:
    """A setting that does not exist would be ignored in silence. CDK's own keys have a `:`, `/` or `-` in them."""
    for key in context:
        near = difflib.get_close_matches(key, setting_names(), n=1, cutoff=0.8)
        if key not in setting_names() and (near or re.fullmatch(r"[a-z_]+", key)):
            hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(setting_names())}"
            raise InvalidSettings(f"unknown setting {key!r}; {hint}")


def read_text(name: str, value: Any) -> str:
    check(name, value, isinstance(value, str) and value, "text")
    return str(value)


def read_whole_number(name: str, value: Any) -> int:
    check(name, value, not isinstance(value, bool) and re.fullmatch(r"\d{1,6}", str(value)), "a whole number")
    return int(value)


def read_boolean(name: str, value: Any) -> bool:
    check(name, value, str(value).lower() in ("true", "false"), "true or false")
    return str(value).lower() == "true"


def read_targets(name: str, value: Any) -> frozenset[Target]:
    """`lambda,kinesis` on the command line, a list in cdk.json; `none` for no target but the event log."""
    text = [] if value == "none" else [part.strip() for part in str(value).split(",")]
    names = value if isinstance(value, list) else text
    known = sorted(target.value for target in SELECTABLE_TARGETS)
    for item in names:
        check(name, item, item in known, f"some of {', '.join(known)}")
    return frozenset(Target(item) for item in names)


READ_AS = {
    "simulator": read_boolean,
    "targets": read_targets,
    "archive_days": read_whole_number,
    "log_days": read_whole_number,
    "silent_hours": read_whole_number,
}
