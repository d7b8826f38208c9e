"""Who waits for calls that are under way?"""

import threading
from _thread import interrupt_main
from collections.abc import Iterator

import pytest

from ops.send.at_once import Said, in_order
from ops.send.portion import Portion


def portion(first: int) -> Portion:
    return Portion(payload=f'{{"first": {first}}}', count=1, place=f"log {first}")


def interrupted_after(number: int) -> Iterator[Portion]:
    yield from map(portion, range(number))
    raise KeyboardInterrupt


@pytest.fixture
def open_calls() -> Iterator[threading.Event]:
    """Until the test ends no call is answered."""
    answered = threading.Event()
    yield answered
    answered.set()


def test_a_second_ctrl_c_waits_for_no_answer_and_the_process_can_end(open_calls: threading.Event) -> None:
    """The second one comes as soon as the first is told of."""
    told: list[str] = []
    before = set(threading.enumerate())

    def send(_: Portion) -> Said:
        open_calls.wait(60)
        return Said()

    def tell(line: str) -> None:
        told.append(line)
        interrupt_main()

    with pytest.raises(KeyboardInterrupt):
        list(in_order(send, interrupted_after(3), at_once=8, tell=tell))
    assert told == ["waiting for what the sender says to 3 calls; Ctrl-C again does not wait for it"]
    under_way = set(threading.enumerate()) - before
    assert len(under_way) == 3
    assert all(thread.daemon for thread in under_way)
