"""Which command does the operator paste, for the account and region that this one looked at?"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from local_aws.control import ACCESS_KEY, HOST, REGION

DEFAULT_ENVIRONMENT = "dev"
KEY = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": "local"}  # of the local AWS, which takes any secret


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
        is_local = self.port is not None
        given = {
            "--profile": None if is_local else self.profile,
            "--region": self.region or (REGION if is_local else None),
            "--endpoint-url": self.endpoint_url,
        }
        return " ".join([*assignments(KEY if is_local else {}), shlex.join(["aws", *words, *options(given)])])

    def cdk(self, *words: str, region: str | None = None) -> str:
        """The CDK CLI takes its region and endpoint from the environment alone."""
        region, is_local = region or self.region, self.port is not None
        place = {"AWS_ENDPOINT_URL": self.endpoint_url, "AWS_REGION": region or (REGION if is_local else None)}
        profile = options({"--profile": None if is_local else self.profile})
        before = assignments({**place, **(KEY if is_local else {})})
        return " ".join([*before, shlex.join(["cdk", *words, *profile])])

    @property
    def endpoint_url(self) -> str | None:
        return None if self.port is None else f"http://{HOST}:{self.port}"

    def deploy(self, source: str | None = None, *flags: str, region: str | None = None) -> str:
        """`source`: the event sources, as the setting has them. `make deploy-local` knows one place and none."""
        is_plain = self.environment == DEFAULT_ENVIRONMENT and (region or self.region) in (None, REGION)
        if self.port is not None and is_plain and not source and not flags:
            return f"make deploy-local PORT={self.port}"
        context = [] if self.environment == DEFAULT_ENVIRONMENT else ["-c", f"environment={self.environment}"]
        context += ["-c", f"event_source={source}"] if source else []
        return self.cdk("deploy", "--all", *flags, *context, region=region)

    def bootstrap(self, region: str | None = None) -> str:
        """`make deploy-local` does it first, where it can be used."""
        make = self.deploy(region=region)
        return make if make.startswith("make ") else self.cdk("bootstrap", region=region)

    def recreate(self, source: str | None = None) -> tuple[str, ...]:
        """Makes what the stacks have and AWS has no longer; a plain deployment compares templates alone, and does not.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
        The local AWS has no drift-aware change sets: there it begins anew, without the sources that it had.
        """
        if self.port is None:
            return (self.deploy(source, "--revert-drift"),)
        anew = [f"make {what} PORT={self.port}" for what in ("down", "up")]
        return (*anew, self.deploy())

    @property
    def recreating(self) -> str:
        """What `recreate` does, to be said before it."""
        if self.port is None:
            return "Recreate it, with the settings of the last deployment"
        return "The local AWS recreates nothing: begin anew"

    def way_back(self, source: str | None = None) -> str:
        """The same within a sentence."""
        steps = " && ".join(self.recreate(source))
        if self.port is None:
            return f"`{steps}`, with the settings of the last deployment, recreates it"
        return f"the local AWS recreates nothing; `{steps}` begins anew"


def assignments(given: Mapping[str, str | None]) -> list[str]:
    """What a shell sets for the one command that follows."""
    return [f"{name}={shlex.quote(value)}" for name, value in given.items() if value is not None]


def options(given: Mapping[str, str | None]) -> list[str]:
    return [word for name, value in given.items() if value is not None for word in (name, value)]
