"""What does a function make before its first event comes?"""

import os
from collections.abc import Callable


def before_the_first_event(make: Callable[[], object]) -> None:
    """Calls `make` at once where Lambda starts the function, and nowhere else.

    Lambda may start one before anybody calls it, and its first event then finds the clients there. A test, which has
    neither region nor environment, imports the same module.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    """
    if "AWS_LAMBDA_INITIALIZATION_TYPE" in os.environ:
        make()
