"""events.yaml: what can happen by a scenario's timeline, and what it moves."""

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_mapping,
    as_name,
    as_sequence,
    as_text,
    check_keys,
    report,
    required,
)
from simulation.errors import quoted, suggestion
from simulation.evidence import read_keys
from simulation.parameters import read_bounds
from simulation.world.effects import EFFECTS, Shape
from simulation.world.facts import Effect, EventField, EventType
from simulation.world.relations import TRACKS
from simulation.world.values import (
    VALUE_KEYS,
    WORD,
    Range,
    Reading,
    check_word,
    read_needed,
    read_value,
)
from simulation.world.whole import Names

FIELD_KINDS = ("country", "camp", "track")
NUMBER = "number"
UNREADABLE = "unreadable"  # a field at fault: it is declared all the same, or each mention were a fault
OPPOSITES = {"grievance": "conciliation", "conciliation": "grievance",
             "intent": "reassurance", "reassurance": "intent"}  # fmt: skip
TAKEN = ("at", "event")  # what a scenario says of every event


def read_events(reading: Reading, file: Mapping, names: Names) -> dict[str, EventType]:
    """The events by name; their examples are about the countries, camps and tracks of these names."""
    node = required(file, reading.faults, "events")
    table = None if node is None else as_mapping(node, reading.faults, "events by name")
    found: dict[str, EventType] = {}
    for key, entry in () if table is None else table.entries:
        check_word(reading, key, WORD, "event")
        fields = as_mapping(entry, reading.faults, "meaning, evidence, fields and effects")
        if fields is not None:
            found[key.text] = _event(reading, key, fields, names)
    return found


def _event(reading: Reading, key: Scalar, fields: Mapping, names: Names) -> EventType:
    fields = check_keys(fields, reading.faults, ("meaning", "evidence", "example", "fields", "effects"))
    evidence = required(fields, reading.faults, "evidence", key)
    declared = _fields(reading, key, fields)
    return EventType(
        name=key.text,
        meaning=read_needed(reading, fields, "meaning", key),
        evidence=() if evidence is None else read_keys(evidence, reading.claims, reading.faults),
        fields=declared,
        effects=_effects(reading, key, fields, declared),
        example=_example(reading, fields, declared, names),
    )


def _example(
    reading: Reading, event: Mapping, declared: dict[str, EventField], names: Names
) -> dict[str, str]:
    """A name for each field that is no number; empty where the event gives no example."""
    node = event.get("example")
    said = None if node is None else as_mapping(node, reading.faults, "a name for each country, camp, track")
    if said is None or not (declared and names.camps and reading.whole):
        return {}
    open_ = [field for field in declared.values() if field.kind != NUMBER]
    said = check_keys(said, reading.faults, [field.name for field in open_], "field that is no number")
    kinds = {field.name: field.kind for field in open_ if field.kind != UNREADABLE}
    found: dict[str, str] = {}
    for name, kind in sorted(kinds.items(), key=lambda each: each[1] != "country"):  # a camp is of a country
        word = required(said, reading.faults, name)
        valid = {"country": names.countries, "track": names.tracks}.get(kind)
        if kind == "camp":
            valid = names.camps.get(found.get("country", ""))
        text = None if word is None or valid is None else as_name(word, reading.faults, valid, kind)
        if text is not None and word is not None and kind == "country" and text in found.values():
            report(reading.faults, word, f"{text} is named twice in one event")
        elif text is not None:
            found[name] = text
    return found


def _fields(reading: Reading, key: Scalar, event: Mapping) -> dict[str, EventField]:
    node = required(event, reading.faults, "fields", key)
    table = None if node is None else as_mapping(node, reading.faults, "fields by name")
    found: dict[str, EventField] = {}
    for name, entry in () if table is None else table.entries:
        check_word(reading, name, WORD, "field")
        if name.text in TAKEN:
            report(reading.faults, name, f"{quoted(name.text)} cannot name a field: every event has it")
        if isinstance(entry, Mapping):
            one = _number(reading, key, name, entry)
        else:
            kind = as_name(entry, reading.faults, FIELD_KINDS, "kind of field")
            one = EventField(name.text, kind or UNREADABLE)
        found[name.text] = one
    for name, _ in () if table is None else table.entries:
        camp, country = found[name.text], found.get("country")
        if (
            camp.kind == "camp"
            and name.source.whole
            and (country is None or country.kind not in ("country", UNREADABLE))
        ):
            report(
                reading.faults, name, "a camp is one of the country in the field `country`, which is missing"
            )
    return found


def _number(reading: Reading, event: Scalar, name: Scalar, fields: Mapping) -> EventField:
    fields = check_keys(fields, reading.faults, ("unit", "bounds", *VALUE_KEYS))
    node = required(fields, reading.faults, "unit", name)
    unit = None if node is None else as_text(node, reading.faults)
    bounds = read_bounds(fields, name, reading.faults)
    if unit is None or bounds is None:
        return EventField(name.text, NUMBER)
    path = f"events.{event.text}.{name.text}"
    value = read_value(reading, path, name, fields, Range(unit, *bounds), ("unit", "bounds"))
    return EventField(name.text, NUMBER, unit, bounds, value)


