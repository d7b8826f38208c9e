"""What can be chosen for one environment?"""

import re
from dataclasses import dataclass

from stacks import github
from stacks.checks import InvalidSettings, check
from stacks.event_sources import EventSource, check_place, read_event_sources
from stacks.log_stream_settings import check_log_stream, check_secret_place
from stacks.route import SELECTABLE_TARGETS, Target

DEFAULT_ENVIRONMENT = "dev"
REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
ENVIRONMENT = re.compile(r"[A-Za-z]([A-Za-z0-9-]{0,19}[A-Za-z0-9])?")
ENVIRONMENT_EXPECTED = "up to 21 letters, digits or inner '-', the first a letter"
EMAIL = re.compile(r"(?=.{1,254}$)[^@\s]+@[^@\s]+\.[^@\s]+")  # no longer: RFC 5321, 4.5.3.1.3, with its two brackets
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
LOG_RETENTION_DAYS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)
LONGEST_ARCHIVE_DAYS = 3650
# As far back as an alarm looks, seven days:
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
LONGEST_SILENCE_HOURS = 168


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """One environment's settings. Every value has a default: an app without any context deploys.

    stacks/environments.py has the defaults of staging and production.

    Attributes:
        environment: names the stacks, so that several can live in one account; a letter, then letters, digits or `-`.
        event_source: Auth0's partner event sources by name or ARN, one for each tenant; `event_sources` reads them.
        auth0_secret: name or ARN of the secret that opens an Auth0 tenant, in which the deployment makes the log stream
            and takes its event source from it; None: no stream is made.
        auth0_stream_name: the stream's name in Auth0; None: `auth0-events-` and environment, account and region.
        auth0_filters: categories of logs that the stream carries; none: all.
        auth0_status: active or paused; what a paused stream would have sent waits in Auth0.
        auth0_priority: whether it is a priority stream, which carries eight log types alone.
        auth0_start_from: when a new stream begins (ISO 8601), within what Auth0 has kept; None: now.
        auth0_on_delete: what becomes of the stream when it is no longer in the stack: keep, pause or delete.
        allow_stream_replacement: whether another stream may take the place of one that Auth0 cannot change.
        region: pins the region; None: the one that the CDK CLI deploys to.
        account: pins the account, 12 digits; None: the one that the CDK CLI has credentials for.
        simulator: whether there are a simulation bus and a sender.
        targets: which kinds of sample target exist.
        archive_days: how long each bus's archive keeps events, 1 to 3,650 days.
        log_days: how long log groups keep events and logs, a period that CloudWatch Logs offers.
        silent_hours: after how many hours without an event from Auth0 somebody is called, 1 to 168.
        retain: whether everything that holds events or data stays when its stack goes; a partner bus always does.
        termination_protection: whether CloudFormation refuses to delete the stacks.
        alert_email: gets the alerts and the alarms; None: nobody is subscribed.
        vpc_id: an existing VPC for the ECS task and the EC2 instance; None: a small one is made.
        github_repository: `owner/name` or `owner@id/name@id`, whose jobs get roles to deploy; None: no such roles.
        github_ref: where the deploying job must run: `refs/heads/<branch>`, or `refs/pull/*/merge` for pull requests.
        github_oidc_provider_arn: the account's identity provider for GitHub if it has one; None: it is made.
    """

    environment: str = DEFAULT_ENVIRONMENT
    event_source: tuple[str, ...] = ()
    auth0_secret: str | None = None
    auth0_stream_name: str | None = None
    auth0_filters: tuple[str, ...] = ()
    auth0_status: str = "active"
    auth0_priority: bool = False
    auth0_start_from: str | None = None
    auth0_on_delete: str = "keep"
    allow_stream_replacement: bool = False
    region: str | None = None
    account: str | None = None
    simulator: bool = True
    targets: frozenset[Target] = SELECTABLE_TARGETS
    archive_days: int = 30
    log_days: int = 30
    silent_hours: int = 24
    retain: bool = False
    termination_protection: bool = False
    alert_email: str | None = None
    vpc_id: str | None = None
    github_repository: str | None = None
    github_ref: str = "refs/heads/main"
    github_oidc_provider_arn: str | None = None

    def __post_init__(self) -> None:
        check("environment", self.environment, ENVIRONMENT.fullmatch(self.environment), ENVIRONMENT_EXPECTED)
        check("region", self.region, self.region is None or REGION.fullmatch(self.region), "a region such as eu-west-1")
        check("account", self.account, self.account is None or re.fullmatch(r"\d{12}", self.account), "12 digits")
        check("archive_days", self.archive_days, 1 <= self.archive_days <= LONGEST_ARCHIVE_DAYS, "1 to 3650 days")
        check("log_days", self.log_days, self.log_days in LOG_RETENTION_DAYS,
              f"one of CloudWatch Logs' periods: {', '.join(map(str, LOG_RETENTION_DAYS))}")  # fmt: skip
        check("silent_hours", self.silent_hours, 1 <= self.silent_hours <= LONGEST_SILENCE_HOURS, "1 to 168 hours")
        check("alert_email", self.alert_email, self.alert_email is None or EMAIL.fullmatch(self.alert_email),
              "one e-mail address of up to 254 characters")  # fmt: skip
        check("vpc_id", self.vpc_id, self.vpc_id is None or re.fullmatch(r"vpc-[0-9a-f]+", self.vpc_id), "vpc-<hex>")
        for name, accepted, expected in github.checks(
            self.github_repository, self.github_ref, self.github_oidc_provider_arn
        ):
            check(name, getattr(self, name), accepted, expected)
        if self.vpc_id and not (self.account and self.region):
            raise InvalidSettings("vpc_id needs account and region too: `-c account=<12 digits> -c region=<region>`")
        check_log_stream(self)
        if self.auth0_secret and self.event_source:
            raise InvalidSettings(
                "auth0_secret and event_source are both set: the first makes a log stream and takes its event source, "
                "the second is one that is there already; set one of them"
            )
        if not self.has_tenant and not self.simulator:
            raise InvalidSettings(
                f"environment {self.environment} has no event_source and no simulator, so nothing sends events: give "
                "`-c event_source=aws.partner/auth0.com/<tenant>-<uuid>/auth0.logs` (from the Auth0 dashboard, "
                "Monitoring > Streams > your stream), `-c auth0_secret=<name of a secret>`, or `-c simulator=true`"
            )
        self.check_place(region=self.region, account=self.account)

    def check_place(self, *, region: str | None, account: str | None) -> None:
        """`region` and `account`: where the stacks go, as far as it is known. Raises InvalidSettings."""
        check_secret_place(self.auth0_secret, region=region)
        for source in self.event_sources:
            check_place(source, region=region, account=account)

    @property
    def metrics_namespace(self) -> str:
        """Of the functions' own metrics: those of two environments in one account must not be added up."""
        return f"Auth0Events/{self.environment}"

    @property
    def has_tenant(self) -> bool:
        """Whether there is a partner bus."""
        return bool(self.auth0_secret or self.event_sources)

    @property
    def event_sources(self) -> tuple[EventSource, ...]:
        """One for each partner bus."""
        return read_event_sources(self.event_source)
