"""Cases: the scenario at each point of a design, by the same rules as a variant of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from simulation.document import (
    Node,
    Scalar,
    as_month,
    as_name,
    as_number,
    counted,
    month_text,
    report,
)
from simulation.engines.plan import Plan, build_plan
from simulation.errors import Fault, quoted, suggestion
from simulation.scenario.events import EventInstance
from simulation.scenario.resolve import with_changes
from simulation.scenario.scenario import Scenario
from simulation.scenario.settings import MEASURE, Setting
from simulation.sweep.axes import Axis
from simulation.sweep.points import Points

AT = "at"  # the date of an event
REFERENCE = 0  # the case of the scenario as it is: every other stands beside it
_OF_EVENT = re.compile(r"events\.([a-z_0-9]+)(?:\.([A-Za-z_0-9]+))?\.([a-z_]+)")


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
        like = self._pattern
        if like is not None:
            said = {column.axis.path: column.number(case - 1) for column in self.points.columns}
            return replace(like, settings=tuple(_with_number(one, said) for one in like.settings))
        return self._said(case, faults)

    @cached_property
    def numbers_alone(self) -> bool:
        """Whether cases differ in numbers of parameters alone: those are right together if right alone."""
        known = self.base.world.names
        return all(axis.path in known and axis.numeric for axis in self.axes)

    @cached_property
    def right_together(self) -> bool:
        """Whether values that are right alone are right together: numbers, and tempi of challengers."""
        known = self.base.world.names
        return all(
            (axis.path in known and axis.numeric and not axis.path.startswith(MEASURE))
            or (axis.path.removeprefix("threats.") in self.base.threats and _plain(axis))
            for axis in self.axes
        )

    def _said(self, case: int, faults: list[Fault]) -> Scenario | None:
        """The scenario of a case, resolved as a variant is."""
        return at_point(self.base, list(zip(self.axes, self.points.values(case - 1), strict=True)), faults)

    @cached_property
    def _pattern(self) -> Scenario | None:
        """The first case, where all others are as it with other numbers: to resolve hundreds takes long."""
        found = self._said(1, []) if self.numbers_alone else None
        paths = {axis.path for axis in self.axes}
        held = {one.path for one in found.settings} if found is not None else set()
        return found if paths <= held else None

    def plan(self, case: int) -> Plan:
        """The plan of a case that has been found right."""
        faults: list[Fault] = []
        scenario = self.scenario(case, faults)
        assert scenario is not None, faults
        return build_plan(scenario, like=self._like if scenario.focus == self.base.focus else None)


def _plain(axis: Axis) -> bool:
    """Whether every value is a number or the name of a level."""
    return all(isinstance(node, Scalar) for node in axis.levels)


def _with_number(one: Setting, said: Mapping[str, float]) -> Setting:
    """The setting with the number that its path has in a case."""
    value = said.get(one.path)
    return one if value is None else Setting(one.path, value, value, value, one.since, one.place)


def at_point(base: Scenario, values: Sequence[tuple[Axis, Node]], faults: list[Fault]) -> Scenario | None:
    """The scenario with these values; None where anything in them is at fault."""
    of_events = [(axis, node) for axis, node in values if _OF_EVENT.fullmatch(axis.path)]
    others = [(axis.key, node) for axis, node in values if not _OF_EVENT.fullmatch(axis.path)]
    found = with_changes(base, others, faults)
    found = None if found is None else replace(found, runs=base.runs)  # those of the sweep, not of its file
    for axis, node in of_events:
        found = None if found is None else _changed(found, axis.key, node, faults)
    return found


def _changed(scenario: Scenario, key: Scalar, node: Node, faults: list[Fault]) -> Scenario | None:
    """The scenario with another date, or another value of a field, of one of its events."""
    one = event_at(scenario, key, faults)
    if one is None:
        return None
    named = _OF_EVENT.fullmatch(key.text)
    assert named is not None
    other = (
        _dated(scenario, one, node, faults) if named[3] == AT else _filled(scenario, one, key, node, faults)
    )
    if other is None:
        return None
    return replace(scenario, events=tuple(other if each is one else each for each in scenario.events))


def _dated(scenario: Scenario, one: EventInstance, node: Node, faults: list[Fault]) -> EventInstance | None:
    month = as_month(node, faults)
    if month is None:
        return None
    if not scenario.start <= month < scenario.start + scenario.months:
        last = scenario.start + scenario.months - 1
        message = f"{month_text(month)} lies outside the scenario"
        report(faults, node, message, f"from {month_text(scenario.start)} to {month_text(last)}")
        return None
    return replace(one, month=month)


def _filled(
    scenario: Scenario, one: EventInstance, key: Scalar, node: Node, faults: list[Fault]
) -> EventInstance | None:
    """The event with another camp, or another number, in a field."""
    kind, name = scenario.world.events[one.event], key.text.rpartition(".")[2]
    fields = {each.name: each for each in kind.fields.values() if each.kind == "camp" or each.bounds}
    if name not in fields:
        hint = suggestion(name, [AT, *fields])
        report(faults, key, f"{one.event} has no field {quoted(name)} that can vary", hint)
        return None
    value: str | float | None
    if fields[name].kind == "camp":
        country = str(one.fields["country"])
        value = as_name(node, faults, scenario.world.countries[country].camps, f"camp of {country}")
    else:
        low, high = fields[name].bounds or (None, None)
        value = as_number(node, faults, low, high, fields[name].unit)
    return None if value is None else replace(one, fields=one.fields | {name: value})


def event_at(scenario: Scenario, key: Scalar, faults: list[Fault]) -> EventInstance | None:
    """The event that a path names: events.<type>.<field>.

    Of several events.<type>.<which>.<field>, where <which> is the number of one of them, or a word that only
    one of them has in a field.
    """
    named = _OF_EVENT.fullmatch(key.text)
    assert named is not None
    kind, which = named[1], named[2]
    these = [one for one in scenario.events if one.event == kind]
    if not these:
        there = sorted({one.event for one in scenario.events})
        hint = suggestion(kind, there) if there else "the scenario has no events"
        report(faults, key, f"no event {quoted(kind)} happens in {scenario.name}", hint)
        return None
    if which is None:
        chosen = these
    elif which.isdecimal():
        chosen = these[int(which) - 1 : int(which)] if int(which) else []
    else:
        chosen = [one for one in these if which in one.fields.values()]
    if len(chosen) == 1:
        return chosen[0]
    times = f"{kind} happens {counted(len(these), 'times')}"
    if chosen:
        hint = f"write events.{kind}.1.{named[3]} for the first"
        report(
            faults, key, times if which is None else f"{kind} happens {len(chosen)} times with {which}", hint
        )
    else:
        report(
            faults, key, f"{times}, and none is {quoted(which or '')}", "its number, or a word in its fields"
        )
    return None
