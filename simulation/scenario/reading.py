"""The profile of one challenger, from what a layer says of it and what higher layers change in it."""

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Any, NamedTuple

from simulation.document import (
    Node,
    Scalar,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    is_empty,
    mended,
    month_text,
    number_text,
    report,
    report_unknown,
    required,
)
from simulation.errors import nearest, quoted, suggestion
from simulation.scenario.frame import Asked
from simulation.scenario.layers import Entry
from simulation.scenario.profiles import (
    FIELDS,
    HIGHEST_TEMPO,
    MOST_PARTS,
    Constant,
    Field,
    Profile,
    Sum,
    Walk,
    make_profile,
)
from simulation.scenario.series import read_series
from simulation.scenario.shapes import UNIT

_LIKE_A_NUMBER = re.compile(r"[-+.]?[0-9]")
_NO_TEMPO = frozenset([".nan", ".inf", "-.inf", "yes", "no", "on", "off", "true", "false"])
_EVERY_FIELD = ("profile", *dict.fromkeys(row.key for fields in FIELDS.values() for row in fields))


class Change(NamedTuple):
    """A field set by a layer above the one that gives the profile: its path in it, and what it is set to."""

    path: tuple[str, ...]
    entry: Entry


def no_profile(asked: Asked, changes: list[Change], what: str) -> None:
    """A fault for each field of what has none."""
    for change in changes:
        field = quoted(".".join(change.path))
        hint = "set it to a number or to a whole profile"
        report(asked.faults, change.entry.key, f"{what}, no profile with a field {field}", hint)


def read_profile(
    asked: Asked, owner: Node, said: Entry, changes: list[Change], part: bool = False
) -> Profile | None:
    """The profile that an entry gives, with the changes that higher layers make in it.

    `owner` is where a missing key is said; `part` is true for a part of a sum.
    """
    if isinstance(said.node, Scalar):
        what = "this part of the sum" if part else f"the threat of {asked.code}"
        no_profile(asked, changes, f"{what} is {said.node.text or 'missing'}")
        tempo = _tempo(asked, said.node, whole=True)
        return None if tempo is None else Constant(tempo)
    given = as_mapping(said.node, asked.faults, "a level, a tempo or a profile")
    if given is None:
        return None
    node = required(mended(given, _EVERY_FIELD), asked.faults, "profile", owner)
    named = None if node is None else as_name(node, asked.faults, FIELDS, "profile")
    # A mistyped shape is read as it was meant: its fields have faults of their own.
    shape = nearest(node.text, FIELDS) if named is None and isinstance(node, Scalar) else named
    if node is None or shape is None:
        return None
    if part and shape == "sum":
        report(asked.faults, node, "a sum cannot be a part of a sum", "name its parts in the outer one")
    rows = FIELDS[shape]
    valid = ("profile", *(row.key for row in rows))
    given = check_keys(given, asked.faults, valid, f"field of {shape}")
    fields = {key.text: Entry(key, value, said.layer) for key, value in given.entries}
    deeper = _changed(asked, shape, fields, changes)
    values: dict[str, Any] = {}
    complete = True
    for row in rows:
        if row.required and row.key not in fields:
            required(given, asked.faults, row.key, owner)
        entry = fields.get(row.key)
        value = None if entry is None else _value(asked, row, entry, deeper)
        if value is not None:
            values[row.key] = value
        elif entry is not None or row.required:
            complete = False
    before = len(asked.faults)
    _check_together(asked, shape, values, fields, part)
    if not complete or named is None or (part and shape == "sum"):
        return None
    if shape == "series":
        return read_series(asked, owner, fields, values)
    profile = make_profile(shape, values)
    if isinstance(profile, Sum):
        _check_sum(asked, profile, fields["parts"], deeper)
    return profile if len(asked.faults) == before else None


def _changed(asked: Asked, shape: str, fields: dict[str, Entry], changes: list[Change]) -> list[Change]:
    """Put the changes into the fields; those of parts of a sum are returned, without `parts`."""
    deeper = []
    names = [row.key for row in FIELDS[shape]]
    for change in changes:
        name, *rest = change.path
        if name == "profile":
            message = "the shape of a profile cannot be changed alone"
            report(asked.faults, change.entry.key, message, "set the whole profile")
        elif name not in names:
            unknown = f"unknown field of {shape} {quoted(name)}"
            report(asked.faults, change.entry.key, unknown, suggestion(name, names))
        elif not rest:
            fields[name] = change.entry
        elif name == "parts":
            deeper.append(Change(tuple(rest), change.entry))
        else:
            message = f"the field {quoted(name)} of {shape} has no field {quoted('.'.join(rest))}"
            report(asked.faults, change.entry.key, message)
    return deeper


def _value(asked: Asked, row: Field, entry: Entry, deeper: list[Change]) -> Any:
    """The value of one field, by its kind; None where it is at fault."""
    node, faults = entry.node, asked.faults
    readers: dict[str, Callable[[], Any]] = {
        "tempo": lambda: _tempo(asked, node),
        "spread": lambda: as_number(node, faults, row.low, row.high, row.unit),
        "share": lambda: as_number(node, faults, row.low, row.high, row.unit),
        "months": lambda: as_int(node, faults, int(row.low), int(row.high or 0), row.unit),
        "month": lambda: asked.frame.month(entry, node),
        "phase": lambda: as_month(node, faults),
        "text": lambda: as_text(node, faults),
        "tempi": lambda: _tempi(asked, node),
        "parts": lambda: _parts(asked, entry, deeper),
    }
    return readers[row.kind]()


