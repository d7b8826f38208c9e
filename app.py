"""The CDK app: reads the context once and wires the stacks of one environment."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

if __name__ == "__main__":
    gc.disable()  # a second or two of work, of which looking for garbage would be a fifth (docs/performance.md)

from aws_cdk import App, Environment, Stack, Tags

from stacks.checks import InvalidSettings
from stacks.components.function_code import NoAsset
from stacks.components.parts import Parts
from stacks.components.retention import retain_data
from stacks.components.runtime_bytecode import NotCompiled
from stacks.context import read_settings
from stacks.event_bus_stack import EventBusStack
from stacks.github_deploy_roles_stack import GitHubDeployRolesStack
from stacks.monitoring_stack import MonitoringStack
from stacks.route import Route
from stacks.routing_table import InvalidRoutes, read_routes
from stacks.sender_stack import SenderStack
from stacks.settings import Settings
from stacks.targets_stack import TargetsStack


def build(app: App, settings: Settings, routes: Sequence[Route]) -> None:
    name = f"Auth0Events-{settings.environment}"
    # Without pins the templates hold for any account and region, and synthesis looks nothing up.
    tags = {"project": "auth0-events", "environment": settings.environment}
    stack: dict[str, Any] = {
        "env": Environment(account=settings.account, region=settings.region),
        "tags": tags,
        "termination_protection": settings.termination_protection,
    }
    event_bus = EventBusStack(app, f"{name}-EventBus", settings=settings, **stack)
    key, buses = event_bus.encryption_key, event_bus.buses
    targets = TargetsStack(
        app, f"{name}-Targets", settings=settings, encryption_key=key, buses=buses, routes=routes, **stack
    )
    sender: Stack | None = None
    if event_bus.simulation_bus:
        bus = event_bus.simulation_bus
        sender = SenderStack(app, f"{name}-Sender", settings=settings, encryption_key=key, simulation_bus=bus, **stack)
    parts = Parts(settings=settings, rules=targets.rules, targets=targets, sender=sender)
    MonitoringStack(app, f"{name}-Monitoring", parts=parts, **stack)
    if settings.github_repository:
        GitHubDeployRolesStack(app, f"{name}-GitHubDeployRoles", settings=settings, **stack)
    if settings.retain:
        retain_data(app)
    for tag, value in tags.items():
        Tags.of(app).add(tag, value)


def main() -> None:
    app = App()
    try:
        routes = read_routes()
        settings = read_settings(
            app.node.get_all_context(),
            default_region=os.environ.get("CDK_DEFAULT_REGION"),
            default_account=os.environ.get("CDK_DEFAULT_ACCOUNT"),
        )
    except InvalidSettings as error:
        sys.exit(f"settings: {error}")
    except InvalidRoutes as error:
        sys.exit(str(error))
    try:
        build(app, settings, routes)
    except InvalidSettings as error:  # seen in the account: what a VPC has
        sys.exit(f"settings: {error}")
    except (NoAsset, NotCompiled) as error:
        sys.exit(f"functions: {error}")
    app.synth()
    gc.freeze()  # nor need the end of the process look for any


if __name__ == "__main__":
    main()
