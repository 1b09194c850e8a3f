"""The reference page of the scenario language, from the same tables that the reader uses."""

from collections.abc import Iterable

from simulation.describe.examples import EXAMPLES, PROFILES
from simulation.describe.flat import bounds_text
from simulation.scenario.forks import DEEPEST
from simulation.scenario.profiles import FIELDS
from simulation.scenario.schema import (
    BRANCH_KEYS,
    EVENT_KEYS,
    EXPECT_KEYS,
    FIXED_BY_FILE,
    FORK_KEYS,
    KEYS,
    SETTING_KEYS,
    Key,
)

COMMAND = "entente schema --reference --out docs/scenario-reference.md"
MERGES = {
    "replace": "takes the parent's place",
    "by key": "takes its place key by key",
    "add": "is added to the parent's",
}
OWN = ("format", "title", "why", "extends")  # what each file says for itself
KINDS = {  # of a field of a profile: what is written
    "tempo": "number or level",
    "spread": "number",
    "share": "number",
    "month": "month of the scenario",
    "phase": "month",
    "months": "integer",
    "text": "text",
    "tempi": "list of tempi",
    "parts": "list of levels, numbers and profiles",
}

HEAD = f"""\
# The scenario file

This page is generated from the tables that read scenario files: `{COMMAND}`. A test keeps it current.

A scenario is a YAML file of values, dates and names, never formulas. It is closed: a key that is not on
this page is a fault, and so is a weight of a theory by which no run decides, or an amount of an event
that does not happen. What else no run reads is no fault, and `entente check` notes it: a range where
`uncertainty` does not name parameters, and shocks under `background: 0`. `entente schema --out
scenario.schema.json` writes the same as JSON Schema, with every path, level and event of a world: an
editor that is given it (first line `# yaml-language-server: $schema=scenario.schema.json`) completes and
checks while one types. `entente check FILE` says every fault at once, those that no schema can see
included.
"""

TYPES = """\
## How values are written

- **number**: decimal digits, such as `0.43`, `-2` or `1.5e-3`; no quotes, no `+`, no leading zero, no `_`.
- **integer**: a number without a fraction.
- **month**: `YYYY-MM`, up to 2999. It lies inside the months that the scenario simulates.
- **text**: anything else; quotes only where YAML needs them. `on`, `no` and `12:30` are texts.
- **name**: of a country (`KOR`), a theory, an event, a track, a camp: as `entente list` shows them.
- **path**: the dotted name of any value, such as `commitment.USA.KOR`; `entente list parameters WORD`
  finds it.

Every value is typed from its text by the key that reads it. Anchors, aliases, `<<` and tags are refused:
a scenario builds on another by `extends`.
"""

ORDER = """\
## Which value holds

Whoever is further down this list has the last word:

1. the world (`seeds/`), or the default of the key;
2. the file's parents, the oldest first, by `extends`;
3. the file itself;
4. the variants that are chosen (`--variant high,retrench`). They stand on one level: what two of them set
   is a fault that names both lines;
5. the command line (`--set path=value`, any number of times; one path twice is a fault).

A branch of `forks` changes the trunk that comes of all this, from its month on. A child that ends sooner,
or takes a country out, drops what its parents say about those months or that country. `entente explain
FILE PATH` shows the chain of any value, `entente diff A B` what two scenarios differ in, and `entente diff
FILE --variant NAME` what a variant changes.
"""

NAMES = """\
## Where names lead

A scenario named by `extends`, or on the command line, is looked for beside the file that names it, in the
folder tree of that file (the nearest folder called `scenarios` around it), in the nearest `scenarios`
folder around the working directory, and in the library. A world is looked for beside the file, in its
tree, in `worlds` of the working directory, and in the library. No name leads out of the file's own tree,
but into the library; a file of yours stands before one of the library with the same name.
"""

EXITS = """\
## How `entente check` ends

| exit | means |
| --- | --- |
| 0 | every file is good |
| 2 | there are faults, each with file, line and column; `--json` gives them to an editor |
| 4 | the disk refused |
| 130 | interrupted |

A fault in JSON has `file`, `line`, `column`, `option`, `message` and `hint`. One of the command line names
its `option`, such as `--set months=0`, and has no file, line or column.
"""


