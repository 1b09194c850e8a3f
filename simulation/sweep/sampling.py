"""Points of a design: rows of the unit cube, or places in the lists of values that the axes have.

Every random design is a pure function of its size and of `rng_seed`: asking for more points of a Sobol
design leaves the first ones as they are.
"""

from collections.abc import Sequence

import numpy as np

from simulation.model.state import Floats, Integers

MORRIS_LEVELS = 4
MORRIS_STEP = 2 / 3  # of the unit interval, which those levels divide in three


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


def morris(trajectories: int, axes: int, rng_seed: int) -> Floats:
    """Points for elementary effects: trajectories x (axes + 1) rows.

    Each changes one coordinate after another by a step of MORRIS_STEP, on a lattice of MORRIS_LEVELS.

    Source: M. D. Morris, Factorial sampling plans for preliminary computational experiments (Technometrics
    33, 1991); drawn by SALib.
    """
    from SALib.sample import morris as drawn

    problem = {"num_vars": axes, "names": [str(k) for k in range(axes)], "bounds": [[0.0, 1.0]] * axes}
    found = drawn.sample(problem, trajectories, num_levels=MORRIS_LEVELS, seed=rng_seed % 2**32)
    return np.asarray(found)
