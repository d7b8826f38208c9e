"""Which commands does an operator have? `python -m ops <command>`"""

import signal
import sys

import click
from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.printable import printable
from local_aws.control import LocalAwsError
from ops.aws import OpsError
from ops.redrive.command import redrive
from ops.replay.command import replay
from ops.report.command import report
from ops.send.command import send
from ops.status.command import status
from ops.tail.command import tail
from ops.verify.command import verify

CANNOT = 2  # the exit code of a command that could not do its work; click's own for a wrong call
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def commands() -> None:
    """What an operator does to a deployed environment."""


for command in (status, verify, send, tail, report, redrive, replay):
    commands.add_command(command)


def main() -> None:
    # what ends a run from outside does it as Ctrl-C does
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(commands.main(prog_name="python -m ops", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        reason, code = "interrupted", INTERRUPTED
    except (OpsError, LocalAwsError) as error:
        reason, code = str(error), CANNOT
    except (BotoCoreError, ClientError) as error:
        reason, code = f"AWS: {printable(str(error), 400)}", CANNOT
    click.echo(f"ops: {reason}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
