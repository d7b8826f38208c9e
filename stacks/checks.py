"""How is a wrong setting refused?"""


class InvalidSettings(ValueError):
    """One line: what was wrong, the value, and how to put it right. `setting`: its name, where it is about one."""

    def __init__(self, text: str, *, setting: str | None = None) -> None:
        super().__init__(text)
        self.setting = setting


def check(name: str, value: object, accepted: object, expected: str) -> None:
    """Raises InvalidSettings unless `accepted` is truthy."""
    if not accepted:
        raise InvalidSettings(f"{name} is {value!r}; expected {expected}", setting=name)
