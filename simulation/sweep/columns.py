"""Cases or joint draws that stand in a file beside the sweep: a column a path, a row a case or draw."""

from io import BytesIO
from pathlib import Path

from simulation.document import Node, Scalar, Source, cells_of, read_cells, report, shown
from simulation.errors import Fault, quoted, visible
from simulation.scenario.column import find_table

MOST_BYTES = 200_000_000  # of a file: a million cases of ten numbers
PARQUET = ".parquet"


Column = tuple[Scalar, tuple[Node, ...]]


def read_columns(name: Scalar, folder: Path, row: str, faults: list[Fault]) -> list[Column]:
    """Each column: its head, a path, and the cells below. Empty where at fault; `row` is what a row is.

    A file is CSV, or Parquet where its name ends so; a fault in Parquet has the place of the CSV that it
    would be.
    """
    path = find_table(name, folder, faults, endings=("*.csv", f"*{PARQUET}"))
    if path is None:
        return []
    lines = _parquet(path, faults) if path.suffix == PARQUET else read_cells(path, faults, MOST_BYTES)
    if lines is None:
        return []
    head, *rows = lines
    for cells in rows:
        if len(cells) != len(head):
            stand = "1 cell stands" if len(cells) == 1 else f"{len(cells)} cells stand"
            report(faults, cells[0], f"{stand} here, and the first line names {len(head)} paths")
    known: set[str] = set()
    for cell in head:
        if cell.text in known:
            report(faults, cell, f"the path {quoted(cell.text)} stands twice")
        known.add(cell.text)
    if not rows:
        report(faults, head[0], f"no {row} stands below the first line")
    whole = [cells for cells in rows if len(cells) == len(head)]
    return [(cell, tuple(cells[k] for cells in whole)) for k, cell in enumerate(head)] if whole else []


def _parquet(path: Path, faults: list[Fault]) -> list[list[Scalar]] | None:
    import pyarrow as pa
    import pyarrow.csv as pc
    import pyarrow.parquet as pq

    text = BytesIO()
    try:
        pc.write_csv(pq.read_table(path), text, pc.WriteOptions(quoting_style="none"))
    except pa.ArrowException:
        faults.append(Fault(f"{visible(shown(path))} is no Parquet, or it is damaged"))
        return None
    except OSError as error:
        faults.append(Fault(f"{visible(shown(path))} cannot be read: {error.strerror or error}"))
        return None
    return cells_of(Source(shown(path), text.getvalue().decode("utf-8")), faults)
