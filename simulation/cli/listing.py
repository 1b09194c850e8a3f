"""`entente list`."""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from simulation.cli.kinds import HOLDS, KINDS, Entry, named_world
from simulation.cli.printing import print_json
from simulation.errors import BadInput, Fault, nearest, quoted
from simulation.scenario.search import scenario_names, world_names
from simulation.world import World

TABLES = ("fields", "weights")  # what in a record is keyed by names
ALSO = ("parameters", "levels", "events", "measures", "series", "theories")  # kinds searched for a hint
SHORTEST = 4  # letters of a word that is offered where nothing is found


def list_kind(kind: str | None, word: str | None, world: str, as_json: bool) -> None:
    """Print what there is of a kind, and of it only what holds the word; without a kind, the kinds."""
    if kind is None:
        _show_kinds(named_world(world), as_json)
        return
    if kind not in KINDS:
        near = nearest(kind, list(KINDS))
        hint = f'did you mean "{near}"?' if near else "one of: " + ", ".join(KINDS)
        raise BadInput([Fault(f"there is nothing called {quoted(kind)} to list", hint=hint)])
    whole = named_world(world)
    entries = KINDS[kind](whole)
    found = matching(entries, word, whole)
    if word and not found:
        raise nothing(kind, word, entries, whole)
    if as_json:
        print_json([one.record for one in found])
    elif found:
        print_table([one.row for one in found])


def _show_kinds(world: World, as_json: bool) -> None:
    here = Path.cwd()
    files = {"scenarios": len(scenario_names(here)), "worlds": len(world_names(here))}  # without reading them
    counts = {kind: files[kind] if kind in files else len(KINDS[kind](world)) for kind in KINDS}
    if as_json:
        print_json([{"kind": kind, "count": count, "holds": HOLDS[kind]} for kind, count in counts.items()])
        return
    print_table([{"list": kind, "holds": f"{n:,}", "of": HOLDS[kind]} for kind, n in counts.items()])


def matching(entries: Sequence[Entry], word: str | None, world: World) -> list[Entry]:
    """The entries that hold the word: in a name, a meaning, a unit; as evidence, or as a country's name."""
    if not word:
        return list(entries)
    if word.upper() in world.evidence.claims:
        return [one for one in entries if word.upper() in _texts(one.record)]
    codes = [one.code for one in world.countries.values() if word.casefold() in one.name.casefold()]
    whole = re.compile(rf"\b(?:{'|'.join(map(re.escape, codes))})\b") if codes and len(word) > 1 else None
    return [one for one in entries if any(_holds(text, word, whole) for text in _texts(one.record))]


def _holds(text: str, word: str, codes: re.Pattern[str] | None) -> bool:
    return word.casefold() in text.casefold() or (codes is not None and codes.search(text) is not None)


def _texts(value: Any) -> list[str]:
    """Every text in a record, and every name by which an inner table has its entries."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if not isinstance(value, dict):
        return []
    names = [name for key in TABLES for name in value.get(key, ())]
    return names + [text for each in value.values() for text in _texts(each)]


def nothing(kind: str, word: str, entries: Iterable[Entry], world: World) -> BadInput:
    """What is said where nothing holds the word, with the nearest word that something holds."""
    every = f"entente list {kind} shows all"
    other = next((each for each in ALSO if each != kind and _named(KINDS[each](world), word)), None)
    if other is not None:
        hint = f"entente list {other} {word} finds it"
        return BadInput([Fault(f"no {kind} with {quoted(word)}", hint=hint)])
    if word.upper() in world.evidence.claims:
        return BadInput([Fault(f"no {kind} rest on {word.upper()}", hint=every)])
    texts = [text for one in entries for text in (one.name, *one.row.values())]
    parts = {part for text in texts for part in re.split(r"[^\w-]+|_", text) if len(part) >= SHORTEST}
    names = [one.name for one in entries]
    countries = [one.name for one in world.countries.values()]
    near = nearest(word, [*names, *countries, *sorted(parts)])
    hint = f"did you mean {quoted(near)}?" if near else every
    return BadInput([Fault(f"no {kind} with {quoted(word)}", hint=hint)])


def _named(entries: Iterable[Entry], word: str) -> bool:
    """Whether the word stands in the name of one."""
    return len(word) >= SHORTEST and any(word.casefold() in one.name.casefold() for one in entries)


def print_table(rows: Sequence[dict[str, str]]) -> None:
    """Print rows under the columns of the first; where no terminal reads them a row is a line, for grep."""
    columns = list(rows[0])
    if not sys.stdout.isatty():
        widths = [max(len(column), *(len(row[column]) for row in rows)) for column in columns]
        for cells in (columns, *(row.values() for row in rows)):
            print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
        return
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*row.values())
    Console(highlight=False, markup=False).print(table)
