"""How does a newcomer see every event arrive?"""

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from demo.auth0 import Auth0
from demo.customer import Customer
from demo.screen import ledger_table, next_steps, step, verdict
from demo.tenant.server import TenantServer
from lambda_src.auth0_events.envelope import Auth0Log
from lambda_src.auth0_events.generator import generate_logs
from lambda_src.auth0_events.log_types import LOG_TYPES
from local_aws.control import start
from ops.ledger import Row, compare, is_complete
from stacks.routing_table import read_routes

SECRET = "auth0/example-tenant"  # noqa: S105 - its name
PATIENCE = 60.0  # seconds without a new arrival before the demo gives up
SETTLE = 1.0  # seconds after the last arrival in which a duplicate would still show
BETWEEN_LOOKS = 0.5  # seconds


def tell(console: Console, *, each: int, keep: bool) -> int:
    """The whole story on a local AWS of its own; returns the exit code, 0 if every event is at its targets' ends.

    `each` logs of each log type go over each bus. With `keep` the local AWS stays up, if the story came to its end.
    """
    with ExitStack() as running:
        with step(console, "start an AWS inside this checkout"):
            aws = running.enter_context(start(child=not keep))
        customer = Customer(aws)
        with TenantServer(Auth0(endpoint_url=aws.endpoint_url, region=customer.region)) as tenant:
            complete = play(console, customer, tenant, each=each)
        if keep:
            console.print(next_steps(aws))
            running.pop_all()
    return 0 if complete else 1


@dataclass
class Beginning:
    """What is true in the moment in which the tenant has a log stream, and AWS no bus for it yet.

    The tenant logs on, as tenants do: the event is dropped.
    """

    customer: Customer
    tenant: TenantServer
    state: str = ""
    too_early: list[str] = field(default_factory=list)

    def __call__(self, stream: dict[str, Any]) -> None:
        self.state = source_state(self.customer, stream)
        self.too_early += self.tenant.streams.send(some_logs(1, seed=0)[:1])


def play(console: Console, customer: Customer, tenant: TenantServer, *, each: int) -> bool:
    with step(console, "an Auth0 tenant (a stand-in), and its credentials in a secret") as note:
        customer.keep_secret(SECRET, tenant.secret_text)
        note(f"{tenant.url}, {SECRET}")
    beginning = tenant.streams.made = Beginning(customer, tenant)
    deploy(console, customer, tenant, beginning)
    outputs = customer.outputs()
    sent: dict[str, str] = {}
    started = time.monotonic()
    with step(console, "Auth0 sends logs of every type to the partner bus") as note:
        sent |= tenant.streams.send(some_logs(each, seed=1))
        note(f"{len(sent)} events")
    with step(console, "the sender Lambda sends as many to the simulation bus") as note:
        sent |= customer.send(outputs["SenderFunctionName"], some_logs(each, seed=2))
        note(f"{len(sent)} events in all")
    with step(console, "every event comes out at the far end of its targets") as note:
        rows = wait_for_all(customer, outputs, sent)
        note(f"{time.monotonic() - started - SETTLE:.1f} s after the first was sent")
    console.print(ledger_table(rows))
    console.print(verdict(rows, too_early=beginning.too_early[0]))
    return is_complete(rows)


def deploy(console: Console, customer: Customer, tenant: TenantServer, beginning: Beginning) -> None:
    """The steps in it that only the tenant saw are told after it."""
    cdk = customer.cdk(context={"auth0_secret": SECRET})
    with step(console, "cdk synth"):
        cdk.synth()
    with step(console, "cdk bootstrap"):
        cdk.bootstrap()
    with step(console, "cdk deploy --all"):
        cdk.deploy()
    (stream,) = tenant.streams.streams.values()
    for what, became in (
        ("made the log stream in the tenant", f"{stream['id']}, its partner event source {beginning.state}"),
        ("and Auth0 sent an event at once, before there was a bus", "dropped, as on AWS"),
        ("made the partner bus", f"the partner event source is {source_state(customer, stream)}"),
    ):
        console.print(f"    {what}  [dim]{became}[/dim]")


def source_state(customer: Customer, stream: dict[str, Any]) -> str:
    return customer.events.describe_event_source(Name=stream["sink"]["awsPartnerEventSource"])["State"]


def some_logs(each: int, *, seed: int) -> list[Auth0Log]:
    return list(generate_logs(codes=tuple(LOG_TYPES), count=each * len(LOG_TYPES), seed=seed, now=datetime.now(UTC)))


def wait_for_all(customer: Customer, outputs: dict[str, str], sent: dict[str, str]) -> list[Row]:
    """The ledger once it is complete and nothing more comes, or after PATIENCE without a new arrival."""
    routes = read_routes()
    newest, most = time.monotonic(), -1
    while True:
        rows = compare(sent, customer.arrivals(outputs), routes)
        arrived = sum(row.arrived for row in rows)
        if arrived > most:
            newest, most = time.monotonic(), arrived
        quiet = time.monotonic() - newest
        if quiet > (SETTLE if is_complete(rows) else PATIENCE):
            return rows
        time.sleep(BETWEEN_LOOKS)
