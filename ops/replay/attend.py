"""What becomes of a replay between its start and its end, whatever the operator does meanwhile?"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ops.replay.replays import NoSuchReplay, Replay, cancel, watch

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient


def attend(
    events: "EventBridgeClient",
    name: str,
    *,
    begin: Callable[[], object],
    wait: Callable[[], object],
    progress: Callable[[int], object],
    tell: Callable[[str], object],
) -> tuple[Replay, bool]:
    """The replay when it has ended, and whether it was interrupted: then it was cancelled, or had ended already.

    Raises KeyboardInterrupt if there is nothing to cancel, or at the second interruption, and leaves it as it is.
    """
    try:
        begin()
        return watch(events, name, wait, progress), False
    except KeyboardInterrupt:
        tell(f"cancelling {name}; Ctrl-C again does not wait for it")
        try:
            cancel(events, name)
            return watch(events, name, wait, lambda _: None), True
        except NoSuchReplay:
            raise KeyboardInterrupt from None
