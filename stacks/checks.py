"""How is a wrong setting refused?"""


class InvalidSettings(ValueError):
    """One line: what was wrong, the value, and how to put it right."""


def check(name: str, value: object, accepted: object, expected: str) -> None:
    """Raises InvalidSettings unless `accepted` is truthy."""
    if not accepted:
        raise InvalidSettings(f"{name} is {value!r}; expected {expected}")
