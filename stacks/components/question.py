"""What does an operator ask, and in which order?"""

from enum import StrEnum


class Question(StrEnum):
    """From Auth0 to what comes out. The value is the heading of its row on the dashboard."""

    SENT = "Is Auth0 sending?"
    ROUTED = "Is it routed?"
    DELIVERED = "Is it delivered?"
    PROCESSED = "Is it processed?"
    HAPPENING = "What is happening?"
