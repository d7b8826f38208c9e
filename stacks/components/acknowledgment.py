"""How is a finding of a policy pack acknowledged beside the resource that it is about?"""

from collections.abc import Mapping

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct

# aws-cdk's grants for an encrypted resource; both stars are over variants of one action on this environment's one key.
KMS_GRANTS = {
    "AwsSolutions-IAM5[Action::kms:GenerateDataKey*]": "aws-cdk's grant: its variants, on the environment's key alone",
    "AwsSolutions-IAM5[Action::kms:ReEncrypt*]": "aws-cdk's grant: its variants, on the environment's key alone",
}


def acknowledge(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """`reasons` gives, for each rule (`AwsSolutions-SQS3`), why the finding is right as it is."""
    rules = [Acknowledgment(id=rule, reason=reason) for rule, reason in reasons.items()]
    Validations.of(construct).acknowledge(*rules)
