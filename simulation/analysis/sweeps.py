"""What a sweep says of one measure: a row a case, each beside the reference case run by run."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.analysis.compare import Difference
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.model.state import Floats
from simulation.results.intervals import mean_interval
from simulation.results.sweeps import Swept
from simulation.sweep.cases import REFERENCE


@dataclass(frozen=True)
class CaseRow:
    """One case: its values by path, the mean of the measure with its 95 % interval, and n.

    `beside` is the difference to the reference case, with the same draws; None for that case itself.
    """

    case: int
    values: dict[str, str]
    mean: float
    low: float
    high: float
    runs: int
    beside: Difference | None


def case_rows(swept: Swept, measure: str) -> list[CaseRow]:
    """A row a case, in the order of the design; the reference first. BadInput without such a measure."""
    names = swept.measures
    if measure not in names:
        raise BadInput([Fault(f"there is no measure {quoted(measure)}", hint=suggestion(measure, names))])
    runs = swept.table("runs", ["case", "run", "status", measure])
    wide = _by_case(runs, measure, len(swept.cases))
    axes = swept.manifest["axes"]
    rows = []
    for case, values in zip(swept.cases["case"], wide, strict=True):
        mean, low, high = mean_interval(values)
        told = {path: str(swept.cases[path][case]) for path in axes} if case != REFERENCE else {}
        beside = None if case == REFERENCE else _beside(measure, values, wide[REFERENCE])
        rows.append(CaseRow(int(case), told, mean, low, high, int(np.isfinite(values).sum()), beside))
    return rows


def _by_case(runs: pd.DataFrame, measure: str, cases: int) -> Floats:
    """The measure by case and run, (cases, most runs of any); NaN where there is no run that is ok."""
    wide = np.full((cases, int(runs["run"].max()) + 1), np.nan)
    wide[runs["case"], runs["run"]] = runs[measure].where(runs["status"] == "ok")
    return wide


def _beside(measure: str, mine: Floats, theirs: Floats) -> Difference:
    found = mine - theirs
    known = int(np.isfinite(found).sum())
    return Difference(measure, *mean_interval(found), known, "the reference", paired=True)


def saved_runs(rows: list[CaseRow], swept: Swept, measure: str) -> float:
    """How many independent runs one paired run stands for, in the median case: the same draws, less noise.

    The variance of a difference of independent runs over that of paired ones.
    """
    runs = swept.table("runs", ["case", "run", "status", measure])
    wide = _by_case(runs, measure, len(rows))
    ratios = []
    for values in wide[1:]:
        both = ~np.isnan(values) & ~np.isnan(wide[REFERENCE])
        paired = float(np.var(values[both] - wide[REFERENCE][both], ddof=1)) if both.sum() > 1 else 0.0
        if paired > 0:
            ratios.append(
                float(np.var(values[both], ddof=1) + np.var(wide[REFERENCE][both], ddof=1)) / paired
            )
    return float(np.median(ratios)) if ratios else float("nan")


def summary_of(swept: Swept, measure: str) -> dict[str, Any]:
    """The same as plain words and numbers."""
    rows = case_rows(swept, measure)
    return {
        "sweep": swept.manifest["sweep"],
        "title": swept.manifest["title"],
        "folder": str(swept.folder),
        "scenario": swept.manifest["scenario"],
        "design": swept.manifest["design"],
        "axes": swept.manifest["axes"],
        "measure": measure,
        "runs": swept.manifest["runs"],
        "goal": swept.manifest["goal"],
        "status": swept.manifest["status"],
        "uncertainty": swept.manifest["uncertainty"],
        "runs_for_one": saved_runs(rows, swept, measure),
        "cases": [
            {
                "case": row.case,
                "values": row.values,
                "mean": row.mean,
                "mean95": [row.low, row.high],
                "runs": row.runs,
                "difference": None
                if row.beside is None
                else {
                    "mean": row.beside.mean,
                    "mean95": [row.beside.low, row.beside.high],
                    "verdict": row.beside.verdict,
                },
            }
            for row in rows
        ],
    }
