"""Frustration and energy of a configuration, and what a move changes.

A configuration says of each country on which of two sides it stands: `x` holds 1.0 or -1.0. Couplings are
w_ij = s_i s_j p_ij, with 0 on the diagonal. All of it is for symmetric propensities.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.landscape.compiled import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Steps = NDArray[np.int8]

SAME = 1e-9
"""Share of what a country has at stake within which two energies are equal: rounding is far below it."""


def couplings(sizes: Floats, propensities: Floats) -> Floats:
    """w_ij = s_i s_j p_ij (size squared times propensity); the diagonal is 0. Stacks of runs go in front."""
    w = sizes[..., :, None] * sizes[..., None, :] * propensities
    own = np.arange(w.shape[-1])
    w[..., own, own] = 0.0
    return np.ascontiguousarray(w)


def frustration(sizes: Floats, propensities: Floats, x: Floats) -> Floats:
    """F_i = sum of s_j p_ij over the countries j on the other side (size times propensity): equation 1."""
    apart = (x[:, None] != x[None, :]).astype(float)
    found: Floats = (propensities * apart * sizes[None, :]).sum(axis=1)
    return found


def energy(w: Floats, x: Floats) -> float:
    """Sum of w_ij over the ordered pairs that stand on different sides: equations 2 and 3."""
    return float(w[x[:, None] != x[None, :]].sum())


def rises(w: Floats, x: Floats) -> Floats:
    """How far the energy rises when each country alone changes sides: 2 s_k times the rise of F_k."""
    found: Floats = 2.0 * x * (w @ x)
    return found


def slack(w: Floats) -> Floats:
    """By country, the difference of energy that counts as none. Stacks of runs go in front."""
    found: Floats = SAME * np.abs(w).sum(axis=-1)
    return found


@compiled
def place(x: Floats, h: Floats, w: Floats, configuration: int) -> None:
    """Set x to a configuration, and h to the pull w x on each country.

    Bit k - 1 of a configuration is 1 where country k stands apart from country 0, which stands at 1.
    """
    n = x.size
    x[0] = 1.0
    for k in range(1, n):
        x[k] = -1.0 if (configuration >> (k - 1)) & 1 else 1.0
    for k in range(n):
        total = 0.0
        for j in range(n):
            total += w[k, j] * x[j]
        h[k] = total


@compiled
def move(x: Floats, h: Floats, w: Floats, k: int) -> None:
    """Let country k change sides."""
    x[k] = -x[k]
    twice = 2.0 * x[k]
    for j in range(x.size):
        h[j] += twice * w[k, j]


@compiled
def height(x: Floats, h: Floats, whole: float) -> float:
    """Energy of a configuration whose pulls are known; `whole` is the sum of all couplings."""
    held = 0.0
    for k in range(x.size):
        held += x[k] * h[k]
    return (whole - held) / 2.0


@compiled
def steepest(x: Floats, h: Floats, loose: Floats, widest: float) -> tuple[int, bool]:
    """The country whose move lowers the energy most, and whether another would lower it as much.

    Of equals the first. -1 where every move raises the energy, -2 where none lowers it and one leaves it.
    """
    least, lowers, equal = np.inf, False, False
    for k in range(x.size):
        rise = 2.0 * x[k] * h[k]
        least = min(least, rise)
        lowers = lowers or rise < -loose[k]
        equal = equal or abs(rise) <= loose[k]
    if not lowers:
        return (-2 if equal else -1), False
    first, count = -1, 0
    for k in range(x.size):
        if 2.0 * x[k] * h[k] <= least + widest:
            first = k if first < 0 else first
            count += 1
    return first, count > 1


def sides_of(configuration: int, countries: int) -> Floats:
    """The sides, 1.0 or -1.0, of a configuration that is written as a number (see `place`)."""
    bits = (configuration >> np.arange(countries - 1)) & 1
    return np.concatenate([[1.0], 1.0 - 2.0 * bits])
