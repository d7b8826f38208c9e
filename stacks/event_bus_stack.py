"""Which buses and which key does an environment have? They outlive everything else."""

from typing import Any

from aws_cdk import CfnOutput, RemovalPolicy, Stack
from constructs import Construct

from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.auth0_log_stream import Auth0LogStream
from stacks.components.encryption_key import EncryptionKey
from stacks.event_sources import FIRST_BUS
from stacks.settings import Settings


class EventBusStack(Stack):
    """A partner bus for each event source, the simulation bus (with the simulator), their archives, and the key."""

    def __init__(self, scope: Construct, id_: str, *, settings: Settings, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        # A retained bus needs no key of ours, but retained data would: the key stays wherever there is a real tenant.
        keep = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if settings.has_tenant else RemovalPolicy.DESTROY
        self.encryption_key = EncryptionKey(self, "Encryption", removal_policy=keep).key
        self.log_stream: Auth0LogStream | None = None
        self.partner_buses = [
            self._bus(source.bus_id, settings, event_source_name=source.name, existing_bus_arn=source.bus_arn)
            for source in settings.event_sources
        ]
        if settings.auth0_secret:
            self.log_stream = Auth0LogStream(self, "LogStream", settings=settings, encryption_key=self.encryption_key)
            source = self.log_stream.event_source_name
            self.partner_buses.append(self._bus(FIRST_BUS, settings, event_source_name=source))
        self.simulation_bus = self._bus("SimulationBus", settings) if settings.simulator else None

    @property
    def buses(self) -> list[Auth0EventBus]:
        """Every bus that the routes are instantiated on."""
        return [*self.partner_buses, *([self.simulation_bus] if self.simulation_bus else [])]

    def _bus(
        self,
        id_: str,
        settings: Settings,
        *,
        event_source_name: str | None = None,
        existing_bus_arn: str | None = None,
    ) -> Auth0EventBus:
        bus = Auth0EventBus(
            self,
            id_,
            event_source_name=event_source_name,
            existing_bus_arn=existing_bus_arn,
            archive_days=settings.archive_days,
            removal_policy=RemovalPolicy.DESTROY,
        )
        CfnOutput(self, f"{id_}Name", value=bus.bus_name)
        if existing_bus_arn:
            CfnOutput(self, f"{id_}Arn", value=existing_bus_arn)
        return bus
