"""How is a finding of a policy pack acknowledged beside the resource that it is about?"""

from collections.abc import Mapping

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct

from stacks.components.pack import Pack


def acknowledge(construct: IConstruct, rule: str, *packs: Pack, reason: str) -> None:
    """Says why `construct` is right as it is, although `rule` (`LambdaDLQ`) of each of `packs` finds it wrong.

    The pack's name before `::` makes aws-cdk, not cdk-nag, set the finding aside: its validation report then keeps
    the finding with the reason.
    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Validations.html
    """
    acknowledge_each(construct, {rule: reason}, *packs)


def acknowledge_each(construct: IConstruct, reasons: Mapping[str, str], *packs: Pack) -> None:
    """Several rules of the same packs at once, each with its reason: two calls across the jsii border, however many."""
    rules = [
        Acknowledgment(id=f"{pack}::{pack}-{rule}", reason=reason) for rule, reason in reasons.items() for pack in packs
    ]
    if rules:
        Validations.of(construct).acknowledge(*rules)


def acknowledge_inline_policy(construct: IConstruct, *, grants: str) -> None:
    """aws-cdk's grants go into a policy inside the role, which is `construct` or below it. `grants`: what it may do."""
    reason = f"the role may {grants}: no other role needs just that, and it goes with the role"
    acknowledge(construct, "IAMNoInlinePolicy", Pack.NIST, Pack.HIPAA, Pack.PCI, reason=reason)


def acknowledge_key_grants(construct: IConstruct, *actions: str) -> None:
    """aws-cdk's grants for an encrypted resource: each star is over variants of one action on the environment's key."""
    reasons = {
        f"IAM5[Action::{action}]": f"aws-cdk's grant: the variants of {action.removesuffix('*')}, on the environment's "
        "key alone"
        for action in actions
    }
    acknowledge_each(construct, reasons, Pack.AWS_SOLUTIONS)
