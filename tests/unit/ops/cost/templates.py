"""Which small templates are the figures calculated of by hand?"""

from collections.abc import Mapping
from typing import Any

from ops.cost.assumptions import Assumptions
from ops.cost.estimate import Basis, bill
from ops.cost.inventory import Inventory, inventory_of
from ops.cost.prices import read_prices
from ops.cost.volume import Mix

BASIS = Basis(
    prices=read_prices(),
    mix=Mix(shares={"s": 0.75, "sdu": 0.15, "limit_wc": 0.1}, event_bytes=1024**3 / 1_000_000 - 26),
    assumptions=Assumptions(),
)
A_MILLION_A_MONTH = 1_000_000 / 730 * 24  # a day; with the size above it is a GB in the event log
TARGETS, EVENT_BUS, MONITORING = (f"Auth0Events-dev-{stack}" for stack in ("Targets", "EventBus", "Monitoring"))


def inventory(stack: str = TARGETS, **resources: Any) -> Inventory:
    """`resources`: (type, properties) by the construct's path; the type without `AWS::`."""
    return inventory_of({stack: template(**resources)})


def template(**resources: Any) -> dict[str, Any]:
    return {
        "Resources": {
            id_of(name): {"Type": f"AWS::{kind}", "Properties": properties}
            for name, (kind, properties) in resources.items()
        }
    }


def id_of(name: str) -> str:
    return f"{name}1A2B3C4D"


def on_a_bus(*targets: Mapping[str, Any], types: list[str] | None = None, **resources: Any) -> Inventory:
    """The simulation bus, with an archive of 73 days, and one rule with these targets."""
    pattern: dict[str, Any] = {"detail-type": ["Auth0 log"]}
    if types is not None:
        pattern["detail"] = {"data": {"type": types}}
    rule = {"EventBusName": "bus", "EventPattern": pattern, "Targets": [*targets]}
    archive = {"RetentionDays": 73}
    return inventory_of(
        {
            EVENT_BUS: template(
                SimulationBus=("Events::EventBus", {}), SimulationBusArchive=("Events::Archive", archive)
            ),
            TARGETS: template(RouteOnSimulationBus=("Events::Rule", rule), **resources),
        }
    )


def target(name: str, **more: Any) -> dict[str, Any]:
    return {"Arn": {"Fn::GetAtt": [id_of(name), "Arn"]}, **more}


def figures(found: Inventory, events_per_day: float = 0) -> dict[str, float]:
    """USD by owner and what, to the thousandth of a cent."""
    usd: dict[str, float] = {}
    for line in bill(found, events_per_day, BASIS):
        key = f"{line.owner}: {line.what}"
        usd[key] = round(usd.get(key, 0) + line.usd, 5)
    return usd
