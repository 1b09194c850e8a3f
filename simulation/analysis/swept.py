"""All that is said of a sweep, as plain words and numbers."""

import re
from dataclasses import asdict
from typing import Any

from simulation.analysis.sensitivity import indices
from simulation.analysis.sweeps import CaseRow, Reading
from simulation.sweep.schema import OF_INDICES

LONGEST = 18  # letters of a value
LINE = 14  # letters of a line of a longer path


def summary_of(reading: Reading) -> dict[str, Any]:
    """What tables and JSON say; of a design that is for indices alone no case."""
    facts, shown = reading.swept.manifest, reading.shown
    meaning, unit = facts["measures"][shown.measure]
    kept = ("sweep", "title", "why", "scenario", "design", "axes", "runs", "goal", "status", "uncertainty")
    changed = "with the changes of the sweep" if facts["changed"] else "as it is"
    return {
        "reference": f"{facts['scenario']} {changed}",
        **{key: facts[key] for key in kept},
        "count": facts["cases"],
        "folder": str(reading.swept.folder),
        "shown": asdict(shown) | {"says": str(shown), "meaning": meaning, "unit": unit},
        "units": facts["units"],
        "runs_for_one": reading.runs_for_one,
        "indices": [asdict(one) for one in indices(reading)],
        "cases": [] if facts["design"] in OF_INDICES else [_row(row) for row in reading.rows],
    }


def _row(row: CaseRow) -> dict[str, Any]:
    beside = row.beside
    return {
        "case": row.case,
        "values": row.values,
        "mean": row.mean,
        "mean95": [row.low, row.high],
        "runs": row.runs,
        "difference": beside
        and {"mean": beside.mean, "mean95": [beside.low, beside.high], "verdict": beside.verdict},
    }


def levels_of(said: dict[str, Any], axis: str) -> list[str]:
    """The values of an axis in the order in which cases first have them."""
    return list(dict.fromkeys(one["values"][axis] for one in said["cases"][1:]))


def short(text: str) -> str:
    """A value in few digits, or in few letters."""
    try:
        return f"{float(text):.4g}"
    except ValueError:
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def lines_of(path: str) -> list[str]:
    """A path in short lines, unless it fits in one."""
    lines = [""]
    for part in re.findall(r"[^._]+[._]?", path) if len(path) > LONGEST else [path]:
        if lines[-1] and len(lines[-1]) + len(part) > LINE:
            lines.append("")
        lines[-1] += part
    return lines
