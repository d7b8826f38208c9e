"""Which statements do the templates have, and what is too wide about one?"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.infrastructure.assembly import SHAPES
from tests.infrastructure.trust import is_one_repository

# A service must say for whom it acts. The last one is CloudWatch Logs' own way, by the encrypted log group:
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
SOURCES = ("aws:SourceArn", "aws:SourceAccount", "kms:EncryptionContext:aws:logs:arn")
PINNING = ("StringEquals", "ArnEquals", "ArnLike")
# This account, or one resource of the template.
OWN = rf"\$\{{AWS::AccountId\}}|\b{SHAPES['pinned, in an existing VPC'].account}\b|^\$\{{\w+\.Arn\}}$"

# What CloudFormation names for one environment of this account and region, whichever characters it puts behind.
OWN_NAMES = re.compile(
    r"arn:\$\{AWS::Partition\}:[a-z]+:\$\{AWS::Region\}:\$\{AWS::AccountId\}:([a-z-]+[:/])?Auth0Events-[A-Za-z0-9-]+-\*"
)


@dataclass(frozen=True)
class Statement:
    """`where`: stack/logical id #number; `type` of the resource that has it; `body` may be changed by a test."""

    where: str
    type: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Finding:
    where: str
    type: str
    what: str


def statements(resources: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Statement]:
    """Of roles, of what they trust, and of resources; whatever can be attached by its name alone is one as well."""
    found = []
    for name, resource in resources:
        bodies = [body for document in documents(normalised(resource)) for body in document["Statement"]]
        found += [Statement(f"{name} #{n}", resource["Type"], body) for n, body in enumerate(bodies)]
    return found


def normalised(resource: Mapping[str, Any]) -> Any:
    """A copy of its properties: a Lambda permission and an attached policy as documents, documents as dictionaries."""
    properties = resource.get("Properties", {})
    if resource["Type"] == "AWS::Lambda::Permission":
        return {"Statement": [permission(properties)]}
    attached = [{"Effect": "Allow", "Attached": text(arn)} for arn in properties.get("ManagedPolicyArns", [])]
    return [parsed(properties), {"Statement": attached}]


def permission(properties: Mapping[str, Any]) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-permission.html."""
    sources = {"ArnLike": "SourceArn", "StringEquals": "SourceAccount"}
    conditions = {how: {f"aws:{key}": properties[key]} for how, key in sources.items() if key in properties}
    principal = properties["Principal"]
    return {
        "Effect": "Allow",
        "Principal": {"Service": principal} if ".amazonaws.com" in principal else principal,
        "Action": properties["Action"],
        "Resource": properties["FunctionName"],
        "Condition": conditions,
    }


def parsed(value: Any) -> Any:
    """Documents that are written as text, as those of log groups are, become dictionaries."""
    if text(value).startswith('{"Statement"'):
        return json.loads(text(value))
    if isinstance(value, dict):
        return {key: parsed(item) for key, item in value.items()}
    return [parsed(item) for item in value] if isinstance(value, list) else value


def documents(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("Statement"), list):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from documents(item)


def text(value: Any) -> str:
    """As a reader of the template would write it: `arn:${AWS::Partition}:…`, `${Queue.Arn}`."""
    match value:
        case str():
            return value
        case {"Fn::Join": [separator, parts]}:
            return str(separator).join(map(text, parts))
        case {"Ref": name}:
            return f"${{{name}}}"
        case {"Fn::GetAtt": [name, attribute]}:
            return f"${{{name}.{attribute}}}"
        case {"Fn::ImportValue": str(name)}:
            return f"${{{name}}}"
    return f"${{{json.dumps(value)}}}"


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def findings(found: Iterable[Statement]) -> set[Finding]:
    """Whatever an Allow leaves open. What AWS has no narrower form for is found too: a test acknowledges it."""
    allowing = [statement for statement in found if statement.body["Effect"] == "Allow"]
    return {Finding(each.where, each.type, what) for each in allowing for what in too_wide(each)}


def too_wide(statement: Statement) -> Iterator[str]:
    body = statement.body
    if "Attached" in body:
        yield f"attached {body['Attached']}"
        return
    actions = [text(action) for action in as_list(body.get("Action", "everything but: *"))]
    yield from (f"action {action}" for action in actions if "*" in action)
    for resource in map(text, as_list(body.get("Resource", []) if "NotResource" not in body else "*")):
        # In a key policy it is the key: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
        own = OWN_NAMES.fullmatch(resource) or (statement.type, resource) == ("AWS::KMS::Key", "*")
        if "*" in resource and not own:
            yield from (f"{action} on {resource}" for action in actions)
    if "iam:PassRole" in actions and "iam:PassedToService" not in json.dumps(body.get("Condition", {})):
        yield "iam:PassRole to every service"
    if "Principal" in body or "NotPrincipal" in body:
        yield from open_to(body, actions)


def open_to(body: Mapping[str, Any], actions: list[str]) -> Iterator[str]:
    """Anybody but a service or one repository, and a service that may act for anybody."""
    principal = body.get("Principal")
    if is_one_repository(body):
        return
    named = principal if isinstance(principal, dict) else {"anybody": principal or "*"}
    services = [text(service) for service in as_list(named.get("Service", []))]
    if set(named) != {"Service"} or "*" in "".join(services):
        yield from (f"principal {kind}: {text(who)}" for kind, whom in named.items() for who in as_list(whom))
    elif not says_for_whom(body.get("Condition", {})):
        yield from (f"{action} by {service} for anybody" for action in actions for service in services)


def says_for_whom(condition: Mapping[str, Mapping[str, Any]]) -> bool:
    values = [
        text(value)
        for operator, keys in condition.items()
        for key, given in keys.items()
        for value in as_list(given)
        if operator in PINNING and key in SOURCES
    ]
    return bool(values) and all(re.search(OWN, value) for value in values)
