"""What are the partition, the region and the account that a stack is deployed to?"""

from aws_cdk import Aws

# Asked for once: each use of `Aws` is a call across the jsii border (docs/performance.md).
PARTITION, REGION, ACCOUNT_ID = Aws.PARTITION, Aws.REGION, Aws.ACCOUNT_ID


def arn(service: str, resource: str) -> str:
    """Of something in this account and region."""
    return f"arn:{PARTITION}:{service}:{REGION}:{ACCOUNT_ID}:{resource}"