def _effects(
    reading: Reading, key: Scalar, event: Mapping, declared: dict[str, EventField]
) -> tuple[Effect, ...]:
    node = required(event, reading.faults, "effects", key)
    items = None if node is None else as_sequence(node, reading.faults, "a list of effects")
    if items is None:
        return ()
    if not items.items and items.source.whole:
        report(reading.faults, event.key("effects"), f"the event {key.text} moves nothing")
    seen = len(reading.faults)
    effects = []
    for item in items.items:
        fields = as_mapping(item, reading.faults, "effect, of and amount")
        effect = None if fields is None else _effect(reading, fields, declared)
        if effect is not None:
            effects.append(effect)
    if effects and seen == len(reading.faults) and items.source.whole:
        _check_used(reading, event, effects)
    return tuple(effects)


def _effect(reading: Reading, fields: Mapping, declared: dict[str, EventField]) -> Effect | None:
    node = required(fields, reading.faults, "effect")
    kind = None if node is None else as_name(node, reading.faults, EFFECTS, "effect")
    if kind is None:
        return None
    shape = EFFECTS[kind]
    wanted = ["of", *(["toward"] if shape.toward else []), *(["track"] if shape.track else []), "amount"]
    fields = check_keys(fields, reading.faults, ("effect", *wanted))
    nodes = {name: required(fields, reading.faults, name) for name in wanted}
    of = _field(reading, nodes["of"], declared, "country")
    toward = _field(reading, nodes.get("toward"), declared, "country")
    track = _track(reading, nodes.get("track"), declared)
    amount, sign = _amount(reading, nodes["amount"], declared, kind, shape)
    if of is not None and of == toward and nodes["toward"] is not None:
        report(reading.faults, nodes["toward"], "a country holds nothing about itself")
    if of is not None and kind == "camp" and of != "country" and nodes["of"] is not None:
        report(reading.faults, nodes["of"], "a camp is one of the country in the field `country`")
    if of is None or amount is None or (shape.toward and toward is None) or (shape.track and track is None):
        return None
    return Effect(kind, of, toward, track, amount, sign)


def _field(reading: Reading, node: Node | None, declared: dict[str, EventField], kind: str) -> str | None:
    """The name of a declared field of that kind."""
    if node is None or not (declared or node.source.whole):
        return None
    valid = [name for name, one in declared.items() if one.kind in (kind, UNREADABLE)]
    return as_name(node, reading.faults, valid, f"field of kind {kind}")


def _track(reading: Reading, node: Node | None, declared: dict[str, EventField]) -> str | None:
    """The name of a track, or of a declared field that holds one."""
    if node is None:
        return None
    fields = [name for name, one in declared.items() if one.kind in ("track", UNREADABLE)]
    return as_name(node, reading.faults, [*fields, *TRACKS], "track or field of kind track")


def _amount(
    reading: Reading, node: Node | None, declared: dict[str, EventField], kind: str, shape: Shape
) -> tuple[str | None, int]:
    """The field that says how much, and its sign."""
    if node is None or not (declared or node.source.whole):
        return None, 1
    if shape.unit == "camp":
        return _field(reading, node, declared, "camp"), 1
    text = node.text if isinstance(node, Scalar) else ""
    name = text.removeprefix("-")
    valid = [each for each, one in declared.items() if one.kind in (NUMBER, UNREADABLE)]
    if not isinstance(node, Scalar) or name not in valid:
        if isinstance(node, Scalar) and name:
            report(
                reading.faults, node, f"unknown field of kind number {quoted(name)}", suggestion(name, valid)
            )
        else:
            as_name(node, reading.faults, valid, "field of kind number")
        return None, 1
    if name != text and not shape.signed:
        hint = f"use the effect {OPPOSITES[kind]}" if kind in OPPOSITES else None
        report(reading.faults, node, f"the effect {kind} has no opposite: no - before its amount", hint)
    unit = declared[name].unit
    if unit is not None and unit != shape.unit:
        message = f"the effect {kind} counts in {shape.unit}, and the field {name} in {unit}"
        report(reading.faults, node, message)
    return name, 1 if name == text else -1


def _check_used(reading: Reading, event: Mapping, effects: list[Effect]) -> None:
    """A fault for each field that no effect reads."""
    used = {name for one in effects for name in (one.of, one.toward, one.track, one.amount)}
    fields = event.get("fields")
    for name, _ in fields.entries if isinstance(fields, Mapping) else ():
        if name.text not in used:
            report(reading.faults, name, f"no effect reads the field {quoted(name.text)}")
