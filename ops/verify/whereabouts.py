"""Where is an event that did not come out?"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from ops.environment import Environment
from ops.redrive.letters import Letter, letter_of
from ops.redrive.queues import attributes_of
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


@dataclass(kw_only=True, slots=True)
class Whereabouts:
    """`kept`: queue and reason by log_id. `newer`: letters since the start, by queue, that name no event.

    `waiting`: messages in the target's inbox, ours or not. `gone`: queues that are no more. All of it is safe to show.
    """

    queues: tuple[str, ...]
    kept: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    newer: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


def find(
    environment: Environment, target: Target, log_ids: Collection[str], *, since: float, wait: int = 1
) -> Whereabouts:
    """Looks into the queues of a target, and leaves everything in them. `since`: seconds since 1970, by AWS's clock.

    `wait`: for how many seconds SQS looks for a message; to wait is to ask all of its servers.
    """
    urls = environment.queue_urls
    found = Whereabouts(queues=tuple(name for name in QUEUES[target] if name in urls))
    for name in found.queues:
        if attributes_of(environment.aws, urls[name]) is None:
            found.gone.append(name)
            continue
        for letter in peek(environment, name, since=since, wait=wait):
            if letter.log_id in log_ids:
                found.kept.setdefault(letter.log_id, []).append((name, letter.reason))
            elif not letter.log_id:
                found.newer[name] = found.newer.get(name, 0) + 1
    if (inbox := INBOXES.get(target)) and inbox in urls:
        count(environment, inbox, found)
    return found


def count(environment: Environment, inbox: str, found: Whereabouts) -> None:
    attributes = attributes_of(environment.aws, environment.queue_urls[inbox])
    if attributes is None:
        found.gone.append(inbox)
        return
    numbers = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    found.waiting[inbox] = sum(int(attributes[name]) for name in numbers)


def peek(environment: Environment, name: str, *, since: float, wait: int) -> Iterator[Letter]:
    """The letters that came since then, each once; of a queue with very many, some of them.

    SQS shows any ten messages, and with a visibility timeout of 0 they stay where they are for everybody else.
    """
    known: set[str] = set()
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
        letters = [letter_of(message, inbox) for message in answer.get("Messages", [])]
        new = [letter for letter in letters if letter.message_id not in known]
        known.update(letter.message_id for letter in new)
        yield from (letter for letter in new if letter.sent_at >= since)
        old_looks = 0 if new else old_looks + 1
        if not letters or old_looks == MOST_OLD_LOOKS:
            return
