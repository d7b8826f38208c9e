"""Which commands does an operator have? `python -m ops <command>`"""

import os
import signal
import sys
from importlib import import_module

import click
from botocore.exceptions import BotoCoreError, ClientError

from lambda_src.printable import printable
from local_aws.control import LocalAwsError
from ops.aws import OpsError

CANNOT = 2  # the exit code of a command that could not do its work; click's own for a wrong call
INTERRUPTED = 130
LONGEST_USAGE = 1_000  # characters
SUMMARIES = {
    "status": "Is everything there, and well? With the step for what is not.",
    "verify": "Sends test events, and waits for them behind every target.",
    "send": "Sends generated logs, a story, or a file of real logs.",
    "tail": "Shows events as they pass.",
    "report": "Makes an HTML page of a window of time.",
    "redrive": "Puts messages of dead-letter queues back.",
    "cost": "What it costs a month, what dominates, and what lowers it.",
    "replay": "Replays a window of time from a bus's archive.",
}


class LazyGroup(click.Group):
    """Each is imported when it is called: with all of them, a command would take half as long again to start."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(SUMMARIES)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in SUMMARIES:
            return None
        command: click.Command = getattr(import_module(f"ops.{name}.command"), name)
        command.short_help = SUMMARIES[name]
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def commands() -> None:
    """What an operator does to a deployed environment."""


def main() -> None:
    # what ends a run from outside does it as Ctrl-C does
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code, reason = outcome()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has what it wanted: `| head -1`
        code, reason = 0, ""
        leave_output()
    except OSError as error:
        code, reason = CANNOT, f"{error.filename or 'the output'}: {error.strerror or error}"
        leave_output()
    if reason:
        click.echo(f"ops: {reason}", err=True)
    sys.exit(code)


def outcome() -> tuple[int, str]:
    """Exit code, and why if somebody has to be told. Raises OSError: most often, the output cannot be written."""
    try:
        # not commands.main(), which makes exit code 1 of a closed pipe
        with commands.make_context("python -m ops", sys.argv[1:]) as context:
            return int(commands.invoke(context) or 0), ""
    except click.exceptions.Exit as ended:
        return ended.exit_code, ""
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # rich makes exit code 1 of it, too
            raise ended.__context__ from None
        return int(ended.code or 0), ""
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code, ""
    except click.ClickException as error:
        return error.exit_code, wrong_call(error)
    except KeyboardInterrupt:
        click.echo(err=True)  # closes the terminal's ^C
        return INTERRUPTED, "interrupted"
    except (OpsError, LocalAwsError) as error:
        return CANNOT, str(error)
    except (BotoCoreError, ClientError) as error:
        return CANNOT, f"AWS: {printable(str(error), 400)}"


def wrong_call(error: click.ClickException) -> str:
    said = printable(" ".join(error.format_message().split()), LONGEST_USAGE).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{said}; see `{context.command_path} -h`" if context else said


def leave_output() -> None:
    """Python writes what it has buffered when it ends, and would complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # no file of the system's
        return


if __name__ == "__main__":
    main()
