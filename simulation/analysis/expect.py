"""Whether the runs of a scenario show what its file expects of them.

The verdict is that of the 95 % interval (Monte Carlo error), and of nothing less:

- `holds`: all of the interval meets what is expected;
- `fails`: all of it contradicts that;
- `not decided at this n`: it reaches both ways, or there is none; more runs may decide.

For a share of the runs the interval is Wilson's, and what is expected is that so large a share or a larger
one lies there. For a mean it is Student's. A run in which the measure is empty, as `months_to` where
a rung is never held, lies nowhere: neither above nor below nor between. A run that is not ok, in its parent
too where the difference is meant, is left out.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.model.state import Floats
from simulation.results.intervals import mean_interval, wilson
from simulation.results.store import Result
from simulation.scenario.expectations import Expectation

HOLDS = "holds"
FAILS = "fails"
OPEN = "not decided at this n"


@dataclass(frozen=True)
class Judged:
    """One expectation held against runs.

    The estimate is a share of the runs, or the mean in the measure's unit; its 95 % interval is NaN where
    there is none; `runs` is how many it is drawn from.
    """

    expectation: Expectation
    verdict: str
    estimate: float
    low: float
    high: float
    runs: int

    def row(self) -> dict[str, Any]:
        """The same as plain words and numbers."""
        one = self.expectation
        return {
            "expectation": str(one),
            "place": str(one.place) if one.place else None,
            "measure": one.measure,
            "than": "parent" if one.than_parent else None,
            "of": "mean" if one.share is None else "share of the runs",
            "relation": one.relation,
            "bounds": list(one.bounds),
            "share": one.share,
            "verdict": self.verdict,
            "estimate": self.estimate,
            "interval95": [self.low, self.high],
            "runs": self.runs,
        }


def judged(result: Result, expectations: tuple[Expectation, ...]) -> list[Judged]:
    """Each expectation of a scenario, held against a result of it."""
    return [_judged(one, _values(result, one)) for one in expectations]


def _values(result: Result, one: Expectation) -> Floats:
    """The measure in each run that is ok, in the order of runs; NaN where it is empty."""
    mine = result.ok(0).set_index("run")[one.measure]
    if one.than_parent:
        theirs = result.ok(1).set_index("run")[one.measure]
        shared = mine.index.intersection(theirs.index)
        mine = mine[shared] - theirs[shared]
    values: Floats = mine.to_numpy(float)
    return values


def _judged(one: Expectation, values: Floats) -> Judged:
    if one.share is None:
        estimate, low, high = mean_interval(values)
        return Judged(one, _of_mean(one, low, high), estimate, low, high, values.size)
    hits = int(_there(one, values).sum())
    low, high = wilson(hits, values.size)
    share = hits / values.size if values.size else math.nan
    return Judged(one, _of_share(one.share, low, high), share, low, high, values.size)


def _there(one: Expectation, values: Floats) -> NDArray[np.bool_]:
    """Whether each value lies where it is expected; false of NaN."""
    if one.relation == "above":
        return values > one.bounds[0]
    if one.relation == "below":
        return values < one.bounds[0]
    return (values >= one.bounds[0]) & (values <= one.bounds[1])


def _of_share(least: float, low: float, high: float) -> str:
    if low >= least:
        return HOLDS
    return FAILS if high < least else OPEN


def _of_mean(one: Expectation, low: float, high: float) -> str:
    """NaN decides nothing: every comparison with it is false."""
    first, last = one.bounds[0], one.bounds[-1]
    if one.relation == "above":
        holds, fails = low > first, high <= first
    elif one.relation == "below":
        holds, fails = high < first, low >= first
    else:
        holds, fails = low >= first and high <= last, high < first or low > last
    return HOLDS if holds else FAILS if fails else OPEN
