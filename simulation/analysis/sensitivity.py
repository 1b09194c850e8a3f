"""Which axes of a sweep matter: Sobol indices of a saltelli design, elementary effects of a morris one."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.analysis.sweeps import Reading
from simulation.model.state import Floats
from simulation.sweep.sampling import MORRIS_LEVELS, MORRIS_STEP

RESAMPLES = 1000  # of the bootstrap from which intervals are told
SEED = 1  # of the bootstrap


@dataclass(frozen=True)
class Index:
    """How much an axis matters, with its 95 % interval by bootstrap over the design.

    saltelli: `first` is the share of the variance between cases that the axis makes alone, `whole` the share
    in which it has a part. morris: `first` is the mean effect of a step of two thirds of the range, `whole`
    the mean size of that effect, both in the unit of what is shown. The interval is that of `whole`; `sd`
    is how far effects differ (morris alone).
    """

    axis: str
    first: float
    whole: float
    low: float
    high: float
    sd: float = math.nan


def indices(reading: Reading) -> list[Index]:
    """An index an axis, the largest first; empty where the design has none, or nothing differs."""
    facts = reading.swept.manifest
    tell = _TOLD.get(facts["design"])
    if tell is None:
        return []
    case = reading.swept.table("points")["case"].to_numpy()
    means = reading.means[case]
    if not np.isfinite(means).all() or np.ptp(means) == 0:  # the library would make 0 of it without a word
        return []
    found = tell(facts, means)
    return sorted(found, key=lambda one: -one.whole)


def _sobol(facts: dict[str, Any], means: Floats) -> list[Index]:
    from SALib.analyze import sobol

    axes = facts["coordinates"]
    told = sobol.analyze(_problem(axes), means, calc_second_order=False, num_resamples=RESAMPLES, seed=SEED)
    rows = zip(axes, told["S1"], told["ST"], told["ST_conf"], strict=True)
    return [Index(axis, float(s), float(t), float(max(0.0, t - c)), float(t + c)) for axis, s, t, c in rows]


def _morris(facts: dict[str, Any], means: Floats) -> list[Index]:
    """Effects of a step, told from the points: in each trajectory one coordinate after another changes."""
    from SALib.analyze import morris

    from simulation.sweep.sampling import morris as drawn

    axes = facts["coordinates"]
    points = drawn(facts["base"], len(axes), facts["rng_seed"])
    told = morris.analyze(
        _problem(axes), points, means, num_levels=MORRIS_LEVELS, num_resamples=RESAMPLES, seed=SEED
    )
    columns = (np.ma.filled(told[name]) for name in ("mu", "mu_star", "mu_star_conf", "sigma"))
    return [
        Index(
            axis, *(MORRIS_STEP * float(each) for each in (mu, star, max(0.0, star - conf), star + conf, sd))
        )
        for axis, mu, star, conf, sd in zip(axes, *columns, strict=True)
    ]


def _problem(axes: list[str]) -> dict[str, Any]:
    return {"num_vars": len(axes), "names": axes, "bounds": [[0.0, 1.0]] * len(axes)}


_TOLD: dict[str, Callable[[dict[str, Any], Floats], list[Index]]] = {
    "saltelli": _sobol,
    "morris": _morris,
}
