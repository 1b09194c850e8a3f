"""Whether the rows of a sweep come out again: some cases of it, computed anew and compared."""

from dataclasses import dataclass

import numpy as np

from simulation.engines.ensemble import run_block
from simulation.engines.kernels import compile_kernels
from simulation.model.state import Floats
from simulation.results.sweeps import Swept, task_of
from simulation.results.tables import Case, runs_of

SAME, NEAR, DIFFERENT = "same bytes", "same within 1e-9", "different"
CLOSE = 1e-9  # another processor or libm may differ in a last bit
_HALF = 0x9E3779B97F4A7C15  # the golden ratio in 64 bits: multiples of it are spread evenly


@dataclass(frozen=True)
class Verdict:
    """How many runs of how many cases were executed again, and the worst of what came out.

    `differing` are the cases whose rows differ, with the largest difference of a measure.
    """

    verdict: str
    cases: tuple[int, ...]
    runs: int
    differing: dict[int, float]


def verify(swept: Swept, share: float) -> Verdict:
    """Compute a share of the cases again, at least one."""
    swept.check_whole()
    task = task_of(swept.folder)
    cases = sample(len(task.cases), share)
    plan = task.cases.plan(0)
    compile_kernels(len(plan.codes), len(plan.scenario.world.camps), plan.vectors.base.size)
    worst, differing, executed = SAME, {}, 0
    for case in cases:
        plan = task.cases.plan(case)
        theirs = swept.case_rows("runs", case)
        mine = runs_of(Case(case, "case", plan, run_block(plan, 0, len(theirs))))
        executed += len(theirs)
        if mine.equals(theirs):
            continue
        gap = _gap(
            mine.select_dtypes("number").to_numpy(float), theirs.select_dtypes("number").to_numpy(float)
        )
        differing[case] = gap
        worst = DIFFERENT if gap > CLOSE or worst == DIFFERENT else NEAR
    return Verdict(worst, cases, executed, differing)


def sample(cases: int, share: float) -> tuple[int, ...]:
    """Which cases: spread over all of them, and the same ones every time."""
    count = max(1, min(cases, round(share * cases)))
    order = sorted(range(cases), key=lambda case: (case * _HALF) % 2**64)
    return tuple(sorted(order[:count]))


def _gap(mine: Floats, theirs: Floats) -> float:
    """The largest difference between two tables; infinite where they have other rows, or other gaps."""
    if mine.shape != theirs.shape or (np.isnan(mine) != np.isnan(theirs)).any():
        return float("inf")
    return float(np.nanmax(np.abs(mine - theirs), initial=0.0))
