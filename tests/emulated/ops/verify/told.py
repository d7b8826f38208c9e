"""What does a run tell?"""

from ops.verify.report import Report
from stacks.route import Target

EVERYTHING, ATTACK, DELETION, CHANGE = (f"verify-run1-{number:04d}" for number in range(1, 5))


def missing(report: Report) -> dict[Target, list[str]]:
    return {row.target: row.missing for row in report.rows() if row.missing}


def steps(report: Report) -> str:
    return "\n".join(step for row in report.rows() for step in report.next_steps(row))
