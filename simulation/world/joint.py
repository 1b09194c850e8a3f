"""Joint draws of uncertain values: posterior.csv in the folder of a world.

One column a path, one row an equally likely draw. A world without that file draws each value by itself.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulation.document import COMMA, Scalar, as_number, number_text, read_cells, report, report_unknown
from simulation.errors import Fault, quoted
from simulation.parameters import Declaration
from simulation.world.facts import Value

FILE = "posterior.csv"
LEAST = 100  # rows: fewer would stand for a distribution that they cannot show
MOST_BYTES = 10_000_000
PLAIN = re.compile(r"[-0-9.e,]+")  # a line of numbers without blanks and quotes


@dataclass(frozen=True)
class Joint:
    """Draws by path: rows (draws, paths), inside the bounds of their parameters; equal where these are."""

    paths: tuple[str, ...]
    rows: NDArray[np.float64] = field(compare=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the draws: arrays cannot be compared as one."""
        object.__setattr__(self, "digest", hashlib.sha256(self.rows.tobytes()).hexdigest())

    def interval(self, path: str, share: float = 0.8) -> tuple[float, float, float]:
        """Low end, median and high end of the middle share of the draws of a path."""
        column = self.rows[:, self.paths.index(path)]
        low, middle, high = np.quantile(column, ((1 - share) / 2, 0.5, (1 + share) / 2))
        return float(low), float(middle), float(high)


def read_joint(
    folder: Path,
    values: Mapping[str, Value],
    declared: Mapping[str, Declaration],
    faults: list[Fault],
) -> Joint | None:
    """The draws in a world's folder, where there are any; every fault in them otherwise.

    `values` are the world's by path, `declared` the declarations of the same paths.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    quick = _plain_draws(path, values, declared)
    if quick is not None:
        return quick
    before = len(faults)
    lines = read_cells(path, faults, MOST_BYTES)
    if lines is None:
        return None
    head, *rows = lines
    _check_head(head, values, faults)
    if len(rows) < LEAST:
        hint = f"a joint distribution takes {LEAST} draws or more"
        report(faults, head[0], f"{len(rows)} draws stand here", hint)
    if len(faults) > before:
        return None
    found = np.empty((len(rows), len(head)))
    for number, row in enumerate(rows):
        if len(row) != len(head):
            message = f"{len(row)} cells stand here, and the first line names {len(head)}"
            report(faults, row[0], message, COMMA)
            continue
        pairs = zip(row, head, strict=True)
        found[number] = [_number(cell, declared[name.text], faults) for cell, name in pairs]
    return Joint(tuple(cell.text for cell in head), found)


def _plain_draws(
    path: Path, values: Mapping[str, Value], declared: Mapping[str, Declaration]
) -> Joint | None:
    """The draws where all is right, at a tenth of the time; None where something may have to be said.

    Every command loads a world, and the cells of a posterior are more than all its other values.
    """
    try:
        head, *lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    names = tuple(head.split(","))
    known = len(set(names)) == len(names) and all(
        name in values and values[name].low < values[name].high for name in names
    )
    if not known or len(lines) < LEAST or not all(PLAIN.fullmatch(line) for line in lines):
        return None
    try:
        rows = np.array([line.split(",") for line in lines]).astype(float)
    except ValueError:  # a row with more cells than another, or a cell that is no number
        return None
    bounds = np.array([(declared[name].low, declared[name].high) for name in names])
    right = rows.shape == (len(lines), len(names)) and np.isfinite(rows).all()
    if not right or not ((bounds[:, 0] <= rows) & (rows <= bounds[:, 1])).all():
        return None
    return Joint(names, rows)


def _check_head(head: list[Scalar], values: Mapping[str, Value], faults: list[Fault]) -> None:
    """A fault for each word that is no path with a range, and for each path named twice."""
    names = [cell.text for cell in head]
    for number, cell in enumerate(head):
        value = values.get(cell.text)
        if value is None:
            report_unknown(faults, cell, "path", values)
        elif value.low == value.high:
            message = f"{cell.text} is {number_text(value.value)} and has no range to be drawn from"
            report(faults, cell, message)
        elif cell.text in names[:number]:
            report(faults, cell, f"the path {quoted(cell.text)} stands twice")


def _number(cell: Scalar, declared: Declaration, faults: list[Fault]) -> float:
    """A number within the bounds of its parameter."""
    found = as_number(cell, faults, declared.low, declared.high, declared.unit)
    return 0.0 if found is None else found
