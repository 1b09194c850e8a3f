"""The summary of a result: one structure behind the printed table, `--json` and the Python API."""

import math
from typing import Any

import numpy as np
import pandas as pd

from simulation.analysis.compare import Difference, difference, forked
from simulation.model.state import Floats
from simulation.results.bands import rank
from simulation.results.intervals import mean_interval, wilson
from simulation.results.store import Result
from simulation.scenario.forks import SEPARATOR


def summary_of(result: Result) -> dict[str, Any]:
    """Everything that the table prints and more, as plain numbers, lists and words; NaN where none is known.

    `interval80` spans 80 % of the runs; `mean95` is the 95 % Monte Carlo interval of a mean, `interval95`
    that of a probability. Quantiles are those of the bands: the first run that so many do not exceed.
    """
    manifest, world, runs = result.manifest, result.manifest["world"], result.ok(0)
    return {
        "scenario": manifest["scenario"],
        "title": manifest["title"],
        "folder": str(result.folder),
        "focus": world["focus"],
        "countries": world["countries"],
        "from": str(result.cases["start"][0]),
        "horizon": str(result.bands.loc[result.bands["case"] == 0, "date"].max()),
        "runs": manifest["runs"],
        "ok": len(runs),
        "status": manifest["status"],
        "uncertainty": manifest["uncertainty"],
        "theory": manifest["theory"],
        "engine": manifest["engine"],
        "engine_reason": manifest["engine_reason"],
        "start": world["start_index"],
        "cooperation": spread(runs["cooperation.final"]),
        "mean": spread(runs["cooperation.mean"]),
        "parent": _parent(result),
        "difference": _said(difference(result, "cooperation.final")),
        "branches": [_branch(result, case) for case in result.with_role("branch")],
        "tracks": {track: _track(runs, track, world) for track in world["rungs"]},
        "regimes": {
            name[7:]: float(runs[name].mean()) for name in map(str, runs) if name.startswith("regime.")
        },
        "acts": {code: spread(runs[f"acts.{code}"]) for code in world["challengers"]},
        "dyads": {dyad: _dyad(result, runs, dyad, start) for dyad, start in world["dyads"].items()},
    }


def spread(values: "pd.Series[float]") -> dict[str, Any]:
    """Mean with its interval, median and the interval of 80 % of the runs in which the measure is known."""
    known: Floats = np.sort(values.dropna().to_numpy(float))
    count = known.size
    low, median, high = (float(known[rank(q, count) - 1]) if count else math.nan for q in (0.1, 0.5, 0.9))
    mean, *interval = mean_interval(known)
    return {
        "mean": mean,
        "mean95": interval,
        "median": median,
        "interval80": [low, high],
        "runs": count,
    }


def _parent(result: Result) -> dict[str, Any] | None:
    """The index of the parent that stands beside, and its theory where that is another; None for a root."""
    if result.parent is None:
        return None
    row, runs = result.cases.iloc[result.parent], result.ok(result.parent)
    return {
        "scenario": row["name"],
        "title": row["title"],
        "theory": row["theory"] if row["theory"] != result.cases["theory"][0] else None,
        "cooperation": spread(runs["cooperation.final"]),
    }


def _branch(result: Result, case: int) -> dict[str, Any]:
    """A future of the scenario: its index, and what it differs by from the scenario without it.

    `from_outer` is what a nested branch differs by from the one it forks from; None of one in no other.
    """
    row = result.cases.iloc[case]
    name, measure = str(row["branch"]), "cooperation.final"
    outer = name.rpartition(SEPARATOR)[0]
    return {
        "branch": name,
        "title": row["title"],
        "fork": row["fork"],
        "cooperation": spread(result.ok(case)[measure]),
        "difference": _said(forked(result, measure, name)),
        "from_outer": _said(forked(result, measure, name, outer)) if outer else None,
    }


def _said(found: Difference) -> dict[str, Any]:
    return {
        "measure": found.measure,
        "against": found.against,
        "paired": found.paired,
        "mean": found.mean,
        "mean95": [found.low, found.high],
        "runs": found.runs,
        "verdict": found.verdict,
    }


def _track(runs: pd.DataFrame, track: str, world: dict[str, Any]) -> dict[str, Any]:
    """Each rung's probability in the last month, and for those above the start when it is first reached."""
    start = world["start_rungs"][track]
    return {
        "start": start,
        "reversals": spread(runs[f"reversals.{track}"]),
        "rungs": [
            {"rung": k, "name": name, **_probability(runs[f"final.{track}"] == k)}
            | {"reached": _milestone(runs[f"months_to.{track}.{k}"]) if k > start else None}
            for k, name in enumerate(world["rungs"][track])
        ],
    }


def _probability(hit: "pd.Series[bool]") -> dict[str, Any]:
    hits, count = int(hit.sum()), len(hit)
    return {"probability": hits / count if count else math.nan, "interval95": list(wilson(hits, count))}


def _milestone(months: "pd.Series[float]") -> dict[str, Any]:
    """How likely a rung is ever held, and after how many months, in the runs that hold it."""
    return _probability(months.notna()) | {"median_months": spread(months)["median"]}


def _dyad(result: Result, runs: pd.DataFrame, dyad: str, start: float) -> dict[str, Any]:
    """Where a dyad went (index), and what moved its utility since the start: strongest term first.

    `moved_by` is the change of each weighted term, mean over runs, both sides and tracks.
    """
    reasons = result.reasons[(result.reasons["case"] == 0) & (result.reasons["dyad"] == dyad)]
    moved = reasons.groupby("term", sort=False)["change"].mean()
    order = moved.abs().sort_values(ascending=False, kind="stable").index
    changes = {str(term): round(float(moved[term]), 4) for term in order}
    return {
        "start": start,
        "final": spread(runs[f"final.{dyad}"]),
        "moved_by": {term: change for term, change in changes.items() if change},
    }
