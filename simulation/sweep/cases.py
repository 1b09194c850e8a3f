"""Cases: the scenario at each point of a design, by the same rules as a variant of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from simulation.document import Node, Scalar, as_month, month_text, report
from simulation.engines.plan import Plan, build_plan
from simulation.errors import Fault, quoted, suggestion
from simulation.scenario.events import EventInstance
from simulation.scenario.resolve import with_changes
from simulation.scenario.scenario import Scenario
from simulation.sweep.axes import Axis
from simulation.sweep.points import Points

REFERENCE = 0  # the case of the scenario as it is: every other stands beside it
_DATED = re.compile(r"events\.([a-z_0-9]+?)(?:\.([1-9][0-9]?))?\.at")


@dataclass(frozen=True)
class Cases:
    """The cases of a sweep: the scenario itself, and after it the points of the design."""

    base: Scenario
    axes: tuple[Axis, ...]
    points: Points

    def __len__(self) -> int:
        return 1 + self.points.cases

    @cached_property
    def _like(self) -> Plan:
        return build_plan(self.base)

    def scenario(self, case: int, faults: list[Fault]) -> Scenario | None:
        """The scenario of a case; None where its values are at fault together."""
        if case == REFERENCE:
            return self.base
        return at_point(self.base, list(zip(self.axes, self.points.values(case - 1), strict=True)), faults)

    def plan(self, case: int) -> Plan:
        """The plan of a case that has been found right."""
        faults: list[Fault] = []
        scenario = self.scenario(case, faults)
        assert scenario is not None, faults
        return build_plan(scenario, like=self._like if scenario.focus == self.base.focus else None)


def at_point(base: Scenario, values: Sequence[tuple[Axis, Node]], faults: list[Fault]) -> Scenario | None:
    """The scenario with these values; None where anything in them is at fault."""
    dated = [(axis, node) for axis, node in values if _DATED.fullmatch(axis.path)]
    others = [(axis.key, node) for axis, node in values if not _DATED.fullmatch(axis.path)]
    found = with_changes(base, others, faults)
    for axis, node in dated:
        found = None if found is None else _moved(found, axis.key, node, faults)
    return found


def _moved(scenario: Scenario, key: Scalar, node: Node, faults: list[Fault]) -> Scenario | None:
    """The scenario with one of its events at another date."""
    one = event_at(scenario, key, faults)
    month = as_month(node, faults)
    if one is None or month is None:
        return None
    if not scenario.start <= month < scenario.start + scenario.months:
        last = scenario.start + scenario.months - 1
        message = f"{month_text(month)} lies outside the scenario"
        report(faults, node, message, f"from {month_text(scenario.start)} to {month_text(last)}")
        return None
    events = [replace(each, month=month) if each is one else each for each in scenario.events]
    return replace(scenario, events=tuple(events))


def event_at(scenario: Scenario, key: Scalar, faults: list[Fault]) -> EventInstance | None:
    """The event whose date a path names: events.<type>.at, or events.<type>.<number>.at of several."""
    named = _DATED.fullmatch(key.text)
    assert named is not None
    kind, number = named[1], named[2]
    these = [one for one in scenario.events if one.event == kind]
    if not these:
        there = sorted({one.event for one in scenario.events})
        hint = suggestion(kind, there) if there else "the scenario has no events"
        report(faults, key, f"no event {quoted(kind)} happens in {scenario.name}", hint)
        return None
    if number is None and len(these) > 1:
        hint = f"write events.{kind}.1.at for the first"
        report(faults, key, f"{kind} happens {len(these)} times", hint)
        return None
    place = int(number or 1)
    if place > len(these):
        report(faults, key, f"{kind} happens {len(these)} times, and this is number {place}")
        return None
    return these[place - 1]
