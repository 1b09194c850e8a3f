"""A series on record: a CSV file beside a scenario, with a row a month and a column for each quantity.

The first line names the columns. One is `date` and holds months (YYYY-MM), each following the one before.
A comma separates cells, a point decimals. Every fault has its line and column in that file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from simulation.document import (
    COMMA,
    Node,
    Scalar,
    as_month,
    as_number,
    month_text,
    read_cells,
    report,
    shown,
)
from simulation.errors import Fault, quoted, suggestion, visible
from simulation.scenario.search import leads_out

DATE = "date"


class Column(NamedTuple):
    """What a column says: a value a month, from month `first` on."""

    first: int
    values: tuple[float, ...]


def find_table(
    node: Scalar, folder: Path, faults: list[Fault], endings: Sequence[str] = ("*.csv",)
) -> Path | None:
    """The file that a scenario in `folder` names; a fault where it is missing or leads out of the tree."""
    if leads_out(node.text, folder):
        hint = "name a file that lies beside it or below"
        report(faults, node, f"{quoted(node.text)} leads out of the folder of this scenario", hint)
        return None
    found = folder / node.text
    try:
        there = found.is_file()
    except OSError:  # a name longer than the disk takes
        there = False
    if not there:
        near = suggestion(node.text, sorted(each.name for ending in endings for each in folder.glob(ending)))
        report(faults, node, f"there is no file {visible(shown(found))}", near)
        return None
    return found


def read_column(
    path: Path, column: Scalar, high: float, unit: str | None, faults: list[Fault]
) -> Column | None:
    """The column of that name, each value from 0 to `high`; None where anything in the file is at fault."""
    before = len(faults)
    lines = read_cells(path, faults)
    if lines is None:
        return None
    head, *rows = lines
    names = [cell.text for cell in head]
    for name in (DATE, column.text):
        for again in [cell for cell in head if cell.text == name][1:]:
            report(faults, again, f"the column {quoted(name)} stands twice")
    if DATE not in names:
        semicolons = len(head) == 1 and ";" in head[0].text
        hint = COMMA if semicolons else "the column of months, such as 2023-06, is called so"
        report(faults, head[0], f"the column {quoted(DATE)} is missing", hint)
        return None
    if column.text not in names or column.text == DATE:
        rest = [name for name in names if name != DATE]
        message = f"{visible(shown(path))} has no column of values {quoted(column.text)}"
        report(faults, column, message, suggestion(column.text, rest))
        return None
    at, of = names.index(DATE), names.index(column.text)
    months: list[tuple[int, Node]] = []
    values = []
    for row in rows:
        if len(row) != len(head):
            stand = "1 cell stands" if len(row) == 1 else f"{len(row)} cells stand"
            message = f"{stand} here, and the first line names {len(head)} columns"
            report(faults, row[0], message, COMMA)
            continue
        month, value = as_month(row[at], faults), as_number(row[of], faults, 0, high, unit)
        if month is not None:
            months.append((month, row[at]))
        values.append(value or 0.0)
    if not rows:
        report(faults, head[0], "the file holds no months below its first line")
    _check_order(months, len(months) == len(rows), faults)
    return Column(months[0][0], tuple(values)) if len(faults) == before else None


def _check_order(months: list[tuple[int, Node]], whole: bool, faults: list[Fault]) -> None:
    """A fault for every month that does not follow the one before.

    Where not the `whole` column could be read, a gap may be what is at fault there.
    """
    lines: dict[int, int] = {}
    last: int | None = None
    for month, node in months:
        if month in lines:
            message = f"the month {month_text(month)} stands twice"
            report(faults, node, message, f"the first is in line {lines[month]}")
        elif last is not None and month < last:
            message = f"{month_text(month)} comes after {month_text(last)}"
            report(faults, node, message, "months stand in their order")
        elif last is not None and month > last + 1 and whole:
            span = f" to {month_text(month - 1)}" if month > last + 2 else ""
            message = f"a gap before {month_text(month)}: {month_text(last + 1)}{span} is missing"
            report(faults, node, message, "a series has a value for every month")
        lines.setdefault(month, node.line)
        last = month if last is None else max(last, month)
