"""What a world adds to the JSON Schema: its paths with their values, its challengers, its events."""

from collections.abc import Callable

from simulation.describe.flat import value_fact
from simulation.describe.forms import TEXT, Form, closed, described, named, number, ref
from simulation.document import number_text
from simulation.parameters import Declaration
from simulation.scenario.profiles import FIELDS, HIGHEST_TEMPO, MOST_PARTS, Field, Series
from simulation.scenario.schema import EVENT_KEYS, SETTING_KEYS
from simulation.scenario.series import SERIES_FORMS
from simulation.scenario.settings import AT_START, OF_THE_WORLD
from simulation.world import EventField, EventType, World
from simulation.world.whole import BY_EVENT

AT = next(key for key in EVENT_KEYS if key.type == "month")
CHANGING = ("range", "later")  # the forms of a value under `set` beside a number


def world_forms(world: World) -> Form:
    """The forms of all that the world names, each once."""
    settable = (path for path in world.paths() if path != OF_THE_WORLD)
    declared = list({one.path: one for one in map(world.declaration, settable)}.values())
    return {
        "paths": {"type": "object", "properties": _paths(world)},
        "path": {"anyOf": [{"pattern": pattern} for pattern in _patterns(world)]},
        "threats": closed({code: _threat(world, code) for code in world.codes})
        | {"patternProperties": {f"^({'|'.join(world.codes)})\\.": {}}},
        "country": named({code: one.name for code, one in world.countries.items()}),
        "event": {"oneOf": [_event(world, kind) for kind in world.events.values()]},
        "event.at": {"description": AT.meaning} | ref("month"),
        **{f"value.{one.path}": _value(one) for one in declared if _is_table(one)},
        **{_form_of(one): _number_or_range(one) for one in declared},
        **{form: _changing(form) for form in CHANGING},
        **{f"tempo{levels}": _tempo(world, levels) for levels in _levels(world)},
        **{f"part{levels}": _part(levels) for levels in _levels(world)},
    }


def _paths(world: World) -> Form:
    """Every path that `set` takes, with its value in the world; a dyad may be written either way round."""
    found: Form = {}
    for path in world.paths():
        if path == OF_THE_WORLD:
            continue
        declared, value = world.declaration(path), value_fact(world.value(path)).text
        form = ref(f"value.{declared.path}") if _is_table(declared) else _value(declared)
        found[path] = {"title": f"world: {value}"} | form
        if declared.by == "dyad":
            head, a, b = path.rsplit(".", 2)
            found[f"{head}.{b}.{a}"] = found[path]
    return found


def _is_table(declared: Declaration) -> bool:
    """Whether many paths have the one declaration."""
    return declared.by not in ("none", BY_EVENT)


def _patterns(world: World) -> list[str]:
    """What every path fits, and no other name: one pattern for all parameters with the same names behind."""
    behind: dict[str, list[str]] = {}
    for path in _paths(world):
        head = world.declaration(path).path
        behind.setdefault(head, []).append(path.removeprefix(head))
    heads: dict[str, list[str]] = {}
    for head, ends in behind.items():
        heads.setdefault("|".join(ends), []).append(head)
    found = (f"^({'|'.join(names)})({ends})$" for ends, names in heads.items())
    return [pattern.replace(".", r"\.") for pattern in found]


def _value(declared: Declaration) -> Form:
    about = described(declared.meaning, declared.unit, declared.low, declared.high)
    return {"description": about} | ref(_form_of(declared))


def _form_of(declared: Declaration) -> str:
    """The name of the form in which its values are written: one for all with the same bounds."""
    start = AT_START if declared.path.endswith(AT_START) else ""
    return f"number.{number_text(declared.low)}to{number_text(declared.high)}{start}"


def _number_or_range(declared: Declaration) -> Form:
    """A number, or fields of which each number has the same bounds."""
    bounds = {"minimum": declared.low, "maximum": declared.high}
    forms = CHANGING[:1] if declared.path.endswith(AT_START) else CHANGING
    return {
        "anyOf": [{"type": "number"}, *map(ref, forms)],
        **bounds,
        "properties": dict.fromkeys(("value", "low", "high"), bounds),
    }


