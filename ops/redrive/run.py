"""In which order is what done to the letters of which queue?"""

import time
from collections.abc import Callable, Iterator, Sequence

from ops.environment import Environment
from ops.redrive.carrier import Carrier
from ops.redrive.emptiness import empty_ones
from ops.redrive.function_calls import MOST_BYTES
from ops.redrive.hold import HOLD, LOOK, Hold
from ops.redrive.letters import Letter
from ops.redrive.queues import DeadLetterQueue
from ops.redrive.refusal import FunctionFailed, Refused
from ops.redrive.report import QueueReport, Report
from ops.redrive.way_back import way_back
from ops.redrive.ways import NoWay, SendAgain, SingleWay, Way

Addressed = tuple[Letter, Way]
ONE_SECOND = 1.0  # AWS tells its time in whole ones: after it, what is kept again is later than the time that it told


def redrive(
    environment: Environment,
    queues: Sequence[DeadLetterQueue],
    report: Report,
    *,
    limit: int | None,
    wait: int,
    pause: Callable[[float], object] = time.sleep,
    progress: Callable[[int], object],
) -> None:
    """Fills the report; only looks if that is a dry run. At most `limit` letters are taken into the hand.

    Whatever ends it: what the report counts as put back is deleted from its queue, and everything else is in it.
    `progress` is told of the letters that are done with; `wait` is for how many seconds SQS looks for another letter.
    """
    carrier = None if report.is_dry_run else Carrier(environment)
    there = [queue for queue in queues if not queue.is_gone]
    empty = empty_ones(environment.aws.sqs, there, wait=wait)
    if carrier and len(empty) < len(there):
        pause(ONE_SECOND)
    for queue in there:
        left = None if limit is None else limit - report.letters
        if left == 0:
            return
        found = QueueReport(name=queue.name, held_by_others=queue.held)
        report.queues.append(found)
        if queue.url in empty:
            continue
        seconds = LOOK if carrier is None else HOLD
        with Hold(environment.aws.sqs, queue, started=report.started, seconds=seconds, wait=wait) as hold:
            redelivery = Redelivery(carrier, hold, found) if carrier else None
            for letters in hold.letters(left):
                addressed = [(letter, way_back(letter)) for letter in letters]
                found.add(addressed, environment.name_of)
                if redelivery:
                    redelivery.put_back(addressed)
                progress(len(letters))


class Redelivery:
    """Puts letters of one queue back, and deletes each as soon as it has arrived."""

    def __init__(self, carrier: Carrier, hold: Hold, report: QueueReport) -> None:
        self._carrier = carrier
        self._hold = hold
        self._report = report

    def put_back(self, addressed: Sequence[Addressed]) -> None:
        for letter, way in addressed:
            if not isinstance(way, NoWay | SendAgain):
                self._put_back(letter, way)
        events = [(letter, way) for letter, way in addressed if isinstance(way, SendAgain)]
        for some in portions(events):
            self._send_again(some)

    def _put_back(self, letter: Letter, way: SingleWay) -> None:
        self._hold.prolong([letter])
        try:
            kept = self._carrier.put_back(way)
        except Refused as refused:
            self._report.stay(letter, str(refused))
        else:
            self._report.kept_again += kept
            self._arrived([letter])

    def _send_again(self, events: Sequence[tuple[Letter, SendAgain]]) -> None:
        letters = [letter for letter, _ in events]
        self._hold.prolong(letters)
        try:
            kept = self._carrier.send_again([way for _, way in events])
        except FunctionFailed as failed:
            if len(events) == 1:
                self._report.stay(letters[0], str(failed))
            else:  # the sender takes a request as a whole: one wrong event must not keep the others here
                for event in events:
                    self._send_again([event])
        except Refused as refused:
            for letter in letters:
                self._report.stay(letter, str(refused))
        else:
            self._report.kept_again += kept
            self._arrived(letters)

    def _arrived(self, letters: Sequence[Letter]) -> None:
        for letter in letters:
            self._hold.delete(letter)
            self._report.put_back += 1


def portions(events: Sequence[tuple[Letter, SendAgain]]) -> Iterator[list[tuple[Letter, SendAgain]]]:
    """As few requests as their size allows."""
    some: list[tuple[Letter, SendAgain]] = []
    for event in events:
        if some and sum(way.size for _, way in [*some, event]) > MOST_BYTES:
            yield some
            some = []
        some.append(event)
    if some:
        yield some
