"""What does it cost to remember which logs are handled? docs/adr/0007."""

from collections.abc import Iterator

from ops.cost.assumptions import Assumptions
from ops.cost.inventory import Inventory
from ops.cost.line import GB, HOURS, Use

DAYS_OF_MONTH = HOURS / 24
TABLE = "AWS::DynamoDB::Table"


def consumer_memory(inventory: Inventory, owner: str, events: float, assumptions: Assumptions) -> Iterator[Use]:
    """A consistent read, a write, and an item for so many days."""
    for _table in tables(inventory, owner):
        yield Use(owner, "looks in the table", events, "dynamodb_read")
        yield from items(owner, events, assumptions.item_bytes * assumptions.item_days, assumptions)


def alert_memory(inventory: Inventory, owner: str, events: float, assumptions: Assumptions) -> Iterator[Use]:
    """Powertools writes twice: that it begins, and that it is done."""
    for _table in tables(inventory, owner):
        yield Use(owner, "writes to the table", events, "dynamodb_write")
        yield from items(owner, events, assumptions.alert_item_bytes * assumptions.alert_item_days, assumptions)


def items(owner: str, events: float, byte_days: float, assumptions: Assumptions) -> Iterator[Use]:
    yield Use(owner, "writes to the table", events, "dynamodb_write")
    yield Use(owner, "kept in the table", events * byte_days / DAYS_OF_MONTH / GB, "dynamodb_gb_month")
    periods = min(events, HOURS * 3600 / assumptions.key_cache_seconds)
    yield Use(owner, "requests to the key", periods, "kms_request")


def tables(inventory: Inventory, owner: str) -> list[str]:
    return [each.name for each in inventory.of_type(TABLE) if each.owner == owner]
