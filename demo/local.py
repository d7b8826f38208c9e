"""How are `make deploy-local` and `make send-local` done on the local AWS that `make up` started?"""

from rich.console import Console

from demo.customer import Customer, SenderError
from demo.screen import step
from local_aws.control import connect


def deploy(console: Console, *, port: int) -> None:
    """Raises LocalAwsError when none runs on the port, CdkError when the CLI fails."""
    customer = Customer(connect(port))
    cdk = customer.cdk(context={}, assembly=f"local-{port}.out")
    with step(console, "cdk synth"):
        cdk.synth()
    with step(console, "cdk bootstrap"):
        cdk.bootstrap()
    with step(console, "cdk deploy --all"):
        cdk.deploy()
    for name, value in sorted(customer.outputs().items()):
        if not name.startswith(("Exports", "PublishOutput")):
            console.print(f"  {name} = {value}")


def send(console: Console, *, port: int, count: int) -> None:
    """Raises LocalAwsError when none runs on the port, SenderError when nothing is deployed or the sender fails."""
    customer = Customer(connect(port))
    function = customer.outputs().get("SenderFunctionName")
    if not function:
        raise SenderError(f"no sender is deployed on port {port}; run `make deploy-local PORT={port}` first")
    with step(console, f"the sender sends {count} logs of mixed types"):
        answer = customer.invoke_sender(function, {"count": count})
    console.print(
        f"  sent {answer['sent']}, retried {answer['retried']}, failed {answer['failed']}, seed {answer['seed']}"
    )
    for failure in answer["failures"][:10]:
        console.print(
            f"  [red]failed[/red] {failure['log_id']}: {failure['code']} after {failure['attempts']} attempts"
        )
