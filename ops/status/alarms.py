"""Which alarms are there, what do they say, and can they call anybody?"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ops.commands import Commands
from ops.status.asking import NotSeen
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

PART = "alarms"
TYPES = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
MOST_NAMES = 100  # of one DescribeAlarms or EnableAlarmActions
DOCUMENT = re.compile(r"docs/[\w./-]+(?:#[\w-]+)?")
SAYS = {"OK": "OK", "ALARM": "in ALARM", "INSUFFICIENT_DATA": "without data"}
# They say where a trouble comes from, and another one calls about it: docs/adr/0008-each-alarm-calls-once.md
REASONS = ("Failing", "DeadLettered", "Errors")
REASON = "says where from, and what is to be done is told beside it"
SUM = "sums up others"
YOUNG = "no data yet, as it is younger than the time that it looks back"
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
    names: Mapping[str, str],
    answer: Mapping[str, Alarm] | NotSeen,
    commands: Commands,
    source: str | None,
    now: datetime,
) -> Judgement:
    """`names`: the alarms' own, by construct. One that only sums up others that are in alarm says nothing new."""
    if isinstance(answer, NotSeen):
        yield from not_seen(PART, {"all": answer})
        return
    calling = [alarm["AlarmName"] for alarm in answer.values() if alarm["StateValue"] == "ALARM" and not rule_of(alarm)]
    for path, name in names.items():
        alarm = answer.get(name)
        says_nothing_new = nothing_new(path, alarm, calling, now) if alarm else ""
        yield row(path, alarm, says_nothing_new)
        if alarm is None:
            yield finding(
                path,
                f"alarm {path} was deleted: nobody is called",
                f"{commands.recreating}.",
                *commands.recreate(source),
            )
        elif alarm["StateValue"] == "ALARM" and not says_nothing_new:
            yield in_alarm(path, alarm)
    yield from mute({path: name for path, name in names.items() if name in answer and is_mute(answer[name])}, commands)


def nothing_new(path: str, alarm: Alarm, calling: Sequence[str], now: datetime) -> str:
    """Why an alarm needs nobody, although it is in alarm; empty if it does."""
    if alarm["StateValue"] != "ALARM":
        return ""
    if any(each in rule_of(alarm) for each in calling):
        return SUM
    return REASON if path.endswith(REASONS) else YOUNG if too_young(alarm, now) else ""


def rule_of(alarm: Alarm) -> str:
    """What a composite alarm is about."""
    return str(alarm.get("AlarmRule", ""))


def is_mute(alarm: Alarm) -> bool:
    return not alarm.get("ActionsEnabled", True)


def row(path: str, alarm: Alarm | None, nothing_new: str) -> Row:
    state = alarm["StateValue"] if alarm else "DELETED"
    muted = alarm is not None and is_mute(alarm)
    is_well = state in ("OK", "INSUFFICIENT_DATA") and not muted
    says = (
        SAYS.get(state, state) + (", actions disabled" if muted else "") + (f": {nothing_new}" if nothing_new else "")
    )
    facts = {"state": state, "actions_enabled": not muted}
    mark = Mark.WELL if is_well else Mark.NOTE if nothing_new and not muted else Mark.NEEDS_YOU
    return Row(part=PART, name=path, mark=mark, says=says, facts=facts)


def too_young(alarm: Alarm, now: datetime) -> bool:
    """Went off after it was made, in less time than it looks back, by taking no data for silence."""
    made, off = alarm.get("AlarmConfigurationUpdatedTimestamp"), alarm.get("StateTransitionedTimestamp")
    if made is None or alarm.get("TreatMissingData") != "breaching" or (off is not None and off < made):
        return False
    stats = [each["MetricStat"] for each in alarm.get("Metrics", []) if "MetricStat" in each]
    period = max((each["Period"] for each in (alarm, *stats) if "Period" in each), default=0)
    return bool((now - made).total_seconds() < period * alarm.get("EvaluationPeriods", 0))


def in_alarm(path: str, alarm: Alarm) -> Finding:
    description = str(alarm.get("AlarmDescription", ""))
    documents = DOCUMENT.findall(description)
    page = documents[-1] if documents else "docs/operations.md"
    anchored = page if "#" in page or page != "docs/operations.md" else f"{page}#{path.lower()}"
    what = DOCUMENT.sub("", description).strip().removesuffix("See").strip(" .")
    return finding(
        path, f"alarm {path}: {what or 'in ALARM'}", f"{anchored} says what to look at and how to put it right."
    )


def mute(names: Mapping[str, str], commands: Commands) -> Judgement:
    """One trouble, however many: `names` by construct."""
    own = list(names.values())
    parts = [own[start : start + MOST_NAMES] for start in range(0, len(own), MOST_NAMES)]
    steps = [commands.aws("cloudwatch", "enable-alarm-actions", "--alarm-names", *part) for part in parts]
    if names:
        alone = f"alarm {next(iter(names))} calls nobody: its actions are disabled"
        what = alone if len(names) == 1 else f"{len(names)} alarms call nobody: their actions are disabled"
        yield finding("actions", what, "Enable them:", *steps)


def finding(name: str, what: str, do: str, *commands: str) -> Finding:
    return Finding(part=PART, name=name, what=what, do=do, commands=commands)
