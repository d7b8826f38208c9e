from stacks.components.runtime_bytecode import PYTHON


def test_the_compiler_is_the_runtimes_python() -> None:
    from aws_cdk import aws_lambda as lambda_

    from stacks.components.event_function import RUNTIME

    assert RUNTIME.name == f"python{PYTHON}"
    assert RUNTIME.family is lambda_.RuntimeFamily.PYTHON
