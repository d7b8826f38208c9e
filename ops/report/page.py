"""How does a report become one page that loads nothing?"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from ops.aws import OpsError
from ops.report import headline
from ops.report.buckets import length
from ops.report.content import charts
from ops.report.delivery import COUNTED, LOST_ITS_WAY
from ops.report.report import Report, spans

HERE = Path(__file__).parent
# The smallest build that draws SVG: https://echarts.apache.org/handbook/en/basics/download
ECHARTS = Path(__file__).parents[2] / "node_modules/echarts/dist/echarts.common.min.js"
GENERATOR = "ops report"  # by which a page is known again before another replaces it


def render(report: Report) -> str:
    """Raises OpsError where ECharts is not installed."""
    found = charts(report.counts)
    scripts = [echarts(), source("page.js")]
    style = source("page.css")
    return template().render(
        report=report,
        counts=report.counts,
        charts=found,
        data=htmlsafe_json_dumps([chart.as_json() for chart in found.values() if not chart.is_empty]),
        tiles=headline.tiles(report),
        spans=spans(report.counts),
        columns=COUNTED,
        bad=LOST_ITS_WAY,
        # Each is of this checkout, and has no end tag in it: a test looks
        scripts=[Markup(script) for script in scripts],  # noqa: S704
        style=Markup(style),  # noqa: S704
        policy=policy(scripts, style),
        generator=GENERATOR,
    )


def policy(scripts: list[str], style: str) -> str:
    """https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP: nothing is loaded, and what runs is known."""
    allowed = " ".join(f"'sha256-{digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'sha256-{digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def echarts() -> str:
    try:
        return ECHARTS.read_text("utf-8")
    except FileNotFoundError:
        raise OpsError("the charts' library ECharts is not in node_modules: run `make setup`") from None


def source(name: str) -> str:
    return (HERE / name).read_text("utf-8")


@cache
def template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "duration": headline.duration,
        "said": headline.said,
        "length": length,
        "shown": shown,
    }
    return environment.get_template("page.html")


def shown(value: float | None) -> str:
    """A number of a table."""
    if value is None:
        return headline.NONE
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"
