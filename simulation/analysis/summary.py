"""The summary of a result: one structure behind the printed table, `--json` and the Python API."""

from typing import Any

import pandas as pd

from simulation.analysis.compare import difference, wilson
from simulation.results.store import Result


def summary_of(result: Result) -> dict[str, Any]:
    """Everything that the table prints, as plain numbers, lists and words.

    Intervals: `interval80` spans 80 % of the runs; `mean95` is the 95 % Monte Carlo interval of a mean.
    """
    manifest = result.manifest
    runs = result.runs[(result.runs["case"] == 0) & (result.runs["status"] == "ok")]
    world = manifest["world"]
    return {
        "scenario": manifest["scenario"],
        "title": manifest["title"],
        "folder": str(result.folder),
        "horizon": result.bands[result.bands["case"] == 0]["date"].max(),
        "runs": manifest["runs"],
        "status": manifest["status"],
        "uncertainty": manifest["uncertainty"],
        "theory": manifest["theory"],
        "engine": manifest["engine"],
        "cooperation": _spread(runs["cooperation.final"]),
        "mean": _spread(runs["cooperation.mean"]),
        "start": world["start_index"],
        "difference": _difference(result, "cooperation.final"),
        "rungs": {track: _rungs(runs, track, names) for track, names in world["rungs"].items()},
        "milestones": {track: _milestones(runs, track, names, world) for track, names in world["rungs"].items()},
        "reversals": {track: _spread(runs[f"reversals.{track}"]) for track in world["rungs"]},
        "acts": {c: _spread(runs[f"acts.{c}"]) for c in world["challengers"] if f"acts.{c}" in runs},
        "regimes": {name[7:]: float(runs[name].mean()) for name in runs if name.startswith("regime.")},
        "dyads": _dyads(result, runs, world),
    }


def _spread(values: "pd.Series[float]") -> dict[str, Any]:
    known = values.dropna()
    if known.empty:
        return {"runs": 0}
    low, median, high = (float(known.quantile(q, interpolation="nearest")) for q in (0.1, 0.5, 0.9))
    error = float(known.std(ddof=1)) / len(known) ** 0.5 if len(known) > 1 else float("nan")
    mean = float(known.mean())
    return {
        "mean": mean,
        "mean95": [mean - 1.96 * error, mean + 1.96 * error],
        "median": median,
        "interval80": [low, high],
        "runs": len(known),
    }


def _difference(result: Result, measure: str) -> dict[str, Any]:
    found = difference(result, measure)
    return {
        "measure": measure,
        "against": found.against,
        "paired": found.paired,
        "mean": found.mean,
        "mean95": [found.low, found.high],
        "runs": found.runs,
        "verdict": found.verdict,
    }


def _rungs(runs: pd.DataFrame, track: str, names: list[str]) -> list[dict[str, Any]]:
    rows = []
    for k, name in enumerate(names):
        hits = int((runs[f"final.{track}"] == k).sum())
        rows.append({"rung": k, "name": name, "probability": hits / max(1, len(runs)), "interval95": list(wilson(hits, len(runs)))})
    return rows


def _milestones(runs: pd.DataFrame, track: str, names: list[str], world: dict[str, Any]) -> list[dict[str, Any]]:
    start = world["start_rungs"][track]
    rows = []
    for k in range(start + 1, len(names)):
        months = runs[f"months_to.{track}.{k}"].dropna()
        rows.append(
            {
                "rung": k,
                "name": names[k],
                "reached": len(months) / max(1, len(runs)),
                "interval95": list(wilson(len(months), len(runs))),
                "median_months": float(months.median()) if len(months) else None,
            }
        )
    return rows


def _dyads(result: Result, runs: pd.DataFrame, world: dict[str, Any]) -> list[dict[str, Any]]:
    """Where every dyad went, and the terms that moved its utility most since the start."""
    reasons = result.reasons[result.reasons["case"] == 0]
    rows = []
    for dyad, start in world["dyads"].items():
        column = f"final.{dyad}"
        if column not in runs:
            continue
        moved = reasons[reasons["dyad"] == dyad].groupby("term", sort=False)["change"].mean()
        strongest = moved.reindex(moved.abs().sort_values(ascending=False).index)[:3]
        rows.append(
            {"dyad": dyad, "start": start, "final": _spread(runs[column]),
             "moved_by": {str(term): round(float(change), 4) for term, change in strongest.items()}}
        )  # fmt: skip
    return rows
