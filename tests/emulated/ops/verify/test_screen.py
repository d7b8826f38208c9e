"""Is what a person reads of a run short, complete, and harmless?"""

import io
from collections.abc import Callable
from functools import partial

import pytest
from rich.console import Console

from ops.verify.awaited import line, told
from ops.verify.report import Report
from ops.verify.screen import show
from ops.verify.watch import Watch
from stacks.route import Target
from tests.emulated.ops.verify.pipeline import Pipeline, refusal


def shown(report: Report) -> str:
    text = io.StringIO()
    show(Console(file=text, width=100, highlight=False), report)
    return text.getvalue()


def test_a_run_that_is_well_ends_in_one_line_that_says_so(pipeline: Pipeline) -> None:
    text = shown(pipeline.verify())
    assert text.endswith("All is well: 4 events came out at the far end of each target, and so far nowhere else.\n")
    assert "AttackProtection lambda 1 1 0 0" in " ".join(text.split())
    assert "With fewer than 20 events, p95 is the slowest." in text


def test_a_skipped_target_and_a_difference_are_in_the_last_lines(pipeline: Pipeline) -> None:
    pipeline.events.rules.append({"Name": "[red]Old", "EventPattern": "{}"})
    text = shown(pipeline.verify(pipeline.prepare(skip=frozenset({Target.ALERT}))))
    assert "differs rule [red]Old is no route of this checkout: not tested\nAs far as tested, all is well" in text
    assert "of each target but lambda, and so far nowhere else" in text


def test_what_is_wrong_is_named_with_its_place_and_the_next_step(pipeline: Pipeline) -> None:
    pipeline.delay[Target.TASK] = None
    pipeline.further = lambda log_id, _: [Target.ALERT] if log_id.endswith("1") else [Target.EVENT_LOG]
    pipeline.logs.refuse = lambda group, _: refusal("ResourceNotFoundException") if group == "ec2-group" else None
    text = shown(pipeline.verify(timeout=5))
    assert "missing UserDeletion → ecs: verify-run1-0003\n  nothing waits in TaskInbox" in text
    assert "unexpected AttackProtection → lambda: verify-run1-0001" in text
    assert "duplicated Everything → logs: verify-run1-0002, verify-run1-0003, verify-run1-0004" in text
    assert "unreadable log group ec2-group is gone: `cdk deploy --all --revert-drift`, with" in text
    assert text.endswith("Not well of 4 events: 2 missing, 1 unexpected.\n")


def verify_in_vain(pipeline: Pipeline) -> Callable[[Report], object]:
    pipeline.delay[Target.TASK] = None
    return partial(pipeline.verify, timeout=5)


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (lambda _: None, "Interrupted before anything was sent."),
        (verify_in_vain, "Interrupted while waiting: what is missing so far may arrive yet."),
        (
            lambda pipeline: pipeline.verify,
            "Interrupted after all had arrived: what comes twice, or where it should not, was not waited for.",
        ),
    ],
)
def test_an_interrupted_run_says_how_far_it_came(
    pipeline: Pipeline, stage: Callable[[Pipeline], Callable[[Report], object] | None], said: str
) -> None:
    report = pipeline.prepare()
    if go := stage(pipeline):
        go(report)
    report.was_interrupted = True
    assert shown(report).endswith(f"{said}\n")


def test_what_is_awaited_is_one_line_for_each_change_where_there_is_no_terminal(
    pipeline: Pipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.delay[Target.TASK] = 30.0
    report = pipeline.prepare()
    with told(events=4) as tell:
        pipeline.tell = tell
        pipeline.verify(report)
    said = capsys.readouterr()
    assert said.out == ""
    first, second, *others = said.err.splitlines()
    assert first == "4 events are being sent"
    assert second.startswith("0 of 11 arrivals; awaited: ec2 1 (seconds; minutes while a new instance boots), ecs 1 (a")
    assert others == ["10 of 11 arrivals; awaited: ecs 1 (a minute or two: Fargate starts a task)", "11 of 11 arrivals"]


def test_an_end_that_cannot_be_read_is_in_the_line(pipeline: Pipeline) -> None:
    pipeline.logs.refuse = lambda group, _: refusal("ThrottlingException") if group == "ecs-group" else None
    lines: list[str] = []

    def tell(watch: Watch) -> None:
        lines.append(line(watch))

    pipeline.tell = tell
    pipeline.verify(timeout=5)
    assert lines[-1].endswith("; cannot read: ecs (ThrottlingException)")
