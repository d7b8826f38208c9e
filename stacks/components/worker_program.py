"""What do ECS tasks and EC2 instances run?"""

from pathlib import Path

WORKER = Path(__file__).resolve().parents[2] / "worker_src" / "worker.py"


def worker_source() -> str:
    """The worker's source, which travels inside the template: no image to build, and a change shows in `cdk diff`."""
    return WORKER.read_text(encoding="utf-8")
