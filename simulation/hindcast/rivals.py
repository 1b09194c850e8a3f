"""Forecasters that know none of the theory: they learn from the same years as the model, or from less.

Each gives equally likely futures of the focal dyad: rungs (samples, months, tracks) from the origin on.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from simulation.hindcast.chance import Generator
from simulation.hindcast.scores import Floats, Histories

WAYS = (-1, 0, 1)  # fall, stay, rise
PRIOR = 1.0 / 3.0  # months that each way is given beside those seen: one in all
SLOPE = 1.0  # prior standard deviation of what a rung, or a standard deviation of a driver, adds to log odds
PROPOSED = 8  # proposals from which one history's coefficients are taken
DEGREES = 4.0  # of freedom of the proposals: tails heavier than those of what they stand for
FLATTEST = 1e-2  # curvature that a direction is taken to have
LEAST = 1e-300  # chance whose logarithm is still finite


def persistence(start: Histories, months: int) -> Histories:
    """The rungs of the origin (tracks,) for ever: one history."""
    return np.broadcast_to(start, (1, months, start.size)).copy()


def climatology(past: Histories, months: int, samples: int, rng: Generator) -> Histories:
    """Months of the past (months, tracks) at random, each with all its tracks."""
    return past[rng.integers(0, len(past), (samples, months))]


def walk(
    past: Histories,
    start: Histories,
    months: int,
    samples: int,
    tops: tuple[int, ...],
    rng: Generator,
) -> Histories:
    """A driverless random walk: each track falls, stays or rises as often as it did, by the jumps it made.

    How often is uncertain after a few changes: each history has chances of its own, from the Dirichlet
    distribution that the counts of the past leave. Ladders hold the walk at their ends.
    """
    found = np.empty((samples, months, start.size), np.int64)
    for track, top in enumerate(tops):
        moves = np.diff(past[:, track])
        counts = np.array([(np.sign(moves) == way).sum() for way in WAYS])
        chances = rng.dirichlet(counts + PRIOR, samples)
        rung = np.full(samples, start[track])
        for month in range(months):
            rung = np.clip(rung + _jumps(chances, moves, rng), 0, top)
            found[:, month, track] = rung
    return found


def ordered_logit(
    past: Histories,
    told: Floats,
    start: Histories,
    ahead: Floats,
    samples: int,
    tops: tuple[int, ...],
    rng: Generator,
) -> Histories:
    """An ordered logit of next month's way on this month's rung and on the drivers, run forward.

    told: (months, drivers) of the past; ahead: (months, drivers) from the origin on, the same columns.
    The way is to fall, stay or rise, by jumps of the past: a regression of the rung itself would know nothing
    of rungs that the past never held. With slopes of 0 it is the walk, and it is given the same month beside
    those seen. A prior holds slopes near 0, and finite where a driver foretells every move. They stay
    uncertain, so each history has its own. Drivers count from their past mean in past standard deviations;
    one that never moved is left out.
    """
    found = np.empty((samples, len(ahead), start.size), np.int64)
    used = np.ptp(told, axis=0) > 0.0
    centre, spread = told[:, used].mean(axis=0), told[:, used].std(axis=0)
    before, after = ((each[:, used] - centre) / spread for each in (told, ahead))
    for track, top in enumerate(tops):
        rungs = past[:, track]
        moves, middle = np.diff(rungs), rungs.mean()
        beliefs = _learnt(np.sign(moves), np.column_stack([rungs[:-1] - middle, before[1:]]), samples, rng)
        rung = np.full(samples, start[track])
        for month, drivers in enumerate(after):
            columns = np.column_stack([rung - middle, np.broadcast_to(drivers, (samples, drivers.size))])
            rung = np.clip(rung + _jumps(_chances(beliefs, columns), moves, rng), 0, top)
            found[:, month, track] = rung
    return found


def _jumps(chances: Floats, moves: NDArray[np.int64], rng: Generator) -> NDArray[np.int64]:
    """A move a sample: its way by the chances (samples, 3), its size one of the past, or one rung."""
    samples = len(chances)
    u = rng.random(samples)
    found = np.zeros(samples, np.int64)
    for way, chosen in ((-1, u < chances[:, 0]), (1, u >= 1.0 - chances[:, 2])):
        sizes = moves[np.sign(moves) == way]
        found[chosen] = rng.choice(sizes if len(sizes) else np.array([way]), samples)[chosen]
    return found


def _chances(beliefs: Floats, columns: Floats) -> Floats:
    """Chances to fall, stay and rise: (..., 3), from coefficients (..., slopes and two) and columns.

    The last two are the threshold below which a track falls, and the logarithm of how far above it rises.
    """
    at = (beliefs[..., :-2] * columns).sum(axis=-1)
    low = beliefs[..., -2] - at
    high = low + np.exp(beliefs[..., -1])
    falls, rises = expit(low), expit(-high)
    return np.stack([falls, np.maximum(1.0 - falls - rises, 0.0), rises], axis=-1)


def _learnt(ways: NDArray[np.int64], columns: Floats, samples: int, rng: Generator) -> Floats:
    """Coefficients (samples, slopes and two) from their posterior distribution, one set a history.

    The likeliest are found by statsmodels' likelihood; about them proposals are drawn, and taken again as
    often as their posterior density is higher than that of the proposal.
    """
    ways = np.concatenate([ways, WAYS])
    columns = np.vstack([columns, np.zeros((len(WAYS), columns.shape[1]))])
    months = np.concatenate([np.ones(len(ways) - len(WAYS)), np.full(len(WAYS), PRIOR)])
    likeliest, root = _likeliest(tuple(ways), tuple(map(tuple, columns)), tuple(months))
    standard = rng.standard_t(DEGREES, (PROPOSED * samples, len(likeliest)))
    proposed = likeliest + standard @ root.T
    came = _chances(proposed[:, None, :], columns[None])[:, np.arange(len(ways)), ways + 1]
    density = np.log(np.maximum(came, LEAST)) @ months - _pull(proposed)
    density += (DEGREES + 1.0) / 2.0 * np.log1p(standard**2 / DEGREES).sum(axis=1)
    weights = np.exp(density - density.max())
    chosen: Floats = proposed[rng.choice(len(proposed), samples, p=weights / weights.sum())]
    return chosen


@lru_cache(maxsize=32)  # every origin learns from the same years
def _likeliest(
    ways: tuple[int, ...], columns: tuple[tuple[float, ...], ...], months: tuple[float, ...]
) -> tuple[Floats, Floats]:
    """The likeliest coefficients, and a root of their covariance about there."""
    from statsmodels.miscmodels.ordinal_model import OrderedModel
    from statsmodels.tools.numdiff import approx_hess

    model = OrderedModel(np.array(ways), np.array(columns), distr="logit")

    def loss(beliefs: Floats) -> float:
        return float(_pull(beliefs) - np.array(months) @ model.loglikeobs(beliefs))

    begin = np.concatenate([np.zeros(len(columns[0])), [-3.0, np.log(6.0)]])
    likeliest: Floats = minimize(loss, begin, method="BFGS").x
    sizes, axes = np.linalg.eigh(approx_hess(likeliest, loss))
    root: Floats = axes / np.sqrt(np.maximum(sizes, FLATTEST))
    return likeliest, root


def _pull(beliefs: Floats) -> Floats:
    """Minus the logarithm of the prior density, but for the months of PRIOR, up to a constant.

    Slopes are normal. Thresholds make the chances of a month with all columns 0 Dirichlet, as those of the
    walk: what remains of that, beside the months, is how chances change with thresholds.
    """
    slopes, apart = beliefs[..., :-2], beliefs[..., -1]
    falls, stays, rises = np.moveaxis(_chances(beliefs, np.zeros(slopes.shape[-1])), -1, 0)
    change = np.log(np.maximum((1.0 - falls) * (1.0 - rises) / np.maximum(stays, LEAST), LEAST)) + apart
    found: Floats = (slopes**2).sum(axis=-1) / (2.0 * SLOPE**2) - change
    return found
