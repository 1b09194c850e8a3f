"""JSON Schema (draft 2020-12) of a scenario file, from the tables of the schema and from a world.

An editor that knows it completes keys, names and paths, shows unit, bounds and meaning, and marks what is
wrong. It cannot know all that `entente check` does: dates outside the horizon, shares that do not sum to 1.
"""

from collections.abc import Callable, Sequence

from simulation.describe.editor_world import world_forms
from simulation.describe.forms import TEXT, Form, closed, described, list_of, named, number, ref
from simulation.scenario.assumptions import USUAL_THEORY
from simulation.scenario.schema import (
    BRANCH_KEYS,
    EXPECT_KEYS,
    FIXED_BY_FILE,
    FORK_KEYS,
    KEYS,
    KINDS,
    RELATIONS,
    Key,
)
from simulation.world import World

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MONTH = r"^[1-2][0-9]{3}-(0[1-9]|1[0-2])$"  # no scenario reaches the year 3000
NAMED_BY_FILE = ("world",)  # required, but a parent may have said it


def json_schema(world: World) -> Form:
    """The schema of scenario files that play in this world; what stands in many places is referred to."""
    codes = "|".join(world.codes)
    return {
        "$schema": DIALECT,
        "title": f"A scenario of Entente in {world.name}",
        "type": "object",
        "properties": {key.name: _key(key, world) for key in KEYS},
        "required": [key.name for key in KEYS if key.required and key.name not in NAMED_BY_FILE],
        "anyOf": [{"required": ["extends"]}, {"required": list(NAMED_BY_FILE)}],
        "additionalProperties": False,
        "$defs": {
            **world_forms(world),
            "month": {"type": "string", "pattern": MONTH},
            "settings": ref("paths") | _names_of(f"^threats\\.({codes})\\b"),
            "change": _changes(world, [key for key in KEYS if key.name not in FIXED_BY_FILE]),
            "branch": _changes(world, list(BRANCH_KEYS)),
            "expectation": _expectation(world),
            "fork": closed(
                {key.name: _key(key, world) for key in FORK_KEYS},
                [key.name for key in FORK_KEYS if key.required],
            ),
        },
    }


def _key(key: Key, world: World) -> Form:
    """One key, with what it means."""
    default = f" Left out: {key.default}." if key.default else ""
    return {"description": described(key.meaning + default, key.unit, key.low, key.high)} | FORMS[key.type](
        key, world
    )


def _theory(key: Key, world: World) -> Form:
    names = {name: f"{one.title}: {one.meaning}" for name, one in world.theories.items()}
    shares = {name: {"description": text} | number(key.low, key.high) for name, text in names.items()}
    usual = USUAL_THEORY if USUAL_THEORY in names else next(iter(names))
    return {"anyOf": [named(names), closed(shares) | {"minProperties": 1}], "examples": [usual]}


# By the type that a key has in the schema.
FORMS: dict[str, Callable[[Key, World], Form]] = {
    "integer": lambda key, _: number(key.low, key.high, "integer"),
    "number": lambda key, _: number(key.low, key.high),
    "text": lambda _key, _world: {"type": TEXT},
    "name": lambda _key, _world: {"type": "string"},
    "month": lambda _key, _world: ref("month"),
    "name or shares": _theory,
    "list of names": lambda _key, _world: list_of({"enum": list(KINDS)}, 1),
    "list of countries": lambda _key, _world: list_of(ref("country")),
    "two countries": lambda _key, _world: list_of(ref("country"), 2, 2),
    "country: level, tempo or profile": lambda _key, _world: ref("threats"),
    "path: number or range": lambda _key, _world: ref("settings"),
    "list of events": lambda _key, _world: {"type": "array", "items": ref("event")},
    "path: number": lambda _key, _world: ref("settings"),
    "name: changes": lambda _key, _world: {"type": "object", "additionalProperties": ref("branch")},
    "name: keys and paths": lambda _key, _world: {"type": "object", "additionalProperties": ref("change")},
    "a month and its branches": lambda _key, _world: ref("fork"),
    "list of expectations": lambda _key, _world: {"type": "array", "items": ref("expectation")},
    "two numbers": lambda _key, _world: {"type": "array", "items": number(None, None), "minItems": 2,
                                         "maxItems": 2},
    "relation": lambda _, world: {
        "oneOf": [closed({key.name: _key(key, world)}, [key.name]) for key in _relations()]
    },
}  # fmt: skip


def _expectation(world: World) -> Form:
    """One relation for a share of the runs, or `mean` with one."""
    keys = {key.name: _key(key, world) for key in EXPECT_KEYS}
    shares = [["in", key.name] for key in _relations()]
    return closed(keys, ["measure"]) | {"oneOf": [{"required": names} for names in (["mean"], *shares)]}


def _relations() -> list[Key]:
    return [key for key in EXPECT_KEYS if key.name in RELATIONS]


def _names_of(*patterns: str, keys: Sequence[str] = ()) -> Form:
    """Paths, these keys, and what one of the patterns fits: no other names may stand here."""
    others = [{"pattern": pattern} for pattern in patterns]
    return {"propertyNames": {"anyOf": [ref("path"), *([{"enum": list(keys)}] if keys else []), *others]}}


def _changes(world: World, keys: list[Key]) -> Form:
    """What a variant or a branch may write: keys, and paths without `set:` and `threats:` around them."""
    own = {key.name: _key(key, world) for key in keys}
    own |= {f"threats.{code}": {"$ref": f"#/$defs/threats/properties/{code}"} for code in world.codes}
    # `set.` and the fields of a profile (threats.PRK.to) are right too, and need no completing.
    fields = (r"^set\.", f"^threats\\.({'|'.join(world.codes)})\\.")
    return {"type": "object", "properties": own, "allOf": [ref("paths")]} | _names_of(*fields, keys=list(own))
