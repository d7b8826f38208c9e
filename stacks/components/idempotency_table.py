"""Where does a consumer remember which logs it has already handled?"""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from stacks.components.acknowledgment import acknowledge, acknowledge_each
from stacks.components.pack import Pack

# What DynamoDB needs of who reads and writes, each by its full name.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
KEY_ACTIONS = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)


class IdempotencyTable(Construct):
    """A table that expires its own items, in the form of Powertools' idempotency, which the alert uses.

    https://docs.aws.amazon.com/powertools/python/latest/utilities/idempotency/#dynamodb-table
    """

    def __init__(self, scope: Construct, id_: str, *, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self._encryption_key = encryption_key
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="expiration",
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=encryption_key,
            removal_policy=RemovalPolicy.DESTROY,  # losing it means that an effect may come twice, no more
        )
        self._acknowledge_no_backup()

    def grant(self, grantee: iam.IGrantable, *actions: str) -> None:
        """These actions on the table, and the use of its key, for which aws-cdk's `grant` adds nothing."""
        self.table.grant(grantee, *actions)
        self._encryption_key.grant(grantee, *KEY_ACTIONS)

    def _acknowledge_no_backup(self) -> None:
        reason = "nothing to recover: its items expire, and a lost one repeats an effect"
        acknowledge(self.table, "DDB3", Pack.AWS_SOLUTIONS, reason=reason)
        acknowledge_each(
            self.table, dict.fromkeys(("DynamoDBPITREnabled", "DynamoDBInBackupPlan"), reason), Pack.NIST, Pack.HIPAA
        )
