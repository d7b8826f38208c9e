"""Can the functions run, do those that read a stream read it, and what code have they?"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ops.commands import Commands
from ops.status.asking import NotSeen, if_there
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

PART, READERS = "functions", "readers"
FUNCTION, MAPPING = "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping"
SHOWN_OF_HASH = 8
GOES_ON = "The stream keeps its records for 7 days; it goes on where it stopped."
READING = ("Enabled", "Enabling", "Creating", "Updating")
# LastProcessingResult. A function's failure has its own alarm, and its queue what it failed on in the end.
PROBLEM, FUNCTION_FAILED = "PROBLEM", "PROBLEM: Function call failed"
Answers = Mapping[str, Mapping[str, Any] | NotSeen | None]


def describe_function(client: "LambdaClient", name: str) -> Mapping[str, Any] | None:
    answer = if_there(partial(client.get_function_configuration, FunctionName=name))
    return None if answer is None else {**answer}


def describe_reader(client: "LambdaClient", uuid: str) -> Mapping[str, Any] | None:
    answer = if_there(partial(client.get_event_source_mapping, UUID=uuid))
    return None if answer is None else {**answer}


def judge(functions: Answers, readers: Answers, commands: Commands, source: str | None) -> Judgement:
    """`functions`: GetFunctionConfiguration; `readers`: GetEventSourceMapping; by path, None for one that is gone."""
    yield from not_seen(PART, functions)
    for path, found in functions.items():
        if not isinstance(found, NotSeen):
            yield from judge_function(path, found, commands, source)
    yield from not_seen(READERS, readers)
    for path, found in readers.items():
        if not isinstance(found, NotSeen):
            yield from judge_reader(path, found, commands, source)


def judge_function(path: str, found: Mapping[str, Any] | None, commands: Commands, source: str | None) -> Judgement:
    """Inactive is one that was not called for weeks: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html"""
    state = found.get("State", "Active") if found else "DELETED"
    is_well = state in ("Active", "Inactive", "Pending") and (found or {}).get("LastUpdateStatus") != "Failed"
    code, runtime = (str((found or {}).get(key, "")) for key in ("CodeSha256", "Runtime"))
    facts = {"state": state, "runtime": runtime, "code_sha256": code, "modified": (found or {}).get("LastModified")}
    says = f"{state}, {runtime}, code {code[:SHOWN_OF_HASH]}" if found else state
    yield Row(part=PART, name=path, mark=Mark.WELL if is_well else Mark.NEEDS_YOU, says=says, facts=facts)
    if not is_well:
        yield Finding(
            part=PART,
            name=path,
            what=f"function {path} cannot run: it is {state}",
            do=str((found or {}).get("StateReason") or f"{commands.recreating}."),
            commands=commands.recreate(source),
        )


def judge_reader(path: str, found: Mapping[str, Any] | None, commands: Commands, source: str | None) -> Judgement:
    state = found["State"] if found else "DELETED"
    name = path.partition("KinesisEventSource")[0]
    last = str((found or {}).get("LastProcessingResult", ""))
    mark = mark_of_reader(state, last)
    says = f"reads its stream: {state}{f', {last}' if last else ''}"
    yield Row(part=READERS, name=name, mark=mark, says=says, facts={"state": state, "last_result": last})
    if mark is not Mark.NEEDS_YOU:
        return
    why, do, again = state, GOES_ON, commands.recreate(source)
    if state in READING:
        why, do, again = last, f"docs/operations.md#unread says what to look at. {GOES_ON}", ()
    elif found:
        again = (commands.aws("lambda", "update-event-source-mapping", "--uuid", found["UUID"], "--enabled"),)
    what = f"{name} does not read its stream: {why}"
    yield Finding(part=READERS, name=f"{name} reads", what=what, do=do, commands=again)


def mark_of_reader(state: str, last_result: str) -> Mark:
    if state not in READING or (last_result.startswith(PROBLEM) and not last_result.startswith(FUNCTION_FAILED)):
        return Mark.NEEDS_YOU
    return Mark.NOTE if last_result.startswith(FUNCTION_FAILED) else Mark.WELL
