"""Files that values of axes name: tempi of a series. They travel with the sweep, and their content counts."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from simulation.document import Mapping, Scalar, report
from simulation.errors import Fault, quoted
from simulation.sweep.axes import Axis

_OF_SERIES = re.compile(r"threats\.\w+\.(file|column)")


def travels(axis: Axis, faults: list[Fault]) -> bool:
    """Whether the files that an axis names can lie beside the results; a fault where they cannot."""
    before = len(faults)
    field = _OF_SERIES.fullmatch(axis.path)
    if field is not None:
        whole = axis.path.removesuffix(f".{field[1]}")
        hint = f"vary the whole of it: {whole}: [{{profile: series, file: ..., column: ...}}, ...]"
        report(faults, axis.key, f"the {field[1]} of a series cannot vary by itself", hint)
    for name in _names(axis):
        if ".." in PurePosixPath(name.text).parts:
            message = f"{quoted(name.text)} lies neither beside this sweep nor below"
            report(faults, name, message, "a file that a value names is kept with the results: copy it here")
    return len(faults) == before


def contents(folder: Path, axes: Sequence[Axis]) -> dict[str, str]:
    """The text of each file that values name, by the name that they give it, as it lies in that folder."""
    names = sorted({name.text for axis in axes for name in _names(axis)})
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


def _names(axis: Axis) -> Iterator[Scalar]:
    for level in axis.levels:
        said = level.get("file") if isinstance(level, Mapping) else None
        if isinstance(said, Scalar):
            yield said
