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
    is_well = state in ("Enabled", "Enabling", "Creating", "Updating")
    name = path.partition("KinesisEventSource")[0]
    last = (found or {}).get("LastProcessingResult", "")
    says = f"reads its stream: {state}{f', {last}' if last else ''}"
    facts = {"state": state, "last_result": last}
    yield Row(part=READERS, name=name, mark=Mark.WELL if is_well else Mark.NEEDS_YOU, says=says, facts=facts)
    if is_well:
        return
    again = commands.recreate(source)
    if found:
        again = (commands.aws("lambda", "update-event-source-mapping", "--uuid", found["UUID"], "--enabled"),)
    yield Finding(
        part=READERS,
        name=f"{name} reads",
        what=f"{name} does not read its stream: {state}",
        do="The stream keeps its records for 7 days; it goes on where it stopped.",
        commands=again,
    )
