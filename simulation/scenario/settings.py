"""The settings of a scenario: values of the world that it fixes, ranges anew, or changes from a month on."""

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from simulation.document import (
    Mapping,
    Scalar,
    as_mapping,
    as_number,
    check_keys,
    is_empty,
    month_text,
    number_text,
    report,
    report_unknown,
    unit_text,
)
from simulation.document import required as required_key
from simulation.errors import Place, nearest, quoted
from simulation.parameters import Declaration
from simulation.scenario.frame import Frame
from simulation.scenario.layers import VARIANT, Entry
from simulation.scenario.profiles import FIELDS
from simulation.scenario.schema import NAMES, SETTING_KEYS, elsewhere

ALL_PATHS = "`entente list parameters` names every path that can be set"
_KEYS = tuple(key.name for key in SETTING_KEYS)
A_RANGE = "a range is written {value: …, low: …, high: …}"
OF_THE_WORLD = "anchor.rest"  # read at the reference month alone, so that no scenario moves the anchor
MEASURE = "tempo.reference"  # what acts are measured by: where it is 0, nobody reads them
AT_START = ".start"  # ends the path of what is read once, before the first month


@dataclass(frozen=True)
class Setting:
    """One value of the world that the scenario changes, in the unit of its declaration.

    A number fixes it: low = value = high. A range has low <= value <= high. With `since` (a month) it
    holds from then on, and the world's value before.
    """

    path: str
    value: float
    low: float
    high: float
    since: int | None
    place: Place = field(compare=False)


def read_settings(
    frame: Frame,
    said: Iterable[tuple[str, Entry]],
    theories: Collection[str],
    decided: int,
    before: Table[str, float] | None = None,
) -> tuple[Setting, ...]:
    """The settings that hold, sorted by path; `said` has those of higher layers after lower ones.

    `theories` have a share, as the layer numbered `decided` says. `before` has the reference tempo
    (acts/year) of each country up to the fork, where a branch is read.
    """
    found: dict[str, tuple[Setting | None, Entry]] = {}
    for text, entry in said:
        path = _path(frame, text, entry)
        if path is None or not _decides(frame, path, entry, theories, decided):
            continue
        if path in found and found[path][1].layer == entry.layer:
            first = found[path][1].key
            where = f" at {first.place}" if entry.layer == VARIANT else ""
            report(
                frame.faults, entry.key, f"{path} is set twice", f"the first is {quoted(first.text)}{where}"
            )
        setting = _setting(frame, path, entry)
        if setting is not None:
            _check_measure(frame, setting, entry, before)
        found[path] = (setting, entry)
    return tuple(setting for _, (setting, _) in sorted(found.items()) if setting is not None)


def _path(frame: Frame, text: str, entry: Entry) -> str | None:
    """The path as the world has it, where all whom it names take part."""
    try:
        path = frame.world.canonical(text)
    except KeyError:
        word = entry.key._replace(text=text)
        valid = [*frame.world.names, *_paths_of_threats(frame)]
        if entry.layer >= VARIANT:
            valid = [*NAMES, *valid]
        hint = elsewhere(text) if entry.layer < VARIANT else None
        hint = hint or _of_theory(frame, text)
        report_unknown(frame.faults, word, "path", valid, hint=hint, otherwise=ALL_PATHS)
        return None
    names = path.removeprefix(frame.world.declaration(path).path).split(".")
    there = [frame.takes_part(name, entry.key, entry.layer) for name in names if name in frame.world.codes]
    return path if all(there) else None


def _of_theory(frame: Frame, text: str) -> str | None:
    """A hint for the weight of a theory that is looked for under the theory."""
    head, _, rest = text.partition(".")
    theory, _, term = rest.partition(".")
    if head not in ("theories", "theory") or theory not in frame.world.theories:
        return None
    begins = f"weights.{theory}."
    terms = [path.removeprefix(begins) for path in frame.world.names if path.startswith(begins)]
    near = nearest(term, terms)
    return (
        f"did you mean {quoted(begins + near)}?" if near else f"its weights: {begins}{{{', '.join(terms)}}}"
    )


def _paths_of_threats(frame: Frame) -> list[str]:
    """The dotted paths of every challenger's threat, and of every field that a profile of it may have."""
    fields = dict.fromkeys(row.key for rows in FIELDS.values() for row in rows)
    names = ["", *(f".{field}" for field in fields)]
    return [
        f"threats.{code}{name}"
        for code in frame.present
        if frame.world.value(f"tempo.reference.{code}").value
        for name in names
    ]


def _decides(frame: Frame, path: str, entry: Entry, theories: Collection[str], decided: int) -> bool:
    """Whether a weight belongs to a theory that has a share; true of all that is no weight."""
    declared = frame.world.declaration(path)
    theory = path.removeprefix(f"{declared.path}.").split(".")[0]
    if declared.by != "term" or not theories or theory in theories:
        return True
    if entry.layer >= decided:
        hint = f"theories with a share: {', '.join(theories)}"
        report(frame.faults, entry.key, f"no run decides by {theory}, and nothing would read this", hint)
    return False


