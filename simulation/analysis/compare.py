"""Differences between two cases, paired run by run where that is allowed."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.results.store import Result

SURE = 1.959963984540054  # two-sided 95 % of a normal: a mean over many runs


@dataclass(frozen=True)
class Difference:
    """Mean difference of a measure, with the 95 % interval of the mean (Monte Carlo error) and a verdict."""

    measure: str
    mean: float
    low: float
    high: float
    runs: int
    against: str
    paired: bool

    @property
    def verdict(self) -> str:
        """up, down, or not distinguishable at this n; "none" where the runs do not differ at all."""
        if self.low == self.high == 0.0:
            return "none"
        if self.low > 0.0:
            return "up"
        if self.high < 0.0:
            return "down"
        return "not distinguishable at this n"


def difference(result: Result, measure: str) -> Difference:
    """The scenario less its parent; a root less its own start ("stays as at the start")."""
    runs = result.runs
    mine = runs[runs["case"] == 0]
    cases = result.cases
    if len(cases) == 1:
        change = mine["cooperation.change"] if measure.startswith("cooperation") else mine[measure]
        return _of(measure, change.to_numpy(), "the start", True)
    theirs = runs[runs["case"] == 1]
    against = str(cases["name"][1])
    same = all(cases[key][0] == cases[key][1] for key in ("start", "months", "rng_seed"))
    if same:
        return _of(measure, mine[measure].to_numpy() - theirs[measure].to_numpy(), against, True)
    return _unpaired(measure, mine[measure].dropna(), theirs[measure].dropna(), against)


def _of(measure: str, values: "np.ndarray[tuple[int], np.dtype[np.float64]]", against: str, paired: bool) -> Difference:
    finite = values[np.isfinite(values)]
    if finite.size < 2:
        return Difference(measure, math.nan, math.nan, math.nan, int(finite.size), against, paired)
    mean, error = float(finite.mean()), float(finite.std(ddof=1)) / math.sqrt(finite.size)
    return Difference(measure, mean, mean - SURE * error, mean + SURE * error, int(finite.size), against, paired)


def _unpaired(measure: str, mine: "pd.Series[float]", theirs: "pd.Series[float]", against: str) -> Difference:
    if min(len(mine), len(theirs)) < 2:
        return Difference(measure, math.nan, math.nan, math.nan, min(len(mine), len(theirs)), against, False)
    mean = float(mine.mean() - theirs.mean())
    error = math.sqrt(float(mine.var()) / len(mine) + float(theirs.var()) / len(theirs))
    return Difference(measure, mean, mean - SURE * error, mean + SURE * error, min(len(mine), len(theirs)), against, False)


def wilson(hits: int, runs: int) -> tuple[float, float]:
    """95 % interval of a probability from `hits` of `runs` (Wilson)."""
    if runs == 0:
        return 0.0, 1.0
    share, z = hits / runs, SURE
    centre = (share + z * z / (2 * runs)) / (1 + z * z / runs)
    half = z / (1 + z * z / runs) * math.sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs))
    return max(0.0, centre - half), min(1.0, centre + half)
