"""How long does an event take from Auth0's partner event source to the end of each target, on the local AWS?"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from statistics import median, quantiles

from bench.page import Table
from demo.auth0 import EVENT_SOURCE, Auth0
from demo.customer import Customer
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES
from local_aws.control import start
from ops.ends import ENDS, line_of, log_events
from ops.ledger import compare, is_complete
from stacks.route import Target
from stacks.routes import ROUTES

BETWEEN_EVENTS = 0.05  # seconds: as a tenant of 1.7 million events a day
PATIENCE = 120.0  # seconds
NOT_AWS = (
    "Measured on the local AWS, whose deliveries are its own: it shows what the app's functions and workers take, "
    "and nothing of what AWS takes."
)
Latencies = dict[Target, list[float]]  # ms, of each log_id at its first arrival


def measure(*, quick: bool) -> list[Table]:
    aws = start(child=True)
    try:
        customer = Customer(aws)
        auth0 = Auth0(endpoint_url=aws.endpoint_url, region=customer.region)
        auth0.create_event_source(customer_account=customer.account)
        cdk = customer.cdk(context={"event_source": EVENT_SOURCE})
        cdk.synth()
        cdk.bootstrap()
        cdk.deploy()
        each = 5 if quick else 40
        latencies(customer, auth0, logs_for_each_target(1, seed=10), pause=None)  # the first ones start functions
        paced = latencies(customer, auth0, logs_for_each_target(each, seed=20), pause=BETWEEN_EVENTS)
        burst = latencies(customer, auth0, logs_for_each_target(each, seed=30), pause=None)
    finally:
        aws.stop()
    return [table(paced, burst)]


def logs_for_each_target(each: int, *, seed: int) -> list[Auth0Log]:
    """In turns: one that goes to the first target, one to the second, and so on."""
    codes = {target: route.log_types or tuple(LOG_TYPES) for route in ROUTES for target in route.targets}
    now = datetime.now(UTC)
    runs = [
        generate_logs(codes=codes[target], count=each, seed=seed + number, now=now)
        for number, target in enumerate(ENDS)
    ]
    return [log for logs in zip(*runs, strict=True) for log in logs]


def latencies(customer: Customer, auth0: Auth0, logs: Sequence[Auth0Log], *, pause: float | None) -> Latencies:
    """One log every `pause` seconds; without one all at once, each counted from the moment in which the first goes out.

    Raises RuntimeError when an event has not come after PATIENCE: what is lost has no latency.
    """
    outputs = customer.outputs()
    sent_ms: dict[str, float] = {}
    types: dict[str, str] = {}
    for some in [logs] if pause is None else [[log] for log in logs]:
        sent_ms |= dict.fromkeys((log.log_id for log in some), time.time() * 1000)
        types |= auth0.send(some)
        time.sleep(pause or 0)
    began = time.monotonic()
    while not is_complete(compare(types, only(customer, outputs, types), ROUTES)):
        if time.monotonic() - began > PATIENCE:
            raise RuntimeError(f"not all of {len(types)} events came within {PATIENCE:.0f} s: run it again")
        time.sleep(0.5)
    return {target: taken(customer, outputs, target, sent_ms) for target in ENDS}


def only(customer: Customer, outputs: Mapping[str, str], types: Mapping[str, str]) -> Mapping[Target, Counter[str]]:
    return {
        target: Counter({log_id: count for log_id, count in counted.items() if log_id in types})
        for target, counted in customer.arrivals(outputs).items()
    }


def taken(customer: Customer, outputs: Mapping[str, str], target: Target, sent_ms: Mapping[str, float]) -> list[float]:
    first: dict[str, float] = {}
    for event in log_events(customer.logs, outputs[ENDS[target].output]):
        for log_id in ENDS[target].read(line_of(event["message"])):
            if log_id in sent_ms:
                first[log_id] = min(first.get(log_id, float("inf")), event["timestamp"] - sent_ms[log_id])
    return list(first.values())


def table(paced: Latencies, burst: Latencies) -> Table:
    slower = all(p50_p95(burst[target])[1] > p50_p95(paced[target])[1] for target in ENDS)
    control = "slower at each end" if slower else "NOT slower at each end: run it on a quieter machine"
    return Table(
        "From PutPartnerEvents to the line that the far end writes when it is done, ms",
        ("target", "events", "p50", "p95", "p50 in a burst", "p95 in a burst"),
        [row(target, paced[target], burst[target]) for target in ENDS],
        (f"One event each {1000 * BETWEEN_EVENTS:.0f} ms. Control: all at once, which is {control}.", NOT_AWS),
    )


def row(target: Target, paced: Sequence[float], burst: Sequence[float]) -> tuple[str, ...]:
    figures = (*p50_p95(paced), *p50_p95(burst))
    return (target.value, str(len(paced)), *(f"{each:.0f}" for each in figures))


def p50_p95(values: Sequence[float]) -> tuple[float, float]:
    return median(values), quantiles(values, n=20, method="inclusive")[-1]
