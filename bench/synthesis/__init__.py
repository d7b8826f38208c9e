"""How long does a synthesis take, beside the same app in JavaScript?"""

from collections import Counter
from collections.abc import Sequence

from bench.compare import CONTROL, Figure, Way, compare, is_seen
from bench.page import Table
from bench.synthesis.apps import CHECKOUT, JAVASCRIPT, NODE, PLACE, PYTHON, make_javascript_app, seconds
from bench.synthesis.javascript import Exchange

APP = [PYTHON, "app.py"]
MORE_CALLS = """
import gc; gc.disable()
import app; from aws_cdk import Duration
for _ in range(1000): Duration.minutes(1)
app.main()
"""
GARBAGE = "import gc; gc.freeze = lambda: None; import app; app.main()"
IMPORTS = "import gc; gc.disable(); import app, stacks.routes; gc.freeze()"
EMPTY = (
    "import gc; gc.disable(); from aws_cdk import App, Stack; app = App(); Stack(app, 'S'); app.synth(); gc.freeze()"
)
EMPTY_IN_JAVASCRIPT = (
    "const { App, Stack } = require('aws-cdk-lib'); const app = new App(); new Stack(app, 'S'); app.synth();"
)
EMPTY_APP = "{}: an app with one empty stack"
MANY_ROUTES = """
import gc; gc.disable()
from aws_cdk import App
from app import build
from lambda_src.auth0_events.log_types import LOG_TYPES
from stacks.route import Route, Target
from stacks.settings import Settings
codes = sorted(LOG_TYPES)
two = (Target.EVENT_LOG, Target.STREAM)
routes = [Route(name=f"R{n}", targets=two, log_types=(codes[n],)) for n in range(%d)]
app = App(); build(app, Settings(), routes); app.synth(); gc.freeze()
"""
KINDS = {"create": "new", "get": "get", "invoke": "method", "sinvoke": "static method", "sget": "static get"}


def measure(*, quick: bool) -> list[Table]:
    exchanges = make_javascript_app()
    rounds = 1 if quick else 5
    return [
        side_by_side("Without validation (`cdk diff`, `cdk list`)", compare(without_validation(), rounds)),
        side_by_side("With validation (`make check`, CI, every deployment)", compare(with_validation(), rounds)),
        the_limit(rounds),
        calls(exchanges),
        growth(rounds, (1, 10) if quick else (1, 10, 100)),
        commands(rounds),
    ]


def without_validation() -> list[Way]:
    return [
        Way("app.py", lambda: seconds(APP)),
        Way("the same calls in JavaScript", lambda: seconds(JAVASCRIPT)),
        Way("app.py by `python -O` (not taken: ADR 11)", lambda: seconds([PYTHON, "-O", "app.py"])),
        Way("app.py, Python looking for garbage", lambda: seconds([PYTHON, "-c", GARBAGE])),
        Way(f"{CONTROL}app.py and 1,000 calls more", lambda: seconds([PYTHON, "-c", MORE_CALLS])),
    ]


def with_validation() -> list[Way]:
    return [
        Way("app.py", lambda: seconds(APP, validation=True)),
        Way("the same calls in JavaScript", lambda: seconds(JAVASCRIPT, validation=True)),
        Way(f"{CONTROL}app.py and 1,000 calls more", lambda: seconds(
            [PYTHON, "-c", MORE_CALLS], validation=True
        )),
    ]  # fmt: skip


def side_by_side(title: str, figures: Sequence[Figure]) -> Table:
    javascript = next(each for each in figures if "JavaScript" in each.name)
    times = (
        f"app.py takes {1 / javascript.ratio:.2f} ({1 / javascript.high:.2f} to {1 / javascript.low:.2f}) times as long"
    )
    return table(title, figures, f"{times} as the JavaScript app.", is_seen(figures))


def the_limit(rounds: int) -> Table:
    """What Python takes before and beside the calls: no app.py can be faster."""
    (PLACE / "empty.js").write_text(EMPTY_IN_JAVASCRIPT)
    figures = compare(
        [
            Way("the same calls in JavaScript", lambda: seconds(JAVASCRIPT)),
            Way(EMPTY_APP.format("Python"), lambda: seconds([PYTHON, "-c", EMPTY])),
            Way(EMPTY_APP.format("JavaScript"), lambda: seconds([NODE, str(PLACE / "empty.js")])),
            Way("Python: app.py's imports alone", lambda: seconds([PYTHON, "-c", IMPORTS])),
            Way(f"{CONTROL}app.py", lambda: seconds(APP)),
        ],
        rounds,
    )
    ratio = {each.name: each.ratio for each in figures}
    start = 1 + ratio[EMPTY_APP.format("Python")] - ratio[EMPTY_APP.format("JavaScript")]
    limit = (
        f"The start of Python and of jsii, and the work of the calls: {start:.2f} times. The rest is Python's modules "
        "of aws-cdk (app.py's imports make calls too, whose work JavaScript has as well) and the border."
    )
    return table("What no app.py can do without", figures, limit, is_seen(figures))


def calls(exchanges: Sequence[Exchange]) -> Table:
    counted = Counter(KINDS[request["api"]] for request, _ in exchanges if request.get("api") in KINDS)
    rows = [(kind, str(count)) for kind, count in counted.most_common()]
    return Table("Calls across the jsii border", ("kind", "calls"), [*rows, ("all", str(counted.total()))])


def growth(rounds: int, numbers: Sequence[int]) -> Table:
    ways = [Way(f"{each} routes", lambda each=each: seconds([PYTHON, "-c", MANY_ROUTES % each])) for each in numbers]  # type: ignore[misc]
    control = [PYTHON, "-c", f"{MANY_ROUTES % numbers[0]}\n{MANY_ROUTES % numbers[0]}"]
    figures = compare([*ways, Way(f"{CONTROL}{numbers[0]} routes, twice", lambda: seconds(control))], rounds)
    return table("Growth with the number of routes (two targets each, one bus)", figures, is_seen(figures))


def commands(rounds: int) -> Table:
    cdk = [str(CHECKOUT / ".venv" / "bin" / "cdk"), "--no-notices"]
    out = ["--output", str(PLACE / "cli")]
    figures = compare(
        [
            Way("`cdk list`: all that `cdk diff` does but ask AWS", lambda: seconds([*cdk, "list", *out])),
            Way("`cdk synth`, with validation", lambda: seconds([*cdk, "synth", "--quiet", *out], validation=True)),
            Way("app.py alone", lambda: seconds(APP)),
            Way(f"{CONTROL}`cdk list`, with validation", lambda: seconds([*cdk, "list", *out], validation=True)),
        ],
        rounds,
    )
    return table("The CDK CLI around it", figures, is_seen(figures))


def table(title: str, figures: Sequence[Figure], *notes: str) -> Table:
    rows = [(each.name, f"{each.seconds:.2f}", each.spread) for each in figures]
    return Table(title, ("what", "s", "beside the first"), rows, notes)
