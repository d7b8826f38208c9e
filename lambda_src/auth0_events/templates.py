"""How does a template become a part of a log?"""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import itemgetter
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


def prepared(template: Any) -> Drawer:
    """What makes a copy of `template` with values, looked through once for all the logs that it is used for.

    Of a tuple one item, in a text each `{name}`; `{name}` alone keeps its type. Templates are this package's own. A
    value is never taken for a template.
    """
    if isinstance(template, str):
        return _prepared_text(template)
    if isinstance(template, tuple):
        choices = [prepared(each) for each in template]
        return lambda draws: draws.random.choice(choices)(draws)
    if isinstance(template, Mapping):
        fields = [(key, prepared(value)) for key, value in template.items()]
        return lambda draws: {key: value(draws) for key, value in fields}
    if isinstance(template, list):
        items = [prepared(each) for each in template]
        return lambda draws: [item(draws) for item in items]
    return lambda _: template


def _prepared_text(template: str) -> Drawer:
    if template.startswith("{") and template.find("}") == len(template) - 1:
        return itemgetter(template[1:-1])
    return template.format_map if "{" in template else lambda _: template
