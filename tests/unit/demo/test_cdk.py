from demo.cdk import reasons


def test_the_reasons_of_a_failure_are_the_lines_that_tell_of_one_not_the_last_ones() -> None:
    output = "Stack A | CREATE_FAILED | AWS::SQS::Queue\n" + "Stack B fine\n" * 40
    assert reasons(output) == "Stack A | CREATE_FAILED | AWS::SQS::Queue"


def test_without_such_a_line_the_last_ones_are_shown() -> None:
    assert reasons("\n".join(map(str, range(30)))).splitlines() == [str(number) for number in range(20, 30)]
