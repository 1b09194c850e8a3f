"""Tables in CSV files: the cells of every line, each with its place.

A comma separates cells. A cell that begins with a quote ends at the next one and may hold commas; two quotes
in a row stand for one. No cell goes on in the next line.
"""

from pathlib import Path

from simulation.document.nodes import Scalar, Source, report
from simulation.document.parse import shown
from simulation.errors import Fault, visible

MOST_BYTES = 1_000_000
COMMA = "a comma separates cells, a point decimals"
_QUOTE = '"'


def read_cells(path: Path, faults: list[Fault], most: int = MOST_BYTES) -> list[list[Scalar]] | None:
    """The cells of every line that is not empty; None where the file could not be read.

    It holds at most `most` bytes.
    """
    name = shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        faults.append(Fault(f"{visible(name)} cannot be read: {error.strerror or error}", file=name))
        return None
    except UnicodeDecodeError:
        faults.append(
            Fault(f"{visible(name)} is not UTF-8", hint="save the file in the encoding UTF-8", file=name)
        )
        return None
    if len(data) > most:
        faults.append(
            Fault(f"{visible(name)} is larger than {most:,} bytes", hint="leave data out of it", file=name)
        )
        return None
    lines = cells_of(Source(name, text), faults)
    if not lines:
        faults.append(Fault(f"{visible(name)} holds nothing", file=name))
        return None
    return lines


def cells_of(source: Source, faults: list[Fault]) -> list[list[Scalar]]:
    """The cells of every line of a text that is not empty."""
    return [
        _cells(line, number, source, faults) for number, line in enumerate(source.lines, 1) if line.strip()
    ]


def _cells(line: str, number: int, source: Source, faults: list[Fault]) -> list[Scalar]:
    """The cells of a line, each with its place; quotes around one are taken off."""
    cells = []
    at = 0
    while at <= len(line):
        begin = at + len(line[at:]) - len(line[at:].lstrip())
        if line[begin : begin + 1] == _QUOTE:
            text, after = _quoted(line, begin)
            if after is None:
                report(faults, Scalar(text, True, number, begin + 1, source), "this quote is not closed")
                after = len(line)
            end = line.find(",", after)
            end = len(line) if end < 0 else end
            text += line[after:end].rstrip()
        else:
            end = line.find(",", at)
            end = len(line) if end < 0 else end
            text, begin = line[at:end].strip(), begin if begin < end else at
        cells.append(Scalar(text, False, number, begin + 1, source))
        at = end + 1
    return cells


def _quoted(line: str, begin: int) -> tuple[str, int | None]:
    """What stands between the quote at `begin` and its end, and the place after that; None without one."""
    text, at = "", begin + 1
    while (end := line.find(_QUOTE, at)) >= 0:
        text += line[at:end]
        if line[end + 1 : end + 2] != _QUOTE:
            return text, end + 1
        text += _QUOTE
        at = end + 2
    return text + line[at:], None
