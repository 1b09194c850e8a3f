"""A table of the record: its columns are known, and each row hands out typed cells or adds a fault."""

import re
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import TypeVar

from simulation.document import (
    COMMA,
    Scalar,
    as_int,
    as_month,
    as_name,
    as_number,
    read_cells,
    report,
    report_unknown,
    shown,
)
from simulation.errors import Fault, quoted, suggestion, visible

T = TypeVar("T")
_DAY = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
NO_DAY = date(1, 1, 1)  # stands for a date that is at fault


class Row:
    """One row: cells by column."""

    def __init__(self, cells: dict[str, Scalar], faults: list[Fault]) -> None:
        self.cells = cells
        self.faults = faults

    def text(self, column: str) -> str:
        """A text that may not be empty."""
        cell = self.cells[column]
        if not cell.text:
            report(self.faults, cell, f"nothing stands in the column {quoted(column)}")
        return cell.text

    def key(self, column: str, keys: dict[str, str]) -> str:
        """A text that stands once; `keys` are those before, each with what is said where it comes again."""
        key = self.text(column)
        if key in keys:
            report(self.faults, self.cells[column], f"the key {quoted(key)} stands twice", keys[key])
        place = self.cells[column].place
        keys.setdefault(key, f"the first is in {visible(place.file)}, line {place.line}")
        return key

    def note(self, column: str = "note") -> str:
        """A text that may be empty."""
        return self.cells[column].text

    def whole(self, column: str, low: int, high: int) -> int:
        """A whole number within bounds."""
        return as_int(self.cells[column], self.faults, low, high) or 0

    def number(self, column: str, low: float, high: float, unit: str | None = None) -> float:
        """A number within bounds."""
        return as_number(self.cells[column], self.faults, low, high, unit) or 0.0

    def maybe_number(self, column: str, low: float, high: float, unit: str | None = None) -> float | None:
        """A number within bounds, or None where nothing stands."""
        return self.number(column, low, high, unit) if self.cells[column].text else None

    def name(self, column: str, valid: Collection[str] | None, kind: str) -> str:
        """One of the valid words; any where it is not known which are."""
        if valid is None:
            return self.note(column)
        return as_name(self.cells[column], self.faults, valid, kind) or ""

    def names(self, column: str, valid: Collection[str] | None, kind: str) -> tuple[str, ...]:
        """Words with blanks between, each valid and named once; at least one. Any where `valid` is None."""
        cells = self._words(column)
        words = [cell.text for cell in cells]
        if not words:
            hint = suggestion("", valid or ())
            report(self.faults, self.cells[column], f"the name of a {kind} is missing here", hint)
        for number, cell in enumerate(cells):
            if valid is not None and cell.text not in valid:
                report_unknown(self.faults, cell, kind, valid)
            elif cell.text in words[:number]:
                report(self.faults, cell, f"the {kind} {quoted(cell.text)} is named twice")
        return tuple(words)

    def codes(self, column: str) -> tuple[str, ...]:
        """Countries by their codes of three letters, known to the world or not."""
        cells = self._words(column)
        for cell in cells or [self.cells[column]]:
            if not re.fullmatch("[A-Z]{3}", cell.text):
                hint = "three capitals, such as JPN"
                report(self.faults, cell, f"{quoted(cell.text)} is no code of a country", hint)
        return tuple(cell.text for cell in cells)

    def month(self, column: str) -> int:
        """A month YYYY-MM."""
        return as_month(self.cells[column], self.faults) or 0

    def day(self, column: str) -> date:
        """A day; the first of a month or year where no more is said."""
        return self._day(self.cells[column])

    def maybe_day(self, column: str) -> date | None:
        """A day, or None where nothing stands."""
        return self.day(column) if self.cells[column].text else None

    def days(self, column: str) -> tuple[date, ...]:
        """Days with blanks between, in their order."""
        cell = self.cells[column]
        found = tuple(self._day(word) for word in self._words(column))
        if list(found) != sorted(set(found)):
            report(self.faults, cell, f"{quoted(cell.text)}: these days stand out of their order")
        return found

    def _words(self, column: str) -> list[Scalar]:
        """The words of a cell, each with its place."""
        cell = self.cells[column]
        return [
            cell._replace(text=word[0], column=cell.column + word.start())
            for word in re.finditer(r"\S+", cell.text)
        ]

    def _day(self, cell: Scalar) -> date:
        found = _DAY.fullmatch(cell.text)
        try:
            if found:
                return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError:
            pass
        hint = "write YYYY-MM-DD, or as much of it as is known: 2019-08-22, 2019-08 or 2019"
        report(self.faults, cell, f"{quoted(cell.text)} is not a day", hint)
        return NO_DAY


def read_table(
    path: Path, columns: tuple[str, ...], make: Callable[[Row], T], faults: list[Fault]
) -> tuple[T, ...]:
    """What `make` makes of each row of a table with these columns, in any order; empty where none is read."""
    lines = read_cells(path, faults)
    if lines is None:
        return ()
    head, *rows = lines
    if not _check_head(head, columns, path, faults):
        return ()
    names = [cell.text for cell in head]
    found = []
    for row in rows:
        if len(row) != len(head):
            stand = "1 cell stands" if len(row) == 1 else f"{len(row)} cells stand"
            message = f"{stand} here, and the first line names {len(head)} columns"
            report(faults, row[0], message, f"{COMMA}; quotes hold a cell with commas together")
            continue
        found.append(make(Row(dict(zip(names, row, strict=True)), faults)))
    return tuple(found)


def _check_head(head: list[Scalar], columns: tuple[str, ...], path: Path, faults: list[Fault]) -> bool:
    """Whether the first line names each column once; a fault for every other word in it."""
    names = [cell.text for cell in head]
    before = len(faults)
    lacking = [column for column in columns if column not in names]
    for number, cell in enumerate(head):
        if cell.text not in columns:
            report_unknown(faults, cell, "column", lacking or columns)
        elif cell.text in names[:number]:
            report(faults, cell, f"the column {quoted(cell.text)} stands twice")
    if lacking:
        said = ", ".join(quoted(each) for each in lacking)
        report(faults, head[0], f"{visible(shown(path))} lacks the column {said}")
    return len(faults) == before
