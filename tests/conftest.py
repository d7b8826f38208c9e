"""What holds for every test?"""

import gc
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# What has a fixture for a session stays in one process, and what takes longest starts first.
TOGETHER = (
    *("tests/local/app", "tests/infrastructure", "tests/local/log_stream", "tests/local/local_aws"),
    "tests/process/ops/report",
)
# The first test needs a cluster without a task, and so does one of the last: a task that has emptied its inbox waits
# there for twenty seconds more, in which others run that start none.
FIRST = ("tests/local/app/test_redrive.py", "tests/local/app/test_verify.py")
# Then what waits for processes, while others compute: at the end it would wait alone.
ORDER = (*TOGETHER, "tests/process", "tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: (turn(item.nodeid), not item.nodeid.startswith(FIRST)))


def turn(nodeid: str) -> int:
    return next(place for place, folder in enumerate(ORDER) if nodeid.startswith(f"{folder}/"))


def together(nodeid: str) -> str:
    """What one process runs: a folder of TOGETHER, or a file."""
    return next((folder for folder in TOGETHER if nodeid.startswith(f"{folder}/")), nodeid.partition("::")[0])


class Scheduling(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Of `-n 4`. xdist's own marks (loadgroup) do not reach it with this pytest."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported stays: to look through it while it grows takes a quarter of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Python's collector would look through boto3's and jsii's models again and again, a fifth of the processor's time.

    What was imported stays, and to look for the little of it that does not takes longer than it is worth; of the rest
    it looks at the young, seldom. pytest itself collects everything at the end.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """pytest has collected what the tests left, and Python at its end would twice look through all the rest."""
    gc.freeze()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """The file that a payload makes if anything executes it. Nothing may."""
    path = tmp_path / "canary"
    yield path
    assert not path.exists()
