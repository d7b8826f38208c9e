import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stacks.checks import InvalidSettings
from stacks.routes import ROUTES
from tests.infrastructure.assembly import CHECKOUT, LOOKED_UP, SHAPES, Assembly, assemble, new_app


def test_a_vpc_without_a_subnet_for_workers_is_refused(tmp_path: Path) -> None:
    from app import build

    app = new_app(tmp_path)
    for key, found in LOOKED_UP.items():
        app.node.set_context(key, found | {"subnetGroups": []})
    with pytest.raises(InvalidSettings, match="vpc_id is vpc-0123456789abcdef0, which has no private subnet"):
        build(app, SHAPES["pinned, in an existing VPC"], ROUTES)


def test_synthesis_asks_no_account_for_anything_not_even_one_that_is_pinned(assembly: Assembly) -> None:
    assert assembly.lookups == []


def test_what_aws_cdk_would_ask_an_account_for_would_be_found(tmp_path: Path) -> None:
    from aws_cdk import Environment, Stack
    from aws_cdk import aws_ec2 as ec2

    app = new_app(tmp_path)
    ec2.Vpc(Stack(app, "Pinned", env=Environment(account="123456789012", region="eu-west-1")), "Vpc")
    assert assemble(app, tmp_path).lookups == ["availability-zones:account=123456789012:region=eu-west-1"]


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
