"""What does an interruption of the demo say while it is still imported, which takes a second?"""

import sys


def main() -> int:
    try:
        from demo.command import main as command
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted; nothing is left running\n")
        return 130
    return command()


if __name__ == "__main__":
    sys.exit(main())
