"""What becomes of a send in whose middle all of the local AWS ends, to be started and deployed to again?"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError

from local_aws.control import start
from tests.faults.account import Books, owed
from tests.faults.conftest import ACCOUNTS
from tests.faults.sender import Sender, mixed_logs
from tests.local.app.deployment import deploy

pytestmark = pytest.mark.local


def ends_without_an_answer(send: Callable[[], object], interrupt: Callable[[], None]) -> bool:
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        send()
    except BotoCoreError:
        return True
    finally:
        thread.join()
    return False


def test_the_caller_has_no_answer_and_everything_arrives_when_it_sends_again(assembly: Path) -> None:
    """The local AWS remembers nothing; who gets no answer still has the events, and sends them again."""
    since, logs = time.time(), mixed_logs(1000)
    with start() as first:
        sender = Sender(deploy(first, assembly))
        sender.send(mixed_logs(1))  # a warm function: the interruption falls into the send

        def interrupt() -> None:
            time.sleep(0.3)
            first.stop()

        assert ends_without_an_answer(lambda: sender.send(logs), interrupt)
    with start(port=first.port) as second:
        deployed = deploy(second, assembly)
        sent = Sender(deployed).send(logs)
        account = Books(deployed, ACCOUNTS).settle(
            "the local AWS restarted: the caller sends again", owed(sent), since=since
        )
    assert account.delivered == account.owed
    assert (account.lost, account.both, account.duplicated) == (0, 0, 0)
