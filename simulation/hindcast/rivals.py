"""Forecasters that know none of the theory: they learn from the same years as the model, or from less.

Each gives equally likely futures of the focal dyad: rungs (samples, months, tracks) from the origin on.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from simulation.hindcast.chance import Generator, luck
from simulation.hindcast.scores import Floats, Histories

WAYS = (-1, 0, 1)  # fall, stay, rise
PRIOR = 1.0 / 3.0  # months that each way is given beside those seen: one in all
SLOPE = 1.0  # prior standard deviation of what a rung, or a standard deviation of a driver, adds to log odds
BELIEFS = 2_000  # sets of coefficients that stand for what the past leaves possible
PROPOSED = 8  # proposals for each of them
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
            beliefs = learnt.beliefs[rng.integers(0, BELIEFS, samples)]
            rung = np.full(samples, start[track])
            for month, drivers in enumerate(self._scaled(ahead)[:, learnt.used]):
                told = np.broadcast_to(drivers, (samples, drivers.size))
                chances = _chances(beliefs, np.column_stack([rung - learnt.middle, told]))
                rung = np.clip(rung + _jumps(chances, learnt.moves, rng), 0, top)
                found[:, month, track] = rung
        return found


class _Learnt(NamedTuple):
    """What the logit learnt of a track: its moves, its middle rung, the drivers that it takes, and sets of
    coefficients (BELIEFS, slopes and two), equally likely after the past.
    """

    moves: NDArray[np.int64]
    middle: float
    used: list[int]
    beliefs: Floats


class _Past(NamedTuple):
    """Months of a track: their ways, their columns, how much each counts."""

    ways: NDArray[np.int64]
    columns: Floats
    months: Floats


def _learnt(rungs: NDArray[np.int64], drivers: Floats) -> _Learnt:
    """What the months of a track say, and beside them one month with all columns 0, a third for each way."""
    moves, middle = np.diff(rungs), float(rungs.mean())
    columns = np.column_stack([rungs[:-1] - middle, drivers[1:]])
    columns = np.vstack([columns, np.zeros((len(WAYS), columns.shape[1]))])
    ways = np.concatenate([np.sign(moves), WAYS])
    months = np.concatenate([np.ones(len(moves)), np.full(len(WAYS), PRIOR)])
    best: tuple[float, list[int], _Past, Floats, Floats] | None = None
    for used in _choices(drivers.shape[1]):
        past = _Past(ways, columns[:, [0, *(1 + k for k in used)]], months)
        likeliest, root, evidence = _likeliest(past)
        if best is None or evidence > best[0]:
            best = evidence, used, past, likeliest, root
    assert best is not None
    _, used, past, likeliest, root = best
    return _Learnt(moves, middle, used, _beliefs(past, likeliest, root))


def _choices(many: int) -> list[list[int]]:
    """All drivers, none, or one of them."""
    found = [list(range(many)), [], *([k] for k in range(many))]
    return [each for number, each in enumerate(found) if each not in found[:number]]


def _beliefs(past: _Past, likeliest: Floats, root: Floats) -> Floats:
    """Coefficients from their posterior distribution.

    Proposals are drawn about the likeliest, and taken again as often as their posterior density is higher
    than that of the proposal.
    """
    rng = luck(0, "beliefs")
    standard = rng.standard_t(DEGREES, (PROPOSED * BELIEFS, len(likeliest)))
    proposed = likeliest + standard @ root.T
    chances = _chances(proposed[:, None, :], past.columns[None])
    came = chances[:, np.arange(len(past.ways)), past.ways + 1]
    density = np.log(np.maximum(came, LEAST)) @ past.months - _pull(proposed)
    density += (DEGREES + 1.0) / 2.0 * np.log1p(standard**2 / DEGREES).sum(axis=1)
    weights = np.exp(density - density.max())
    chosen: Floats = proposed[rng.choice(len(proposed), BELIEFS, p=weights / weights.sum())]
    return chosen


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


def _likeliest(past: _Past) -> tuple[Floats, Floats, float]:
    """The likeliest coefficients, a root of their covariance about there, and by both (Laplace's method)
    the logarithm of the likelihood over all coefficients.
    """
    from statsmodels.miscmodels.ordinal_model import OrderedModel
    from statsmodels.tools.numdiff import approx_hess

    model = OrderedModel(past.ways, past.columns, distr="logit")

    def loss(beliefs: Floats) -> float:
        return float(_pull(beliefs) - past.months @ model.loglikeobs(beliefs))

    slopes = past.columns.shape[1]
    begin = np.concatenate([np.zeros(slopes), [-3.0, np.log(6.0)]])
    likeliest: Floats = minimize(loss, begin, method="BFGS").x
    sizes, axes = np.linalg.eigh(approx_hess(likeliest, loss))
    sizes = np.maximum(sizes, FLATTEST)
    root: Floats = axes / np.sqrt(sizes)
    scale = np.log(2.0 * np.pi) / 2.0 * len(sizes)
    return likeliest, root, float(scale - loss(likeliest) - np.log(sizes).sum() / 2.0)


def _pull(beliefs: Floats) -> Floats:
    """Minus the logarithm of the prior density, but for the months of PRIOR.

    Slopes are normal. Thresholds make the chances of a month with all columns 0 Dirichlet, as those of the
    walk: what remains of that, beside the months, is how chances change with thresholds.
    """
    slopes, apart = beliefs[..., :-2], beliefs[..., -1]
    falls, stays, rises = np.moveaxis(_chances(beliefs, np.zeros(slopes.shape[-1])), -1, 0)
    change = np.log(np.maximum((1.0 - falls) * (1.0 - rises) / np.maximum(stays, LEAST), LEAST)) + apart
    normal = ((slopes / SLOPE) ** 2).sum(axis=-1) / 2.0 + slopes.shape[-1] * np.log(
        SLOPE * np.sqrt(2.0 * np.pi)
    )
    found: Floats = normal - change
    return found
