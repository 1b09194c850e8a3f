"""Differences between two cases, paired run by run where that is allowed."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.model.state import Floats
from simulation.results.intervals import difference_interval, mean_interval
from simulation.results.store import Result
from simulation.scenario.schema import PAIRING, THEORY

START = "the start"


@dataclass(frozen=True)
class Difference:
    """Mean difference of a measure, with the 95 % interval of the mean (Monte Carlo error) and a verdict.

    `runs` counts the runs in which both sides are known. Below two of them there is no interval (NaN).
    """

    measure: str
    mean: float
    low: float
    high: float
    runs: int
    against: str
    paired: bool
    unlike: str = ""

    @property
    def verdict(self) -> str:
        """up, down, or not distinguishable at this n; "none" where the runs do not differ at all.

        Where the two tell of different things (`unlike` says which), there is none to give.
        """
        if self.unlike:
            return f"not comparable: {self.unlike}"
        if self.low == self.high == 0.0:
            return "none"
        if self.low > 0.0:
            return "up"
        if self.high < 0.0:
            return "down"
        return "not distinguishable at this n"


def difference(result: Result, measure: str) -> Difference:
    """The scenario less its parent; a root less its own start. BadInput where the measure has neither."""
    _known(result, measure)
    if result.parent is None:
        return _paired(measure, _values(result, 0, measure) - _at_start(result, measure), START)
    return _between(measure, (result, 0), (result, result.parent))


def beside(result: Result, other: Result, measure: str) -> Difference:
    """The scenario of one result less that of another, over the runs that both have."""
    _known(result, measure)
    return _between(measure, (result, 0), (other, 0))


def _between(measure: str, mine: tuple[Result, int], theirs: tuple[Result, int]) -> Difference:
    """One case less another: run by run where their runs meet the same luck."""
    own, other = (result.cases.iloc[case] for result, case in (mine, theirs))
    a, b = _values(*mine, measure), _values(*theirs, measure)
    against = str(other["name"])
    if all(own[key] == other[key] for key in PAIRING) and _luck(own) == _luck(other):
        both = min(a.size, b.size)
        return _paired(measure, a[:both] - b[:both], against)
    return replace(_unpaired(measure, a, b, against), unlike=_unlike(own, other))


def forked(result: Result, measure: str, branch: str, outer: str = "") -> Difference:
    """A branch less the scenario without it, or less the branch `outer` from which it forks, run by run.

    BadInput where there is no such branch.
    """
    _known(result, measure)
    mine, theirs = _case(result, branch), _case(result, outer) if outer else 0
    values = _values(result, mine, measure) - _values(result, theirs, measure)
    return _paired(measure, values, str(result.cases["name"][theirs]))


def _case(result: Result, branch: str) -> int:
    """The number of the case of a branch."""
    numbers = {str(result.cases["branch"][case]): case for case in result.with_role("branch")}
    if branch not in numbers:
        hint = suggestion(branch, numbers) if numbers else "the scenario does not fork"
        raise BadInput([Fault(f"there is no branch {quoted(branch)}", hint=hint)])
    return numbers[branch]


def _unlike(own: "pd.Series[str]", other: "pd.Series[str]") -> str:
    """What keeps the two cases from being compared at all; empty where nothing does."""
    who = "the parent" if other["role"] == "parent" else str(other["name"])
    if own["focus"] != other["focus"]:
        return f"{who} tells of {other['focus']}"
    if own["end"] != other["end"]:
        return f"{who} ends in {other['end']}"
    if _luck(own) != _luck(other):
        return f"{who} varies {other['uncertainty']}"
    return ""


def _luck(case: "pd.Series[str]") -> list[str]:
    """The kinds of uncertainty that have to be the same for runs to pair."""
    return [kind for kind in case["uncertainty"].split(", ") if kind != THEORY]


def _known(result: Result, measure: str) -> None:
    names = [str(name) for name in result.runs if pd.api.types.is_float_dtype(result.runs[name])]
    if measure not in names:
        raise BadInput([Fault(f"there is no measure {quoted(measure)}", hint=suggestion(measure, names))])


def _values(result: Result, case: int, measure: str) -> Floats:
    """One value a run, NaN where it is not known: in the order of runs."""
    values: Floats = result.runs.loc[result.runs["case"] == case, measure].to_numpy(float)
    return values


def _at_start(result: Result, measure: str) -> float:
    """Value of a measure if all stays as at the start."""
    world = result.manifest["world"]
    starts = {f"final.{dyad}": index for dyad, index in world["dyads"].items()}
    starts |= {
        f"{word}.{track}": rung
        for track, rung in world["start_rungs"].items()
        for word in ("final", "highest")
    }
    starts |= {"cooperation.final": world["start_index"], "cooperation.mean": world["start_index"]}
    if measure not in starts:
        hint = "run a scenario that extends another, or compare one of: " + ", ".join(sorted(starts))
        raise BadInput(
            [Fault(f"{quoted(measure)} has no value at the start, and no parent stands beside", hint=hint)]
        )
    return float(starts[measure])


def _paired(measure: str, values: Floats, against: str) -> Difference:
    known = int(np.isfinite(values).sum())
    return Difference(measure, *mean_interval(values), known, against, paired=True)


def _unpaired(measure: str, mine: Floats, theirs: Floats, against: str) -> Difference:
    known = min(int(np.isfinite(values).sum()) for values in (mine, theirs))
    return Difference(measure, *difference_interval(mine, theirs), known, against, paired=False)
