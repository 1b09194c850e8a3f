"""Forecasters that know none of the theory: they learn from the same years as the model, or from less.

Each gives equally likely futures of the focal dyad: rungs (samples, months, tracks) from the origin on.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from simulation.hindcast.chance import Generator
from simulation.hindcast.scores import Floats, Histories

WAYS = (-1, 0, 1)  # fall, stay, rise
PRIOR = 1.0 / 3.0  # months that each way is given beside those seen: one in all
SLOPE = 1.0  # prior standard deviation of what a rung, or a standard deviation of a driver, adds to log odds
NONE = 0.01  # the same of a driver that is left out
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


class OrderedLogit:
    """An ordered logit of next month's way on this month's rung and on drivers (statsmodels), run forward.

    past: rungs (months, tracks); told: (months, drivers) of the same months. The way is to fall, stay or
    rise, by jumps of the past: a regression of the rung itself would know nothing of rungs that the past
    never held. With slopes of 0 it is the walk, and it is given the same month beside those seen. A prior
    holds slopes near 0, and finite where a driver foretells every move. They stay uncertain, so each history
    has its own. Drivers count from their past mean in past standard deviations; one that never moved is left
    out. A track takes all drivers, one or none, by what makes its past likeliest over all coefficients.
    """

    def __init__(self, past: Histories, told: Floats) -> None:
        self.used = np.ptp(told, axis=0) > 0.0
        self.centre, self.spread = told[:, self.used].mean(axis=0), told[:, self.used].std(axis=0)
        before = self._scaled(told)
        self.tracks = [_learnt(rungs, before) for rungs in past.T]

    def _scaled(self, drivers: Floats) -> Floats:
        found: Floats = (drivers[:, self.used] - self.centre) / self.spread
        return found

    def forecast(
        self, start: Histories, ahead: Floats, samples: int, tops: tuple[int, ...], rng: Generator
    ) -> Histories:
        """Histories from rungs (tracks,) on; ahead: (months, drivers), the columns that it was fitted on."""
        found = np.empty((samples, len(ahead), start.size), np.int64)
        for track, (learnt, top) in enumerate(zip(self.tracks, tops, strict=True)):
            beliefs = learnt.beliefs(samples, rng)
            rung = np.full(samples, start[track])
            for month, drivers in enumerate(self._scaled(ahead)):
                told = np.broadcast_to(drivers, (samples, drivers.size))
                chances = _chances(beliefs, np.column_stack([rung - learnt.middle, told]))
                rung = np.clip(rung + _jumps(chances, learnt.moves, rng), 0, top)
                found[:, month, track] = rung
        return found


class _Learnt(NamedTuple):
    """What the logit learnt of a track: months by way and columns, how much each counts, the likeliest
    coefficients, a root of their covariance about there, and prior standard deviations of slopes.
    """

    moves: NDArray[np.int64]
    middle: float
    ways: NDArray[np.int64]
    columns: Floats
    months: Floats
    sd: Floats
    likeliest: Floats
    root: Floats

    def beliefs(self, samples: int, rng: Generator) -> Floats:
        """Coefficients (samples, slopes and two) from their posterior distribution, one set a history.

        Proposals are drawn about the likeliest, and taken again as often as their posterior density is
        higher than that of the proposal.
        """
        standard = rng.standard_t(DEGREES, (PROPOSED * samples, len(self.likeliest)))
        proposed = self.likeliest + standard @ self.root.T
        chances = _chances(proposed[:, None, :], self.columns[None])
        came = chances[:, np.arange(len(self.ways)), self.ways + 1]
        density = np.log(np.maximum(came, LEAST)) @ self.months - _pull(proposed, self.sd)
        density += (DEGREES + 1.0) / 2.0 * np.log1p(standard**2 / DEGREES).sum(axis=1)
        weights = np.exp(density - density.max())
        chosen: Floats = proposed[rng.choice(len(proposed), samples, p=weights / weights.sum())]
        return chosen


def _learnt(rungs: NDArray[np.int64], drivers: Floats) -> _Learnt:
    """What the months of a track say, and beside them one month with all columns 0, a third for each way."""
    moves, middle = np.diff(rungs), float(rungs.mean())
    columns = np.column_stack([rungs[:-1] - middle, drivers[1:]])
    columns = np.vstack([columns, np.zeros((len(WAYS), columns.shape[1]))])
    ways = np.concatenate([np.sign(moves), WAYS])
    months = np.concatenate([np.ones(len(moves)), np.full(len(WAYS), PRIOR)])
    fits = []
    many = drivers.shape[1]
    for used in (np.ones(many), np.zeros(many), *np.eye(many)):
        sd = np.concatenate([[SLOPE], np.where(used, SLOPE, NONE)])
        likeliest, root, evidence = _likeliest(ways, columns, months, sd)
        fits.append((evidence, _Learnt(moves, middle, ways, columns, months, sd, likeliest, root)))
    return max(fits, key=lambda each: each[0])[1]


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


def _likeliest(
    ways: NDArray[np.int64], columns: Floats, months: Floats, sd: Floats
) -> tuple[Floats, Floats, float]:
    """The likeliest coefficients, a root of their covariance about there, and by both (Laplace's method)
    the logarithm of the likelihood over all coefficients.
    """
    from statsmodels.miscmodels.ordinal_model import OrderedModel
    from statsmodels.tools.numdiff import approx_hess

    model = OrderedModel(ways, columns, distr="logit")

    def loss(beliefs: Floats) -> float:
        return float(_pull(beliefs, sd) - months @ model.loglikeobs(beliefs))

    begin = np.concatenate([np.zeros(columns.shape[1]), [-3.0, np.log(6.0)]])
    likeliest: Floats = minimize(loss, begin, method="BFGS").x
    sizes, axes = np.linalg.eigh(approx_hess(likeliest, loss))
    sizes = np.maximum(sizes, FLATTEST)
    root: Floats = axes / np.sqrt(sizes)
    return likeliest, root, float(-loss(likeliest) - np.log(sizes).sum() / 2.0)


def _pull(beliefs: Floats, sd: Floats) -> Floats:
    """Minus the logarithm of the prior density, but for the months of PRIOR, up to a constant.

    Slopes are normal. Thresholds make the chances of a month with all columns 0 Dirichlet, as those of the
    walk: what remains of that, beside the months, is how chances change with thresholds.
    """
    slopes, apart = beliefs[..., :-2], beliefs[..., -1]
    falls, stays, rises = np.moveaxis(_chances(beliefs, np.zeros(slopes.shape[-1])), -1, 0)
    change = np.log(np.maximum((1.0 - falls) * (1.0 - rises) / np.maximum(stays, LEAST), LEAST)) + apart
    found: Floats = ((slopes / sd) ** 2).sum(axis=-1) / 2.0 + np.log(sd).sum() - change
    return found
