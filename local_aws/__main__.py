"""Which commands control the local AWS? `python -m local_aws run|up|down|status`"""

import argparse
import sys

from local_aws.control import LocalAws, LocalAwsError, start

COMMANDS = {
    "run": "start it and stay until it is interrupted",
    "up": "start it in the background",
    "down": "stop it",
    "status": "say whether it runs; exit code 1 if it does not",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="local_aws", description="The AWS inside the checkout.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in COMMANDS.items():
        commands.add_parser(name, help=what, description=what).add_argument("--port", type=int, default=4566)
    options = parser.parse_args()
    try:
        return act(options.command, LocalAws(port=options.port))
    except LocalAwsError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def act(command: str, wanted: LocalAws) -> int:
    runs = bool(wanted.pid)
    if command == "run":
        with start(port=wanted.port) as started:
            print(f"local AWS: {started.endpoint_url}, log in {started.log_path}; Ctrl+C ends it", flush=True)
            started.wait()
            raise LocalAwsError(f"the local AWS has ended by itself: see {started.log_path}")
    if command == "up" and not runs:
        start(port=wanted.port, child=False)
    if command == "down":
        wanted.stop()
    did = {"up": "runs already" if runs else "runs", "down": "stopped" if runs else "does not run"}
    said = did.get(command, "runs" if runs else "does not run")
    print(f"local AWS: {said}, {wanted.endpoint_url}, log in {wanted.log_path}")
    return 1 if command == "status" and not runs else 0


if __name__ == "__main__":
    sys.exit(main())
