"""Which buses and which key does an environment have? They outlive everything else."""

from typing import Any

from aws_cdk import CfnOutput, RemovalPolicy, Stack
from constructs import Construct

from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.encryption_key import EncryptionKey
from stacks.settings import Settings


class EventBusStack(Stack):
    """The partner bus (with an event source), the simulation bus (with the simulator), their archives, and the key."""

    def __init__(self, scope: Construct, id_: str, *, settings: Settings, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        # A retained bus needs no key of ours, but retained data would: the key stays wherever there is a real tenant.
        has_tenant = settings.event_source is not None
        keep = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if has_tenant else RemovalPolicy.DESTROY
        self.encryption_key = EncryptionKey(self, "Encryption", removal_policy=keep).key
        self.partner_bus: Auth0EventBus | None = None
        self.simulation_bus: Auth0EventBus | None = None
        if settings.event_source_name:
            self.partner_bus = self._bus("PartnerBus", settings, event_source_name=settings.event_source_name)
        if settings.simulator:
            self.simulation_bus = self._bus("SimulationBus", settings, event_source_name=None)

    @property
    def buses(self) -> list[Auth0EventBus]:
        """Every bus that the routes are instantiated on."""
        return [bus for bus in (self.partner_bus, self.simulation_bus) if bus]

    def _bus(self, id_: str, settings: Settings, *, event_source_name: str | None) -> Auth0EventBus:
        bus = Auth0EventBus(
            self,
            id_,
            event_source_name=event_source_name,
            archive_days=settings.archive_days,
            removal_policy=RemovalPolicy.DESTROY,
        )
        CfnOutput(self, f"{id_}Name", value=bus.bus.event_bus_name)
        return bus
