"""How do our functions take the place of ministack's, and does it still have those?

ministack has no plugin interface, but looks its own functions up in module globals on each call: replacing a global is
enough. A ministack that moved one must stop at start: it would lose events later.
"""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])
replaced: dict[Callable[..., Any], Callable[..., Any]] = {}


def replaces(place: Any, name: str) -> Callable[[Function], Function]:
    """Puts the function in the place of ministack's, whose parameters it has; `_` marks an unused one.

    Raises ImportError, one line that names what this ministack has moved.
    """

    def replace(ours: Function) -> Function:
        theirs = getattr(place, name, None)
        if not theirs or parameters(theirs) != parameters(ours):
            moved = f"{place.__name__}.{name}"
            raise ImportError(f"this ministack has moved {moved}: install what requirements-dev.txt pins")
        replaced[ours] = theirs
        setattr(place, name, ours)
        return ours

    return replace


def ministacks(ours: Callable[..., Any]) -> Any:
    """The function that ours stands in for."""
    return replaced[ours]


def parameters(function: Callable[..., Any]) -> list[str]:
    return [name.lstrip("_") for name in inspect.signature(function).parameters]
