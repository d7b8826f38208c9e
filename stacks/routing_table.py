"""What does stacks/routes.py say, and what is wrong with it?

Whoever adds a route writes Python, perhaps for the first time: a mistake is one line with its place.
"""

import traceback
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from types import TracebackType

from stacks.route import Route, Target

FILE = "stacks/routes.py"
MISTAKES = (SyntaxError, NameError, AttributeError, TypeError, ValueError, ImportError)


class InvalidRoutes(Exception):
    """One line: where, and what is wrong."""


def read_routes() -> Sequence[Route]:
    """Raises InvalidRoutes."""
    try:
        routes = getattr(import_module("stacks.routes"), "ROUTES", None)
    except MISTAKES as error:
        line = error.lineno if isinstance(error, SyntaxError) else line_of(error.__traceback__)
        where = f"{FILE}, line {line}" if line else FILE
        raise InvalidRoutes(f"{where}: {said(error)}") from error
    if not isinstance(routes, tuple) or not routes or not all(isinstance(route, Route) for route in routes):
        raise InvalidRoutes(f"{FILE}: expected ROUTES = (Route(...), Route(...), ...), with at least one route")
    twice = [name for name, count in Counter(route.name for route in routes).items() if count > 1]
    if twice:
        raise InvalidRoutes(f"{FILE}: there are several routes with the name {twice[0]}; expected one of each name")
    return routes


def line_of(trace: TracebackType | None) -> int | None:
    """The last line of the file on the way to the mistake."""
    lines = [line for frame, line in traceback.walk_tb(trace) if frame.f_code.co_filename.endswith(FILE)]
    return lines[-1] if lines else None


def said(error: Exception) -> str:
    """Python's own words, where they tell; of a missing member of an enum it says its name alone."""
    if isinstance(error, AttributeError):
        return f"{error}: there is no such name; targets are {', '.join(f'Target.{target.name}' for target in Target)}"
    return error.msg if isinstance(error, SyntaxError) else str(error)
