"""A unit test touches nothing."""

from tests.touching_nothing import pytest_runtest_call as pytest_runtest_call
