"""How good a forecast of rungs was. Lower is better everywhere.

Histories are equally likely futures of the focal dyad, rungs by month and track: (samples, months, tracks).
What happened has the same shape without samples.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.hindcast.chance import Generator

Histories = NDArray[np.int64]
Floats = NDArray[np.float64]
BINS = 10  # of a histogram of PIT values
PARTS = 20  # of an ensemble, to tell how far its score may lie off


def ranked(histories: Histories, happened: Histories, tops: tuple[int, ...]) -> Floats:
    """Ranked probability score by month and track, as a share of the ladder (0 to 1).

    The mean over k below the top of (P(rung <= k) - [rung on record <= k])^2: the continuous ranked
    probability score of the rung as a share of its ladder, since the rungs of a ladder are equally far apart.
    """
    found = np.empty(happened.shape)
    for track, top in enumerate(tops):
        below = np.arange(top)
        chance = (histories[:, :, track, None] <= below).mean(axis=0)
        found[:, track] = ((chance - (happened[:, track, None] <= below)) ** 2).mean(axis=1)
    return found


def uncertainty(histories: Histories, happened: Histories, tops: tuple[int, ...]) -> float:
    """How far the pooled score may lie off, at 95 %, because histories are so many and not more.

    From the spread of the scores of parts of the ensemble; 0 where there are too few to part.
    """
    if len(histories) < 2 * PARTS:
        return 0.0
    scores = [ranked(part, happened, tops).mean() for part in np.array_split(histories, PARTS)]
    return float(1.96 * np.std(scores, ddof=1) / np.sqrt(PARTS))


def index_of(rungs: Histories, tops: tuple[int, ...], weights: tuple[float, ...]) -> Floats:
    """The cooperation index of rungs (..., tracks), as a share of its scale."""
    shares = np.array(weights) / np.sum(weights) / np.array(tops)
    found: Floats = rungs @ shares
    return found


def crps(samples: Floats, happened: Floats) -> Floats:
    """Continuous ranked probability score of samples (samples, months) of an index, by month.

    E|X - y| - E|X - X'| / 2 over the ensemble as it is.
    """
    ordered = np.sort(samples, axis=0)
    n = len(ordered)
    rank = 2.0 * np.arange(1, n + 1) - n - 1.0
    spread = (rank[:, None] * ordered).sum(axis=0) / n**2
    found: Floats = np.abs(samples - happened).mean(axis=0) - spread
    return found


@dataclass(frozen=True)
class Chances:
    """Forecast chances of events and whether they came: of so many, the Brier and the mean log score."""

    chance: tuple[float, ...]
    came: tuple[bool, ...]

    @property
    def brier(self) -> float:
        """Mean squared difference of chance and outcome."""
        return float(np.mean((np.array(self.chance) - np.array(self.came)) ** 2))

    @property
    def log(self) -> float:
        """Mean of -ln of the chance that was given to what came, in nats."""
        chance, came = np.array(self.chance), np.array(self.came)
        return float(-np.log(np.where(came, chance, 1.0 - chance)).mean())


def reached(histories: Histories, track: int, start: int) -> float:
    """Chance that a track stands above its rung at the origin in some month."""
    return share(int((histories[:, :, track] > start).any(axis=1).sum()), len(histories))


def lost(histories: Histories, track: int, start: int) -> float:
    """Chance that a track stands below its rung at the origin in some month."""
    return share(int((histories[:, :, track] < start).any(axis=1).sum()), len(histories))


def share(hits: int, of: int) -> float:
    """A chance from a count, (hits + 1/2) / (n + 1): no finite sample says never, or always."""
    return (hits + 0.5) / (of + 1.0)


def pit(histories: Histories, happened: Histories, rng: Generator) -> Floats:
    """Randomised probability integral transform by month and track: uniform where the forecast is calibrated.

    Rungs are discrete, so a value is drawn between P(rung < y) and P(rung <= y).
    """
    below = (histories < happened).mean(axis=0)
    upto = (histories <= happened).mean(axis=0)
    found: Floats = below + rng.random(happened.shape) * (upto - below)
    return found


@dataclass(frozen=True)
class Calibration:
    """PIT values in bins, with mean (1/2 where unbiased) and variance (1/12; less: too wide a forecast)."""

    bins: tuple[int, ...]
    mean: float
    variance: float


def calibration(values: Floats) -> Calibration:
    """The bins, mean and variance of PIT values. Months depend on each other: no test rests on them."""
    counts, _ = np.histogram(values, bins=BINS, range=(0.0, 1.0))
    return Calibration(tuple(int(each) for each in counts), float(values.mean()), float(values.var()))
