"""Points of a design: rows of the unit cube, or places in the lists of values that the axes have.

Every random design is a pure function of its size and of `rng_seed`: asking for more points of a Sobol
design leaves the first ones as they are.
"""

from collections.abc import Sequence

import numpy as np

from simulation.model.state import Floats, Integers


def grid(sizes: Sequence[int]) -> Integers:
    """Every combination of places 0 .. size - 1, (cases, axes); the last axis changes fastest."""
    return np.indices(tuple(sizes)).reshape(len(sizes), -1).T.copy()


def places(u: Floats, size: int) -> Integers:
    """Which of `size` values each coordinate means: as many points to each as can be."""
    return np.minimum((u * size).astype(np.int64), size - 1)


def lhs(cases: int, axes: int, rng_seed: int) -> Floats:
    """A Latin hypercube: one point in each of `cases` slices of every axis. (cases, axes)."""
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(axes, rng=rng_seed).random(cases))


def sobol(cases: int, axes: int, rng_seed: int) -> Floats:
    """The first points of a scrambled Sobol sequence. (cases, axes)."""
    from scipy.stats import qmc

    engine = qmc.Sobol(axes, scramble=True, rng=rng_seed)
    whole = 1 << max(0, cases - 1).bit_length()  # a power of two: what SciPy balances, and warns without
    return np.asarray(engine.random(whole))[:cases]


def saltelli(base: int, axes: int, rng_seed: int) -> Floats:
    """Points from which first-order and total Sobol indices can be told: base x (axes + 2) rows.

    Of each of `base` pairs of points A and B come A, then A with one coordinate after another taken from
    B, then B.

    Source: A. Saltelli et al., Variance based sensitivity analysis of model output (Comput. Phys. Commun.
    181, 2010).
    """
    pairs = sobol(base, 2 * axes, rng_seed)
    a, b = pairs[:, :axes], pairs[:, axes:]
    rows = np.repeat(a[:, None, :], axes + 2, axis=1)
    for k in range(axes):
        rows[:, k + 1, k] = b[:, k]
    rows[:, axes + 1] = b
    return rows.reshape(base * (axes + 2), axes)
