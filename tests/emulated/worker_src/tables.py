"""How does a worker's test make the table of what was processed?"""

import boto3


def create_table(name: str) -> None:
    """In moto, as the stack has it."""
    boto3.client("dynamodb", region_name="eu-west-1").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
