"""Does the report of the deployed app count exactly what was sent?"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stacks.route import Target
from tests.local.app.commands import ops
from tests.local.app.deployment import Deployment, eventually

pytestmark = pytest.mark.local
# How many of which log type: one that only this test sends, and failed logins by a connection of its own.
NEW_TYPE, FAILED, OTHERS = 7, 5, {"s": 3, "limit_wc": 2}


@dataclass(frozen=True)
class Sent:
    log_ids: frozenset[str]
    connection: str
    new_type: str


@pytest.fixture(scope="module")
def sent(deployed: Deployment) -> Sent:
    """Events in the event log."""
    mark = uuid.uuid4().hex[:12]
    types = (
        [f"new_{mark}"] * NEW_TYPE + ["fp"] * FAILED + [code for code, count in OTHERS.items() for _ in range(count)]
    )
    details = [detail(f"report-{mark}-{number}", code, f"db-{mark}") for number, code in enumerate(types)]
    assert deployed.send(details)["failed"] == 0
    log_ids = frozenset(each["log_id"] for each in details)
    arrived = lambda: log_ids <= deployed.arrivals()[Target.EVENT_LOG].keys()  # noqa: E731
    assert eventually(arrived)
    return Sent(log_ids, f"db-{mark}", f"new_{mark}")


def detail(log_id: str, code: str, connection: str) -> dict[str, Any]:
    date = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    data = {"type": code, "log_id": log_id, "date": date, "connection": connection, "user_name": "somebody@example.com"}
    return {"log_id": log_id, "data": data}


def report(deployed: Deployment, folder: Path, *arguments: str) -> dict[str, Any]:
    """What `--json` says of the last hour; the page is in the folder."""
    page = ("--output", str(folder / "page.html"))
    ran = ops(deployed.customer.environment, "report", "--since", "1h", "--json", *page, *arguments)
    assert ran.code == 0, ran.errors
    return dict(ran.told)


def test_what_was_sent_is_counted_exactly(deployed: Deployment, sent: Sent, tmp_path: Path) -> None:
    told = report(deployed, tmp_path)
    assert told["by_type"]["counts"][sent.new_type] == NEW_TYPE
    assert told["failed_logins_by_connection"]["counts"][sent.connection] == FAILED
    assert told["events"] >= len(sent.log_ids)
    assert sum(told["by_type"]["counts"].values()) == sum(told["by_category"]["counts"].values()) == told["events"]
    assert sum(told["attacks_by_type"]["counts"].values()) == told["attacks"] >= OTHERS["limit_wc"]
    dated = told["latency_ms"]["auth0_to_event_log"]["events"] + told["simulated_without_latency"]
    assert dated + told["undated"] == told["events"]


def test_the_rules_and_queues_of_both_buses_are_in_it(deployed: Deployment, sent: Sent, tmp_path: Path) -> None:
    delivery = report(deployed, tmp_path)["delivery"]
    buses = {deployed.outputs["PartnerBusName"], deployed.outputs["SimulationBusName"]}
    assert {(rule["bus"], rule["rule"]) for rule in delivery["rules"]} >= {(bus, "Everything") for bus in buses}
    assert {"AlertRouteUndelivered", "EventLogUndelivered", "Undelivered"} <= delivery["queues"].keys()
    assert "TaskInbox" not in delivery["queues"]


def test_the_rules_metrics_have_what_was_sent(deployed: Deployment, sent: Sent, tmp_path: Path) -> None:
    """From the local AWS, which publishes the metrics that AWS documents."""

    def matched() -> int:
        rules = report(deployed, tmp_path)["delivery"]["rules"]
        (count,) = [
            rule["MatchedEvents"]
            for rule in rules
            if (rule["bus"], rule["rule"]) == (deployed.outputs["SimulationBusName"], "Everything")
        ]
        return int(count or 0)

    assert eventually(lambda: matched() >= len(sent.log_ids), seconds=20)


def test_the_page_of_the_deployed_app_has_no_names_of_people(deployed: Deployment, sent: Sent, tmp_path: Path) -> None:
    report(deployed, tmp_path)
    page = (tmp_path / "page.html").read_text()
    assert sent.connection in page
    assert "somebody@example.com" not in page
    report(deployed, tmp_path, "--personal")
    assert "somebody@example.com" in (tmp_path / "page.html").read_text()
