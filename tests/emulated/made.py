"""What does an AWS in this process hold before a test begins? Made without requests, which take their time."""

from typing import Any
from urllib.parse import urlparse

from moto.dynamodb.models import dynamodb_backends
from moto.sqs.models import sqs_backends

from tests.unit.ops.names import ACCOUNT, REGION


def queue(name: str, *, region: str = REGION, **attributes: Any) -> str:
    """Its URL."""
    address: Any = urlparse(f"https://sqs.{region}.amazonaws.com")
    return sqs_backends[ACCOUNT][region].create_queue(name, **attributes).url(address)


def table(name: str) -> None:
    """As the stacks' tables are."""
    dynamodb_backends[ACCOUNT][REGION].create_table(
        name,
        schema=[{"AttributeName": "id", "KeyType": "HASH"}],
        attr=[{"AttributeName": "id", "AttributeType": "S"}],
        billing_mode="PAY_PER_REQUEST",
        throughput=None,
        global_indexes=None,
        indexes=None,
        streams=None,
        sse_specification=None,
        tags=[],
        deletion_protection_enabled=False,
        warm_throughput=None,
    )