def reference() -> str:
    """The whole page, as Markdown."""
    parts = [
        HEAD,
        "## Keys\n\n" + _table(
            ("key", "type", "unit", "bounds", "left out", "what a child says", "meaning"),
            (
                (f"`{key.name}`{' (required)' if key.required else ''}", key.type, key.unit or "",
                 _bounds(key), key.default or "", "is its own" if key.name in OWN else MERGES[key.merge],
                 key.meaning)
                for key in KEYS
            ),
        ),
        "`world` and what a file leaves out come from its parent.\n",
        "## Every key in one file\n\n" + _example("\n".join(EXAMPLES[key.name] for key in KEYS)),
        _profiles(),
        _settings(),
        _events(),
        _changes(),
        TYPES,
        ORDER,
        NAMES,
        EXITS,
    ]  # fmt: skip
    return "\n".join(parts)


def _profiles() -> str:
    said = (
        "A tempo in `threats` is a level that the world names, a number of acts a year, or a profile. A field"
        " of what a lower layer gives is set by its path: `threats.PRK.to`, `threats.PRK.parts.1.peak`."
    )
    parts = [f"## Profiles\n\n{said}\n"]
    for shape, rows in FIELDS.items():
        table = _table(
            ("field", "type", "unit", "bounds", "meaning"),
            (
                (
                    f"`{row.key}`{' (required)' if row.required else ''}",
                    KINDS[row.kind],
                    row.unit or "",
                    _ends(row.low, row.high),
                    row.meaning,
                )
                for row in rows
            ),
        )
        parts.append(f"### {shape}\n\n{table}\n{_example(PROFILES[shape])}")
    return "\n".join(parts)


def _settings() -> str:
    forms = _table(
        ("form", "means"),
        (
            ("`0.2`", "this number in every run"),
            ("`{value, low, high}`", "drawn from this range instead of the world's, low <= value <= high"),
            ("`{value, from}`", "this number from a month on; before it, the world's"),
        ),
    )
    keys = _table(("field", "type", "meaning"), ((f"`{k.name}`", k.type, k.meaning) for k in SETTING_KEYS))
    said = "Unit and bounds are those of the path. A dyad may be written either way round."
    return f"## Settings\n\n{said}\n\n{forms}\n{keys}"


def _events() -> str:
    keys = _keys(EVENT_KEYS)
    said = (
        "`entente list events` shows the events of a world with their fields. Countries, camps and tracks"
        " must be named; an amount that is left out takes the world's value, with its range."
    )
    return f"## Events\n\n{keys}\n{said}\n"


def _changes() -> str:
    fixed = ", ".join(f"`{name}`" for name in FIXED_BY_FILE)
    variants = (
        "## Variants\n\nA variant holds changes: keys of the file, and paths by themselves"
        " (`commitment.USA.KOR: 0.4`, `threats.PRK: high`, `threats.PRK.to: 90`)."
        f" It changes anything but {fixed}.\n"
    )
    inside = (
        "A branch is made of these keys, and of paths by themselves."
        f" Forks stand in each other up to {DEEPEST} deep."
    )
    forks = f"## Forks\n\n{_keys(FORK_KEYS)}\n{inside}\n\n{_keys(BRANCH_KEYS)}"
    expected = (
        "## Expectations\n\nOne of `above`, `below` and `between` beside `in`, or inside `mean`. What makes"
        " one hold or fail: [expectations.md](expectations.md).\n"
    )
    return f"{variants}\n{forks}\n{expected}\n{_keys(EXPECT_KEYS)}"


def _keys(keys: Iterable[Key]) -> str:
    """A short table of keys below another."""
    return _table(
        ("key", "type", "left out", "meaning"),
        (
            (f"`{key.name}`{' (required)' if key.required else ''}", key.type, key.default or "", key.meaning)
            for key in keys
        ),
    )


def _bounds(key: Key) -> str:
    return _ends(key.low, key.high)


def _ends(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else bounds_text(low, high)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in lines)


def _example(text: str) -> str:
    return f"```yaml\n{text}\n```\n"
