"""Are the stacks deployed, and did their last deployment succeed?"""

from collections.abc import Mapping, Sequence

from ops.commands import Commands
from ops.environment import STACKS, Stack
from ops.status.asking import NotSeen
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

PART = "stacks"
BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version"  # of the CDK CLI's bootstrap stack; cdk.json has no qualifier of its own
OPTIONAL = {"Sender"}  # not with `simulator=false`
Answers = Mapping[str, Stack | NotSeen | None]


def judge(
    answers: Answers, elsewhere: Sequence[str], commands: Commands, *, region: str, source: str | None
) -> Judgement:
    """`elsewhere`: regions that have the environment's stacks, looked for when none is here."""
    yield from not_seen(PART, answers)
    seen = {name: answer for name, answer in answers.items() if not isinstance(answer, NotSeen)}
    if seen and not any(seen.values()):
        yield nothing(commands, elsewhere, region, source)
        return
    for name in STACKS:
        if name in seen:
            yield from one(name, seen[name], commands, source)


def nothing(commands: Commands, elsewhere: Sequence[str], region: str, source: str | None) -> Finding:
    what = f"Auth0Events-{commands.environment} is not deployed in {region}"
    if not elsewhere:
        return Finding(
            part=PART,
            name="stacks",
            what=what,
            do="Deploy it, or choose another --env, --region or --profile.",
            commands=(commands.deploy(source),),
        )
    return Finding(
        part=PART,
        name="stacks",
        what=f"{what}; it is in {', '.join(elsewhere)}",
        do="Look there, or deploy it here too.",
        commands=tuple(commands.ops("status", region=each) for each in elsewhere),
    )


def one(name: str, stack: Stack | None, commands: Commands, source: str | None) -> Judgement:
    full_name = f"Auth0Events-{commands.environment}-{name}"
    if stack is None:
        if name not in OPTIONAL:
            what = f"stack {full_name} is missing"
            yield Row(part=PART, name=name, mark=Mark.NEEDS_YOU, says="missing", facts={"status": None})
            yield Finding(
                part=PART, name=f"stack {name}", what=what, do="Deploy it.", commands=(commands.deploy(source),)
            )
        return
    trouble = trouble_of(stack.status, full_name, commands, source)
    changed = f"{stack.changed:%Y-%m-%d %H:%M} UTC"
    yield Row(
        part=PART,
        name=name,
        mark=Mark.NEEDS_YOU if trouble else Mark.WELL,
        says=f"{stack.status} {changed}",
        facts={"status": stack.status, "changed": stack.changed.isoformat()},
    )
    if trouble:
        do, *steps = trouble
        what = f"stack {full_name} is {stack.status} since {changed}"
        yield Finding(part=PART, name=f"stack {name}", what=what, do=do, commands=tuple(steps))


def trouble_of(status: str, name: str, commands: Commands, source: str | None) -> tuple[str, ...] | None:
    """What to do, and with which commands; None for a stack that is well.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
    """
    why, again = commands.cdk("diagnose", name), commands.deploy(source)
    if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"):
        return None
    if status == "REVIEW_IN_PROGRESS":
        return "A deployment was begun and never carried out: deploy again.", again
    if status.endswith("_IN_PROGRESS"):
        return "A deployment is at work: wait for it, then look again.", commands.ops("status")
    if status in ("UPDATE_ROLLBACK_FAILED", "UPDATE_FAILED"):
        return "Find out why, put it right, roll back, and deploy again.", why, commands.cdk("rollback", name), again
    if status == "DELETE_FAILED":
        return "Find out what it could not delete, and delete the stack again.", why, commands.cdk("destroy", name)
    return "The last deployment failed: find out why, put it right, and deploy again.", why, again


def judge_bootstrap(version: str | NotSeen | None, commands: Commands, region: str) -> Judgement:
    if isinstance(version, NotSeen):
        yield from not_seen(PART, {"bootstrap": version})
    elif version is None:
        yield Row(part=PART, name="bootstrap", mark=Mark.NEEDS_YOU, says="missing", facts={"version": None})
        yield Finding(
            part=PART,
            name="bootstrap",
            what=f"{region} of this account is not bootstrapped: `cdk deploy` cannot work",
            do="Once per account and region:",
            commands=(commands.bootstrap(),),
        )
    else:
        yield Row(part=PART, name="bootstrap", says=f"version {version}", facts={"version": version})
