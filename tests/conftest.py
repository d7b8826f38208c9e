"""What holds for every test?"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from botocore.loaders import JSONFileLoader
from hypothesis import HealthCheck, settings

# No test fails on a time, on however slow a machine; and the same examples everywhere: what CI finds, a checkout finds.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None
)
# New examples in every run, and twenty times as many: HYPOTHESIS_PROFILE=thorough make test-unit
settings.register_profile("thorough", settings.get_profile("untimed"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "untimed"))

# What has a fixture for a session stays in one process; what takes longest starts first.
TOGETHER = ("tests/local/app", "tests/infrastructure", "tests/local/local_aws")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: order(item.path))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item.path)))


def group(path: Path) -> str:
    return next((folder for folder in TOGETHER if f"/{folder}/" in path.as_posix()), path.as_posix())


def order(path: Path) -> int:
    return TOGETHER.index(group(path)) if group(path) in TOGETHER else len(TOGETHER)


@pytest.fixture(scope="session", autouse=True)
def descriptions_of_services() -> Iterator[None]:
    """Each new session of boto3 reads and parses megabytes of them; the tests make hundreds."""
    with pytest.MonkeyPatch.context() as patch:
        original = JSONFileLoader.load_file
        cached = cache(lambda path: original(JSONFileLoader(), path))
        patch.setattr(JSONFileLoader, "load_file", lambda _, path: cached(path))
        yield
