import copy
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from tests.infrastructure import roles
from tests.infrastructure.assembly import SHAPES, Assembly
from tests.infrastructure.policies import Finding, Statement, as_list, findings, statements

ROLE, TRUST, KEY, LOGS = "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::KMS::Key", "AWS::Logs::ResourcePolicy"
EVERY_VARIANT = "variants of one action, on the environment's key alone: aws-cdk's grants and AWS's documents have it"
OWNER = "the account itself, so that its own policies can grant the use of the key; AWS's default key policy"
SESSIONS = "AWS has no narrower resource: https://docs.aws.amazon.com/service-authorization/latest/reference/"
STREAMS = "EventBridge names its rule for writing only; empty streams in one log group: docs/adr/0004"
PASSED = "AWS documents no condition, and a role can be passed to services of its own account only: docs/adr/0004"
NO_RESOURCE = "AWS has no resource for it: https://docs.aws.amazon.com/service-authorization/latest/reference/"
SETTINGS = "the name of a bus or rule tells no environment; who reads them learns settings, no event"
OWN_KEY = "its condition asks for the key's tags, and for SQS"
ACCOUNT = "arn:${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}"
OF_AUTH0 = "arn:${AWS::Partition}:events:${AWS::Region}::event-source/aws.partner/auth0.com/*"
# By the type of the resource, what its name has in it, and what is found: why it stays.
ACKNOWLEDGED = {
    **{(ROLE, "", f"action kms:{name}*"): EVERY_VARIANT for name in ("GenerateDataKey", "ReEncrypt")},
    **{(KEY, "", f"action kms:{name}*"): EVERY_VARIANT for name in ("GenerateDataKey", "ReEncrypt", "Describe")},
    (KEY, "", "action kms:*"): OWNER,
    (KEY, "", "principal AWS: arn:${AWS::Partition}:iam::${AWS::AccountId}:root"): OWNER,
    (KEY, "", f"principal AWS: arn:aws:iam::{SHAPES['pinned, in an existing VPC'].account}:root"): OWNER,
    **{
        (ROLE, "DeployRole", f"{action} on *"): NO_RESOURCE
        for action in (
            *("events:ListEventSources", "events:ListRules", "lambda:GetEventSourceMapping"),
            *("cloudwatch:GetMetricData", "cloudwatch:DescribeAlarms", "logs:DescribeLogGroups"),
        )
    },
    **{
        (ROLE, "DeployRole", f"events:{action} on {ACCOUNT % 'events'}:{kind}/*"): SETTINGS
        for action in ("DescribeEventBus", "DescribeArchive", "DescribeRule", "ListTargetsByRule")
        for kind in ("event-bus", "archive", "rule")
    },
    (ROLE, "DeployRole", f"kms:Decrypt on {ACCOUNT % 'kms'}:key/*"): OWN_KEY,
    (
        ROLE,
        "LogStreamFunctionRole",
        f"events:DescribeEventSource on {OF_AUTH0}",
    ): "the tenant and the UUID in a source's name are known only after the stream was made; it tells names and states",
    (ROLE, "InstancesRole", "ssm:UpdateInstanceInformation on *"): SESSIONS,
    **{
        (ROLE, "InstancesRole", f"ssmmessages:{verb}{channel}Channel on *"): SESSIONS
        for verb in ("Create", "Open")
        for channel in ("Control", "Data")
    },
    **{
        (LOGS, name, f"logs:CreateLogStream by {service}.amazonaws.com for anybody"): STREAMS
        for name in ("EventLog", "TaskFailures")
        for service in ("events", "delivery.logs")
    },
    **{
        (TRUST, name, f"sts:AssumeRole by {service}.amazonaws.com for anybody"): PASSED
        for name, service in (("", "lambda"), ("InstancesRole", "ec2"), ("TaskExecutionRole", "ecs-tasks"))
    },
}
# What somebody might do to a statement; None where it has no such part. Deny statements only narrow.
Widening = Callable[[dict[str, Any]], dict[str, Any] | None]
WIDENINGS: dict[str, Widening] = {
    "every action": lambda body: {**body, "Action": "*"},
    "every action of a service": lambda body: {**body, "Action": [*as_list(body["Action"]), "sqs:*"]},
    "every resource": lambda body: changed(body, "Resource", lambda _: "*"),
    "every resource too": lambda body: changed(body, "Resource", lambda value: [*as_list(value), "*"]),
    "everybody": lambda body: changed(body, "Principal", lambda _: "*"),
    "every account too": lambda body: changed(body, "Principal", lambda value: {**value, "AWS": "*"}),
    "whoever a service acts for": lambda body: (
        changed(body, "Condition", lambda _: {}) if "Principal" in body else None
    ),
    "every source": lambda body: changed(body, "Condition", everywhere) if "Principal" in body else None,
}


def changed(body: dict[str, Any], part: str, change: Callable[[Any], Any]) -> dict[str, Any] | None:
    """None as well where the part is as wide as it gets: what a key policy names as `*` is its key."""
    return {**body, part: change(body[part])} if body.get(part, "*") not in ("*", {}) else None


