"""What a sweep says: a row a case, each beside the reference case run by run."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.analysis.compare import Difference
from simulation.document import number_text
from simulation.model.state import Floats
from simulation.results.intervals import mean_interval, wilson
from simulation.results.sweeps import Swept
from simulation.sweep.cases import REFERENCE
from simulation.sweep.shown import Shown


@dataclass(frozen=True)
class CaseRow:
    """One case: its values by path, what is shown of it with its 95 % interval, and n.

    `beside` is the difference to the reference case, with the same draws; None for that case itself.
    """

    case: int
    values: dict[str, str]
    mean: float
    low: float
    high: float
    runs: int
    beside: Difference | None


@dataclass(frozen=True)
class Reading:
    """A sweep, read by a measure or by the share of runs in which it lies beyond a number."""

    swept: Swept
    shown: Shown

    @cached_property
    def values(self) -> Floats:
        """What is shown of each run, (cases, most runs of any); NaN where there is no run that is ok."""
        runs = self.swept.table("runs", ["case", "run", "status", self.shown.measure])
        wide = np.full((len(self.swept.cases), int(runs["run"].max()) + 1), np.nan)
        ok = (runs["status"] == "ok").to_numpy()
        found = self.shown.of(runs[self.shown.measure].to_numpy(float))
        wide[runs["case"].to_numpy()[ok], runs["run"].to_numpy()[ok]] = found[ok]
        return wide

    @cached_property
    def means(self) -> Floats:
        """What is shown of each case: (cases,)."""
        return np.array([mean_interval(values)[0] for values in self.values])

    @cached_property
    def rows(self) -> list[CaseRow]:
        """A row a case, in the order of the design; the reference first."""
        axes = self.swept.manifest["axes"]
        told = {path: self.swept.cases[path].tolist() for path in axes}
        found = []
        for case, values in enumerate(self.values):
            mean, low, high = self._interval(values)
            labels = {path: _text(told[path][case]) for path in axes} if case != REFERENCE else {}
            beside = None if case == REFERENCE else self._beside(values)
            count = int(np.isfinite(values).sum())
            found.append(CaseRow(case, labels, mean, low, high, count, beside))
        return found

    @cached_property
    def runs_for_one(self) -> float:
        """How many independent runs one paired run stands for, in the median case.

        The variance of a difference of independent runs over that of paired ones; NaN where none differs.
        """
        theirs = self.values[REFERENCE]
        ratios = []
        for mine in self.values[1:]:
            both = ~np.isnan(mine) & ~np.isnan(theirs)
            paired = float(np.var((mine - theirs)[both], ddof=1)) if both.sum() > 1 else 0.0
            if paired > 0:
                alone = float(np.var(mine[both], ddof=1) + np.var(theirs[both], ddof=1))
                ratios.append(alone / paired)
        return float(np.median(ratios)) if ratios else float("nan")

    def _interval(self, values: Floats) -> tuple[float, float, float]:
        mean, low, high = mean_interval(values)
        if self.shown.relation is not None:
            known = values[np.isfinite(values)]
            low, high = wilson(int(known.sum()), known.size)
        return mean, low, high

    def _beside(self, values: Floats) -> Difference:
        found = values - self.values[REFERENCE]
        known = int(np.isfinite(found).sum())
        return Difference(self.shown.measure, *mean_interval(found), known, "the reference", paired=True)


def _text(value: object) -> str:
    return number_text(float(value)) if isinstance(value, float) else str(value)
