"""Which event bus receives Auth0's events, and how long can they be replayed?"""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_events as events
from constructs import Construct

from lambda_src.auth0_events.envelope import DETAIL_TYPE, PARTNER_SOURCE_PREFIX, SIMULATION_SOURCE_PREFIX


class Auth0EventBus(Construct):
    """An event bus, its archive, and the source prefix by which its rules know Auth0's events.

    With `event_source_name` it is the partner bus: named like its source, which makes EventBridge associate the two,
    and always retained, because deleting it returns the source to PENDING and drops what Auth0 sends.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
    Without one it is the simulation bus: nobody but AWS's registered partners can put events on a partner bus.
    With `existing_bus_arn` it is a bus that somebody associated by hand: used as it is, never changed nor deleted.
    Encrypted with AWS's own key: a key of ours would add a paid KMS call to every event (docs/adr/0004).
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        event_source_name: str | None,
        existing_bus_arn: str | None = None,
        archive_days: int,
        removal_policy: RemovalPolicy,
    ) -> None:
        super().__init__(scope, id_)
        self.name = id_
        self.event_source_name = event_source_name
        self.source_prefix = PARTNER_SOURCE_PREFIX if event_source_name else SIMULATION_SOURCE_PREFIX
        # Not of a failed first deployment: the next one could not make a bus of the same name.
        keep = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if event_source_name else removal_policy
        self.bus = self._existing(existing_bus_arn) if existing_bus_arn else self._made(keep)
        self.bus_name = self.bus.event_bus_name  # asked for once: it is far away, across the jsii border
        self.archive = events.Archive(
            self,
            "Archive",
            source_event_bus=self.bus,
            event_pattern=events.EventPattern(detail_type=[DETAIL_TYPE]),
            retention=Duration.days(archive_days),
        )
        self.archive.apply_removal_policy(keep)

    @property
    def is_partner(self) -> bool:
        return self.event_source_name is not None

    def _made(self, removal_policy: RemovalPolicy) -> events.IEventBus:
        bus = events.EventBus(self, "Bus", event_source_name=self.event_source_name)
        bus.apply_removal_policy(removal_policy)
        return bus

    def _existing(self, arn: str) -> events.IEventBus:
        name = self.event_source_name or ""
        return events.EventBus.from_event_bus_attributes(
            self, "Bus", event_bus_arn=arn, event_bus_name=name, event_bus_policy="", event_source_name=name
        )