def everywhere(condition: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {operator: dict.fromkeys(keys, "*") for operator, keys in condition.items()}


def unacknowledged(found: list[Statement]) -> set[Finding]:
    return {finding for finding in findings(found) if not acknowledgments(finding)}


def acknowledgments(finding: Finding) -> set[tuple[str, str, str]]:
    return {
        (type_, name, what)
        for type_, name, what in ACKNOWLEDGED
        if (type_, what) == (finding.type, finding.what) and name in finding.where
    }


@contextmanager
def widened(statement: Statement, body: dict[str, Any]) -> Iterator[None]:
    before = dict(statement.body)
    statement.body.clear()
    statement.body.update(body)
    yield
    statement.body.clear()
    statement.body.update(before)


def test_no_statement_is_wider_than_aws_makes_it(assembly: Assembly) -> None:
    found = statements(assembly.resources())
    assert {KEY, LOGS, "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"} <= {statement.type for statement in found}
    assert unacknowledged(found) == set()


def test_no_policy_escapes_the_search(simulation: Assembly) -> None:
    having = {name for name, resource in simulation.resources() if 'Statement"' in str(resource).replace("'", '"')}
    having |= {name for name, _ in simulation.resources("AWS::Lambda::Permission")}
    assert {statement.where.split(" #")[0] for statement in statements(simulation.resources())} == having


def test_every_acknowledgment_is_needed(assemblies: dict[str, Assembly]) -> None:
    found = [finding for each in assemblies.values() for finding in findings(statements(each.resources()))]
    assert set().union(*map(acknowledgments, found)) == set(ACKNOWLEDGED)


@pytest.mark.parametrize("widening", WIDENINGS)
def test_any_one_statement_that_is_widened_is_found(assembly: Assembly, widening: str) -> None:
    tried = 0
    for statement in statements(assembly.resources()):
        body = WIDENINGS[widening](statement.body)
        if body is None or statement.body["Effect"] == "Deny":
            continue
        tried += 1
        with widened(statement, body):
            assert unacknowledged([statement]), statement
    assert tried


@pytest.mark.parametrize(
    "subject",
    [
        "repo:octo-org/*:environment:dev",
        "repo:octo-org/octo-repo:*",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "*",
    ],
)
def test_a_token_of_more_than_one_subject_is_found(partner: Assembly, subject: str) -> None:
    found = statements(partner.resources(TRUST))
    (trust, *_) = [each for each in found if "DeployRole" in each.where]
    condition = trust.body["Condition"]
    equal = condition["StringEquals"] | {"token.actions.githubusercontent.com:sub": subject}
    with widened(trust, {**trust.body, "Condition": condition | {"StringEquals": equal}}):
        assert trust.where in {finding.where for finding in unacknowledged(found)}


@pytest.mark.parametrize("name", ["Auth0Events*", "*-dev-*", "Auth0Events-*", "*"])
def test_names_of_more_than_one_environment_are_found(name: str) -> None:
    body = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": f"{ACCOUNT % 'sqs'}:{name}"}
    assert findings([Statement("Stack/Policy #0", ROLE, body)])


def topics_of_rules(found: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """The rules with a topic as a target, for which EventBridge may not say for whom it uses the key: docs/adr/0004."""
    resources = dict(found)
    topics = [name.rpartition("/")[2] for name, each in resources.items() if each["Type"] == "AWS::SNS::Topic"]
    return [
        name
        for name, each in resources.items()
        if each["Type"] == "AWS::Events::Rule"
        for target in each["Properties"]["Targets"]
        if any(topic in json.dumps(target["Arn"]) for topic in topics)
    ]


def test_no_rule_has_a_topic_as_its_target(assembly: Assembly) -> None:
    assert topics_of_rules(assembly.resources()) == []


def test_a_rule_with_a_topic_as_its_target_would_be_found(simulation: Assembly) -> None:
    found = {name: copy.deepcopy(resource) for name, resource in simulation.resources()}
    (rule, *_) = [name for name, resource in found.items() if resource["Type"] == "AWS::Events::Rule"]
    (topic, *_) = [name for name, resource in found.items() if resource["Type"] == "AWS::SNS::Topic"]
    found[rule]["Properties"]["Targets"].append({"Id": "Topic", "Arn": {"Ref": topic.rpartition("/")[2]}})
    assert topics_of_rules(found.items()) == [rule]


def test_a_policy_that_is_attached_by_its_name_is_found() -> None:
    role = {"Type": TRUST, "Properties": {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}}
    (finding,) = findings(statements([("Stack/Role", role)]))
    assert finding.what == "attached arn:aws:iam::aws:policy/AdministratorAccess"


@pytest.mark.parametrize("instead", ["NotAction", "NotResource", "NotPrincipal"])
def test_what_names_only_what_it_excludes_is_found(instead: str) -> None:
    allowed = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:123456789012:a"}
    body = {key: value for key, value in allowed.items() if f"Not{key}" != instead} | {instead: "anything"}
    assert findings([Statement("Stack/Policy #0", ROLE, allowed)]) == set()
    assert findings([Statement("Stack/Policy #0", ROLE, body)])


def test_a_role_that_may_be_passed_to_every_service_is_found() -> None:
    body = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::123456789012:role/a"}
    (finding,) = findings([Statement("Stack/Policy #0", ROLE, body)])
    assert finding.what == "iam:PassRole to every service"


def test_the_page_about_roles_is_up_to_date(assemblies: dict[str, Assembly]) -> None:
    page = roles.page(assemblies["with a log stream of its own"])
    assert roles.PAGE.read_text() == page, "run: .venv/bin/python -m tests.infrastructure.roles"
