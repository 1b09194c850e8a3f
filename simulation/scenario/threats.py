"""The threats of a scenario: how often each challenger acts, as a level, a tempo or a profile."""

import re
from collections.abc import Mapping as Table

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_int,
    as_mapping,
    as_name,
    as_number,
    check_keys,
    mended,
    number_text,
    report,
    report_unknown,
    required,
)
from simulation.errors import nearest, quoted
from simulation.scenario.frame import Frame
from simulation.scenario.layers import Entry
from simulation.scenario.profiles import (
    FIELDS,
    HIGHEST_TEMPO,
    LONGEST,
    Constant,
    Field,
    Profile,
    make_profile,
)
from simulation.scenario.schema import elsewhere

UNIT = "acts/year"
_LIKE_A_NUMBER = re.compile(r"[-+.]?[0-9]")
_NO_TEMPO = frozenset([".nan", ".inf", "-.inf", "yes", "no", "on", "off", "true", "false"])
_EVERY_FIELD = ("profile", *dict.fromkeys(row.key for fields in FIELDS.values() for row in fields))


def read_threats(
    frame: Frame, entries: Table[str, Entry], references: Table[str, float]
) -> dict[str, Profile]:
    """The profile of every challenger that takes part, in the order of slots.

    `references` are the reference tempos (acts/year) by country: above 0 makes a challenger, and what no
    entry names goes on at the world's own.
    """
    said: dict[str, Profile] = {}
    challengers = [code for code in frame.present if references[code]]
    for code, entry in entries.items():
        rest = [each for each in challengers if each not in entries or entries[each].layer != entry.layer]
        if not frame.country(entry.key, code, entry.layer, rest, elsewhere(code)):
            continue
        if not references[code]:
            message = f"{code} is no challenger: its tempo.reference is 0"
            hint = f"challengers: {', '.join(challengers)}" if challengers else None
            report(frame.faults, entry.key, message, hint)
            continue
        profile = _profile(frame, code, entry)
        if profile is not None:
            said[code] = profile
    usual = {code: frame.world.value(f"tempo.reference.{code}").value for code in frame.present}
    return {
        code: said.get(code, Constant(usual[code]))
        for code in frame.present
        if code in said or references[code]
    }


def _profile(frame: Frame, code: str, entry: Entry) -> Profile | None:
    if isinstance(entry.node, Scalar):
        tempo = _tempo(frame, code, entry.node)
        return None if tempo is None else Constant(tempo)
    fields = as_mapping(entry.node, frame.faults, "a level, a tempo or a profile")
    if fields is None:
        return None
    node = required(mended(fields, _EVERY_FIELD), frame.faults, "profile", entry.key)
    shape = None if node is None else as_name(node, frame.faults, FIELDS, "profile")
    if shape is None:
        return None
    valid = ("profile", *(row.key for row in FIELDS[shape]))
    check_keys(fields, frame.faults, valid, f"field of {shape}")
    fields = mended(fields, valid)
    values: dict[str, float | int] = {}
    complete = True
    for row in FIELDS[shape]:
        value = _field(frame, code, entry, fields, row)
        if value is not None:
            values[row.key] = value
        elif row.required or fields.get(row.key) is not None:
            complete = False
    if not complete:
        return None
    profile = make_profile(shape, values)
    return profile if frame.end is None else profile.within(frame.end)


def _field(frame: Frame, code: str, entry: Entry, fields: Mapping, row: Field) -> float | int | None:
    node = required(fields, frame.faults, row.key, entry.key) if row.required else fields.get(row.key)
    if node is None:
        return None
    if row.kind == "tempo":
        return _tempo(frame, code, node)
    if row.kind == "months":
        return as_int(node, frame.faults, 1, LONGEST, "months")
    return frame.month(entry, node)


def _tempo(frame: Frame, code: str, node: Node) -> float | None:
    """A number of acts a year, or what the world says of a level."""
    if not isinstance(node, Scalar) or not node.text or _LIKE_A_NUMBER.match(node.text):
        return as_number(node, frame.faults, 0, HIGHEST_TEMPO, UNIT)
    if node.text.casefold() in _NO_TEMPO:
        message = f"{quoted(node.text)} is no tempo: a level, a number or a profile is wanted here"
        report(frame.faults, node, message, _wanted(frame, code))
        return None
    levels = frame.world.levels.get(code, {})
    if not levels:
        message = f"{quoted(node.text)} is not a tempo, and {frame.world.name} names no levels for {code}"
        report(frame.faults, node, message, f"write a number ({UNIT})")
        return None
    if node.text not in levels:
        near = nearest(node.text, levels)
        report_unknown(
            frame.faults, node, f"level of {code}", levels, hint=None if near else _wanted(frame, code)
        )
        return None
    return levels[node.text].value


def _wanted(frame: Frame, code: str) -> str:
    """What may stand for the tempo of that country."""
    levels = ", ".join(frame.world.levels.get(code, ()))
    number = f"a number from 0 to {number_text(HIGHEST_TEMPO)} ({UNIT}), or a profile {{profile: …}}"
    return f"a level ({levels}), {number}" if levels else number
