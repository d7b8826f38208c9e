"""What waits in which queue?"""

import json
from collections.abc import Mapping

from ops.commands import Commands
from ops.redrive.queues import Attributes
from ops.status.asking import NotSeen
from ops.status.report import Finding, Judgement, Mark, Row, not_seen

LETTERS, INBOX = "dead letters", "inboxes"


def judge(answers: Mapping[str, Attributes | NotSeen | None], commands: Commands, source: str | None) -> Judgement:
    """`answers`: GetQueueAttributes by the queue's name; None for one that is gone."""
    yield from not_seen(LETTERS, answers)
    for name, found in answers.items():
        if found is None:
            yield Row(part=LETTERS, name=name, mark=Mark.NEEDS_YOU, says="gone", facts={"exists": False})
            yield Finding(
                part=LETTERS,
                name=name,
                what=f"queue {name} is gone: what would go there is lost",
                do=f"{commands.recreating}.",
                commands=commands.recreate(source),
            )
        elif not isinstance(found, NotSeen):
            yield from judge_one(name, found, commands)


def judge_one(name: str, found: Attributes, commands: Commands) -> Judgement:
    waiting = int(found["ApproximateNumberOfMessages"])
    held = int(found["ApproximateNumberOfMessagesNotVisible"])
    facts = {"waiting": waiting, "in_flight": held, "dead_letter_queue": None}
    if "RedrivePolicy" in found:  # it has a dead-letter queue, so it is none
        letters = json.loads(found["RedrivePolicy"])["deadLetterTargetArn"]
        yield Row(
            part=INBOX,
            name=name,
            says=f"{waiting} waiting, {held} at work",
            facts=facts | {"dead_letter_queue": letters},
        )
        return
    count = waiting + held
    says = f"{count} {'message' if count == 1 else 'messages'}" if count else "empty"
    yield Row(part=LETTERS, name=name, mark=Mark.NEEDS_YOU if count else Mark.WELL, says=says, facts=facts)
    if count:
        hidden = f", {held} of them hidden by a redrive that runs or was killed" if held else ""
        yield Finding(
            part=LETTERS,
            name=name,
            what=f"{name}: {says} {'waits' if count == 1 else 'wait'}{hidden}",
            do=f"A dry run says why; put that right (docs/operations.md#{name.lower()}), then add --go.",
            commands=(commands.ops("redrive", name),),
        )
