"""What does a record on the stream cost, and how much of a shard's load can one reader take?"""

from bench.functions.services import serve
from bench.page import Table
from bench.stream import per_record, shard


def measure(*, quick: bool) -> list[Table]:
    """Of the activity function as it is deployed, on AWS's own runtime client, beside a DynamoDB that answers late."""
    services = serve()
    address = f"127.0.0.1:{services.server_port}"
    try:
        return [per_record.table(address, quick=quick), shard.table(address, quick=quick)]
    finally:
        services.shutdown()
        services.server_close()
