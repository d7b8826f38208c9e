import json
import os
import subprocess
import sys

from tests.infrastructure.assembly import CHECKOUT


def test_a_wrong_setting_is_one_line_and_no_stack_trace() -> None:
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=CHECKOUT,
        # as cdk.json runs it: with the checkout's own Node.js, where it has one
        env={
            **os.environ,
            "PATH": f"{CHECKOUT}/.venv/bin:{os.environ['PATH']}",
            "CDK_CONTEXT_JSON": json.dumps({"archive_days": "4000"}),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "settings: archive_days is 4000; expected 1 to 3650 days\n"
    assert done.stdout == ""
