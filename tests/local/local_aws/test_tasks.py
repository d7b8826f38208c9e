"""Does an ECS task run, and does everything know how it ended?"""

import pytest

from tests.local.local_aws.aws import Aws, eventually, unique

pytestmark = pytest.mark.local


@pytest.fixture
def cluster(aws: Aws) -> str:
    return str(aws.ecs.create_cluster(clusterName=unique("cluster"))["cluster"]["clusterArn"])


def definition(aws: Aws, program: str, group: str | None = None, **container: object) -> str:
    logs: dict[str, object] = {}
    if group:
        aws.logs.create_log_group(logGroupName=group)
        options = {"awslogs-group": group, "awslogs-stream-prefix": "worker", "awslogs-region": "us-east-1"}
        logs = {"logConfiguration": {"logDriver": "awslogs", "options": options}}
    worker = {"name": "Worker", "image": "none", "entryPoint": ["python3", "-c", program], **logs, **container}
    made = aws.ecs.register_task_definition(
        family=unique("task"),
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[worker],
    )
    return str(made["taskDefinition"]["taskDefinitionArn"])


def ended(aws: Aws, cluster: str, task: str) -> dict[str, object]:
    def described() -> dict[str, object]:
        found: dict[str, object] = aws.ecs.describe_tasks(cluster=cluster, tasks=[task])["tasks"][0]
        return found

    eventually(lambda: described()["lastStatus"] == "STOPPED")
    return described()


def test_a_rule_starts_a_task_that_runs_its_entry_point_with_its_command_and_logs(aws: Aws, cluster: str) -> None:
    group, bus = unique("group"), unique("bus")
    program = "import boto3, os, sys; boto3.client('sqs').list_queues(); print(sys.argv[1:], os.environ['A'])"
    task = definition(aws, program, group, command=["drain"], environment=[{"name": "A", "value": "b"}])
    network = {"awsvpcConfiguration": {"Subnets": ["subnet-1"], "AssignPublicIp": "ENABLED"}}
    parameters = {"TaskDefinitionArn": task, "LaunchType": "FARGATE", "NetworkConfiguration": network}
    aws.rule(bus, {"Arn": cluster, "RoleArn": "arn:aws:iam::000000000000:role/any", "EcsParameters": parameters})
    aws.put(bus, {"user_agent": "$(touch it)"})
    assert eventually(lambda: aws.log_lines(group)) == ["['drain'] b"]
    task = eventually(lambda: aws.ecs.list_tasks(cluster=cluster, desiredStatus="STOPPED")["taskArns"])[0]
    assert ended(aws, cluster, task)["stopCode"] == "EssentialContainerExited"


def test_a_task_that_fails_has_its_exit_code(aws: Aws, cluster: str) -> None:
    task = aws.ecs.run_task(cluster=cluster, taskDefinition=definition(aws, "raise SystemExit(3)"))["tasks"][0][
        "taskArn"
    ]
    containers = ended(aws, cluster, task)["containers"]
    assert isinstance(containers, list)
    assert containers[0]["exitCode"] == 3


def test_a_task_that_is_stopped_gets_sigterm_and_its_last_words_are_logged(aws: Aws, cluster: str) -> None:
    group = unique("group")
    program = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye')))
print('here', flush=True)
time.sleep(60)
"""
    task = aws.ecs.run_task(cluster=cluster, taskDefinition=definition(aws, program, group))["tasks"][0]["taskArn"]
    eventually(lambda: aws.log_lines(group))
    aws.ecs.stop_task(cluster=cluster, task=task)
    eventually(lambda: aws.log_lines(group) == ["here", "bye"])


def test_a_task_without_a_command_of_its_own_does_not_start_and_says_why(aws: Aws, cluster: str) -> None:
    task = definition(aws, "", entryPoint=[])
    arn = aws.ecs.run_task(cluster=cluster, taskDefinition=task)["tasks"][0]["taskArn"]
    assert "give the container an entryPoint or a command" in str(ended(aws, cluster, arn)["stoppedReason"])
