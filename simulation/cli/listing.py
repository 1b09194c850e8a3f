"""`entente list`."""

import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from simulation.cli.main import print_json
from simulation.errors import BadInput, Fault, nearest
from simulation.library import scenarios_folder, seeds_folder
from simulation.world import World, load_world

Rows = list[dict[str, object]]
WIDE = 1000


def list_kind(kind: str, word: str | None, world: str, as_json: bool) -> None:
    """Print what there is of a kind, and of it only what holds the word."""
    if kind not in KINDS:
        near = nearest(kind, list(KINDS))
        hint = f'did you mean "{near}"?' if near else "one of: " + ", ".join(KINDS)
        raise BadInput([Fault(f'there is nothing called "{kind}" to list', hint=hint)])
    rows = KINDS[kind](world)
    if word:
        words = {word.casefold(), *_codes(word, world)}
        rows = [row for row in rows if any(each in _text(row) for each in words)]
    if as_json:
        print_json(rows)
        return
    if not rows:
        print(f'no {kind} with "{word}"')
        return
    piped = not sys.stdout.isatty()  # then a row is a line, for grep
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(rows[0]):
        table.add_column(column, overflow="fold", no_wrap=piped or number == 0)
    for row in rows:
        table.add_row(*(_cell(cell) for cell in row.values()))
    Console(highlight=False, width=WIDE if piped else None).print(table)


def _codes(name: str, world: str) -> list[str]:
    """The codes of the countries of that name, as part of a path."""
    countries = load_world(world).countries.values()
    return [f".{one.code}".casefold() for one in countries if one.name.casefold() == name.casefold()]


def _text(row: dict[str, object]) -> str:
    return " ".join(str(cell) for cell in row.values()).casefold()


def _cell(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else "" if cell is None else str(cell)


def _parameters(name: str) -> Rows:
    world = load_world(name)
    rows: Rows = []
    for path, value in world.values.items():
        declaration = world.declaration(path)
        rows.append(
            {"path": path, "value": value.value, "low": value.low, "high": value.high, "unit": value.unit,
             "meaning": declaration.meaning, "evidence": " ".join(value.evidence) or "assumption"}
        )  # fmt: skip
    return rows


def _events(name: str) -> Rows:
    return [
        {"event": event.name, "fields": ", ".join(_field(field) for field in event.fields.values()),
         "meaning": event.meaning, "evidence": " ".join(event.evidence)}
        for event in load_world(name).events.values()
    ]  # fmt: skip


def _field(field: object) -> str:
    value = getattr(field, "value", None)
    name = str(getattr(field, "name"))  # noqa: B009
    return name if value is None else f"{name}={value.value:g}"


def _theories(name: str) -> Rows:
    return [
        {"theory": one.name, "title": one.title, "meaning": one.meaning, "evidence": " ".join(one.evidence)}
        for one in load_world(name).theories.values()
    ]


def _scenarios(name: str) -> Rows:
    del name
    from simulation.scenario.resolve import load_scenario

    here = Path("scenarios")
    folder = here if here.is_dir() else scenarios_folder()
    loaded = [load_scenario(path) for path in sorted(folder.glob("*.yaml"))]
    return [{"scenario": one.name, "title": one.title, "why": one.why} for one in loaded]


def _worlds(name: str) -> Rows:
    del name
    found = sorted(path.parent.name for path in seeds_folder().glob("*/source.yaml"))
    return [{"world": one, "title": load_world(one).title} for one in found]


def _outputs(world: World) -> tuple[Rows, Rows]:
    from simulation.model.catalogue import series_of
    from simulation.scenario.measures import measures_of

    tracks = tuple(track.name for track in world.tracks)
    tops = tuple(track.top for track in world.tracks)
    focus = (world.codes.index(world.focus[0]), world.codes.index(world.focus[1]))
    series = series_of(world.codes, tracks, tops, focus)
    measures = measures_of(world.codes, tracks, tops, focus)
    return (
        [
            {"series": s.name, "unit": s.unit, "low": s.low, "high": s.high, "meaning": s.meaning}
            for s in series
        ],
        [{"measure": m.name, "unit": m.unit, "meaning": m.meaning} for m in measures],
    )


KINDS: dict[str, Callable[[str], Rows]] = {
    "parameters": _parameters,
    "events": _events,
    "theories": _theories,
    "scenarios": _scenarios,
    "measures": lambda name: _outputs(load_world(name))[1],
    "series": lambda name: _outputs(load_world(name))[0],
    "worlds": _worlds,
}
