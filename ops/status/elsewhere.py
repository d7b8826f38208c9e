"""In which other region is what is not here?"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from ops.aws import Aws
from ops.status.asking import Asking, NotSeen

Found = TypeVar("Found")


def in_other_regions(
    aws: Aws, asking: Asking, service: str, look: Callable[[Any], Found]
) -> tuple[Mapping[str, Found], Mapping[str, str]]:
    """What `look` finds with a client of the service, by region, where it finds anything; why a region did not answer.

    A region that the account has not enabled refuses its credentials:
    https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
    """
    clients = {region: aws.elsewhere(service, region) for region in aws.other_regions(service)}
    answers = asking.each(service, {region: partial(look, client) for region, client in clients.items()})()
    unasked = {region: answer.reason for region, answer in answers.items() if isinstance(answer, NotSeen)}
    found = {region: answer for region, answer in answers.items() if not isinstance(answer, NotSeen) and answer}
    return found, unasked
