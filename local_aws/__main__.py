"""Which commands control the local AWS? `python -m local_aws up|down|down-all`"""

import argparse
import sys

from local_aws.control import STATE, LocalAws, LocalAwsError, known, port_of, start


def main() -> None:
    parser = argparse.ArgumentParser(prog="local_aws", description="The AWS inside the checkout.")
    parser.add_argument("command", choices=["up", "down", "down-all"])
    parser.add_argument("--port", type=port_of, default=4566)
    try:
        options = parser.parse_args()
        if options.command == "down-all":
            stop_all()
            return
        wanted = LocalAws(port=options.port)
        ran = bool(wanted.pid)
        if options.command == "down":
            wanted.stop()
        elif not ran:
            start(port=wanted.port, child=False)
    except LocalAwsError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\ninterrupted; no local AWS was started")
    did = {"up": "runs already" if ran else "runs", "down": "stopped" if ran else "does not run"}
    print(f"local AWS: {did[options.command]}, {wanted.endpoint_url}, log in {wanted.log_path}")


def stop_all() -> None:
    for each in known(STATE):
        if each.pid:
            each.stop()
            print(f"local AWS: stopped, {each.endpoint_url}")


if __name__ == "__main__":
    main()
