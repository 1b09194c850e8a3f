"""A resolved scenario as text: a YAML file that loads back to it, and one line for digests."""

import json
import re
import unicodedata

from simulation.document import month_text, number_text
from simulation.scenario.events import EventInstance
from simulation.scenario.expectations import Expectation
from simulation.scenario.profiles import FIELDS, Constant, Profile
from simulation.scenario.resolve import Scenario
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
        f"title: {_quoted(scenario.title)}",
        *([f"why: {_quoted(scenario.why)}"] if scenario.why else []),
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
        "threats": {code: {"profile": one.shape, **_dated(one)} for code, one in scenario.threats.items()},
        "set": {
            one.path: {"value": one.value, "low": one.low, "high": one.high, "from": _month(one.since)}
            for one in scenario.settings
        },
        "events": [
            {"at": _month(one.month), "event": one.event, "fields": one.fields} for one in scenario.events
        ],
        "focus": scenario.focus,
    }
    if with_runs:
        facts["runs"] = scenario.runs
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _month(month: float | None) -> str | None:
    return None if month is None else month_text(int(month))


def _dated(profile: Profile) -> dict[str, float | str | None]:
    """The fields of a profile, with its month as text."""
    kinds = {row.key: row.kind for row in FIELDS[profile.shape]}
    return {key: _month(value) if kinds[key] == "month" else value for key, value in profile.written()}


def _profile(profile: Profile) -> str:
    if isinstance(profile, Constant):
        return number_text(profile.base)
    fields = {"profile": profile.shape}
    for key, value in _dated(profile).items():
        if value is not None:
            fields[key] = value if isinstance(value, str) else number_text(value)
    return _flow(fields)


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
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """The text in double quotes, with escapes for all that a YAML file may not hold as it is."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_escape(char) for char in escaped) + '"'


def _escape(char: str) -> str:
    if char == " " or unicodedata.category(char)[0] in "LMNPS":
        return char
    return f"\\U{ord(char):08X}"
