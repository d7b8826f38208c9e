"""What does IAM let somebody do who has the credentials of one of the deployed roles?"""

import fnmatch
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from local_aws.control import ACCOUNT
from tests.local.app.attempts import Attempt
from tests.local.app.deployment import Deployment

REFUSALS = ("AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation")
# Requests that are wrong on purpose must get as far as IAM.
AS_IT_IS = Config(parameter_validation=False, retries={"total_max_attempts": 1})

TRUSTING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}],
}


@dataclass
class Caller:
    """With the customer's own key, which is the emulator's root; or, as a Thief, with a role's."""

    deployed: Deployment
    clients: dict[str, Any] = field(default_factory=dict, repr=False)
    answers: dict[Attempt, bool] = field(default_factory=dict, repr=False)

    @cached_property
    def session(self) -> Any:
        environment = self.deployed.customer.environment
        return boto3.Session(environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])

    def client(self, service: str) -> Any:
        environment = self.deployed.customer.environment
        where = {"endpoint_url": environment["AWS_ENDPOINT_URL"], "region_name": environment["AWS_REGION"]}
        if service not in self.clients:
            self.clients[service] = self.session.client(service, config=AS_IT_IS, **where)
        return self.clients[service]

    def may(self, attempt: Attempt) -> bool:
        """Whether IAM lets the request in; what the service then says of it does not matter.

        Asked once: no policy changes while a caller lives.
        """
        if attempt not in self.answers:
            self.answers[attempt] = self._is_let_in(attempt)
        return self.answers[attempt]

    def _is_let_in(self, attempt: Attempt) -> bool:
        try:
            attempt.request(self.client)
        except ClientError as error:
            return error.response["Error"]["Code"] not in REFUSALS
        return True


@dataclass
class Thief(Caller):
    """Has a session of the role, which trusts the customer's key for a moment: by itself it trusts no person."""

    role: str = ""  # physical name

    @cached_property
    def session(self) -> Any:
        sts, iam = self.deployed.client("sts"), self.deployed.client("iam")
        role = iam.get_role(RoleName=self.role)["Role"]
        iam.update_assume_role_policy(RoleName=self.role, PolicyDocument=json.dumps(TRUSTING))
        stolen = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="thief")["Credentials"]
        own = json.dumps(role["AssumeRolePolicyDocument"])
        iam.update_assume_role_policy(RoleName=self.role, PolicyDocument=own)
        return boto3.Session(stolen["AccessKeyId"], stolen["SecretAccessKey"], stolen["SessionToken"])

    @cached_property
    def statements(self) -> list[dict[str, Any]]:
        """Of the role's policies, as they are deployed."""
        iam = self.deployed.client("iam")
        assert iam.list_attached_role_policies(RoleName=self.role)["AttachedPolicies"] == []
        names = iam.list_role_policies(RoleName=self.role)["PolicyNames"]
        policies = [iam.get_role_policy(RoleName=self.role, PolicyName=name)["PolicyDocument"] for name in names]
        return [statement for policy in policies for statement in policy["Statement"]]

    def should(self, attempt: Attempt) -> bool:
        return any(
            matches(attempt.action, statement["Action"]) and matches(attempt.resource, statement["Resource"])
            for statement in self.statements
        )


def matches(value: str, patterns: str | list[str]) -> bool:
    return any(fnmatch.fnmatchcase(value, each) for each in ([patterns] if isinstance(patterns, str) else patterns))
