"""JSON Schema (draft 2020-12) of a scenario file, from the tables of the schema and from a world.

An editor that knows it completes keys, names and paths, shows unit, bounds and meaning, and marks what is
wrong. It cannot know all that `entente check` does: dates outside the horizon, shares that do not sum to 1.
"""

from collections.abc import Callable
from typing import Any

from simulation.describe.flat import bounds_text, value_fact
from simulation.parameters import Declaration
from simulation.scenario.assumptions import USUAL_THEORY
from simulation.scenario.profiles import FIELDS, HIGHEST_TEMPO, MOST_PARTS, Field, Series
from simulation.scenario.schema import (
    BRANCH_KEYS,
    EVENT_KEYS,
    EXPECT_KEYS,
    FIXED_BY_FILE,
    FORK_KEYS,
    KEYS,
    KINDS,
    RELATIONS,
    SETTING_KEYS,
    Key,
)
from simulation.scenario.series import SERIES_FORMS
from simulation.scenario.settings import AT_START, OF_THE_WORLD
from simulation.world import EventField, EventType, World

Form = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MONTH = r"^[1-2][0-9]{3}-(0[1-9]|1[0-2])$"  # no scenario reaches the year 3000
TEXT = ["string", "number", "boolean"]  # an editor takes `title: 1950` for a number; here it is a text
NAMED_BY_FILE = ("world",)  # required, but a parent may have said it


def json_schema(world: World) -> Form:
    """The schema of scenario files that play in this world."""
    return {
        "$schema": DIALECT,
        "title": f"A scenario of Entente in {world.name}",
        "type": "object",
        "properties": {key.name: _key(key, world) for key in KEYS},
        "required": [key.name for key in KEYS if key.required and key.name not in NAMED_BY_FILE],
        "anyOf": [{"required": ["extends"]}, {"required": list(NAMED_BY_FILE)}],
        "additionalProperties": False,
        "$defs": {
            "settings": _closed(_settings(world)) | _also(f"^threats\\.({'|'.join(world.codes)})\\b"),
            "threats": _closed({code: _threat(world, code) for code in world.codes})
            | _also(f"^({'|'.join(world.codes)})\\."),
            "event": {"oneOf": [_event(world, kind) for kind in world.events.values()]},
            **{f"value.{one.path}": _number_or_range(one) for one in _declared(world)},
            "change": _changes(world, [key for key in KEYS if key.name not in FIXED_BY_FILE]),
            "branch": _changes(world, list(BRANCH_KEYS)),
            "expectation": _expectation(world),
            "fork": _closed(
                {key.name: _key(key, world) for key in FORK_KEYS},
                [key.name for key in FORK_KEYS if key.required],
            ),
        },
    }


def _key(key: Key, world: World) -> Form:
    """One key, with what it means."""
    default = f" Left out: {key.default}." if key.default else ""
    return {"description": _described(key.meaning + default, key.unit, key.low, key.high)} | FORMS[key.type](
        key, world
    )


def _described(meaning: str, unit: str | None, low: float | None, high: float | None) -> str:
    sentence = meaning if meaning.endswith(".") else f"{meaning}."
    if low is None or high is None:
        return sentence
    return f"{sentence} From {bounds_text(low, high)}{f' {unit}' if unit else ''}."


def _number(low: float | None, high: float | None, kind: str = "number") -> Form:
    bounds = {"minimum": low, "maximum": high}
    return {"type": kind} | {name: bound for name, bound in bounds.items() if bound is not None}


def _month() -> Form:
    return {"type": "string", "pattern": MONTH}


def _closed(properties: Form, required: list[str] | None = None) -> Form:
    """A mapping of these keys and no others."""
    need = {"required": required} if required else {}
    return {"type": "object", "properties": properties, "additionalProperties": False} | need


def _list(items: Form, least: int = 0, most: int | None = None) -> Form:
    """A list of different things."""
    size = {"minItems": least} | ({} if most is None else {"maxItems": most})
    return {"type": "array", "items": items, "uniqueItems": True} | size


def _named(names: dict[str, str]) -> Form:
    """One of these names, each with what it means."""
    return {"oneOf": [{"const": name, "description": text} for name, text in names.items()]}


