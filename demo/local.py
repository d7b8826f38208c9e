"""How is `make deploy-local` done on the local AWS that `make up` started?"""

from rich.console import Console

from demo.customer import Customer
from demo.screen import step
from local_aws.control import connect


def deploy(console: Console, *, port: int) -> None:
    """Raises LocalAwsError when none runs on the port, CdkError when the CLI fails."""
    customer = Customer(connect(port))
    cdk = customer.cdk(context={})
    with step(console, "cdk synth"):
        cdk.synth()
    with step(console, "cdk bootstrap"):
        cdk.bootstrap()
    with step(console, "cdk deploy --all"):
        cdk.deploy()
    for name, value in sorted(customer.outputs().items()):
        if not name.startswith(("Exports", "PublishOutput")):
            console.print(f"  {name} = {value}")
