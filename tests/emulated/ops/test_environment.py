"""Is what is deployed found, and what is not named?"""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from ops.aws import Aws, OpsError, connect
from ops.commands import Commands
from ops.environment import find_environment
from ops.redrive.queues import dead_letter_queues
from tests.emulated.ops.calls import answer, deploy, summary
from tests.unit.ops.names import REGION


@pytest.fixture
def aws(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    with mock_aws():
        deploy(monkeypatch, REGION)
        yield connect(profile=None, region=None)


def test_the_queues_of_all_stacks_have_their_alarms_names(aws: Aws) -> None:
    urls = find_environment(aws, Commands(environment="dev")).queue_urls
    assert list(urls) == ["AlertRouteUndelivered", "TaskInbox", "TaskInboxUnprocessed", "Undelivered"]
    assert all(url.startswith("http") for url in urls.values())


def test_what_cloudformation_has_deleted_is_no_part_of_the_environment(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lists it all the same, after a rollback and a deletion that failed."""
    statuses = {"Kept": "DELETE_SKIPPED", "Stuck": "DELETE_FAILED", "Gone": "DELETE_COMPLETE"}
    found = [summary(f"{name}Queue", f"https://{name}") | {"ResourceStatus": each} for name, each in statuses.items()]
    answer(monkeypatch, "ListStackResources", lambda _: {"StackResourceSummaries": found})
    assert list(find_environment(aws, Commands(environment="quiet")).queue_urls) == ["Kept", "Stuck"]


def test_an_environment_without_a_sender_has_none(aws: Aws) -> None:
    assert list(find_environment(aws, Commands(environment="quiet")).queue_urls) == ["EventLogUndelivered"]
    assert find_environment(aws, Commands(environment="quiet")).sender_function is None


def test_an_output_is_found_in_whichever_stack_has_it(aws: Aws) -> None:
    environment = find_environment(aws, Commands(environment="dev"))
    assert environment.output("SenderUndeliveredQueueUrl") == environment.queue_urls["Undelivered"]


def test_an_output_that_no_stack_has_is_one_line(aws: Aws) -> None:
    with pytest.raises(
        OpsError, match=r"Auth0Events-quiet in eu-west-1 has no output SenderUndeliveredQueueUrl: .*diff"
    ):
        find_environment(aws, Commands(environment="quiet")).output("SenderUndeliveredQueueUrl")


def test_a_resource_is_known_by_its_construct_and_another_by_itself(aws: Aws) -> None:
    environment = find_environment(aws, Commands(environment="dev"))
    assert environment.name_of(environment.queue_urls["TaskInbox"].rpartition("/")[2]) == "TaskInbox"
    assert environment.name_of("somebody-elses-queue") == "somebody-elses-queue"


def test_an_environment_that_is_not_deployed_is_named_with_its_region(aws: Aws) -> None:
    deploy = "AWS_REGION=eu-west-1 cdk deploy --all -c environment=prod"
    with pytest.raises(OpsError, match=f"stack Auth0Events-prod-Targets is not deployed in eu-west-1: .*`{deploy}`"):
        find_environment(aws, Commands(environment="prod", region="eu-west-1"))


def test_what_is_pasted_goes_where_it_was_found(aws: Aws) -> None:
    found = find_environment(aws, Commands(environment="quiet", profile="ops"))
    assert found.commands.ops("tail") == "python -m ops tail --env quiet --profile ops"


def test_without_names_all_dead_letter_queues_are_meant_and_no_inbox(aws: Aws) -> None:
    found = dead_letter_queues(find_environment(aws, Commands(environment="dev")), [])
    assert [queue.name for queue in found] == ["AlertRouteUndelivered", "TaskInboxUnprocessed", "Undelivered"]
    assert [(queue.inbox_arn or "").rpartition("-TaskInboxQueue")[1] for queue in found] == [
        "",
        "-TaskInboxQueue",
        "",
    ]


def test_a_name_that_is_no_queue_is_answered_with_the_nearest(aws: Aws) -> None:
    with pytest.raises(OpsError, match=r"'alertrouteundeliverd' in .*; try AlertRouteUndelivered, "):
        dead_letter_queues(find_environment(aws, Commands(environment="dev")), ["alertrouteundeliverd"])
    with pytest.raises(OpsError, match=r"'xyz' in .*; try AlertRouteUndelivered, TaskInboxUnprocessed, Undelivered$"):
        dead_letter_queues(find_environment(aws, Commands(environment="dev")), ["xyz"])


def test_an_inbox_is_answered_with_its_dead_letter_queue(aws: Aws) -> None:
    with pytest.raises(OpsError, match=r"TaskInbox is an inbox.*TaskInboxUnprocessed$"):
        dead_letter_queues(find_environment(aws, Commands(environment="dev")), ["TaskInbox"])


def test_a_queue_that_is_gone_says_so_and_the_others_are_there(aws: Aws) -> None:
    environment = find_environment(aws, Commands(environment="dev"))
    for name in ("AlertRouteUndelivered", "TaskInbox"):
        aws.sqs.delete_queue(QueueUrl=environment.queue_urls[name])
    assert "AlertRouteUndelivered" in [queue.name for queue in dead_letter_queues(environment, []) if queue.is_gone]
    (queue,) = dead_letter_queues(environment, ["TaskInboxUnprocessed"])
    assert str(queue.inbox_arn).endswith(":Auth0Events-dev-TaskInboxQueue")
