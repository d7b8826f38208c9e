"""Whom does a role's trust policy let in, of those who show a token of GitHub's?"""

import fnmatch
import json
import re
from collections.abc import Mapping
from typing import Any

ISSUER = "token.actions.githubusercontent.com"
# Of one repository's jobs: in one environment, or for pull requests.
# https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
SUBJECT = re.compile(r"repo:[\w.-]+(@\d+)?/[\w.-]+(@\d+)?:(environment:[A-Za-z0-9-]+|pull_request)", re.ASCII)


def lets_in(policy: Mapping[str, Any], claims: Mapping[str, str]) -> bool:
    """Whether one of the statements allows AssumeRoleWithWebIdentity for a token with these claims.

    Knows no more than the policies here need, and raises ValueError for the rest: it must not guess.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    return any(allows(statement, claims) for statement in policy["Statement"])


def allows(statement: Mapping[str, Any], claims: Mapping[str, str]) -> bool:
    known = {"Effect", "Action", "Principal", "Condition"}
    if statement["Effect"] != "Allow" or set(statement) - known:
        raise ValueError(f"not an Allow of {sorted(known)}: {statement}")
    if statement["Action"] != "sts:AssumeRoleWithWebIdentity" or set(statement["Principal"]) != {"Federated"}:
        raise ValueError(f"not for a token: {statement}")
    return all(
        holds(operator, wanted, claims.get(key.removeprefix(f"{ISSUER}:")))
        for operator, keys in statement.get("Condition", {}).items()
        for key, wanted in keys.items()
    )


def holds(operator: str, wanted: str | list[str], given: str | None) -> bool:
    """A claim that is absent holds nowhere; of several wanted values one is enough; letters' case counts."""
    values = [wanted] if isinstance(wanted, str) else wanted
    match operator:
        case "StringEquals":
            return given in values
        case "StringLike":
            return given is not None and any(like(pattern, given) for pattern in values)
    raise ValueError(f"operator {operator!r} is not known here")


def like(pattern: str, text: str) -> bool:
    """`*` any text, `?` one character; a bracket is a bracket."""
    return re.fullmatch(fnmatch.translate(pattern.replace("[", "[[]")), text) is not None


def is_one_repository(body: Mapping[str, Any]) -> bool:
    """Whether it lets in GitHub's tokens alone that are for AWS, and of exactly one subject."""
    match body.get("Principal"):
        case {"Federated": provider, **others} if not others:
            equal = body.get("Condition", {}).get("StringEquals", {})
            audience, subject = equal.get(f"{ISSUER}:aud"), equal.get(f"{ISSUER}:sub", "")
            known = "*" not in json.dumps(provider) and isinstance(subject, str) and SUBJECT.fullmatch(subject)
            return bool(known and audience == "sts.amazonaws.com")
    return False
