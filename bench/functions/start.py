"""How much longer does a function take to start than an empty one, and how much of that does bytecode save?"""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from statistics import median

from bench.compare import CONTROL, SAME, Figure, Way, compare, is_seen
from bench.functions.interpreter import described
from bench.functions.life import Life, live
from bench.functions.subjects import EMPTY, NEEDLESS, Subject, asset_of, plain_asset, subjects, variables
from bench.page import Table
from stacks.components.runtime_bytecode import PYTHON

EMPTY_NAME, WITHOUT = "an empty handler", ", without bytecode"
WITH_CLIENT = "import boto3\nboto3.client('dynamodb')\n"
NOWHERE = "127.0.0.1:9"  # nothing is called before an event comes


def table(*, quick: bool) -> Table:
    lives: dict[str, list[Life]] = defaultdict(list)
    ways = [noted(lives, EMPTY_NAME, partial(live, plain_asset("empty", EMPTY), "plain.handler"))]
    client = partial(live, plain_asset("client", WITH_CLIENT + EMPTY), "plain.handler")
    ways.append(noted(lives, "an empty one with a boto3 client", client))
    for subject in subjects():
        ways.append(noted(lives, subject.name, partial(started, subject, is_compiled=True)))
        if not quick:
            ways.append(noted(lives, f"{subject.name}{WITHOUT}", partial(started, subject, is_compiled=False)))
    needless = partial(live, plain_asset("needless", NEEDLESS), "plain.handler")
    ways.append(noted(lives, f"{CONTROL}empty, and one needless import", needless))
    figures = compare(ways, 1 if quick else 9)
    return Table(
        "Start of a function, by CPU time",
        ("function", "by an empty one", "CPU ms", "ms until it asks for an event", "memory MB"),
        [row(figure, lives[EMPTY_NAME if figure.name == SAME else figure.name]) for figure in figures],
        notes(figures),
    )


def started(subject: Subject, *, is_compiled: bool) -> Life:
    asset = asset_of(subject.name, is_compiled=is_compiled)
    return live(asset, subject.handler, environment=variables(subject, NOWHERE))


def noted(lives: dict[str, list[Life]], name: str, run: Callable[[], Life]) -> Way:
    def once() -> float:
        lives[name].append(run())
        return lives[name][-1].cpu

    return Way(name, once)


def row(figure: Figure, lives: list[Life]) -> tuple[str, ...]:
    init = median(life.init for life in lives)
    memory = max(life.memory for life in lives) / 2**20
    return (figure.name, figure.spread, f"{figure.seconds * 1000:.0f}", f"{init * 1000:.0f}", f"{memory:.0f}")


def notes(figures: list[Figure]) -> tuple[str, ...]:
    version = described()[0]
    return (
        f"On awslambdaric and Python {version}; the functions' own is {PYTHON}.",
        "From the start of the process until it asks for its first event, with the clients that it makes before.",
        is_seen(figures),
    )
