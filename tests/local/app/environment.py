"""How is one of several environments deployed onto a local AWS, looked at again, and removed?"""

from collections.abc import Mapping
from pathlib import Path

from demo.auth0 import Auth0
from demo.cdk import Cdk
from demo.customer import Customer
from local_aws.control import LocalAws

TENANT = "aws.partner/auth0.com/{}-0b1c2d3e-4f56-7890-abcd-ef1234567890/auth0.logs"


class Environment(Cdk):
    """The app with one context. Every command raises CdkError if it fails."""

    def __init__(self, aws: LocalAws, context: Mapping[str, str], assembly: Path) -> None:
        self.customer = Customer(aws)
        self.assembly = assembly
        super().__init__(environment=self.customer.environment, context=context, assembly=assembly)

    def create(self) -> None:
        self.synth()
        self.bootstrap()
        self.deploy()

    def diff(self, *options: str) -> None:
        """Fails if a second deployment would change anything."""
        self._run("diff", "--fail", "--app", self._assembly, *options)

    def destroy(self) -> None:
        self._run("destroy", "--all", "--force", "--app", self._assembly)

    def stacks(self) -> set[str]:
        found = self.customer.cloudformation.describe_stacks()["Stacks"]
        return {stack["StackName"] for stack in found if stack["StackName"].startswith("Auth0Events-")}

    def buses(self) -> set[str]:
        return {bus["Name"] for bus in self.customer.events.list_event_buses()["EventBuses"]} - {"default"}

    def source_of(self, tenant: str) -> str:
        """Auth0 makes a log stream: the source's name, PENDING."""
        auth0 = Auth0(endpoint_url=self.customer.environment["AWS_ENDPOINT_URL"], region=self.customer.region)
        auth0.events.create_partner_event_source(Name=TENANT.format(tenant), Account=self.customer.account)
        return TENANT.format(tenant)
