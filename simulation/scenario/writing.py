"""A resolved scenario as text: a YAML file that loads back to it, and one line for digests."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from simulation.document import month_text, number_text
from simulation.scenario.events import EventInstance
from simulation.scenario.expectations import Expectation
from simulation.scenario.forks import Branch
from simulation.scenario.profiles import FIELDS, Constant, Field, Profile
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import FORMAT
from simulation.scenario.settings import Setting

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


def to_yaml(scenario: Scenario) -> str:
    """The scenario as a file that extends nothing and leaves nothing to a default.

    What it expects of the difference to its parent is left out: the file has none.
    It loads back to an equal scenario wherever its world is found under the same name.
    """
    expected = [one for one in scenario.expectations if not one.than_parent]
    lines = [
        f"format: {FORMAT}",
        f"title: {in_quotes(scenario.title)}",
        *([f"why: {in_quotes(scenario.why)}"] if scenario.why else []),
        f"world: {_word(scenario.world.name)}",
        f"start: {month_text(scenario.start)}",
        f"months: {scenario.months}",
        f"runs: {scenario.runs}",
        f"rng_seed: {scenario.rng_seed}",
        f"theory: {_flow({name: number_text(share) for name, share in scenario.theory.items()})}",
        f"uncertainty: {_list(scenario.uncertainty)}",
        f"background: {number_text(scenario.background)}",
        f"without: {_list(scenario.without)}",
        *_block("threats", {code: _profile(one) for code, one in scenario.threats.items()}),
        *_block("set", {one.path: _setting(one) for one in scenario.settings}),
        *(["events:"] if scenario.events else []),
        *(f"  - {_event(one)}" for one in scenario.events),
        f"focus: {_list(scenario.focus)}",
        *_forks(scenario.forks),
        *(["expect:"] if expected else []),
        *(f"  - {_expectation(one)}" for one in expected),
    ]
    return "\n".join(lines) + "\n"


def canonical(scenario: Scenario, with_runs: bool) -> str:
    """What the numbers of its runs rest on, as JSON text that is the same in every process.

    Names, title, question and expectations are left out, and the world but for its name: that has its own
    digest. Without `runs`, the first 800 of 1,000 runs have the text of all.
    """
    facts: dict[str, object] = {
        "format": FORMAT,
        "world": scenario.world.name,
        "start": month_text(scenario.start),
        "months": scenario.months,
        "rng_seed": scenario.rng_seed,
        "theory": scenario.theory,
        "uncertainty": scenario.uncertainty,
        "background": scenario.background,
        "without": scenario.without,
        "threats": {code: _facts(one) for code, one in scenario.threats.items()},
        "set": {
            one.path: {"value": one.value, "low": one.low, "high": one.high, "from": _month(one.since)}
            for one in scenario.settings
        },
        "events": [
            {"at": _month(one.month), "event": one.event, "fields": one.fields} for one in scenario.events
        ],
        "focus": scenario.focus,
    }
    if scenario.forks:
        facts["forks"] = _forks(scenario.forks, titles=False)
    if with_runs:
        facts["runs"] = scenario.runs
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _month(month: float | None) -> str | None:
    return None if month is None else month_text(int(month))


def _facts(profile: Profile) -> dict[str, object]:
    """A profile and its fields as JSON takes them, with months as text."""
    facts: dict[str, object] = {"profile": profile.shape}
    for row, value in _fields(profile):
        if row.kind == "parts":
            facts[row.key] = [_facts(part) for part in value]
        else:
            facts[row.key] = _month(value) if row.kind in ("month", "phase") else value
    return facts


def _profile(profile: Profile) -> str:
    if isinstance(profile, Constant):
        return number_text(profile.base)
    fields = {"profile": profile.shape}
    for row, value in _fields(profile):
        if value is None:
            continue
        if row.kind == "parts":
            fields[row.key] = f"[{', '.join(_profile(part) for part in value)}]"
        elif row.kind == "tempi":
            fields[row.key] = f"[{', '.join(number_text(one) for one in value)}]"
        else:
            fields[row.key] = month_text(value) if row.kind in ("month", "phase") else number_text(value)
    return _flow(fields)


def _fields(profile: Profile) -> Iterator[tuple[Field, Any]]:
    """What a profile writes: each field with its value."""
    rows = {row.key: row for row in FIELDS[profile.shape]}
    for key, value in profile.written():
        yield rows[key], value


def _setting(setting: Setting) -> str:
    value = number_text(setting.value)
    if setting.since is not None:
        return _flow({"value": value, "from": month_text(setting.since)})
    if setting.low == setting.value == setting.high:
        return value
    return _flow({"value": value, "low": number_text(setting.low), "high": number_text(setting.high)})


def _event(event: EventInstance) -> str:
    fields = {
        name: _word(one) if isinstance(one, str) else number_text(one) for name, one in event.fields.items()
    }
    return _flow({"at": month_text(event.month), "event": _word(event.event), **fields})


def _forks(branches: tuple[Branch, ...], titles: bool = True) -> list[str]:
    """Lines of the key `forks`; none without branches."""
    if not branches:
        return []
    lines = ["forks:", f"  at: {month_text(branches[0].at)}", "  branches:"]
    for one in branches:
        said = [
            *([f"title: {in_quotes(one.title)}"] if one.title and titles else []),
            *_block("threats", {code: _profile(each) for code, each in one.threats.items()}),
            *_block("set", {each.path: _setting(each) for each in one.settings}),
            *(["events:"] if one.events else []),
            *(f"  - {_event(each)}" for each in one.events),
            *_forks(one.branches, titles),
        ]
        lines += [f"    {_word(one.name)}:{'' if said else ' {}'}", *(f"      {line}" for line in said)]
    return lines


def _expectation(one: Expectation) -> str:
    numbers = [number_text(bound) for bound in one.bounds]
    value = f"[{', '.join(numbers)}]" if one.relation == "between" else numbers[0]
    said = {"measure": _word(one.measure)}
    if one.share is None:
        return _flow(said | {"mean": _flow({one.relation: value})})
    return _flow(said | {one.relation: value, "in": number_text(one.share)})


def _block(key: str, lines: dict[str, str]) -> list[str]:
    return [f"{key}:", *(f"  {_word(name)}: {text}" for name, text in lines.items())] if lines else []


def _flow(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_word(key)}: {text}" for key, text in fields.items()) + "}"


def _list(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(_word(word) for word in words) + "]"


def _word(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else in_quotes(text)


def in_quotes(text: str) -> str:
    """The text in double quotes, with escapes for all that a YAML file may not hold as it is."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_escape(char) for char in escaped) + '"'


def _escape(char: str) -> str:
    if char == " " or unicodedata.category(char)[0] in "LMNPS":
        return char
    return f"\\U{ord(char):08X}"
