"""How does a local test get an assembly with settings of its own? In this process: `cdk synth` takes seconds longer."""

from pathlib import Path
from typing import Any

from stacks.routes import ROUTES
from stacks.settings import Settings


def synthesise(folder: Path, **settings: Any) -> None:
    from aws_cdk import App

    from app import build

    # Without cdk.json's flags aws-cdk's validation could only warn, for more than half of the time.
    app = App(outdir=str(folder), builtin_cloud_formation_validation=False)
    build(app, Settings(**settings), ROUTES)
    app.synth()
