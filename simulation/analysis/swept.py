"""All that is said of a sweep, as plain words and numbers."""

from dataclasses import asdict
from typing import Any

from simulation.analysis.sensitivity import indices
from simulation.analysis.sweeps import CaseRow, Reading
from simulation.sweep.schema import OF_INDICES


def summary_of(reading: Reading) -> dict[str, Any]:
    """What tables and JSON say; of a design that is for indices alone no case."""
    facts, shown = reading.swept.manifest, reading.shown
    kept = ("sweep", "title", "why", "scenario", "design", "axes", "runs", "goal", "status", "uncertainty")
    return {
        **{key: facts[key] for key in kept},
        "count": facts["cases"],
        "folder": str(reading.swept.folder),
        "shown": asdict(shown) | {"says": str(shown)},
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
