"""Which functions of ministack are ours, and does it still have them?

ministack has no plugin interface, but looks its own functions up in module globals on each call: replacing a global is
enough. What we put there has the parameters of what was there. A ministack that moved one must stop at start: it would
lose events later.
"""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


class Seam(NamedTuple):
    place: Any
    name: str
    ours: Callable[..., Any]
    ministacks: Callable[..., Any] | None

    @property
    def has_moved(self) -> bool:
        return not self.ministacks or parameters(self.ministacks) != parameters(self.ours)


class SeamsMoved(Exception):
    """One line that lists what this ministack has moved."""


seams: list[Seam] = []


def replaces(place: Any, name: str) -> Callable[[Function], Function]:
    """`install` puts the function in the place of ministack's, whose parameters it has; `_` marks an unused one."""

    def register(ours: Function) -> Function:
        seams.append(Seam(place, name, ours, getattr(place, name, None)))
        return ours

    return register


def ministacks(ours: Callable[..., Any]) -> Any:
    """The function that ours stands in for."""
    return next(seam.ministacks for seam in seams if seam.ours is ours)


def parameters(function: Callable[..., Any]) -> list[str]:
    return [name.lstrip("_") for name in inspect.signature(function).parameters]


def install() -> None:
    """Raises SeamsMoved before anything is replaced."""
    if moved := [f"{seam.place.__name__}.{seam.name}" for seam in seams if seam.has_moved]:
        raise SeamsMoved(f"this ministack has moved {', '.join(moved)}: install what requirements-dev.txt pins")
    for seam in seams:
        setattr(seam.place, seam.name, seam.ours)
