"""How does a rule take no event before all its targets may be given one?"""

import jsii
from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_events as events
from aws_cdk.interfaces import aws_events as interfaces
from constructs import Construct, IDependable

from lambda_src.auth0_events.envelope import DETAIL_TYPE
from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.route import Route


class RouteRule(events.Rule):
    """The rule of a route on a bus, which CloudFormation makes after the rights that its targets need.

    What EventBridge may not do it tries once, and a letter that no queue takes is dropped. aws-cdk's policies refer to
    their rule and are thus made some seconds after it; ours know it by its name, and it waits for them.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html#eb-dlq-perms
    """

    def __init__(self, scope: Construct, *, bus: Auth0EventBus, route: Route) -> None:
        super().__init__(
            scope,
            f"{route.name}On{bus.name}",
            # by name, because its metrics are: CloudFormation knows a rule of our own bus as `bus|name` alone
            rule_name=route.name,
            description=f"Auth0 events: {route.name}",
            event_bus=bus.bus,
            event_pattern=events.EventPattern(
                source=events.Match.prefix(bus.source_prefix),
                detail_type=[DETAIL_TYPE],
                # The log's fields are at detail.data: https://auth0.com/docs/customize/log-streams/amazon-eventbridge
                detail={"data": {"type": list(route.log_types)}} if route.log_types else None,
            ),
        )
        # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
        arn = Stack.of(self).format_arn(
            service="events", resource="rule", resource_name=f"{bus.bus.event_bus_name}/{route.name}",
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )  # fmt: skip
        # Beside it, not in it: what is in it waits for the same rights.
        self.by_name = events.Rule.from_event_rule_arn(scope, f"{route.name}On{bus.name}ByName", arn)

    def send_to(self, target: events.IRuleTarget) -> None:
        self.add_target(_AllowedByName(target, self.by_name))

    def wait_for(self, *rights: IDependable) -> None:
        """The policies by which EventBridge may give a target its events, or a queue its dead letters."""
        self.node.add_dependency(self.by_name, *rights)


@jsii.implements(events.IRuleTarget)
class _AllowedByName:
    """A target of aws-cdk that lets in the rule of this name, which need not be there."""

    def __init__(self, target: events.IRuleTarget, rule: events.IRule) -> None:
        self._target = target
        self._rule = rule

    def bind(self, rule: interfaces.IRuleRef, id: str | None = None) -> events.RuleTargetConfig:  # noqa: A002, ARG002 - jsii's names
        return self._target.bind(self._rule, id)
