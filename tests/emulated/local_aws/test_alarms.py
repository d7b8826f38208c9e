"""Which state follows from the values of an alarm's periods?"""

import pytest

ALARM = {"ComparisonOperator": "GreaterThanThreshold", "Threshold": "0", "StateValue": "OK"}


@pytest.mark.parametrize(
    ("settings", "values", "state"),
    [
        ({}, [1.0], "ALARM"),
        ({}, [0.0], "OK"),
        ({}, [None], "INSUFFICIENT_DATA"),
        ({"TreatMissingData": "notBreaching"}, [None], "OK"),
        ({"TreatMissingData": "breaching"}, [None], "ALARM"),
        ({"TreatMissingData": "ignore", "StateValue": "ALARM"}, [None], "ALARM"),
        ({"ComparisonOperator": "GreaterThanOrEqualToThreshold"}, [0.0], "ALARM"),
        ({"ComparisonOperator": "LessThanThreshold", "Threshold": 5}, [4.0], "ALARM"),
        ({"ComparisonOperator": "LessThanOrEqualToThreshold", "Threshold": 5}, [6.0], "OK"),
        ({}, [1.0, 0.0], "OK"),
        ({"DatapointsToAlarm": 1}, [1.0, 0.0], "ALARM"),
        ({"DatapointsToAlarm": 2}, [None, 1.0, 1.0], "ALARM"),
        ({"DatapointsToAlarm": 2}, [None, 1.0, 0.0], "OK"),
        ({"DatapointsToAlarm": 2, "TreatMissingData": "breaching"}, [None, 1.0, 0.0], "ALARM"),
        ({"TreatMissingData": "breaching"}, [None, None, 0.0], "OK"),
        ({"TreatMissingData": "notBreaching"}, [None, None, 1.0], "OK"),
        ({}, [None, None, 1.0], "ALARM"),  # enough of the past is known
        ({}, [1.0, None, None], "OK"),  # too early
        ({"TreatMissingData": "ignore", "StateValue": "INSUFFICIENT_DATA"}, [None, None, 1.0], "INSUFFICIENT_DATA"),
        ({"TreatMissingData": "ignore", "StateValue": "ALARM"}, [None, 0.0, 1.0], "OK"),
    ],
)
def test_the_state_follows_the_alarms_settings(
    settings: dict[str, object], values: list[float | None], state: str
) -> None:
    from local_aws.alarms import state_of  # and with it nearly all of ministack

    assert state_of(ALARM | settings, values) == state
