"""The `parameters:` section that several files of a world have: scalars, and tables by name."""

from collections.abc import Collection
from dataclasses import dataclass, field

from simulation.document import Mapping, Node, Scalar, as_mapping, report
from simulation.errors import quoted, suggestion
from simulation.parameters import Declaration
from simulation.world.facts import Value
from simulation.world.values import Range, Reading, check_unit, read_value, unknown_country
from simulation.world.whole import TERMS, Names


@dataclass
class Tables:
    """What the sections of all files have given so far, and where each table stands."""

    declared: dict[str, Declaration]
    names: Names
    values: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slots = {code: slot for slot, code in enumerate(self.names.countries)}


# What the names below a table are, level by level; "other" is a country that is not the first.
LEVELS: dict[str, tuple[str, ...]] = {
    "country": ("country",),
    "pair": ("country", "other"),
    "dyad": ("country", "other"),
    "camp": ("country", "camp"),
    "camp_country": ("country", "camp", "other"),
    "track": ("track",),
    "term": ("theory", "term"),
}


def read_section(reading: Reading, file: Mapping, tables: Tables) -> None:
    """The section `parameters:` of a file, if it has one."""
    node = file.get("parameters")
    section = None if node is None else as_mapping(node, reading.faults, "parameters by path")
    for key, entry in () if section is None else section.entries:
        one = tables.declared.get(key.text)
        if one is None:
            hint = suggestion(key.text, tables.declared)
            report(reading.faults, key, f"unknown parameter {quoted(key.text)}", hint)
            continue
        tables.keys.setdefault(key.text, key)
        allowed = Range(one.unit, one.low, one.high)
        if one.by == "none":
            fields = as_mapping(entry, reading.faults, f"a value with its range and evidence ({one.unit})")
            if fields is not None:
                check_unit(reading, key, fields, one.unit)
                _take(reading, tables, (one.path,), key, fields, allowed)
            continue
        table = as_mapping(entry, reading.faults, f"a unit, and values by {one.by.replace('_', ' and ')}")
        if table is not None:
            check_unit(reading, key, table, one.unit)
            _read_table(reading, tables, one, (), table, allowed)


def check_complete(reading: Reading, tables: Tables, owner: Node) -> None:
    """A fault for each scalar, and each entry without a default, that no file gives."""
    for one in tables.declared.values():
        if one.default is not None or not reading.whole:
            continue
        lacking = [
            entry
            for entry in tables.names.entries(one.by)
            if ".".join((one.path, *entry)) not in tables.values
        ]
        key = tables.keys.get(one.path)
        if lacking and key is not None and one.by != "none":
            names = ", ".join(".".join(entry) for entry in lacking)
            report(reading.faults, key, f"{one.path} gives no value for {names}, and has no default")
        elif lacking and key is None:
            hint = f"{one.meaning} ({one.unit})"
            report(reading.faults, owner, f"the parameter {quoted(one.path)} is missing", hint)


def _read_table(
    reading: Reading,
    tables: Tables,
    one: Declaration,
    before: tuple[str, ...],
    table: Mapping,
    allowed: Range,
) -> None:
    """The entries of a table below the names before."""
    kinds = LEVELS[one.by][len(before) :]
    valid = _valid(kinds[0], before, tables.names)
    for key, entry in table.entries:
        if key.text == "unit" and not before:
            continue
        if key.text not in valid:
            _unknown(reading, key, kinds[0], valid, before)
        elif len(kinds) > 1:
            below = as_mapping(entry, reading.faults, f"values by {kinds[1]}")
            if below is not None:
                _read_table(reading, tables, one, (*before, key.text), below, allowed)
        else:
            names = (*before, key.text)
            if one.by == "dyad":
                names = tuple(sorted(names, key=tables.slots.__getitem__))
            _take(reading, tables, (one.path, *names), key, entry, allowed)


def _valid(kind: str, before: tuple[str, ...], names: Names) -> Collection[str]:
    """The names that may stand at a level, after the names before."""
    if kind == "country":
        return names.camps
    if kind == "other":
        return [code for code in names.countries if code != before[0]]
    if kind == "camp":
        return names.camps[before[0]]
    return {"track": names.tracks, "theory": names.theories, "term": TERMS}[kind]


def _unknown(
    reading: Reading, key: Scalar, kind: str, valid: Collection[str], before: tuple[str, ...]
) -> None:
    """A fault for a name, unless what it could be named after could not be read."""
    if kind in ("country", "other"):
        unknown_country(reading, key, valid, before[0] if before else None)
    elif valid and (kind != "theory" or reading.whole):
        of = f" of {before[0]}" if kind == "camp" else ""
        report(reading.faults, key, f"unknown {kind} {quoted(key.text)}{of}", suggestion(key.text, valid))


def _take(
    reading: Reading, tables: Tables, names: tuple[str, ...], key: Scalar, node: Node, allowed: Range
) -> None:
    """One value into the tables, unless its path has one already."""
    path = ".".join(names)
    given = tables.values.get(path)
    if given is not None:
        report(reading.faults, key, f"{path} is given twice", f"the first is at {given.place}")
        return
    also = ("unit",) if len(names) == 1 else ()
    value = read_value(reading, path, key, node, allowed, also)
    if value is not None:
        tables.values[path] = value
