"""When is there nothing to report at all, because AWS does not answer this operator?"""

from collections.abc import Iterable

from botocore.exceptions import BotoCoreError, ClientError

from ops.aws import Aws, OpsError
from ops.status.asking import NotSeen

# https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
NOT_ACCEPTED = (
    *("ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId", "UnrecognizedClientException"),
    *(
        "AuthFailure",
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "IncompleteSignature",
        "MissingAuthenticationToken",
    ),
)


def require_answer(aws: Aws, answers: Iterable[object]) -> None:
    """Raises an error if every answer is a refusal, for a reason that all other answers will have too."""
    errors = [answer.error if isinstance(answer, NotSeen) else None for answer in answers]
    if not all(errors):
        return
    error = errors[0]
    if isinstance(error, ClientError) and (code := error.response["Error"].get("Code", "")) in NOT_ACCEPTED:
        raise OpsError(
            f"AWS does not accept the credentials in {aws.region} ({code}): log in again (`aws sso login`), choose "
            "another --profile, or enable the region for the account"
        ) from error
    if isinstance(error, BotoCoreError):
        raise error
