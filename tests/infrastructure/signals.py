"""Which metrics of which resources do the alarms watch?"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ops.environment import HASH_LENGTH
from tests.infrastructure.assembly import Assembly


class Signal(NamedTuple):
    """A metric of a resource: the values of its dimensions, as logical ids where they are resources of the app.

    `Events+MatchedEvents` for an expression of two metrics.
    """

    metric: str
    of: frozenset[str]


def signal(metric: str, *of: str) -> Signal:
    return Signal(metric, frozenset(of))


class Names:
    """Follows references, within a stack and between stacks, to the logical id that they mean."""

    def __init__(self, assembly: Assembly) -> None:
        self._exported: dict[str, Any] = {}
        self._published: dict[str, Any] = {}
        for template in assembly.templates.values():
            for name, output in template.get("Outputs", {}).items():
                self._published[name] = output["Value"]
                if "Export" in output:
                    self._exported[output["Export"]["Name"]] = output["Value"]

    def of(self, value: Any) -> str:
        match value:
            case str():
                return value
            case {"Ref": str(name)}:
                return name
            case {"Fn::GetAtt": [str(name), _]}:
                return name
            case {"Fn::ImportValue": name}:
                return self.of(self._exported[name])
            case {"Fn::GetStackOutput": {"OutputName": name}}:
                return self.of(self._published[name])
        raise ValueError(f"no reference: {value}")


def watched(assembly: Assembly) -> dict[str, Signal]:
    """By alarm: its id in the monitoring stack."""
    names = Names(assembly)
    alarms = assembly.properties("AWS::CloudWatch::Alarm")
    return {alarm_id(name): signal_of(alarm, names) for name, alarm in alarms.items()}


def signal_of(alarm: Mapping[str, Any], names: Names) -> Signal:
    metrics = list(metrics_of(alarm))
    of = {names.of(dimension["Value"]) for metric in metrics for dimension in metric["Dimensions"]}
    return Signal("+".join(sorted(metric["MetricName"] for metric in metrics)), frozenset(of))


def metrics_of(alarm: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Its one metric, or those that its expression is made of."""
    if "MetricName" in alarm:
        yield alarm
    yield from (each["MetricStat"]["Metric"] for each in alarm.get("Metrics", []) if "MetricStat" in each)


def alarm_id(name: str) -> str:
    return name.partition("/")[2][:-HASH_LENGTH]