def _check_measure(frame: Frame, setting: Setting, entry: Entry, before: Table[str, float] | None) -> None:
    """A fault where acts would be measured by 0: a challenger that acts, and that nobody reads."""
    code = setting.path.removeprefix(f"{MEASURE}.")
    if code == setting.path:
        return
    since = setting.since
    if before is not None and since is None:
        since = frame.start  # a branch that says no month begins with its fork
    acting = (frame.world.value(setting.path).value if before is None else before[code]) > 0
    if acting and setting.value == 0:
        message = f"{setting.path} is the tempo by which acts are measured, and cannot be 0 for a challenger"
        hint = f"for no acts write `threats: {{{code}: 0}}`; to leave it out of the world `without: [{code}]`"
        report(frame.faults, entry.key, message, hint)
    elif not acting and since is not None:
        message = f"until {month_text(since)} {setting.path} would be 0, and nobody could read its acts"
        hint = f"write one number, and under `threats` when {code} begins to act"
        report(frame.faults, entry.key, message, hint)


def _setting(frame: Frame, path: str, entry: Entry) -> Setting | None:
    declared = frame.world.declaration(path)
    if path == OF_THE_WORLD:
        hint = "bases are anchored once, in the world's reference month: a world can change it"
        report(frame.faults, entry.key, f"{path} is read before any scenario begins", hint)
        return None
    if is_empty(entry.node):
        hint = f"from {number_text(declared.low)} to {unit_text(declared.high, declared.unit)}"
        report(frame.faults, entry.node, f"the value of {path} is missing here: a number, or a range", hint)
        return None
    if isinstance(entry.node, Scalar):
        value = as_number(entry.node, frame.faults, declared.low, declared.high, declared.unit)
        return None if value is None else _made(path, (value, value, value), None, entry)
    fields = as_mapping(entry.node, frame.faults, f"a number ({declared.unit}) or a range", A_RANGE)
    if fields is None:
        return None
    if not fields.entries:
        message = f"nothing stands in these brackets; a number ({declared.unit}) or a range is wanted"
        report(frame.faults, fields, message, "a range has value, low and high")
        return None
    fields = check_keys(fields, frame.faults, _KEYS, "field of a setting")
    if fields.get("from") is not None:
        return _later(frame, path, declared, entry, fields)
    return _range(frame, path, declared, entry, fields)


def _later(frame: Frame, path: str, declared: Declaration, entry: Entry, fields: Mapping) -> Setting | None:
    """A value that holds from a month on."""
    value = _number(frame, declared, entry, fields, "value")
    since = fields.get("from")
    month = None if since is None else frame.month(entry, since)
    for name in ("low", "high"):
        if fields.get(name) is not None:
            message = f"{quoted(name)} cannot stand beside `from`: from a month on, a value is one number"
            report(frame.faults, fields.key(name), message)
    if declared.path.endswith(AT_START):
        report(frame.faults, fields.key("from"), f"{declared.path} is read at the start and never again")
    if value is None or month is None or not frame.reached(month, f"the change of {path}", entry.key):
        return None
    return _made(path, (value, value, value), month, entry)


def _range(frame: Frame, path: str, declared: Declaration, entry: Entry, fields: Mapping) -> Setting | None:
    """A value with the range that parameter uncertainty draws from."""
    if fields.keys() == ("value",):
        message = "a value alone fixes the number: say so, or give its range"
        report(frame.faults, fields, message, "write the number without { }, or value, low and high")
        return None
    value, low, high = (_number(frame, declared, entry, fields, name) for name in ("value", "low", "high"))
    if value is None:
        return None
    for name, bound, side in (("low", low, "above"), ("high", high, "below")):
        if bound is not None and (bound > value if side == "above" else bound < value):
            message = (
                f"{name} {number_text(bound)} is {side} the value {number_text(value)} ({declared.unit})"
            )
            report(frame.faults, fields.get(name) or fields, message, "low <= value <= high")
    if low is None or high is None or not low <= value <= high:
        return None
    return _made(path, (low, value, high), None, entry)


def _number(frame: Frame, declared: Declaration, entry: Entry, fields: Mapping, name: str) -> float | None:
    node = required_key(fields, frame.faults, name, entry.key)
    if node is None:
        return None
    return as_number(node, frame.faults, declared.low, declared.high, declared.unit)


def _made(path: str, span: tuple[float, float, float], since: int | None, entry: Entry) -> Setting:
    low, value, high = (each + 0.0 for each in span)  # no -0.0: it would be another text for the same number
    return Setting(path, value, low, high, since, entry.key.place)
