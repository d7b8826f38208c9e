"""Which alarms are there, what do they say, and can they call anybody?"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ops.status.asking import NotSeen
from ops.status.commands import Commands
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

PART = "alarms"
TYPES = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
MOST_NAMES = 100  # of one DescribeAlarms
DOCUMENT = re.compile(r"docs/[\w./-]+(?:#[\w-]+)?")
SAYS = {"OK": "OK", "ALARM": "in ALARM", "INSUFFICIENT_DATA": "without data"}
Alarm = Mapping[str, Any]


def describe(client: "CloudWatchClient", names: Sequence[str]) -> dict[str, Alarm]:
    """By name; one that is gone is left out."""
    found: dict[str, Alarm] = {}
    for start in range(0, len(names), MOST_NAMES):
        answer = client.describe_alarms(
            AlarmNames=names[start : start + MOST_NAMES],
            AlarmTypes=["MetricAlarm", "CompositeAlarm"],
            MaxRecords=MOST_NAMES,
        )
        for alarm in (*answer.get("MetricAlarms", []), *answer.get("CompositeAlarms", [])):
            found[alarm["AlarmName"]] = {**alarm}
    return found


def judge(
    names: Mapping[str, str], answer: Mapping[str, Alarm] | NotSeen, commands: Commands, source: str | None
) -> Judgement:
    """`names`: the alarms' own, by construct. One that only sums up others that are in alarm says nothing new."""
    if isinstance(answer, NotSeen):
        yield from not_seen(PART, {"all": answer})
        return
    calling = [alarm["AlarmName"] for alarm in answer.values() if alarm["StateValue"] == "ALARM" and not rule_of(alarm)]
    for path, name in names.items():
        alarm = answer.get(name)
        yield row(path, alarm)
        if alarm is None:
            yield finding(path, f"alarm {path} was deleted: nobody is called", RECREATE, commands.recreate(source))
            continue
        if alarm["StateValue"] == "ALARM" and not any(each in rule_of(alarm) for each in calling):
            yield in_alarm(path, alarm, commands)
        if not alarm.get("ActionsEnabled", True):
            on = commands.aws("cloudwatch", "enable-alarm-actions", "--alarm-names", name)
            yield finding(f"{path} mute", f"alarm {path} calls nobody: its actions are disabled", "Enable them:", on)


RECREATE = "Recreate it, with the settings of the last deployment."


def rule_of(alarm: Alarm) -> str:
    """What a composite alarm is about."""
    return str(alarm.get("AlarmRule", ""))


def row(path: str, alarm: Alarm | None) -> Row:
    state = alarm["StateValue"] if alarm else "DELETED"
    is_mute = alarm is not None and not alarm.get("ActionsEnabled", True)
    is_well = state in ("OK", "INSUFFICIENT_DATA") and not is_mute
    says = SAYS.get(state, state) + (", actions disabled" if is_mute else "")
    facts = {"state": state, "actions_enabled": not is_mute}
    return Row(part=PART, name=path, mark=Mark.WELL if is_well else Mark.NEEDS_YOU, says=says, facts=facts)


def in_alarm(path: str, alarm: Alarm, commands: Commands) -> Finding:
    description = str(alarm.get("AlarmDescription", ""))
    documents = DOCUMENT.findall(description)
    page = documents[-1] if documents else "docs/operations.md"
    anchored = page if "#" in page or page != "docs/operations.md" else f"{page}#{path.lower()}"
    what = DOCUMENT.sub("", description).strip().removesuffix("See").strip(" .")
    return finding(
        path,
        f"alarm {path}: {what or 'in ALARM'}",
        f"{anchored} says what to do.",
        commands.aws("cloudwatch", "describe-alarm-history", "--alarm-name", alarm["AlarmName"], "--max-items", "5"),
    )


def finding(name: str, what: str, do: str, *commands: str) -> Finding:
    return Finding(part=PART, name=name, what=what, do=do, commands=commands)
