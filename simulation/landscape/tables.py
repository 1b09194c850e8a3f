"""Sizes and propensities from CSV files, or every fault in both at once."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from simulation.document import COMMA, Scalar, as_number, number_text, read_cells, report, shown
from simulation.errors import BadInput, Fault, nearest, quoted, suggestion, visible
from simulation.landscape.energy import Floats

COLUMNS = ("country", "size")
LARGEST = 1e9  # size or propensity: products of three stay far from what a computer can hold
FEWEST = 2


@dataclass(frozen=True)
class Table:
    """Countries with their sizes, and the symmetric propensity of each pair."""

    names: tuple[str, ...]
    sizes: Floats
    propensities: Floats


Cells = dict[tuple[str, str], Scalar]
Line = list[Scalar]


def read_tables(sizes: Path, propensities: Path) -> Table:
    """Both tables. BadInput holds every fault in them."""
    faults: list[Fault] = []
    of_countries = _sizes(sizes, faults)
    values = _propensities(propensities, of_countries, faults)
    if faults:
        raise BadInput(faults)
    assert of_countries is not None
    names = tuple(of_countries)
    matrix = np.array([[0.0 if a == b else values[a, b] for b in names] for a in names])
    return Table(names, np.array(list(of_countries.values())), matrix)


def _lines(path: Path, faults: list[Fault]) -> list[Line] | None:
    """The lines of a file; None where there is none, or it says nothing that can be read."""
    if not path.is_file() and not path.is_dir():
        near = suggestion(path.name, sorted(each.name for each in path.parent.glob("*.csv")))
        faults.append(Fault(f"there is no file {quoted(shown(path))}", hint=near, file=shown(path)))
        return None
    lines = read_cells(path, faults)
    noted = [line[0] for line in lines or () if line[0].text.startswith("#")]
    for cell in noted:
        report(faults, cell, "a table holds no remarks", "delete the line")
    return None if lines is None or noted else lines


def _sizes(path: Path, faults: list[Fault]) -> dict[str, float] | None:
    """The size of each country, in the order of the file; None where they could not all be told."""
    lines = _lines(path, faults)
    if lines is None or not _heads(lines[0], path, faults):
        return None
    head, *rows = lines
    names = [cell.text for cell in head]
    found: dict[str, float] = {}
    first: dict[str, int] = {}
    whole = True
    for row in rows:
        if not _as_long(row, head, faults):
            whole = False
            continue
        cells = dict(zip(names, row, strict=True))
        name = _name(cells["country"], first, faults)
        size = as_number(cells["size"], faults, 0.0, LARGEST)
        if size == 0.0:
            report(
                faults, cells["size"], "0 is no size: a country without weight is on no side", "leave it out"
            )
        if name is not None:
            found[name] = size or 0.0
        whole = whole and bool(cells["country"].text)
    if whole and len(found) < FEWEST:
        there = f"{quoted(next(iter(found)))} stands alone" if found else "no country stands here"
        report(faults, rows[0][0] if rows else head[0], f"{there}: blocs need two countries or more")
    return found if whole and found else None


def _heads(head: Line, path: Path, faults: list[Fault]) -> bool:
    """Whether the first line names the two columns; a fault for each other word in it."""
    names = [cell.text for cell in head]
    before = len(faults)
    if not set(COLUMNS) & set(names):
        hint = COMMA if len(head) == 1 and ";" in head[0].text else None
        message = f"{visible(shown(path))} begins with no line country,size"
        report(faults, head[0], message, hint)
        return False
    lacking = [column for column in COLUMNS if column not in names]
    for number, cell in enumerate(head):
        if cell.text not in COLUMNS:
            report(
                faults, cell, f"unknown column {quoted(cell.text)}", suggestion(cell.text, lacking or COLUMNS)
            )
        elif cell.text in names[:number]:
            report(faults, cell, f"the column {quoted(cell.text)} stands twice")
    for column in lacking:
        report(faults, head[0], f"{visible(shown(path))} lacks the column {quoted(column)}")
    return len(faults) == before


def _as_long(row: Line, head: Line, faults: list[Fault]) -> bool:
    """Whether a row has as many cells as the first line."""
    if len(row) == len(head):
        return True
    stand = "1 cell stands" if len(row) == 1 else f"{len(row)} cells stand"
    where = row[min(len(row), len(head)) - 1]
    report(faults, where, f"{stand} here, and {len(head)} in the first line", COMMA)
    return False


def _name(cell: Scalar, first: dict[str, int], faults: list[Fault]) -> str | None:
    """The name of a country that has not stood before; `first` holds the lines of those that have."""
    if not cell.text:
        report(faults, cell, "the name of a country is missing here")
    elif cell.text in first:
        report(faults, cell, f"{quoted(cell.text)} stands twice", f"the first is in line {first[cell.text]}")
    else:
        first[cell.text] = cell.line
        return cell.text
    return None


def _propensities(
    path: Path, countries: Collection[str] | None, faults: list[Fault]
) -> dict[tuple[str, str], float]:
    """The propensity of each ordered pair, as far as it can be told."""
    lines = _lines(path, faults)
    if lines is None:
        return {}
    head, *rows = lines
    if tuple(cell.text for cell in head) == COLUMNS:
        hint = "are --sizes and --propensities in each other's place?"
        report(faults, head[0], "sizes stand here, and propensities are wanted", hint)
        return {}
    if len(head) == 1:
        report(faults, head[0], "the first line names no countries", COMMA if ";" in head[0].text else None)
        return {}
    columns = _known(head[1:], countries, "column", "the sizes", head[0], faults)
    names = [cell.text for cell in columns] if countries is None else countries
    among = "the columns" if countries is None else "the sizes"
    kept = _known([row[0] for row in rows], names, "line", among, rows[0][0] if rows else head[0], faults)
    cells: Cells = {}
    values: dict[tuple[str, str], float] = {}
    for row in [row for row in rows if _as_long(row, head, faults)]:
        for column, cell in zip(head[1:], row[1:], strict=True):
            pair = row[0].text, column.text
            value = _value(pair, cell, faults)
            if value is not None and row[0] in kept and column in columns:
                cells[pair], values[pair] = cell, value
    _check_symmetry(cells, values, faults)
    return values


def _known(
    cells: Line, countries: Collection[str] | None, kind: str, among: str, owner: Scalar, faults: list[Fault]
) -> Line:
    """The cells that name a country of the sizes for the first time; a fault for others and who lacks."""
    first: dict[str, int] = {}
    named = [cell for cell in cells if _name(cell, first, faults) is not None]
    if countries is None:
        return named
    lacking = [name for name in countries if name not in first]
    unknown = [cell for cell in named if cell.text not in countries]
    for cell in unknown:
        near = nearest(cell.text, lacking)
        if near is not None:
            lacking.remove(near)
        message = f"the {kind} of {quoted(cell.text)}: there is no such country among {among}"
        report(faults, cell, message, f"did you mean {quoted(near)}?" if near else None)
    for name in lacking:
        report(faults, owner, f"the {kind} of {quoted(name)} is missing")
    return [cell for cell in named if cell.text in countries]


def _value(pair: tuple[str, str], cell: Scalar, faults: list[Fault]) -> float | None:
    """The number; what a country holds about itself may be left empty, and enters nothing."""
    if pair[0] == pair[1] and not cell.text:
        return 0.0
    return as_number(cell, faults, -LARGEST, LARGEST)


def _check_symmetry(cells: Cells, values: dict[tuple[str, str], float], faults: list[Fault]) -> None:
    """A fault for every pair of which the two sides say different things."""
    names = list(dict.fromkeys(a for a, _ in cells))
    for a, b in combinations(names, 2):
        if (a, b) in values and (b, a) in values and values[a, b] != values[b, a]:
            one, other = cells[a, b], cells[b, a]
            message = f"{quoted(b)} and {quoted(a)}: {number_text(values[b, a])} here, and"
            place = f"{number_text(values[a, b])} in line {one.line}, column {one.column}"
            report(faults, other, f"{message} {place}", "a propensity is the same from both sides")
