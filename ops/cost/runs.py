"""What does it cost that a function runs, and that something is logged?"""

from collections.abc import Iterator

from ops.cost.assumptions import Assumptions
from ops.cost.inventory import Inventory, Resource
from ops.cost.line import GB, HOURS, Use

LOG_DAYS_FOR_EVER = 3653  # a log group without a retention
Uses = Iterator[Use]


def call(function: Resource, calls: float, seconds: float) -> Uses:
    architecture = function.properties.get("Architectures", ["x86_64"])[0]
    memory = int(function.properties.get("MemorySize", 128)) / 1024
    yield Use(function.owner, "calls of the function", calls, "lambda_request")
    yield Use(function.owner, "time of the function", seconds * memory, f"lambda_gb_second_{architecture}")


def written(inventory: Inventory, function: Resource, calls: float, size: float, assumptions: Assumptions) -> Uses:
    """`size`: bytes of its own lines; Lambda's come to each call's."""
    group = inventory.meant(function.properties.get("LoggingConfig"), function.stack, "AWS::Logs::LogGroup")
    if group:
        yield from kept(group, size + calls * assumptions.platform_log_bytes, assumptions)


def kept(group: Resource, size: float, assumptions: Assumptions) -> Uses:
    """`size` bytes a month, when the log group is as full as its retention lets it be."""
    months = int(group.properties.get("RetentionInDays", LOG_DAYS_FOR_EVER)) / (HOURS / 24)
    yield Use(group.owner, "written to logs", size / GB, "logs_gb")
    yield Use(group.owner, "kept in logs", size / GB * months * assumptions.log_compression, "logs_gb_month")


def custom_metrics(owner: str, metrics: int, publications: float) -> Uses:
    """Billed by the hour in which they are published."""
    yield Use(owner, "metrics of our own", metrics * min(HOURS, publications) / HOURS, "custom_metric")
