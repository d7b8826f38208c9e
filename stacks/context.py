"""How does CDK context become settings?"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from stacks.checks import InvalidSettings, check
from stacks.environments import profile_of
from stacks.route import SELECTABLE_TARGETS, Target
from stacks.settings import DEFAULT_ENVIRONMENT, ENVIRONMENT, ENVIRONMENT_EXPECTED, Settings

ENVIRONMENTS = "environments"


def read_settings(
    context: Mapping[str, Any], *, default_region: str | None = None, default_account: str | None = None
) -> Settings:
    """Settings from CDK context, whose values on the command line are text (`-c simulator=false`).

    A setting of the context itself goes before the one in its `environments`, which maps an environment's name to
    settings; that one goes before the environment's profile.
    The defaults are where the CDK CLI is about to deploy; only compared with an event source's ARN.
    Raises InvalidSettings.
    """
    sections = read_sections(context.get(ENVIRONMENTS))
    reject_misspelled([key for key in context if key != ENVIRONMENTS], [*setting_names(), ENVIRONMENTS])
    given = read_values(context)
    environment = given.get("environment", DEFAULT_ENVIRONMENT)
    section = sections.get(environment, {})
    settings = Settings(**{**profile_of(environment, known=sections), **section, **given})
    settings.check_place(region=settings.region or default_region, account=settings.account or default_account)
    return settings


def setting_names() -> list[str]:
    return [field.name for field in fields(Settings)]


def read_sections(value: Any) -> dict[str, dict[str, Any]]:
    """Settings by environment; all of them are checked, whichever is deployed."""
    is_mapping = value is None or (isinstance(value, dict) and all(isinstance(each, dict) for each in value.values()))
    check(ENVIRONMENTS, value, is_mapping, 'in cdk.json: {"<environment>": {"<setting>": <value>}}')
    found = {}
    for environment, section in (value or {}).items():
        check(f"a name in {ENVIRONMENTS}", environment, ENVIRONMENT.fullmatch(environment), ENVIRONMENT_EXPECTED)
        try:
            reject_misspelled(section, [name for name in setting_names() if name != "environment"], is_ours=True)
            found[environment] = read_values(section)
            for name, value in found[environment].items():
                check_alone(name, value)
        except InvalidSettings as error:
            raise InvalidSettings(f"{ENVIRONMENTS}, {environment}: {error}") from error
    return found


def check_alone(name: str, value: Any) -> None:
    """Whether a setting's value can be right; what it needs beside it, a command line may still give.

    Raises InvalidSettings.
    """
    try:
        Settings(**{name: value})
    except InvalidSettings as error:
        if error.setting == name:
            raise


def read_values(context: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: context[name] for name in setting_names() if context.get(name) is not None}
    return {name: READ_AS.get(name, read_text)(name, value) for name, value in given.items()}


def reject_misspelled(keys: Iterable[str], known: Sequence[str], *, is_ours: bool = False) -> None:
    """A setting that does not exist would be ignored in silence. CDK's own keys have a `:`, `/` or `-` in them.

    `is_ours`: CDK has no keys there.
    """
    for key in keys:
        near = nearest(key, known)
        if key not in known and (is_ours or near or re.fullmatch(r"\w+", key)):
            hint = f"did you mean {near!r}?" if near else f"expected one of {', '.join(known)}"
            raise InvalidSettings(f"unknown setting {key!r}; {hint}")


def nearest(key: str, known: Sequence[str]) -> str | None:
    """The same but for case and `-`; or the only one that begins so; or one that is written nearly so."""
    spelled = key.lower().replace("-", "_")
    if spelled in known:
        return spelled
    beginning = [name for name in known if name.startswith(spelled)]
    if len(beginning) == 1:
        return beginning[0]
    return next(iter(difflib.get_close_matches(spelled, known, n=1, cutoff=0.8)), None)


def read_text(name: str, value: Any) -> str:
    check(name, value, isinstance(value, str), "text")
    return str(value)


def read_whole_number(name: str, value: Any) -> int:
    check(name, value, not isinstance(value, bool) and re.fullmatch(r"-?\d{1,20}", str(value)), "a whole number")
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
        check(name, item, item in known, f"some of {', '.join(known)}, or none alone")
    return frozenset(Target(item) for item in names)


READ_AS = {
    "retain": read_boolean,
    "termination_protection": read_boolean,
    "event_source": read_texts,
    "auth0_filters": read_texts,
    "auth0_priority": read_boolean,
    "allow_stream_replacement": read_boolean,
    "simulator": read_boolean,
    "targets": read_targets,
    "archive_days": read_whole_number,
    "log_days": read_whole_number,
    "silent_hours": read_whole_number,
}
