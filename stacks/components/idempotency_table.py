"""Where does a function remember which logs it has already handled?"""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from constructs import Construct

from stacks.components.acknowledgment import Pack, acknowledge


class IdempotencyTable(Construct):
    """The table of Powertools' idempotency, which expires its own items.

    https://docs.aws.amazon.com/powertools/python/latest/utilities/idempotency/#dynamodb-table
    """

    def __init__(self, scope: Construct, id_: str, *, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id_)
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="expiration",
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=encryption_key,
            removal_policy=RemovalPolicy.DESTROY,  # losing it means that an alert may come twice, no more
        )
        self._acknowledge_no_backup()

    def _acknowledge_no_backup(self) -> None:
        reason = "nothing to recover: its items expire, and a lost one repeats an alert"
        acknowledge(self.table, "DDB3", Pack.AWS_SOLUTIONS, reason=reason)
        acknowledge(self.table, "DynamoDBPITREnabled", Pack.NIST, Pack.HIPAA, reason=reason)
        acknowledge(self.table, "DynamoDBInBackupPlan", Pack.NIST, Pack.HIPAA, reason=reason)