def _countries(world: World) -> Form:
    return _named({code: one.name for code, one in world.countries.items()})


def _ref(name: str) -> Form:
    return {"$ref": f"#/$defs/{name}"}


def _theory(key: Key, world: World) -> Form:
    names = {name: f"{one.title}: {one.meaning}" for name, one in world.theories.items()}
    shares = {name: {"description": text} | _number(key.low, key.high) for name, text in names.items()}
    usual = USUAL_THEORY if USUAL_THEORY in names else next(iter(names))
    return {"anyOf": [_named(names), _closed(shares) | {"minProperties": 1}], "examples": [usual]}


# By the type that a key has in the schema.
FORMS: dict[str, Callable[[Key, World], Form]] = {
    "integer": lambda key, _: _number(key.low, key.high, "integer"),
    "number": lambda key, _: _number(key.low, key.high),
    "text": lambda _key, _world: {"type": TEXT},
    "name": lambda _key, _world: {"type": "string"},
    "month": lambda _key, _world: _month(),
    "name or shares": _theory,
    "list of names": lambda _key, _world: _list({"enum": list(KINDS)}, 1),
    "list of countries": lambda _, world: _list(_countries(world)),
    "two countries": lambda _, world: _list(_countries(world), 2, 2),
    "country: level, tempo or profile": lambda _key, _world: _ref("threats"),
    "path: number or range": lambda _key, _world: _ref("settings"),
    "list of events": lambda _key, _world: {"type": "array", "items": _ref("event")},
    "path: number": lambda _key, _world: _ref("settings"),
    "name: changes": lambda _key, _world: {"type": "object", "additionalProperties": _ref("branch")},
    "name: keys and paths": lambda _key, _world: {"type": "object", "additionalProperties": _ref("change")},
    "a month and its branches": lambda _key, _world: _ref("fork"),
    "list of expectations": lambda _key, _world: {"type": "array", "items": _ref("expectation")},
    "two numbers": lambda _key, _world: {"type": "array", "items": _number(None, None), "minItems": 2,
                                         "maxItems": 2},
    "relation": lambda _, world: {
        "oneOf": [_closed({key.name: _key(key, world)}, [key.name]) for key in _relations()]
    },
}  # fmt: skip


def _expectation(world: World) -> Form:
    """One relation for a share of the runs, or `mean` with one."""
    keys = {key.name: _key(key, world) for key in EXPECT_KEYS}
    shares = [["in", key.name] for key in _relations()]
    return _closed(keys, ["measure"]) | {"oneOf": [{"required": names} for names in (["mean"], *shares)]}


def _relations() -> list[Key]:
    return [key for key in EXPECT_KEYS if key.name in RELATIONS]


def _settings(world: World) -> Form:
    """Every path that `set` takes; a dyad may be written either way round."""
    found: Form = {}
    for path in world.paths():
        if path == OF_THE_WORLD:
            continue
        found[path] = _setting(world, path)
        if world.declaration(path).by == "dyad":
            head, a, b = path.rsplit(".", 2)
            found[f"{head}.{b}.{a}"] = {"$ref": f"#/$defs/settings/properties/{path}"}
    return found


def _setting(world: World, path: str) -> Form:
    declared, value = world.declaration(path), value_fact(world.value(path)).text
    about = _described(declared.meaning, declared.unit, declared.low, declared.high)
    return {"description": f"{about} In {world.name}: {value}."} | _ref(f"value.{declared.path}")


def _declared(world: World) -> list[Declaration]:
    """Every declaration that a path of the world has, amounts of events included."""
    return list({one.path: one for one in map(world.declaration, world.paths())}.values())


def _number_or_range(declared: Declaration) -> Form:
    bounds = _number(declared.low, declared.high)
    fields = {
        key.name: {"description": key.meaning} | (_month() if key.type == "month" else bounds)
        for key in SETTING_KEYS
    }
    ranged = {name: form for name, form in fields.items() if name != "from"}
    forms = [bounds, _closed(ranged, ["value", "low", "high"])]
    if not declared.path.endswith(AT_START):
        forms.append(_closed({name: fields[name] for name in ("value", "from")}, ["value", "from"]))
    return {"anyOf": forms}


