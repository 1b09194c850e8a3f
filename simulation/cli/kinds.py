"""What `entente list` lists: one function a kind, which returns its entries.

An entry holds what JSON says of it and what a row of the table says, in short.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.document import month_text, number_text
from simulation.errors import BadInput, Fault
from simulation.scenario.search import find_scenario, find_world, leads_out, scenario_names, world_names
from simulation.scenario.settings import OF_THE_WORLD
from simulation.sweep.schema import EVERYTHING
from simulation.sweep.search import find_sweep, sweep_names
from simulation.world import EventField, Value, World, load_world
from simulation.world.effects import in_words
from simulation.world.example import example_line

NOT_SET = " (for a world to say: no scenario can set it)"


@dataclass(frozen=True)
class Entry:
    """One thing that is listed: its name, what JSON says of it, and the cells of its row by column."""

    name: str
    record: dict[str, Any]
    row: dict[str, str]


def named_world(name: str) -> World:
    """The world that a scenario in the working directory calls by this name, or the one in that folder."""
    here = Path.cwd()
    found = None if leads_out(name, here) else find_world(name, here)
    return load_world(name if found is None else found)


def parameters(world: World) -> list[Entry]:
    """Every path that `set` takes: parameters, weights of theories, amounts of events."""
    return [_parameter(world, path) for path in world.paths()]


def _parameter(world: World, path: str) -> Entry:
    value, declared = world.value(path), world.declaration(path)
    meaning = declared.meaning + (NOT_SET if path == OF_THE_WORLD else "")
    record = {
        "path": path, **numbers(value), "bounds": [declared.low, declared.high],
        "meaning": meaning, **reason(value),
    }  # fmt: skip
    row = {
        "path": path, "value": number_text(value.value), "low": number_text(value.low),
        "high": number_text(value.high), "unit": value.unit,
        "bounds": span(declared.low, declared.high), "meaning": meaning, "evidence": why(value),
    }  # fmt: skip
    return Entry(path, record, row)


def levels(world: World) -> list[Entry]:
    """Every named level of threat, by the path under which it is cited."""
    return [
        Entry(
            value.path,
            {"level": value.path, **numbers(value), **reason(value)},
            {
                "level": value.path, "value": number_text(value.value), "low": number_text(value.low),
                "high": number_text(value.high), "unit": value.unit,
                "written": f"threats: {{{code}: {name}}}", "evidence": why(value),
            },
        )
        for code, named in world.levels.items()
        for name, value in named.items()
    ]  # fmt: skip


def events(world: World) -> list[Entry]:
    """Every type of event: its fields, what it moves, and a line for a scenario."""
    found = []
    for event in world.events.values():
        effects = [in_words(effect) for effect in event.effects]
        record = {
            "event": event.name, "meaning": event.meaning,
            "fields": {field.name: _field(field) for field in event.fields.values()},
            "effects": effects, "evidence": list(event.evidence), "line": example_line(world, event),
        }  # fmt: skip
        row = {
            "event": event.name, "fields": ", ".join(field_text(field) for field in event.fields.values()),
            "meaning": event.meaning, "effects": "; ".join(effects), "evidence": " ".join(event.evidence),
        }  # fmt: skip
        found.append(Entry(event.name, record, row))
    return found


def _field(field: EventField) -> dict[str, Any]:
    if field.value is None:
        return {"kind": field.kind}
    assert field.bounds is not None
    said = {"kind": field.kind, **numbers(field.value), "bounds": list(field.bounds)}
    return said | reason(field.value)


def field_text(field: EventField) -> str:
    """A field in short: its name, or its number with unit and range."""
    value = field.value
    if value is None:
        return field.name
    return f"{field.name}={number_text(value.value)} {value.unit} ({span(value.low, value.high)})"


def theories(world: World) -> list[Entry]:
    """Every theory, with its weights by the paths under which they can be set."""
    found = []
    for one in world.theories.values():
        begins = f"weights.{one.name}."
        weights = {path: world.value(path) for path in world.paths() if path.startswith(begins)}
        said = {"title": one.title, "meaning": one.meaning}
        record: dict[str, Any] = {"theory": one.name, **said, "evidence": list(one.evidence)}
        record |= {"weights": {path: numbers(value) | reason(value) for path, value in weights.items()}}
        short = (f"{path} {number_text(value.value)} ({span(value.low, value.high)})"
                 for path, value in weights.items() if value.high > 0)  # fmt: skip
        row = {"theory": one.name, **said, "evidence": " ".join(one.evidence), "weights": ", ".join(short)}
        found.append(Entry(one.name, record, row))
    return found


def scenarios(_: World) -> list[Entry]:
    """Every scenario that a name in the working directory leads to; one at fault says so."""
    return [_scenario(name) for name in scenario_names(Path.cwd())]


def _scenario(name: str) -> Entry:
    from simulation.scenario.resolve import load_scenario

    path = find_scenario(name, Path.cwd())
    record: dict[str, Any] = {"scenario": name, "file": None if path is None else str(path)}
    try:
        one = load_scenario(name)
    except BadInput as error:
        count = len(error.faults)
        wrong = f"at fault: `entente check {name}` says {'why' if count == 1 else f'all {count} faults'}"
        return Entry(name, record | {"faults": count}, _cells(scenario=name, title=wrong))
    last = month_text(one.start + one.months - 1)
    parent = "" if one.parent is None else one.parent.name
    said = {"title": one.title, "why": one.why, "extends": parent, "world": one.world.name}
    record |= said | {"start": month_text(one.start), "months": one.months, "runs": one.runs, "faults": 0}
    return Entry(name, record, _cells(scenario=name, span=f"{month_text(one.start)} to {last}", **said))


def _cells(**said: str) -> dict[str, str]:
    columns = ("scenario", "title", "why", "extends", "world", "span")
    return {name: said.get(name, "") for name in columns}


def sweeps(_: World) -> list[Entry]:
    """Every sweep of the library."""
    return [_sweep(name) for name in sweep_names()]


def _sweep(name: str) -> Entry:
    from simulation.sweep.file import read_sweep

    faults: list[Fault] = []
    found = read_sweep(find_sweep(name), faults)
    if found is None or faults:
        raise BadInput(faults)
    swept = found.scenario.text if found.scenario is not None else ""
    axes = [EVERYTHING] if found.everything else [axis.path for axis in found.axes]
    said = {"sweep": name, "title": found.title, "why": found.why, "design": found.design, "scenario": swept}
    return Entry(name, said | {"axes": axes, "file": str(found.path)}, said | {"axes": ", ".join(axes)})


def worlds(_: World) -> list[Entry]:
    """Every world that a scenario in the working directory can name; one at fault says so."""
    return [_world(name) for name in world_names(Path.cwd())]


def _world(name: str) -> Entry:
    record: dict[str, Any] = {"world": name, "folder": str(find_world(name, Path.cwd()))}
    row = {"world": name, "title": "", "countries": "", "reference": "", "folder": record["folder"]}
    try:
        one = named_world(name)
    except BadInput as error:
        count = len(error.faults)
        row["title"] = f"at fault: {error.faults[0]}".splitlines()[0]
        return Entry(name, record | {"faults": count}, row)
    reference = month_text(one.reference)
    record |= {"title": one.title, "countries": list(one.codes), "reference": reference, "faults": 0}
    return Entry(name, record, row | {"title": one.title, "countries": " ".join(one.codes),
                                      "reference": reference})  # fmt: skip


def series(world: World) -> list[Entry]:
    """Every monthly series of a run."""
    from simulation.model.catalogue import series_of

    return [
        _output("series", one.name, one.unit, (one.low, one.high), one.meaning)
        for one in series_of(*_layout(world))
    ]


def measures(world: World) -> list[Entry]:
    """Every measure of a run."""
    from simulation.scenario.measures import measures_of

    return [
        _output(
            "measure", one.name, one.unit, (one.low, None if math.isinf(one.high) else one.high), one.meaning
        )
        for one in measures_of(*_layout(world))
    ]


def _layout(world: World) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], tuple[int, int]]:
    focus = (world.codes.index(world.focus[0]), world.codes.index(world.focus[1]))
    return world.codes, *zip(*((one.name, one.top) for one in world.tracks), strict=True), focus  # type: ignore[return-value]


def _output(kind: str, name: str, unit: str, bounds: tuple[float, float | None], meaning: str) -> Entry:
    low, high = bounds
    record = {kind: name, "unit": unit, "low": low, "high": high, "meaning": meaning}
    shown = f"{number_text(low)} and up" if high is None else span(low, high)
    return Entry(name, record, {kind: name, "unit": unit, "range": shown, "meaning": meaning})


def numbers(value: Value) -> dict[str, Any]:
    """A value with its range and unit, for JSON."""
    return {"value": value.value, "low": value.low, "high": value.high, "unit": value.unit}


def reason(value: Value) -> dict[str, Any]:
    """What stands behind a value, for JSON."""
    return {"evidence": list(value.evidence), "assumption": value.assumption}


def why(value: Value) -> str:
    """What stands behind a value, in a cell."""
    return " ".join(value.evidence) or f"assumption: {value.assumption}"


def span(low: float, high: float) -> str:
    """A range in words."""
    return f"{number_text(low)} to {number_text(high)}"


KINDS: dict[str, Callable[[World], list[Entry]]] = {
    "parameters": parameters,
    "levels": levels,
    "events": events,
    "measures": measures,
    "series": series,
    "theories": theories,
    "scenarios": scenarios,
    "sweeps": sweeps,
    "worlds": worlds,
}
HOLDS = {
    "parameters": "what `set` can change: values of the world, weights of theories, amounts of events",
    "levels": "what `threats` can name in place of a number of acts a year",
    "events": "what can happen by a scenario's timeline; `entente events NAME` shows one in full",
    "measures": "one number a run",
    "series": "one number a month of a run",
    "theories": "sets of weights by which countries decide",
    "scenarios": "files that `entente run NAME` finds from here",
    "sweeps": "designs that `entente sweep NAME` runs",
    "worlds": "folders that a scenario here can name as its world",
}
