"""How far is this machine's clock off AWS's?"""

from dataclasses import dataclass

# AWS says the time of an answer in whole seconds, and the answer travels: less than this is no difference.
NOTICEABLE = 1.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Offset:
    """`seconds`: AWS's clock less this machine's; 0.0 if they agree as far as anybody can tell."""

    seconds: float

    def aws_ms(self, own: float) -> int:
        """`own`: this machine's time in seconds since 1970; the same moment by AWS's clock, in ms since 1970."""
        return round((own + self.seconds) * 1_000)


def offset(*, aws_second_end: float, asked: float, answered: float) -> Offset:
    """`aws_second_end`: end of the second in which AWS answered (ops.aws.time_of). All in seconds since 1970."""
    difference = aws_second_end - 0.5 - (asked + answered) / 2
    return Offset(seconds=difference if abs(difference) > NOTICEABLE else 0.0)
