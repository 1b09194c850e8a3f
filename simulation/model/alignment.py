"""Alignment: what one country gains from a further rung with another, and how it chooses."""

import math

from simulation.model.rule import rule
from simulation.model.state import Floats

NEWTON_STEPS = 40


@rule
def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-min(x, 700.0)))
    grown = math.exp(max(x, -700.0))
    return grown / (1.0 + grown)


@rule
def weigh(weights: Floats, terms: tuple[float, ...]) -> float:
    """Utility: the weighted sum of the terms, always in the order of TERMS.

    Written out: compiled code asks a tuple for its k-th element through a switch, five times as slow.
    """
    w, t = weights, terms
    total: float = (
        w[0] * t[0] + w[1] * t[1] + w[2] * t[2] + w[3] * t[3] + w[4] * t[4] + w[5] * t[5] + w[6] * t[6]
        + w[7] * t[7] + w[8] * t[8] + w[9] * t[9] + w[10] * t[10] + w[11] * t[11] + w[12] * t[12]
    )  # fmt: skip
    return total


@rule
def cost(base: float, step: float, rung: int) -> float:
    """Cost of holding a rung.

    Evidence: E28, R85.
    """
    return base + step * rung


@rule
def lock_in(first: float, step: float, growth: float, rung: int, brokered: float) -> float:
    """What leaving a rung costs: it grows faster than the cost of holding it, and a patron adds to it.

    Evidence: R24, R92, R98.
    """
    return first + (step + growth) * (rung - 1) + brokered


@rule
def advance_chance(precision: float, utility: float, cost_above: float) -> float:
    """Chance that a country with a revision in hand proposes (or accepts) the rung above.

    Evidence: R93.
    """
    return logistic(precision * (utility - cost_above))


@rule
def retreat_chance(precision: float, utility: float, cost_here: float, lock_in: float) -> float:
    """Chance that a country with a revision in hand leaves the rung it holds.

    Evidence: R92, R93.
    """
    return logistic(precision * (cost_here - lock_in - utility))


@rule
def logit(probability: float) -> float:
    """Log-odds of a probability in (0, 1)."""
    return math.log(probability / (1.0 - probability))


@rule
def rest_margin(precision: float, step: float, rung: int, top: int, lock: float, rest: float) -> float:
    """Utility above base at which a rung neither rises nor falls on average.

    Inside the ladder a step up needs a proposal and an acceptance, so rest means
    advance squared = retreat. With z = exp(-precision * (margin - step * (rung + 1))) that is the
    cubic z^3 + 2 z^2 = exp(precision * (step + lock)), whose one positive root Newton's method finds
    from above. At the ends of the ladder only one way is open, taken with chance `rest`.
    """
    if rung == 0:
        return step + logit(math.sqrt(rest)) / precision
    if rung == top:
        return step * rung - lock - logit(rest) / precision
    kappa = min(600.0, precision * (step + lock))
    target = math.exp(kappa)
    z = math.exp(kappa / 3.0)
    for _ in range(NEWTON_STEPS):
        move = (z * z * (z + 2.0) - target) / (z * (3.0 * z + 4.0))
        z -= move
        if move <= 1e-14 * z:
            break
    return step * (rung + 1) - math.log(z) / precision
