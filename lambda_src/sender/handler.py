"""How does an invocation become a delivery?"""

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from math import ceil
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from lambda_src.sender.batches import MOST_ENTRIES
from lambda_src.sender.bus import EventBus
from lambda_src.sender.bus_check import BusCheck
from lambda_src.sender.clients import events_client, sqs_client
from lambda_src.sender.core import Clock, Delivery, deadline
from lambda_src.sender.lanes import lanes_for
from lambda_src.sender.outcomes import Failure
from lambda_src.sender.pace import Pace
from lambda_src.sender.report import Report
from lambda_src.sender.request import Request, parse_request, seed_from
from lambda_src.sender.undelivered import UndeliveredQueue
from lambda_src.warm import before_the_first_event

logger = Logger()
metrics = Metrics()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Sends what `parse_request` reads in `event`; answers as `Report.answer` says.

    Raises ValueError and NothingSent before anything is sent, UndeliveredLost after everything is done.
    """
    request = parse_request(
        event,
        source=os.environ["EVENT_SOURCE"],
        default_seed=seed_from(context.aws_request_id),
        now=datetime.now(UTC),
    )
    report = Report()
    with UndeliveredQueue(
        sqs_client(), os.environ["UNDELIVERED_QUEUE_URL"], logger, seconds_left=partial(_seconds_left, context)
    ) as undelivered:
        delivery = _delivery_of(request, context, partial(_give_up, report, undelivered))
        if refusal := bus_check().refusal(delivery.clock, delivery.deadline):
            delivery.refuse(request.entries, refusal)
        delivery.run(request.entries)
    _publish_metrics(delivery, lost=undelivered.lost)
    undelivered.require_all_kept()
    return report.answer(request, delivery)


@cache
def bus_check() -> BusCheck:
    """One for the life of the execution environment."""
    return BusCheck(_event_bus().find)


@cache
def pace() -> Pace:
    """One for the life of the execution environment: the next invocation knows that the bus is busy."""
    return Pace()


def _event_bus() -> EventBus:
    return EventBus(events_client(), os.environ["EVENT_BUS_NAME"])


def _seconds_left(context: LambdaContext) -> float:
    return context.get_remaining_time_in_millis() / 1000


def _delivery_of(request: Request, context: LambdaContext, give_up: Callable[[Failure], None]) -> Delivery:
    clock = Clock(now=time.monotonic, sleep=time.sleep, random=random.random)
    remaining = _seconds_left(context)
    return Delivery(
        put_events=_event_bus().put_events,
        give_up=give_up,
        clock=clock,
        deadline=deadline(now=clock.now(), remaining=remaining, given=request.count if request.is_given else 0),
        fail_unattempted=request.is_given,
        lanes=lanes_for(ceil(request.count / MOST_ENTRIES)),
        pace=pace(),
    )


def _give_up(report: Report, undelivered: UndeliveredQueue, failure: Failure) -> None:
    logger.warning(
        "event given up",
        log_id=failure.log_id,
        error_code=failure.code,
        error_message=failure.message,
        attempts=failure.attempts,
    )
    report.note(failure)
    undelivered.keep(failure)


def _publish_metrics(delivery: Delivery, *, lost: int) -> None:
    """EventsLost only if there are any: its alarm takes no data for none."""
    for name, value in (
        ("EventsSent", delivery.sent),
        ("EventRetries", delivery.retries),
        ("EventsFailed", delivery.failed),
    ):
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
    if lost:
        metrics.add_metric(name="EventsLost", unit=MetricUnit.Count, value=lost)
    metrics.flush_metrics()


before_the_first_event(events_client)
before_the_first_event(sqs_client)
