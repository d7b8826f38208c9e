"""How does a template become a part of a log?"""

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any


class Draws(dict[str, Any]):
    """The values of one log by name, each drawn when it is first asked for, so that all its places agree."""

    def __init__(self, drawers: "Mapping[str, Drawer]", *, random: Random, moment: datetime) -> None:
        super().__init__()
        self.drawers = drawers
        self.random = random
        self.moment = moment

    def __missing__(self, name: str) -> Any:
        value = self.drawers[name](self)
        self[name] = value
        return value


Drawer = Callable[[Draws], Any]


def fill(template: Any, draws: Draws) -> Any:
    """A copy of `template` with values: of a tuple one item, in a text each `{name}`; `{name}` alone keeps its type.

    Templates are this package's own. A value is never taken for a template.
    """
    if isinstance(template, str):
        return _fill_text(template, draws)
    if isinstance(template, tuple):
        return fill(draws.random.choice(template), draws)
    if isinstance(template, Mapping):
        return {key: fill(value, draws) for key, value in template.items()}
    if isinstance(template, list):
        return [fill(value, draws) for value in template]
    return template


def _fill_text(template: str, draws: Draws) -> Any:
    if template.startswith("{") and template.find("}") == len(template) - 1:
        return draws[template[1:-1]]
    return template.format_map(draws) if "{" in template else template
