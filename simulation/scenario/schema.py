"""What a scenario file may say: every key with its type, unit, bounds and a sentence, as data.

The reader, the messages, the JSON Schema and the reference page are all made from these tables.
They are closed: a key that is not in them is wrong.
"""

import re
from dataclasses import dataclass

from simulation.scenario.profiles import FIELDS, HIGHEST_TEMPO, LONGEST

FORMAT = 1
KINDS = ("chance", "parameters", "theory")
THEORY = KINDS[-1]  # follows from the shares that theories have; runs pair where the other kinds agree
MOST_RUNS = 10_000_000
LARGEST_SEED = 2**63 - 1
STRONGEST_BACKGROUND = 10.0
SHARES_SUM_WITHIN = 1e-9


@dataclass(frozen=True)
class Key:
    """One key: its type, unit, lowest and highest value, what it is worth when left out, and what it means.

    `merge` says what a child's value does to its parent's: `replace`, `by key` or `add`.
    `frame` marks what a scenario and its parent must share for their runs to pair.
    """

    name: str
    type: str
    meaning: str
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    default: str | None = None
    merge: str = "replace"
    frame: bool = False
    required: bool = False


KEYS: tuple[Key, ...] = (
    Key("format", "integer", "Version of this file format.", low=FORMAT, high=FORMAT, required=True),
    Key("title", "text", "What the scenario is called in tables and figures.", required=True),
    Key("why", "text", "The question that the scenario asks.", default="nothing"),
    Key("world", "name", "The folder of countries, relations and evidence it plays in.", required=True),
    Key("extends", "name", "The one scenario it builds on; this file then says only what differs."),
    Key("start", "month", "The first simulated month.", default="the world's reference", frame=True),
    Key("months", "integer", "How long it is simulated.", "months", 1, LONGEST, "60", frame=True),
    Key("runs", "integer", "How often it is simulated.", "runs", 1, MOST_RUNS, "1000", frame=True),
    Key("rng_seed", "integer", "Where every draw of chance begins.", None, 0, LARGEST_SEED, "1", frame=True),
    Key(
        "theory",
        "name or shares",
        "The theory by which countries decide, or shares of several that sum to 1.",
        "share",
        0,
        1,
        "article where the world has it, otherwise its first theory",
    ),
    Key(
        "uncertainty",
        "list of names",
        "What varies from run to run: chance, parameters, theory. Without chance all runs meet one luck, "
        "that of rng_seed.",
        default="[chance, parameters], and theory where several have a share",
    ),
    Key(
        "background",
        "number",
        "Multiplies the rate of shocks that no one scripted; 0 switches them off.",
        "times",
        0,
        STRONGEST_BACKGROUND,
        "1",
    ),
    Key("without", "list of countries", "Countries of the world that take no part.", default="none"),
    Key(
        "threats",
        "country: level, tempo or profile",
        "How often each challenger acts: a named level, a number, or a profile.",
        "acts/year",
        0,
        HIGHEST_TEMPO,
        "the tempo.reference that the world gives each challenger",
        "by key",
    ),
    Key(
        "set",
        "path: number or range",
        "Values of the world that the scenario changes: fixed, with another range, or from a month on.",
        default="the values of the world",
        merge="by key",
    ),
    Key("events", "list of events", "What happens at a date.", default="none", merge="add"),
    Key("focus", "two countries", "The two countries whose relations are reported.", default="the world's"),
    Key(
        "variants",
        "name: keys and paths",
        "A family in one file: what each variant changes, chosen with --variant.",
        default="none",
        merge="by key",
    ),
    Key(
        "forks",
        "a month and its branches",
        "Several futures of one past: what each branch changes from that month on.",
        default="none",
    ),
    Key("expect", "list of expectations", "What its runs are expected to show: a test.", default="nothing"),
)

SETTING_KEYS: tuple[Key, ...] = (
    Key("value", "number", "The value, or the most likely one where a range is given."),
    Key("low", "number", "The lowest value that parameter uncertainty may draw."),
    Key("high", "number", "The highest value that parameter uncertainty may draw."),
    Key("from", "month", "The month from which the value holds; before it, the world's."),
)

