"""One deployment and one proxy for the cases of the fault suite, and the table of what became of each."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from rich.console import Console
from rich.table import Table

from local_aws.control import LocalAws, start
from stacks.route import Target
from tests.faults.account import Account, Books, Owed, owed
from tests.faults.proxy import Proxy, proxy_for
from tests.faults.sender import Sender
from tests.local.app.deployment import Deployment, deploy

ACCOUNTS: list[Account] = []
# Inbox → its target, and the log_id of an event that no worker can process.
POISONED = {
    "TaskInboxQueue": (Target.TASK, "poisoned-for-the-task"),
    "InstancesInboxQueue": (Target.INSTANCES, "poisoned-for-the-instance"),
}
COLUMNS = (
    *("case", "events", "owed", "delivered", "kept", "lost", "both", "duplicated", "logged twice", "retries"),
    "kept in, and why",
)
# What a case does to send its events; it answers with the log type of each log_id that it answers for.
Send = Callable[[], Mapping[str, str]]


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("assembly") / "cdk.out"


@pytest.fixture(scope="session")
def aws() -> Iterator[LocalAws]:
    with start() as running:
        yield running


@pytest.fixture(scope="session")
def deployed(aws: LocalAws, assembly: Path) -> Deployment:
    deployment = deploy(aws, assembly)
    sqs = deployment.client("sqs")
    for inbox, (_, log_id) in POISONED.items():
        # instead of minutes, until SQS takes a worker for dead; before the cases, since a receive keeps what it found
        sqs.set_queue_attributes(QueueUrl=deployment.physical_id(inbox), Attributes={"VisibilityTimeout": "5"})
        deployment.put_raw_message(inbox, json.dumps({"detail": {"log_id": log_id}}))  # without a type
    return deployment


@pytest.fixture(scope="session")
def proxy(aws: LocalAws, deployed: Deployment) -> Iterator[Proxy]:
    """What the sender sends to EventBridge, and the alert function to SNS, goes through it."""
    with proxy_for(aws.endpoint_url) as running:
        variables = {"AWS_ENDPOINT_URL_EVENTBRIDGE": running.endpoint_url, "AWS_ENDPOINT_URL_SNS": running.endpoint_url}
        deployed.configure("SenderFunction", variables)
        deployed.configure("AlertFunction", variables)
        yield running


@pytest.fixture(scope="session")
def books(deployed: Deployment) -> Books:
    return Books(deployed, ACCOUNTS)


@pytest.fixture(scope="session")
def sender(deployed: Deployment) -> Sender:
    return Sender(deployed)


class Run(Protocol):
    def __call__(self, case: str, send: Send, *, also: Owed = ..., killed: int = ...) -> Account: ...


@pytest.fixture
def run(books: Books) -> Run:
    """Sends, waits until every delivery is accounted for, and asserts what holds in every case.

    `also` are deliveries that the case owes besides those of its events. Each of the workers that are `killed`, at
    most, can have finished with an event and not yet remembered it: that one is processed again.
    """

    def run_case(case: str, send: Send, *, also: Owed = frozenset(), killed: int = 0) -> Account:
        since = time.time()
        account = books.settle(case, owed(send()) | also, since=since)
        assert account.events, "nothing was sent: no such case"
        assert account.lost == 0, account
        assert account.both == 0, account
        assert account.duplicated <= killed, account
        assert account.delivered + account.kept == account.owed, account
        return account

    return run_case


def pytest_terminal_summary() -> None:
    if ACCOUNTS:
        table = Table(
            *COLUMNS, title="Deliveries (an event and a target that a route owes it to)", title_justify="left"
        )
        for column in table.columns[1:-1]:
            column.justify = "right"
        for account in ACCOUNTS:
            table.add_row(*account.cells())
        Console(width=190).print(table)
