"""How is a target broken for a while, and repaired?"""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.local.app.deployment import Deployment, eventually


@contextmanager
def without_topic(deployed: Deployment) -> Iterator[None]:
    """The alert function fails on every event."""
    topic = deployed.physical_id("AlertTopic")
    deployed.client("sns").delete_topic(TopicArn=topic)
    try:
        yield
    finally:
        deployed.client("sns").create_topic(Name=topic.rpartition(":")[2])


@contextmanager
def without_log_group(deployed: Deployment) -> Iterator[None]:
    name = deployed.outputs["EventLogGroupName"]
    deployed.client("logs").delete_log_group(logGroupName=name)
    try:
        yield
    finally:
        deployed.client("logs").create_log_group(logGroupName=name)


@contextmanager
def without_cluster(deployed: Deployment) -> Iterator[None]:
    ecs, cluster = deployed.client("ecs"), deployed.physical_id("TaskCluster")
    # AWS deletes none in which a task runs: it would read the inbox for a while
    eventually(lambda: not ecs.list_tasks(cluster=cluster)["taskArns"])
    ecs.delete_cluster(cluster=cluster)
    try:
        yield
    finally:
        ecs.create_cluster(clusterName=cluster)


@contextmanager
def with_a_broken_consumer(deployed: Deployment) -> Iterator[None]:
    """The function that reads the stream has a handler that does not exist: it fails before it imports anything."""
    functions, name = deployed.client("lambda"), deployed.physical_id("ActivityFunction")
    handler = functions.get_function_configuration(FunctionName=name)["Handler"]
    functions.update_function_configuration(FunctionName=name, Handler="lambda_src.gone.handler")
    try:
        yield
    finally:
        functions.update_function_configuration(FunctionName=name, Handler=handler)
