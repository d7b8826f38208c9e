"""Which graphs answer which question?"""

from collections.abc import Iterable, Mapping, Sequence

from aws_cdk import aws_cloudwatch as cloudwatch

from stacks.components.auth0_event_bus import Auth0EventBus
from stacks.components.dead_letter_queue import DeadLetterQueue
from stacks.components.inbox_queue import InboxQueue
from stacks.components.parts import Parts
from stacks.components.question import Question
from stacks.components.source_alarms import received
from stacks.components.watched import PERIOD, path_of

Graphs = dict[str, list[cloudwatch.IMetric]]  # by title


def graphs_of(question: Question, parts: Parts) -> Graphs:
    """Graphs without a line are left out: an environment may do without their part."""
    match question:
        case Question.SENT:
            graphs = sent(parts)
        case Question.ROUTED:
            graphs = {f"{bus.name}: matched, late": routed(bus) for bus in parts.buses}
        case Question.DELIVERED:
            graphs = {f"{bus.name}: delivered, given up, kept, lost": delivered(bus) for bus in parts.buses}
            graphs |= {"Dead letters": depths(letters(parts, question))}
        case Question.PROCESSED:
            graphs = processed(parts)
        case Question.HAPPENING:
            graphs = happening(parts)
    return {title: lines for title, lines in graphs.items() if lines}


def sent(parts: Parts) -> Graphs:
    namespace = parts.settings.metrics_namespace
    names = ("EventsSent", "EventRetries", "EventsFailed", "EventsLost")
    from_auth0: list[cloudwatch.IMetric] = [received(bus) for bus in parts.partner_buses]
    return {
        "Events from Auth0": from_auth0,
        "The sender": own_metrics(namespace, "sender", names) if parts.senders else [],
    }


def routed(bus: Auth0EventBus) -> list[cloudwatch.IMetric]:
    return [by_rule(bus, "MatchedEvents"), by_rule(bus, "ThrottledRules")]


def delivered(bus: Auth0EventBus) -> list[cloudwatch.IMetric]:
    names = ("Invocations", "FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq")
    return [by_rule(bus, name) for name in names]


def processed(parts: Parts) -> Graphs:
    failing: list[cloudwatch.IMetric] = [
        each.function.metric(name, statistic="Sum", period=PERIOD, label=f"{path_of(each)} {name}")
        for each in parts.functions
        for name in ("Errors", "Throttles")
    ]
    late: list[cloudwatch.IMetric] = [
        inbox.queue.metric_approximate_age_of_oldest_message(label=f"{path_of(inbox)} seconds")
        for inbox in parts.inboxes
    ]
    late += [
        each.consumer.metric("IteratorAge", statistic="Maximum", period=PERIOD, label=f"{path_of(each)} milliseconds")
        for each in parts.streams
    ]
    return {
        "Functions that fail": failing,
        "Inboxes and dead letters": depths([*parts.inboxes, *letters(parts, Question.PROCESSED)]),
        "How late": late,
    }


def letters(parts: Parts, question: Question) -> list[DeadLetterQueue]:
    return [queue for queue, asked in parts.letters if asked is question]


def depths(queues: Sequence[DeadLetterQueue | InboxQueue]) -> list[cloudwatch.IMetric]:
    return [
        queue.queue.metric_approximate_number_of_messages_visible(statistic="Maximum", label=path_of(queue))
        for queue in queues
    ]


def happening(parts: Parts) -> Graphs:
    if not parts.streams:
        return {}
    namespace = parts.settings.metrics_namespace
    label, ours = "Attacks ${PROP('Dim.log_type')}", {"service": "activity"}
    by_type = search(namespace, ("log_type", "service"), "Attacks", ours, label=label)
    return {
        "Logins": own_metrics(namespace, "activity", ("Logins", "Signups")),
        "Failures": own_metrics(namespace, "activity", ("FailedLogins", "FailedSignups")),
        "Attacks": [*own_metrics(namespace, "activity", ("Attacks",)), by_type],
    }


def own_metrics(namespace: str, service: str, names: Iterable[str]) -> list[cloudwatch.IMetric]:
    return [
        cloudwatch.Metric(
            namespace=namespace,
            metric_name=name,
            dimensions_map={"service": service},
            statistic="Sum",
            period=PERIOD,
        )
        for name in names
    ]


def by_rule(bus: Auth0EventBus, name: str) -> cloudwatch.IMetric:
    """EventBridge publishes a rule's metrics for a bus of our own under both dimensions only."""
    given = {"EventBusName": bus.bus_name}
    label = f"{name} ${{PROP('Dim.RuleName')}}"
    return search("AWS/Events", ("EventBusName", "RuleName"), name, given, label=label)


def search(
    namespace: str, dimensions: Iterable[str], name: str, given: Mapping[str, str], *, label: str
) -> cloudwatch.IMetric:
    """A line for each metric that has these dimensions and no others; the label names the one that differs.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
    """
    schema = ",".join(f'"{part}"' for part in (namespace, *dimensions))
    terms = " ".join(f'{key}="{value}"' for key, value in {**given, "MetricName": name}.items())
    return cloudwatch.MathExpression(
        expression=f"SEARCH('{{{schema}}} {terms}', 'Sum')", label=label, using_metrics={}, period=PERIOD
    )
