"""Where is an event that did not come out?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from botocore.exceptions import BotoCoreError, ClientError

from ops.environment import Environment
from ops.redrive.letters import Letter, letter_of
from ops.redrive.queues import Attributes, attributes_of
from stacks.route import Target

# Where an event of each target can get stuck, in the order of its way.
QUEUES: Mapping[Target, tuple[str, ...]] = {
    Target.STREAM: ("ActivityRouteUndelivered", "ActivityRouteUnprocessed"),
    Target.EVENT_LOG: ("EventLogUndelivered",),
    Target.ALERT: ("AlertRouteUndelivered", "AlertRouteUnprocessed"),
    Target.TASK: ("TaskInboxUndelivered", "TaskNotStarted", "TaskInboxUnprocessed"),
    Target.INSTANCES: ("InstancesInboxUndelivered", "InstancesInboxUnprocessed"),
}
# Never peeked into: a fifth receive would move a message that is well to the dead-letter queue.
INBOXES: Mapping[Target, str] = {Target.TASK: "TaskInbox", Target.INSTANCES: "InstancesInbox"}
UNDELIVERED = "Undelivered"
MOST_LOOKS = 10  # of ten messages each
MOST_OLD_LOOKS = 3  # in a row that show nothing new
VISIBLE, HELD = "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"


@dataclass(kw_only=True, slots=True)
class Whereabouts:
    """`kept`: queue and reason by log_id. `newer`: letters since the start, by queue, that name no event.

    `waiting`: messages in the target's inbox, ours or not. `gone`: queues that are no more. `not_seen`: why, of queues
    that could not be looked into, or not as a whole. All of it is safe to show.
    """

    queues: tuple[str, ...]
    kept: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    newer: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    not_seen: dict[str, str] = field(default_factory=dict)


def letters_of(environment: Environment, targets: Iterable[Target]) -> dict[str, int]:
    """How many each queue of theirs has; without those that AWS tells nothing of."""
    found = {}
    for name in (name for target in targets for name in queues_of(environment, target)):
        with suppress(ClientError, BotoCoreError):
            if attributes := attributes_of(environment.aws, environment.queue_urls[name]):
                found[name] = number(attributes)
    return found


def find(
    environment: Environment,
    target: Target,
    log_ids: Collection[str],
    *,
    since: float,
    wait: int = 1,
    known: dict[str, int] | None = None,
) -> Whereabouts:
    """Looks into the queues of a target, and leaves everything in them. `since`: seconds since 1970, by AWS's clock.

    `wait`: for how many seconds SQS looks for a message; to wait is to ask all of its servers. `known`: how many
    letters a queue had when it was looked into last, brought up to date here; one that has no more is left alone.
    """
    found = Whereabouts(queues=queues_of(environment, target))
    for name in found.queues:
        with told_if_not_seen(found, name):
            for letter in letters_in(environment, name, found, wait=wait, known=known):
                if letter.sent_at < since:
                    continue
                if letter.log_id in log_ids:
                    found.kept.setdefault(letter.log_id, []).append((name, letter.reason))
                elif not letter.log_id:
                    found.newer[name] = found.newer.get(name, 0) + 1
    if (inbox := INBOXES.get(target)) and inbox in environment.queue_urls:
        with told_if_not_seen(found, inbox):
            count(environment, inbox, found)
    return found


def queues_of(environment: Environment, target: Target) -> tuple[str, ...]:
    return tuple(name for name in QUEUES[target] if name in environment.queue_urls)


@contextmanager
def told_if_not_seen(found: Whereabouts, name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        found.not_seen[name] = f"{error.response.get('Error', {}).get('Code')} on sqs:{error.operation_name}"
    except BotoCoreError as error:
        found.not_seen[name] = type(error).__name__


def letters_in(
    environment: Environment, name: str, found: Whereabouts, *, wait: int, known: dict[str, int] | None
) -> list[Letter]:
    """SQS counts each look as a receive of what it shows: docs/operations.md#expiring says why there are few."""
    attributes = attributes_of(environment.aws, environment.queue_urls[name])
    if attributes is None:
        found.gone.append(name)
        return []
    there = number(attributes)
    if known is not None and there <= known.get(name, 0):
        return []
    letters = peek(environment, name, enough=int(attributes[VISIBLE]), wait=wait)
    if known is not None:
        known[name] = there
    if len(letters) < there:
        found.not_seen[name] = f"but for {len(letters)} of its {there} letters"
    return letters


def count(environment: Environment, inbox: str, found: Whereabouts) -> None:
    attributes = attributes_of(environment.aws, environment.queue_urls[inbox])
    if attributes is None:
        found.gone.append(inbox)
    else:
        found.waiting[inbox] = number(attributes)


def number(attributes: Attributes) -> int:
    return int(attributes[VISIBLE]) + int(attributes[HELD])


def peek(environment: Environment, name: str, *, enough: int, wait: int) -> list[Letter]:
    """Each letter once, until there are `enough`; of a queue with very many, some of them.

    SQS shows any ten messages, and with a visibility timeout of 0 they stay where they are for everybody else.
    """
    known: dict[str, Letter] = {}
    old_looks = 0
    for _ in range(MOST_LOOKS):
        answer = environment.aws.sqs.receive_message(
            QueueUrl=environment.queue_urls[name],
            MaxNumberOfMessages=10,
            VisibilityTimeout=0,
            WaitTimeSeconds=wait,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        inbox = name if name.endswith("InboxUnprocessed") else None
        letters = {message["MessageId"]: letter_of(message, inbox) for message in answer.get("Messages", [])}
        old_looks = old_looks + 1 if letters.keys() <= known.keys() else 0
        known |= letters
        if not letters or len(known) >= enough or old_looks == MOST_OLD_LOOKS:
            break
    return list(known.values())
