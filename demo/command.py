"""What does `make demo` or `make deploy-local` do?"""

import argparse
import os

from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.markup import escape

from demo.cdk import CdkError
from demo.customer import SenderError
from demo.local import deploy
from demo.story import tell
from local_aws.control import LocalAwsError, port_of

YES = ("1", "y", "yes", "true")  # as the Makefile takes it


def main() -> int:
    console = Console(highlight=False, soft_wrap=True)
    remains = "nothing is left running"
    try:
        arguments = parse()
        if arguments.command != "deploy":
            return tell(console, each=arguments.each, keep=os.environ.get("KEEP") in YES)
        remains = f"the local AWS stays up on port {arguments.port}; `make down PORT={arguments.port}` stops it"
        deploy(console, port=arguments.port)
    except (CdkError, LocalAwsError, SenderError) as error:
        console.print(f"[red]✗[/red] {escape(str(error))}")
        return 1
    except (BotoCoreError, ClientError) as error:
        console.print(f"[red]✗[/red] the local AWS does not answer as it should: {escape(str(error))}")
        return 1
    except KeyboardInterrupt:
        console.print(f"\ninterrupted; {remains}")
        return 130
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="the whole story on a local AWS of its own (make demo)")
    run.add_argument("--each", type=positive, default=1, help="logs of each log type on each bus (default: 1)")
    command = commands.add_parser("deploy", help="deploy onto the local AWS that runs (make deploy-local)")
    command.add_argument("--port", type=port_of, default=4566)
    return parser.parse_args()


def positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
