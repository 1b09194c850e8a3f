"""Whether one forecaster beat another by more than chance, and what the test could have seen.

Months depend on each other so much that a few years hold about three independent points a track: no block
of months can be redrawn. Whole histories can. They are drawn from each of the two forecasters in turn, and
both are scored on each: that is how the difference of scores would be spread if one of them were right.
"""

from dataclasses import dataclass

import numpy as np

from simulation.hindcast.chance import Generator
from simulation.hindcast.scores import Floats, Histories

LEVEL = 0.05  # of the one-sided test
LEAST = 1e-12  # score that a perfect rival is taken to have


@dataclass(frozen=True)
class Contest:
    """skill: 1 - our score / the rival's. gain: the rival's score less ours, pooled over months and tracks.

    under_rival, under_ours: (2.5, 10, 50, 90, 97.5) % of the gain where histories come from the rival, or
    from ours. p: chance of a gain at least this high where the rival is right. power: chance that ours, if
    right, would be told from the rival at 5 %.
    """

    skill: float
    gain: float
    under_rival: tuple[float, ...]
    under_ours: tuple[float, ...]
    p: float
    power: float
    histories: int


QUANTILES = (0.025, 0.1, 0.5, 0.9, 0.975)


def contest(
    ours: Histories,
    rival: Histories,
    happened: Histories,
    tops: tuple[int, ...],
    rng: Generator,
    histories: int = 400,
) -> Contest:
    """Hold ours against a rival. A history is left out of the ensemble that it comes from."""
    curves = [_Curves(each, tops) for each in (ours, rival)]
    ours_scored, rival_scored = (float(curve.scores(happened[None])[0]) for curve in curves)
    gain = rival_scored - ours_scored
    spread = []
    for number, source in enumerate((ours, rival)):
        drawn = rng.choice(len(source), min(histories, len(source)), replace=False)
        truths = source[drawn]
        mine, theirs = (curve.scores(truths, own=number == k) for k, curve in enumerate(curves))
        spread.append(theirs - mine)
    right, wrong = spread
    bar = np.quantile(wrong, 1.0 - LEVEL)
    return Contest(
        gain / max(rival_scored, LEAST),
        gain,
        tuple(float(x) for x in np.quantile(wrong, QUANTILES)),
        tuple(float(x) for x in np.quantile(right, QUANTILES)),
        float((1 + (wrong >= gain).sum()) / (1 + len(wrong))),
        float((right > bar).mean()),
        len(wrong),
    )


class _Curves:
    """The cumulative chances of an ensemble, by month and track, ready to score many truths."""

    def __init__(self, ensemble: Histories, tops: tuple[int, ...]) -> None:
        self.n = len(ensemble)
        self.tops = tops
        self.upto = [(ensemble[:, :, t, None] <= np.arange(top)).mean(axis=0) for t, top in enumerate(tops)]

    def scores(self, truths: Histories, own: bool = False) -> Floats:
        """The pooled score of each truth (truths, months, tracks), left out of the ensemble if its own."""
        total = np.zeros(len(truths))
        for track, top in enumerate(self.tops):
            came = truths[:, :, track, None] <= np.arange(top)
            chance = self.upto[track]
            if own and self.n > 1:
                chance = (chance * self.n - came) / (self.n - 1)
            total += ((chance - came) ** 2).mean(axis=(1, 2))
        return total / len(self.tops)