def _threat(world: World, code: str) -> Form:
    tempo = _tempo(world, code)
    parts = [tempo, *(_profile(shape, tempo, tempo) for shape in FIELDS if not _has_parts(shape))]
    sums = [_profile(shape, tempo, {"anyOf": parts}) for shape in FIELDS if _has_parts(shape)]
    return {"description": f"How often {world.countries[code].name} acts.", "anyOf": [*parts, *sums]}


def _has_parts(shape: str) -> bool:
    return any(row.kind == "parts" for row in FIELDS[shape])


def _profile(shape: str, tempo: Form, part: Form) -> Form:
    rows = FIELDS[shape]
    fields = {
        row.key: {"description": _described(row.meaning, row.unit, row.low, row.high)}
        | FIELD_FORMS[row.kind](row, tempo, part)
        for row in rows
    }
    needed = ["profile", *(row.key for row in rows if row.required)]
    form = _closed({"profile": {"const": shape}} | fields, needed)
    if shape == Series.shape:
        form["oneOf"] = [{"required": list(names)} for names in SERIES_FORMS]
    return form


def _tempo(world: World, code: str) -> Form:
    """A number of acts a year, or a level of the challenger."""
    number = {"description": "Acts a year."} | _number(0, HIGHEST_TEMPO)
    levels = {name: f"{value_fact(one).text} {one.unit}." for name, one in world.levels.get(code, {}).items()}
    return {"anyOf": [number, _named(levels)]} if levels else number


# By the kind of a field of a profile.
FIELD_FORMS: dict[str, Callable[[Field, Form, Form], Form]] = {
    "tempo": lambda _row, tempo, _part: tempo,
    "spread": lambda row, _tempo, _part: _number(row.low, row.high),
    "share": lambda row, _tempo, _part: _number(row.low, row.high),
    "month": lambda _row, _tempo, _part: _month(),
    "phase": lambda _row, _tempo, _part: _month(),
    "months": lambda row, _tempo, _part: _number(row.low, row.high, "integer"),
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
    own = {
        "at": _month(),
        "event": {"const": kind.name},
    }
    head = {key.name: {"description": key.meaning} | own[key.name] for key in EVENT_KEYS}
    fields = {one.name: _field(world, one) for one in kind.fields.values()}
    need = [key.name for key in EVENT_KEYS] + [one.name for one in kind.fields.values() if one.value is None]
    form: Form = {"description": f"{kind.meaning}."} | _closed(head | fields, need)
    camps = [one.name for one in kind.fields.values() if one.kind == "camp"]
    if camps:
        form["allOf"] = [
            {
                "if": {"properties": {"country": {"const": code}}},
                "then": {"properties": {name: _named(one.camps) for name in camps}},
            }
            for code, one in world.countries.items()
        ]
    return form


def _field(world: World, one: EventField) -> Form:
    if one.kind == "country":
        return _countries(world)
    if one.kind == "track":
        return {"enum": [track.name for track in world.tracks]}
    if one.kind == "camp":
        return {"enum": sorted({camp for _, camp in world.camps})}
    assert one.bounds is not None
    assert one.value is not None
    about = f"In {one.unit}. Left out: {value_fact(one.value).text}."
    return {"description": about} | _number(*one.bounds)


def _changes(world: World, keys: list[Key]) -> Form:
    """What a variant or a branch may write: keys, and paths without `set:` and `threats:` around them."""
    bare = {path: {"$ref": f"#/$defs/settings/properties/{path}"} for path in _settings(world)}
    bare |= {f"threats.{code}": {"$ref": f"#/$defs/threats/properties/{code}"} for code in world.codes}
    # `set.` and the fields of a profile (threats.PRK.to) are right too, and need no completing.
    fields = f"^set\\.|^threats\\.({'|'.join(world.codes)})\\."
    return _closed({key.name: _key(key, world) for key in keys} | bare) | _also(fields)


def _also(pattern: str) -> Form:
    """Keys that are right beside those named."""
    return {"patternProperties": {pattern: {}}}
