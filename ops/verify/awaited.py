"""How does a person, or the log of a CI job, see what is still awaited?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from ops.verify.watch import GONE, Watch
from stacks.route import Target

# What AWS's documentation lets expect, not measured. The help says the same.
USUAL = {
    Target.EVENT_LOG: "seconds",
    Target.ALERT: "seconds",
    Target.STREAM: "seconds",
    Target.TASK: "a minute or two: Fargate starts a task",
    Target.INSTANCES: "seconds; minutes while a new instance boots",
}


@contextmanager
def told(*, events: int) -> Iterator[Callable[[Watch], None]]:
    """On the error output: one line that changes on a terminal, elsewhere a line for each change."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    start = f"{events} events are being sent"
    if console.is_terminal:
        with console.status(start) as status:
            yield lambda watch: status.update(line(watch))
        return
    said = [start]
    console.print(start)

    def say(watch: Watch) -> None:
        if (text := line(watch)) != said[-1]:
            said.append(text)
            console.print(text)

    yield say


def line(watch: Watch) -> str:
    expected = sum(len(row.expected) for row in watch.rows())
    awaited = [f"{target} {count} ({USUAL[target]})" for target, count in sorted(watch.awaited().items())]
    unreadable = [f"{target} ({code})" for target, code in sorted(watch.unreadable.items()) if code != GONE]
    return f"{watch.arrived()} of {expected} arrivals" + "".join(
        f"; {what}: {', '.join(those)}" for what, those in (("awaited", awaited), ("cannot read", unreadable)) if those
    )
