import contextlib
import io
from contextlib import nullcontext
from typing import Any

import pytest
from rich.console import Console

from demo import story
from demo.cdk import CdkError
from local_aws.control import LocalAws


class Started(LocalAws):
    """Of which nothing runs."""

    stops = 0

    def stop(self) -> None:
        type(self).stops += 1


@pytest.mark.parametrize(
    ("end", "keep", "stopped"),
    [
        (True, True, False),
        (False, True, False),
        (True, False, True),
        (KeyboardInterrupt(), True, True),
        (KeyboardInterrupt(), False, True),
        (CdkError("failed"), True, True),
    ],
)
def test_the_local_aws_stays_up_only_where_the_story_came_to_its_end(
    monkeypatch: pytest.MonkeyPatch, *, end: Any, keep: bool, stopped: bool
) -> None:
    def play(*_: object, **__: object) -> bool:
        if isinstance(end, BaseException):
            raise end
        return bool(end)

    for name, fake in (
        ("start", lambda **_: Started(port=4599)),
        ("Customer", lambda _: type("Customer", (), {"region": "us-east-1"})()),
        ("Auth0", lambda **_: None),
        ("TenantServer", nullcontext),
        ("play", play),
    ):
        monkeypatch.setattr(story, name, fake)
    monkeypatch.setattr(Started, "stops", 0)
    shown = Console(file=io.StringIO())
    with contextlib.suppress(KeyboardInterrupt, CdkError):
        story.tell(shown, each=1, keep=keep)
    assert Started.stops == stopped
    assert ("make down PORT=4599" in shown.file.getvalue()) is not stopped  # type: ignore[attr-defined]
