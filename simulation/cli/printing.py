"""JSON on standard output: results, faults and their places."""

import json
import math
from collections.abc import Sequence
from typing import Any

from simulation.errors import Fault, Place


def fault_rows(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Faults as an editor takes them, of a file or of an option; line and column count from 1."""
    return [
        {
            **place_row(fault.place, fault.file),
            "column": fault.place.column if fault.place and not _is_option(fault.place.file) else None,
            "message": fault.message,
            "hint": fault.hint,
        }
        for fault in faults
    ]


def place_row(place: Place | None, name: str | None = None) -> dict[str, object]:
    """A place as JSON says it: file and line, or the option of the command line; `name` where no place is."""
    name = place.file if place else name
    if name is not None and _is_option(name):
        return {"file": None, "line": None, "option": name}
    return {"file": name, "line": place.line if place else None, "option": None}


def _is_option(name: str) -> bool:
    return name.startswith("--")


def print_json(value: Any) -> None:
    """Print a value as JSON; what is no number is null."""
    print(json.dumps(_plain(value), indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if hasattr(value, "tolist"):  # a column of lists, or a number of NumPy
        return _plain(value.tolist())
    return value if isinstance(value, str | int | float | None) else str(value)
