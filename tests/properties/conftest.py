"""What holds whatever comes is tried with many examples, and touches nothing either."""

from tests import examples as examples
from tests.touching_nothing import pytest_runtest_call as pytest_runtest_call