def _changing(form: str) -> Form:
    """Another range for a value, or another value from a month on."""
    names = {"range": ("value", "low", "high"), "later": ("value", "from")}[form]
    fields = {
        key.name: {"description": key.meaning} | (ref("month") if key.type == "month" else {"type": "number"})
        for key in SETTING_KEYS
        if key.name in names
    }
    return closed(fields, list(names))


def _threat(world: World, code: str) -> Form:
    sums = [_profile(shape, _of_levels(world, code)) for shape in FIELDS if _has_parts(shape)]
    about = f"How often {world.countries[code].name} acts."
    return {"description": about, "anyOf": [ref(f"part{_of_levels(world, code)}"), *sums]}


def _of_levels(world: World, code: str) -> str:
    """Ends the names of the forms of a tempo: the challenger with its levels; nothing where it has none."""
    return f".{code}" if world.levels.get(code) else ""


def _levels(world: World) -> list[str]:
    return sorted({"", *(_of_levels(world, code) for code in world.codes)})


def _part(levels: str) -> Form:
    """All that may stand for a challenger's tempo but a sum."""
    profiles = [_profile(shape, levels) for shape in FIELDS if not _has_parts(shape)]
    return {"anyOf": [ref(f"tempo{levels}"), *profiles]}


def _has_parts(shape: str) -> bool:
    return any(row.kind == "parts" for row in FIELDS[shape])


def _profile(shape: str, levels: str) -> Form:
    rows = FIELDS[shape]
    fields = {
        row.key: {"description": described(row.meaning, row.unit, row.low, row.high)}
        | FIELD_FORMS[row.kind](row, ref(f"tempo{levels}"), ref(f"part{levels}"))
        for row in rows
    }
    needed = ["profile", *(row.key for row in rows if row.required)]
    form = closed({"profile": {"const": shape}} | fields, needed)
    if shape == Series.shape:
        form["oneOf"] = [{"required": list(names)} for names in SERIES_FORMS]
    return form


def _tempo(world: World, levels: str) -> Form:
    """A number of acts a year, or a level of the challenger."""
    tempo = {"description": "Acts a year."} | number(0, HIGHEST_TEMPO)
    known = world.levels.get(levels.removeprefix("."), {})
    names = {name: f"{value_fact(one).text} {one.unit}." for name, one in known.items()}
    return {"anyOf": [tempo, named(names)]} if names else tempo


# By the kind of a field of a profile.
FIELD_FORMS: dict[str, Callable[[Field, Form, Form], Form]] = {
    "tempo": lambda _row, tempo, _part: tempo,
    "spread": lambda row, _tempo, _part: number(row.low, row.high),
    "share": lambda row, _tempo, _part: number(row.low, row.high),
    "month": lambda _row, _tempo, _part: ref("month"),
    "phase": lambda _row, _tempo, _part: ref("month"),
    "months": lambda row, _tempo, _part: number(row.low, row.high, "integer"),
    "text": lambda _row, _tempo, _part: {"type": TEXT},
    "tempi": lambda _row, tempo, _part: {"type": "array", "items": tempo, "minItems": 1},
    "parts": lambda _row, _tempo, part: {
        "type": "array",
        "items": part,
        "minItems": 1,
        "maxItems": MOST_PARTS,
    },
}


def _event(world: World, kind: EventType) -> Form:
    head = {AT.name: ref("event.at"), "event": {"const": kind.name}}
    fields = {one.name: _field(world, one) for one in kind.fields.values()}
    need = [key.name for key in EVENT_KEYS] + [one.name for one in kind.fields.values() if one.value is None]
    form: Form = {"description": f"{kind.meaning}."} | closed(head | fields, need)
    camps = [one.name for one in kind.fields.values() if one.kind == "camp"]
    if camps:
        form["allOf"] = [
            {
                "if": {"properties": {"country": {"const": code}}},
                "then": {"properties": {name: named(one.camps) for name in camps}},
            }
            for code, one in world.countries.items()
        ]
    return form


def _field(world: World, one: EventField) -> Form:
    if one.kind == "country":
        return ref("country")
    if one.kind == "track":
        return {"enum": [track.name for track in world.tracks]}
    if one.kind == "camp":
        return {"enum": sorted({camp for _, camp in world.camps})}
    assert one.bounds is not None
    assert one.value is not None
    about = f"In {one.unit}. Left out: {value_fact(one.value).text}."
    return {"description": about} | number(*one.bounds)
