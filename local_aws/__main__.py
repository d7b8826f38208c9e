"""Which commands control the local AWS? `python -m local_aws up|down|status`"""

import argparse
import sys

from local_aws.control import LocalAws, LocalAwsError, start


def main() -> int:
    """The exit code: 1 for an error and for the status of one that does not run."""
    parser = argparse.ArgumentParser(prog="local_aws", description="The AWS inside the checkout.")
    parser.add_argument("command", choices=["up", "down", "status"])
    parser.add_argument("--port", type=int, default=4566)
    options = parser.parse_args()
    wanted = LocalAws(port=options.port)
    ran = bool(wanted.pid)
    if options.command == "up" and not ran:
        try:
            start(port=wanted.port, child=False)
        except LocalAwsError as error:
            print(error, file=sys.stderr)
            return 1
    if options.command == "down":
        wanted.stop()
    runs = "runs" if ran else "does not run"
    did = {"up": "runs already" if ran else "runs", "down": "stopped" if ran else runs, "status": runs}
    print(f"local AWS: {did[options.command]}, {wanted.endpoint_url}, log in {wanted.log_path}")
    return int(options.command == "status" and not ran)


if __name__ == "__main__":
    sys.exit(main())
