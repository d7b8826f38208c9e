"""Which command does the operator paste, for the account and region that this one looked at?"""

import shlex
from dataclasses import dataclass

from local_aws.control import HOST, REGION

DEFAULT_ENVIRONMENT = "dev"


@dataclass(frozen=True, kw_only=True, slots=True)
class Commands:
    """`profile`, `region` and `port`: as the operator gave them; what was not given, the shell has for the next too."""

    environment: str = DEFAULT_ENVIRONMENT
    profile: str | None = None
    region: str | None = None
    port: int | None = None

    def ops(self, *words: str, region: str | None = None) -> str:
        """`region`: another than the one that was looked at."""
        given = {
            "--env": None if self.environment == DEFAULT_ENVIRONMENT else self.environment,
            "--profile": self.profile,
            "--region": region or self.region,
            "--local": None if self.port is None else str(self.port),
        }
        return shlex.join(["python", "-m", "ops", *words, *options(given)])

    def aws(self, *words: str) -> str:
        local = self.port is not None
        given = {
            "--profile": self.profile,
            "--region": self.region or (REGION if local else None),
            "--endpoint-url": f"http://{HOST}:{self.port}" if local else None,
        }
        return shlex.join(["aws", *words, *options(given)])

    def cdk(self, *words: str, region: str | None = None) -> str:
        """The CDK CLI takes its region from the environment alone."""
        region, local = region or self.region, self.port is not None
        place = {
            "AWS_ENDPOINT_URL": f"http://{HOST}:{self.port}" if local else None,
            "AWS_REGION": region or (REGION if local else None),
        }
        before = [f"{name}={shlex.quote(value)}" for name, value in place.items() if value]
        return " ".join([*before, shlex.join(["cdk", *words, *options({"--profile": self.profile})])])

    def deploy(self, source: str | None = None, *flags: str, region: str | None = None) -> str:
        """`source`: the event sources of the partner buses, as the setting has them."""
        if self.port is not None and not source and not flags:
            return f"make deploy-local PORT={self.port}"
        context = [] if self.environment == DEFAULT_ENVIRONMENT else ["-c", f"environment={self.environment}"]
        context += ["-c", f"event_source={source}"] if source else []
        return self.cdk("deploy", "--all", *flags, *context, region=region)

    def bootstrap(self, region: str | None = None) -> str:
        return self.deploy() if self.port is not None else self.cdk("bootstrap", region=region)

    def recreate(self, source: str | None = None) -> str:
        """Makes what the stacks have and AWS has no longer; a plain deployment compares templates alone, and does not.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
        """
        return self.deploy(source, "--revert-drift")


def options(given: dict[str, str | None]) -> list[str]:
    return [word for name, value in given.items() if value is not None for word in (name, value)]
