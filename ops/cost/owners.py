"""For whose sake is a resource there?

A target's own resources go when `-c targets=` leaves it out: a test holds these names against such a synthesis.
"""

from collections.abc import Mapping, Sequence

EVERY = "every environment"
EVENT_LOG = "event log"
BUS = "bus"
SENDER = "sender"
TARGETS = ("kinesis", "lambda", "ecs", "ec2")
OWNERS = (BUS, EVENT_LOG, *TARGETS, SENDER, EVERY)
# How the ids of a stack's constructs begin; the alarms of the stack Monitoring are named like what they watch.
BEGINNINGS = {
    "SimulationBus": BUS,
    "PartnerBus": BUS,
    "EventLog": EVENT_LOG,
    "Activity": "kinesis",
    "CountedLogs": "kinesis",
    "Alert": "lambda",
    "Task": "ecs",
    "Instances": "ec2",
    "Sender": SENDER,
    "Undelivered": SENDER,
    "Failed": SENDER,
}


def owner_of(name: str, rules: Mapping[str, str]) -> str:
    """`rules`: owner by the name of a rule. What begins as none of them is everybody's."""
    known = {**BEGINNINGS, **rules}
    begun = [beginning for beginning in known if name.startswith(beginning)]
    return known[max(begun, key=len)] if begun else EVERY


def owner_of_rule(targets: Sequence[str]) -> str:
    """By the owners of its targets: a rule stays as long as any of them does, and the event log always does."""
    owners = set(targets)
    return owners.pop() if len(owners) == 1 else EVENT_LOG if EVENT_LOG in owners else EVERY
