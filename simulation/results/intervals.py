"""95 % intervals of a mean, a difference of means and a probability, for Monte Carlo error alone.

NaN wherever there is nothing to draw one from.
"""

import math
from functools import lru_cache

import numpy as np

from simulation.model.state import Floats

UPPER = 0.975  # quantile at the upper end of an interval of 95 %
NORMAL = 1.959963984540054  # that quantile of a normal


def mean_interval(values: Floats) -> tuple[float, float, float]:
    """Mean of the values that are known and its interval by Student's t: of two values on."""
    mean, variance, count = _moments(values)
    half = student(count - 1) * math.sqrt(variance)
    return mean, mean - half, mean + half


def difference_interval(mine: Floats, theirs: Floats) -> tuple[float, float, float]:
    """Difference of two means of independent values and its interval by Student's t, freedom by Welch."""
    (mean, a, n), (other, b, k) = _moments(mine), _moments(theirs)
    both = a + b
    freedom = both**2 / (a**2 / (n - 1) + b**2 / (k - 1)) if both > 0 else math.inf
    half = student(freedom) * math.sqrt(both)
    return mean - other, mean - other - half, mean - other + half


def wilson(hits: int, runs: int) -> tuple[float, float]:
    """Interval of a probability from `hits` of `runs` (Wilson)."""
    if runs == 0:
        return 0.0, 1.0
    share, z = hits / runs, NORMAL
    centre = (share + z * z / (2 * runs)) / (1 + z * z / runs)
    half = z / (1 + z * z / runs) * math.sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs))
    return (0.0 if hits == 0 else centre - half), (1.0 if hits == runs else centre + half)


def _moments(values: Floats) -> tuple[float, float, int]:
    """Mean of what is known, the variance of that mean, and how many are known."""
    known = values[~np.isnan(values)]
    mean = float(known.mean()) if known.size else math.nan
    return mean, float(known.var(ddof=1)) / known.size if known.size > 1 else math.nan, known.size


@lru_cache(maxsize=256)
def student(freedom: float) -> float:
    """Standard errors from a mean to the end of its interval; NaN without a degree of freedom."""
    from scipy.special import stdtrit  # a tenth of what starting takes: not for those who never ask

    return float(stdtrit(freedom, UPPER)) if freedom > 0 else math.nan