def _tempo(asked: Asked, node: Node, whole: bool = False) -> float | None:
    """A number of acts a year, or what the world says of a level; `whole` where a profile may stand too."""
    wanted = _wanted(asked, whole)
    if is_empty(node):
        report(asked.faults, node, f"the tempo of {asked.code} is missing here", wanted)
        return None
    if not isinstance(node, Scalar) or not node.text or _LIKE_A_NUMBER.match(node.text):
        number = as_number(node, asked.faults, 0, HIGHEST_TEMPO, UNIT)
        return None if number is None else number + 0.0  # no -0.0: another text for the same number
    world, code = asked.frame.world, asked.code
    if node.text.casefold() in _NO_TEMPO:
        report(asked.faults, node, f"{quoted(node.text)} is no tempo", wanted)
        return None
    levels = world.levels.get(code, {})
    if not levels:
        message = f"{quoted(node.text)} is not a tempo, and {world.name} names no levels for {code}"
        report(asked.faults, node, message, f"write a number ({UNIT})")
        return None
    if node.text not in levels:
        hint = None if nearest(node.text, levels) else wanted
        report_unknown(asked.faults, node, f"level of {code}", levels, hint=hint)
        return None
    return levels[node.text].value


def _wanted(asked: Asked, whole: bool) -> str:
    """What may stand for the tempo of that challenger."""
    levels = ", ".join(asked.frame.world.levels.get(asked.code, ()))
    number = f"a number from 0 to {number_text(HIGHEST_TEMPO)} ({UNIT})"
    forms = [*([f"a level ({levels})"] if levels else []), number]
    forms += ["a profile {profile: …}"] if whole else []
    return ", ".join(forms[:-1]) + (", or " if len(forms) > 2 else " or " if forms[:-1] else "") + forms[-1]


def _tempi(asked: Asked, node: Node) -> tuple[float, ...] | None:
    """A list of tempi, one a month."""
    items = as_sequence(node, asked.faults, f"a list of numbers ({UNIT})")
    found = [_tempo(asked, item) for item in (() if items is None else items.items)]
    if items is not None and not found:
        report(asked.faults, node, "no values stand here", "write a tempo for every month")
    return tuple(one for one in found if one is not None) if found and None not in found else None


def _parts(asked: Asked, entry: Entry, changes: list[Change]) -> tuple[Profile, ...] | None:
    """The parts of a sum, with the changes that higher layers make in them."""
    items = as_sequence(entry.node, asked.faults, "a list of levels, tempi and profiles")
    if items is None:
        return None
    if not 0 < len(items.items) <= MOST_PARTS:
        message = f"a sum of {len(items.items)} parts" if items.items else "a sum of nothing"
        report(asked.faults, entry.node, message, f"name 1 to {MOST_PARTS} levels, tempi or profiles to add")
    parts = {str(number): Entry(entry.key, item, entry.layer) for number, item in enumerate(items.items)}
    inside: dict[str, list[Change]] = {number: [] for number in parts}
    for change in changes:
        number, *rest = change.path
        if number not in parts:
            message = f"there is no part {quoted(number)} of this sum"
            last = f" to {len(parts) - 1}" if len(parts) > 1 else ""
            report(asked.faults, change.entry.key, message, f"parts are counted from 0{last}")
        elif rest:
            inside[number].append(Change(tuple(rest), change.entry))
        else:
            parts[number] = change.entry
    found = [read_profile(asked, one.node, one, inside[number], part=True) for number, one in parts.items()]
    walks = [one for one, made in zip(parts.values(), found, strict=True) if isinstance(made, Walk)]
    for one in walks[1:]:
        report(
            asked.faults, one.node, "a sum holds one walk, and this is another", "make it one of larger sd"
        )
    complete = [one for one in found if one is not None]
    fit = 0 < len(found) <= MOST_PARTS and len(complete) == len(found) and len(walks) < 2
    return tuple(complete) if fit else None


def _check_together(
    asked: Asked, shape: str, values: Table[str, Any], fields: Table[str, Entry], part: bool
) -> None:
    """A fault for each field that does not go with another; those at fault by themselves are not here."""
    base = values.get("base")
    if base is None:
        return
    if shape == "walk":
        for name, side in (("low", "above"), ("high", "below")):
            bound = values.get(name)
            if bound is not None and (bound > base if side == "above" else bound < base):
                message = f"{name} {number_text(bound)} is {side} the base {number_text(base)} ({UNIT})"
                report(asked.faults, _latest(fields, name, "base"), message, "low <= base <= high")
    elif shape == "cycle" and not part and base + values.get("amplitude", 0.0) > HIGHEST_TEMPO:
        crest = number_text(base + values["amplitude"])
        message = f"the crest of the cycle is {crest}, above the highest value, {HIGHEST_TEMPO:g} {UNIT}"
        report(asked.faults, _latest(fields, "amplitude", "base"), message, "base + amplitude is the crest")


def _latest(fields: Table[str, Entry], *names: str) -> Node:
    """The value of these fields that the highest layer says, the first of several in one layer."""
    return max((fields[name] for name in names), key=lambda entry: entry.layer).node


def _check_sum(asked: Asked, profile: Sum, parts: Entry, changes: list[Change]) -> None:
    """A fault where the parts add up to more than the highest tempo, said where one was changed last."""
    node = max((parts, *(change.entry for change in changes)), key=lambda entry: entry.layer).node
    start, end = asked.frame.start, asked.frame.end
    if start is None or end is None:
        return
    tempo = profile.swing(start, end - start)
    most = max(tempo)
    if most > HIGHEST_TEMPO:
        month = month_text(start + tempo.index(most))
        message = f"the parts sum to {number_text(round(most, 6))} in {month}, above the highest value,"
        report(asked.faults, node, f"{message} {HIGHEST_TEMPO:g} {UNIT}", "lower a part of it")
