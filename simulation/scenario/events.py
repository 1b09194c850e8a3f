"""The events of a scenario: what happens at a date, with the fields that the world gives each event."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_mapping,
    as_name,
    as_number,
    check_keys,
    mended,
    month_text,
    report,
)
from simulation.document import required as required_key
from simulation.errors import Place
from simulation.scenario.frame import Frame
from simulation.scenario.layers import Entry
from simulation.scenario.schema import EVENT_KEYS
from simulation.scenario.settings import Setting
from simulation.world import EventField, EventType

_KEYS = tuple(key.name for key in EVENT_KEYS)


@dataclass(frozen=True)
class EventInstance:
    """One event in a month. `fields` holds what the scenario says.

    A number it leaves out is not there: it takes the world's value, with the world's range.
    """

    month: int
    event: str
    fields: dict[str, str | float]
    place: Place = field(compare=False)


def read_events(
    frame: Frame, entries: Sequence[Entry], before: Sequence[EventInstance] = ()
) -> tuple[EventInstance, ...]:
    """The events that the scenario reaches, by month; those of one month as they were said, parents first.

    `before` are those that happen whatever stands here: the trunk's, where a branch is read.
    """
    found = [event for event in (_event(frame, entry) for entry in entries) if event is not None]
    found.sort(key=lambda each: each.month)
    nodes = {entry.node.place: entry.node for entry in entries}
    _check_governments(frame, found, before, nodes)
    _check_twice(frame, found, before, nodes)
    return tuple(found)


def check_amounts(
    frame: Frame,
    said: Iterable[tuple[str, Entry]],
    settings: Iterable[Setting],
    entries: Sequence[Entry],
    events: Sequence[EventInstance],
) -> None:
    """A fault for each setting of an event's amount that no event reads.

    `said` and `entries` are settings and events as written, `settings` as read; `events` are those that may
    read them, of branches too.
    """
    since = {setting.path: setting.since for setting in settings}
    for path, entry in dict(said).items():
        if path not in frame.world.amounts:
            continue
        _, event, number = path.split(".")
        named = [each.node for each in entries if _is_event(each.node, event)]
        written = [node for node in named if isinstance(node, Mapping) and node.get(number) is None]
        happen = [each for each in events if each.event == event]
        months = [each.month for each in happen if number not in each.fields]
        begins = since.get(path)
        if not written and not months:
            own = f"every event {event} here says its own {number}"
            why = own if named or happen else f"no event {event} happens here"
            report(frame.faults, entry.key, f"{why}, and nothing would read this")
        elif begins is not None and len(months) >= max(1, len(written)) and max(months) < begins:
            last = f"{month_text(max(months))}, before {month_text(begins)}"
            message = f"the last event {event} that leaves {number} out is in {last}: nothing would read this"
            report(frame.faults, entry.key, message)


def _is_event(node: Node, event: str) -> bool:
    name = node.get("event") if isinstance(node, Mapping) else None
    return isinstance(name, Scalar) and name.text == event


def _check_twice(
    frame: Frame, events: Sequence[EventInstance], before: Sequence[EventInstance], nodes: Table[Place, Node]
) -> None:
    """A fault where an event stands twice: its effects would add up, and nobody could tell from the file."""
    seen = {_sameness(one): one.place for one in before}
    for one in events:
        first = seen.setdefault(_sameness(one), one.place)
        if first != one.place:
            message = f"this {one.event} of {month_text(one.month)} stands already at {first}"
            hint = "events add up, those of parents too: leave it out, or give it another amount or month"
            report(frame.faults, nodes[one.place], message, hint)


def _sameness(one: EventInstance) -> tuple[object, ...]:
    """What two events that are the same have alike."""
    return (one.month, one.event, *sorted(one.fields.items()))


def _check_governments(
    frame: Frame, events: Sequence[EventInstance], before: Sequence[EventInstance], nodes: Table[Place, Node]
) -> None:
    """A fault where one month gives a country two governments."""
    governs: dict[tuple[int, str], str] = {}
    for one in (*before, *events):
        for effect in frame.world.events[one.event].effects:
            if effect.kind != "camp":
                continue
            country, camp = str(one.fields[effect.of]), str(one.fields[effect.amount])
            other = governs.setdefault((one.month, country), camp)
            if other != camp and one.place in nodes:  # else that has been said where it stands
                message = f"{country} has two governments in {month_text(one.month)}: {other} and {camp}"
                report(frame.faults, nodes[one.place], message)


def _event(frame: Frame, entry: Entry) -> EventInstance | None:
    fields = as_mapping(entry.node, frame.faults, "an event {at, event, ...}")
    if fields is None:
        return None
    meant = mended(fields, (*_KEYS, *frame.world.event_fields))
    at, name = (required_key(meant, frame.faults, key) for key in _KEYS)
    month = None if at is None else frame.month(entry, at)
    event = None if name is None else as_name(name, frame.faults, frame.world.events, "event")
    if event is None:
        return None
    kind = frame.world.events[event]
    valid = (*_KEYS, *kind.fields)
    fields = check_keys(fields, frame.faults, valid, f"field of {event}")
    said = _fields(frame, entry, fields, kind)
    if said is None or month is None or not frame.reached(month, f"the event {event}", entry.node):
        return None
    return EventInstance(month, event, said, entry.node.place)


def _fields(frame: Frame, entry: Entry, fields: Mapping, kind: EventType) -> dict[str, str | float] | None:
    """The fields of an event; None where one is at fault, or names a country that a child took out."""
    said: dict[str, str | float] = {}
    complete = True
    for one in kind.fields.values():
        node = fields.get(one.name) if one.value else required_key(fields, frame.faults, one.name)
        value = None if node is None else _value(frame, entry, node, one, fields)
        if value is not None:
            said[one.name] = value
        elif node is not None or not one.value:
            complete = False
    countries = [(one.name, said.get(one.name)) for one in kind.fields.values() if one.kind == "country"]
    for at, (name, code) in enumerate(countries):
        node = fields.get(name)
        if node is not None and code is not None and code in [other for _, other in countries[:at]]:
            report(frame.faults, node, f"{code} is named twice in one event", "it takes two countries")
            complete = False
    return said if complete else None


def _value(frame: Frame, entry: Entry, node: Node, one: EventField, fields: Mapping) -> str | float | None:
    if one.kind == "country":
        text = node.text if isinstance(node, Scalar) else None
        if text is None:
            return as_name(node, frame.faults, frame.world.codes, "country")
        return text if frame.country(node, text, entry.layer) else None
    if one.kind == "track":
        return as_name(node, frame.faults, [track.name for track in frame.world.tracks], "track")
    if one.kind == "camp":
        return _camp(frame, node, fields)
    assert one.bounds is not None
    number = as_number(node, frame.faults, *one.bounds, one.unit)
    return None if number is None else number + 0.0


def _camp(frame: Frame, node: Node, fields: Mapping) -> str | None:
    """A camp of the country in the field `country`; unchecked where that country is at fault."""
    owner = fields.get("country")
    code = owner.text if isinstance(owner, Scalar) else ""
    if code not in frame.world.codes:
        return None
    return as_name(node, frame.faults, frame.world.countries[code].camps, f"camp of {code}")
