"""Forecasters that know none of the theory: they learn from the same years as the model, or from less.

Each gives equally likely futures of the focal dyad: rungs (samples, months, tracks) from the origin on.
"""

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from simulation.hindcast.chance import Generator
from simulation.hindcast.scores import Floats, Histories

WAYS = (-1, 0, 1)  # fall, stay, rise
PRIOR = 1.0 / 3.0  # months that each way is given beside those seen: one in all
LEAST = 1e-4  # chance that a fitted logit leaves to every rung
STEEPEST = 50.0  # a slope beyond this is a perfect separation, which has no finite maximum


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
    """An ordered logit of next month's rung on this month's and on the drivers (statsmodels), run forward.

    past: rungs (months, tracks); told: (months, drivers) of the same months. Drivers are taken as
    deviations from their past mean in past standard deviations; one that never moved is left out. Of the
    fits with all drivers, with each of them alone and with none, the one with the least AIC is taken. A rung
    that the past never held tells the regression nothing, and stays.
    """

    def __init__(self, past: Histories, told: Floats) -> None:
        self.centre, self.spread = told.mean(axis=0), told.std(axis=0)
        before = self._scaled(told)
        self.fits = [_fitted(past[:, track], before) for track in range(past.shape[1])]

    def _scaled(self, drivers: Floats) -> Floats:
        used = self.spread > 0.0
        found: Floats = ((drivers - self.centre) / np.where(used, self.spread, 1.0))[:, used]
        return found

    def forecast(
        self, start: Histories, ahead: Floats, samples: int, tops: tuple[int, ...], rng: Generator
    ) -> Histories:
        """Histories from rungs (tracks,) on; ahead: (months, drivers), the columns that it was fitted on."""
        found = np.empty((samples, len(ahead), start.size), np.int64)
        after = self._scaled(ahead)
        for track, (fit, top) in enumerate(zip(self.fits, tops, strict=True)):
            rung = np.full(samples, start[track])
            for month in range(len(ahead)):
                chances = fit.chances(rung, after[month], top)
                u = rng.random(samples)[:, None]
                rung = (chances.cumsum(axis=1) < u).sum(axis=1).clip(0, top)
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


class _Fit(NamedTuple):
    """A fitted ordered logit: rungs seen, thresholds between them, slopes of lagged rung and drivers."""

    seen: NDArray[np.int64]
    thresholds: Floats
    slopes: Floats

    def chances(self, rung: NDArray[np.int64], drivers: Floats, top: int) -> Floats:
        """Chance of each rung of the ladder next month: (samples, rungs)."""
        at = self.slopes[0] * rung + drivers @ self.slopes[1:]
        upto = expit(self.thresholds[None, :] - at[:, None])
        edges = np.concatenate([np.zeros((len(rung), 1)), upto, np.ones((len(rung), 1))], axis=1)
        found = np.full((len(rung), top + 1), LEAST)
        found[:, self.seen] += np.diff(edges, axis=1)
        known = np.isin(rung, self.seen)
        found[~known] = LEAST + (np.arange(top + 1) == rung[~known, None])
        whole: Floats = found / found.sum(axis=1, keepdims=True)
        return whole


def _fitted(rungs: NDArray[np.int64], drivers: Floats) -> _Fit:
    """The fit with the least AIC, or how often each rung was held."""
    seen = np.unique(rungs)
    many = drivers.shape[1]
    category = np.searchsorted(seen, rungs[1:])
    best, least = None, np.inf
    for used in ([], *([k] for k in range(many)), list(range(many))) if len(np.unique(category)) > 1 else ():
        fit = _by_likelihood(category, np.hstack([rungs[:-1, None], drivers[1:, used]]))
        if fit is not None and fit[2] < least:
            slopes = np.zeros(1 + many)
            slopes[[0, *(1 + k for k in used)]] = fit[1]
            best, least = _Fit(seen, fit[0], slopes), fit[2]
    if best is not None:
        return best
    upto = np.cumsum([(rungs == each).mean() for each in seen])[:-1]
    return _Fit(seen, logit(upto), np.zeros(1 + many))


def _by_likelihood(category: NDArray[np.int64], columns: Floats) -> tuple[Floats, Floats, float] | None:
    """Thresholds, slopes and AIC by maximum likelihood; None where there is no finite maximum."""
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            model = OrderedModel(category, columns, distr="logit")
            found = model.fit(method="bfgs", maxiter=500, disp=False)
        except (ValueError, np.linalg.LinAlgError):
            return None
        thresholds = np.asarray(model.transform_threshold_params(found.params)[1:-1])
    slopes = np.asarray(found.params[: columns.shape[1]])
    well = np.isfinite(thresholds).all() and np.isfinite(slopes).all() and np.abs(slopes).max() < STEEPEST
    return (thresholds, slopes, float(found.aic)) if well else None
