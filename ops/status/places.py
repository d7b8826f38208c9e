"""Is everything there that events go to and programs write to?

Functions, queues and topics are looked at by what else is asked about them.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ops.aws import Aws
from ops.commands import Commands
from ops.environment import Environment
from ops.status.asking import NotSeen, if_there
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_kinesis import KinesisClient
    from mypy_boto3_logs import CloudWatchLogsClient

PART = "places"
LOG_GROUP, STREAM, CLUSTER = "AWS::Logs::LogGroup", "AWS::Kinesis::Stream", "AWS::ECS::Cluster"
NOUNS = {LOG_GROUP: "log group", STREAM: "stream", CLUSTER: "cluster"}
SERVICES = {LOG_GROUP: "logs", STREAM: "kinesis", CLUSTER: "ecs"}  # as policies spell them
Answers = Mapping[str, bool | NotSeen]


def questions(environment: Environment, kind: str) -> dict[str, Callable[[], bool]]:
    """By the construct's path."""
    return {path: partial(is_there, environment.aws, kind, name) for path, name in environment.of_type(kind).items()}


def is_there(aws: Aws, kind: str, name: str) -> bool:
    if kind == LOG_GROUP:
        return has_log_group(aws.logs, name)
    return has_stream(aws.kinesis, name) if kind == STREAM else has_cluster(aws.ecs, name)


def has_log_group(client: "CloudWatchLogsClient", name: str) -> bool:
    """Of the groups whose name begins so, the shortest comes first."""
    groups = client.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return name in {group["logGroupName"] for group in groups}


def has_stream(client: "KinesisClient", name: str) -> bool:
    answer = if_there(partial(client.describe_stream_summary, StreamName=name))
    return answer is not None and answer["StreamDescriptionSummary"]["StreamStatus"] != "DELETING"


def has_cluster(client: "ECSClient", name: str) -> bool:
    """A deleted one may be listed as INACTIVE for a while.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html
    """
    found = client.describe_clusters(clusters=[name])["clusters"]
    return any(cluster["status"] != "INACTIVE" for cluster in found)


def judge(answers: Mapping[str, Answers], commands: Commands, source: str | None) -> Judgement:
    """`answers`: by type, then by path."""
    for kind, found in answers.items():
        yield from not_seen(PART, found)
        for path, there in found.items():
            if not isinstance(there, NotSeen):
                yield from one(path, NOUNS[kind], (commands, source), there=there)


def one(path: str, noun: str, place: tuple[Commands, str | None], *, there: bool) -> Iterator[Row | Finding]:
    commands, source = place
    mark, says = (Mark.WELL, "there") if there else (Mark.NEEDS_YOU, f"{noun} DELETED")
    yield Row(part=PART, name=path, mark=mark, says=says, facts={"exists": there})
    if not there:
        yield Finding(
            part=PART,
            name=path,
            what=f"{noun} {path} was deleted: what is sent there is lost, or waits as a dead letter",
            do=f"{commands.recreating}.",
            commands=commands.recreate(source),
        )
