"""What the tests of the log stream's function share."""

from tests.unit.lambda_src.log_stream.conftest import tenant as tenant
