"""From a bank and a summary to a posterior: approximate Bayesian computation with regression.

Which summaries matter is asked of the bank itself: each parameter is predicted from all summaries, and the
predictions take their place (P. Fearnhead and D. Prangle, Constructing summary statistics for approximate
Bayesian computation, JRSS B 74, 2012). The nearest draws are kept and carried to the observed summary by a
weighted linear regression (M. A. Beaumont, W. Zhang and D. J. Balding, Approximate Bayesian computation in
population genetics, Genetics 162, 2002), on the log-odds of a value between its bounds, so that none leaves
them. Where a prediction lies beyond what the bank holds, it is taken to its edge: a regression says nothing
of where no draw went.

The bank serves every question alike: what the record says, and whether the method finds the parameters of
histories whose parameters are known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from simulation.calibration.bank import Bank
from simulation.hindcast.chance import Generator
from simulation.hindcast.scores import Floats

INSIDE = 1e-6  # of the range: how far a value is kept from its bounds, where log-odds are infinite
TIES = 1e-6  # by how much a little is left to the furthest: many histories never move, and lie equally far
EDGE = 0.01  # share of the bank beyond which a prediction is taken to the edge
SPEAKS = 0.02  # share of a parameter's variance that summaries have to foretell for it to enter the distance


@dataclass(frozen=True)
class Posterior:
    """Equally likely draws (draws, paths), and the effective size before they were drawn.

    edge: (paths,) whether what the summary foretells of a value lay beyond what the bank holds.
    """

    rows: Floats
    effective: float
    edge: NDArray[np.bool_]


class Method:
    """A bank made ready for questions."""

    def __init__(self, bank: Bank, ranges: Floats, keep: int) -> None:
        """ranges: (paths, 2) lowest and highest of each; keep: how many near draws answer a question."""
        self.ranges = ranges
        self.keep = keep
        width = ranges[:, 1] - ranges[:, 0]
        shares = np.clip((bank.values - ranges[:, 0]) / width, INSIDE, 1.0 - INSIDE)
        self.odds: Floats = logit(shares)
        self.centre, spread = bank.summaries.mean(axis=0), bank.summaries.std(axis=0)
        self.spread = np.where(spread > 0.0, spread, 1.0)
        summaries = self._scaled(bank.summaries)
        design = np.column_stack([np.ones(len(summaries)), summaries])
        self.slopes, *_ = np.linalg.lstsq(design, self.odds, rcond=None)
        predicted = design @ self.slopes
        self.foretold: Floats = predicted.var(axis=0) / self.odds.var(axis=0)
        self.speaks = self.foretold > SPEAKS
        self.features = predicted[:, self.speaks]
        self.scale = self.features.std(axis=0)
        self.edges: Floats = np.quantile(self.features, (EDGE, 1.0 - EDGE), axis=0)

    def _scaled(self, summaries: Floats) -> Floats:
        found: Floats = (summaries - self.centre) / self.spread
        return found

    def posterior(self, summary: Floats, rng: Generator, without: int | None = None) -> Posterior:
        """The posterior given a summary (summaries,); draw `without` of the bank is left out of it."""
        at = np.concatenate([[1.0], self._scaled(summary)]) @ self.slopes[:, self.speaks]
        edge = np.zeros(len(self.speaks), bool)
        edge[self.speaks] = (at < self.edges[0]) | (at > self.edges[1])
        at = np.clip(at, *self.edges)
        away = (self.features - at) / self.scale
        distance = np.sqrt((away**2).sum(axis=1))
        if without is not None:
            distance[without] = np.inf
        near = np.argpartition(distance, self.keep)[: self.keep]
        furthest = max(distance[near].max() * (1.0 + TIES), TIES)
        weights = 1.0 - (distance[near] / furthest) ** 2
        root = np.sqrt(weights)[:, None]
        design = np.column_stack([np.ones(len(near)), away[near]])
        slopes, *_ = np.linalg.lstsq(design * root, self.odds[near] * root, rcond=None)
        moved = self.odds[near] - away[near] @ slopes[1:]
        chosen = rng.choice(len(near), len(near), p=weights / weights.sum())
        low, high = self.ranges.T
        rows = low + (high - low) * expit(moved[chosen])
        return Posterior(rows, float(weights.sum() ** 2 / (weights**2).sum()), edge)
