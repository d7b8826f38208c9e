"""What is asked about everything that is deployed?"""

from datetime import datetime
from functools import partial

from ops.buses import is_partner
from ops.buses import names as bus_names
from ops.commands import Commands
from ops.environment import Environment
from ops.redrive.queues import attributes_of
from ops.status import alarms, buses, functions, places, queues, rules, sender, told
from ops.status.asking import Asking, if_there
from ops.status.last_events import last_events
from ops.status.report import Judgement


class Inside:
    """Asks at once; the answers are waited for when they are judged."""

    def __init__(self, environment: Environment, asking: Asking, now: datetime) -> None:
        aws, self._environment, self._now = environment.aws, environment, now
        names = self._names = bus_names(environment)
        self._buses = asking.each("events", {on: partial(buses.exists, aws.events, bus) for on, bus in names.items()})
        archives = environment.of_type(buses.ARCHIVE_TYPE)
        self._archives = asking.each(
            "events", {path: partial(buses.describe_archive, aws.events, name) for path, name in archives.items()}
        )
        self._last_events = asking.one("cloudwatch", partial(last_events, aws.cloudwatch, names, now))
        expected = rules.expected(environment)
        self._rules = asking.each(
            "events", {path: partial(rules.look_at, aws.events, rule) for path, rule in expected.items()}
        )
        urls = environment.queue_urls
        self._queues = asking.each("sqs", {name: partial(attributes_of, aws, url) for name, url in urls.items()})
        self._ask_about_programs(asking)
        self._alarms = {path: name for kind in alarms.TYPES for path, name in environment.of_type(kind).items()}
        self._alarm_states = asking.one(
            "cloudwatch", partial(alarms.describe, aws.cloudwatch, list(self._alarms.values()))
        )
        topics = environment.of_type(told.TYPE)
        self._topics = asking.each(
            "sns", {path: partial(if_there, partial(told.subscriptions, aws.sns, arn)) for path, arn in topics.items()}
        )

    def _ask_about_programs(self, asking: Asking) -> None:
        environment, aws = self._environment, self._environment.aws
        self._places = {
            kind: asking.each(service, places.questions(environment, kind)) for kind, service in places.SERVICES.items()
        }
        self._functions = asking.each(
            "lambda",
            {
                path: partial(functions.describe_function, aws.function_settings, name)
                for path, name in environment.of_type(functions.FUNCTION).items()
            },
        )
        self._readers = asking.each(
            "lambda",
            {
                path: partial(functions.describe_reader, aws.function_settings, uuid)
                for path, uuid in environment.of_type(functions.MAPPING).items()
            },
        )
        group = environment.resources.get(sender.LOG_GROUP)
        run = partial(sender.last_run, aws.logs, group or "", self._now)
        self._sender = asking.each("logs", {"last run": partial(if_there, run)} if group else {})

    def has_bus(self, on: str) -> bool | None:
        """None: it was not seen, or there is none in this environment."""
        answer = self._buses().get(on)
        return answer if isinstance(answer, bool) else None

    def judge(self, commands: Commands, source: str | None) -> Judgement:
        """In the operator's order: as an event goes. `source`: the event sources to deploy with."""
        there = self._buses()
        seen = buses.Buses(
            are_there=there,
            archives=self._archives(),
            last_events=self._last_events(),
            sources={on: name for on, name in self._names.items() if is_partner(on)},
        )
        yield from buses.judge(seen, commands, source, self._now)
        gone = [on for on, is_there in there.items() if is_there is False]
        yield from rules.judge(self._environment, self._rules(), commands, source, gone)
        yield from queues.judge(self._queues(), commands, source)
        there_or_not = {kind: answers() for kind, answers in self._places.items()}
        yield from places.judge(there_or_not, commands, source)
        yield from functions.judge(self._functions(), self._readers(), commands, source)
        for run in self._sender().values():
            yield from sender.judge(run, self._now)
        yield from alarms.judge(self._alarms, self._alarm_states(), commands, source, self._now)
        yield from told.judge(self._topics(), commands, source)
