"""Who waits for calls that are under way?"""

import signal
import threading
import time
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
def ctrl_c() -> Iterator[threading.Timer]:
    """A moment after its start. A shell that runs the tests in the background would have it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    main = threading.get_ident()
    yield threading.Timer(0.1, lambda: signal.pthread_kill(main, signal.SIGINT))
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def open_calls() -> Iterator[threading.Event]:
    """Until the test ends no call is answered."""
    answered = threading.Event()
    yield answered
    answered.set()


def test_a_second_ctrl_c_waits_for_no_answer_and_the_process_can_end(
    open_calls: threading.Event, ctrl_c: threading.Timer
) -> None:
    """The second one comes while it waits."""
    told: list[str] = []
    before = {*threading.enumerate(), ctrl_c}

    def send(_: Portion) -> Said:
        open_calls.wait(60)
        return Said()

    def tell(line: str) -> None:
        told.append(line)
        ctrl_c.start()

    with pytest.raises(KeyboardInterrupt):
        list(in_order(send, interrupted_after(3), at_once=8, tell=tell))
    ctrl_c.join()
    assert told == ["waiting for the sender's answers, 3; Ctrl-C again does not wait for them"]
    under_way = set(threading.enumerate()) - before
    assert len(under_way) == 3
    assert all(thread.daemon for thread in under_way)


def test_who_stops_reading_waits_for_the_calls_under_way() -> None:
    done: list[int] = []

    def send(given: Portion) -> Said:
        time.sleep(0 if given.place == "log 0" else 0.05)
        done.append(1)
        return Said()

    answers = in_order(send, map(portion, range(9)), at_once=4, tell=lambda _: None)
    assert next(answers)[0].place == "log 0"
    answers.close()
    assert len(done) == 4


def test_an_interruption_between_two_calls_waits_for_nothing_and_says_nothing() -> None:
    told: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        list(in_order(lambda _: Said(), interrupted_after(0), at_once=4, tell=told.append))
    assert told == []