EVENT_KEYS: tuple[Key, ...] = (
    Key("at", "month", "The month in which it happens.", required=True),
    Key("event", "name", "Which event of the world it is; the rest are its fields.", required=True),
)

EXPECT_KEYS: tuple[Key, ...] = (
    Key("measure", "name", "The measure of a run that it is about.", required=True),
    Key("than", "name", "`parent`: it is about the difference to the parent, run by run."),
    Key("above", "number", "The measure is to lie above this number, in the measure's unit."),
    Key("below", "number", "The measure is to lie below this number, in the measure's unit."),
    Key("between", "two numbers", "The measure is to lie between these numbers, or at one of them."),
    Key("in", "number", "The least share of the runs in which it is to lie there.", "share", 0, 1),
    Key("mean", "relation", "In place of `in`: where the mean over all runs is to lie."),
)

RELATIONS = ("above", "below", "between")
PARENT = "parent"  # what `than` compares with

FORK_KEYS: tuple[Key, ...] = (
    Key("at", "month", "The first month in which the branches differ.", required=True),
    Key("branches", "name: changes", "The futures, by name.", required=True),
)

# Beside these a branch may name any path of the world, and `threats.X`.
BRANCH_KEYS: tuple[Key, ...] = (
    Key("title", "text", "What the branch is called in tables and figures.", default="scenario: branch"),
    Key("threats", "country: level, tempo or profile", "How often challengers act from the fork on.",
        "acts/year", 0, HIGHEST_TEMPO, "as before", "by key"),
    Key("set", "path: number", "Values that hold from the fork on, or from a later month.",
        default="as before", merge="by key"),
    Key("events", "list of events", "What happens in this future, at the fork or later.",
        default="none", merge="add"),
    Key("forks", "a month and its branches", "Futures of this future; they nest once.", default="none"),
)  # fmt: skip

# What neither the command line nor a variant can change.
FIXED_BY_FILE = ("format", "extends", "variants", "forks")

SECTIONS: dict[str, tuple[str, ...]] = {  # keys that are no keys of the file, by where they belong
    "an entry of `events:`": (*(key.name for key in EVENT_KEYS), "country", "partner", "camp", "track"),
    "a profile under `threats:`": (
        *dict.fromkeys(("profile", *(field.key for fields in FIELDS.values() for field in fields))),
    ),
    "a value under `set:`": tuple(key.name for key in SETTING_KEYS),
}
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_PATH = re.compile(r"[a-z_]+(?:\.[A-Za-z0-9_]+)+")

BY_NAME: dict[str, Key] = {key.name: key for key in KEYS}
NAMES: tuple[str, ...] = tuple(BY_NAME)
PAIRING = ("world", "start", "months", "rng_seed", "focus")  # runs that share these meet the same luck
FRAME: tuple[str, ...] = tuple(key.name for key in KEYS if key.frame)


def section_of(key: str) -> str | None:
    """The key of the file under which this one belongs by its looks; None where they do not tell."""
    if _CODE.fullmatch(key):
        return "threats"
    return "set" if _PATH.fullmatch(key) else None


def belongs(key: str, one_word: bool) -> str | None:
    """A hint for what is no key of the file and is something elsewhere in one; None where it may be a slip.

    `one_word` says that the value is neither a list nor a mapping.
    """
    if key.casefold() in NAMES:
        return None
    section = section_of(key)
    head, _, rest = key.partition(".")
    if section and head in ("threats", "set"):
        return f"write `{head}:` and, indented in the next line, `{rest}:`; or --set {key}=… when running"
    if section:
        return f"this belongs under `{section}:`, indented"
    near = (where for where, keys in SECTIONS.items() if key in keys and one_word)
    where = next(near, None)
    return where and f"this belongs to {where}, indented"


def elsewhere(key: str) -> str | None:
    """A hint for what has its place in no table: a key of the file, or what a comma made of a number."""
    if key.isdecimal():
        return "a comma ends a value: a decimal number has a point"
    return f"{key} is a key of the file: begin it in the first column" if key in NAMES else None
