"""How does CDK context become settings?"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from stacks.checks import InvalidSettings, check
from stacks.event_sources import check_place
from stacks.route import SELECTABLE_TARGETS, Target
from stacks.settings import Settings


def read_settings(
    context: Mapping[str, Any], *, default_region: str | None = None, default_account: str | None = None
) -> Settings:
    """Settings from CDK context, whose values on the command line are text (`-c simulator=false`).

    The defaults are where the CDK CLI is about to deploy; only compared with an event source's ARN.
    Raises InvalidSettings.
    """
    reject_misspelled(context)
    given = {name: context[name] for name in setting_names() if context.get(name) is not None}
    values: dict[str, Any] = {name: READ_AS.get(name, read_text)(name, value) for name, value in given.items()}
    settings = Settings(**values)
    for source in settings.event_sources:
        check_place(source, region=settings.region or default_region, account=settings.account or default_account)
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


def read_texts(name: str, value: Any) -> tuple[str, ...]:
    """`a,b` on the command line, a list in cdk.json."""
    texts = [part.strip(" ") for part in value.split(",")] if isinstance(value, str) else value
    check(name, value, isinstance(texts, list) and texts, "text, or a list of texts")
    return tuple(read_text(name, each) for each in texts)


def read_targets(name: str, value: Any) -> frozenset[Target]:
    """`lambda,kinesis` on the command line, a list in cdk.json; `none` for no target but the event log."""
    text = [] if value == "none" else [part.strip() for part in str(value).split(",")]
    names = value if isinstance(value, list) else text
    known = sorted(target.value for target in SELECTABLE_TARGETS)
    for item in names:
        check(name, item, item in known, f"some of {', '.join(known)}")
    return frozenset(Target(item) for item in names)


READ_AS = {
    "event_source": read_texts,
    "simulator": read_boolean,
    "targets": read_targets,
    "archive_days": read_whole_number,
    "log_days": read_whole_number,
    "silent_hours": read_whole_number,
}
