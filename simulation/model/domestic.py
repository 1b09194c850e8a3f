"""Domestic politics: grievance, favourability, support, elections and turnover."""

import math

from simulation.model.alignment import logistic
from simulation.model.rule import rule


@rule
def unit(x: float) -> float:
    """x held inside [0, 1]."""
    return min(1.0, max(0.0, x))


@rule
def shock_hazard(rate: float, weight: float, stance: float, partner_stance: float) -> float:
    """Chance of an adverse shock in a month: `rate` a year, less where both camps want the partnership.

    Evidence: E02, R36, R37.
    """
    return unit(rate / 12.0 * (1.0 - weight * 0.5 * (stance + partner_stance)))


@rule
def absorption(
    stance: float, cooperation: float, by_stance: float, by_cooperation: float, ceiling: float
) -> float:
    """Share of an adverse shock that a favourable government and built cooperation absorb.

    Evidence: R29, R30, R92.
    """
    return min(ceiling, by_stance * 0.5 * (stance + 1.0) + by_cooperation * cooperation)


@rule
def conciliated(balm: float, stance: float) -> float:
    """What a gesture takes off the receiver's grievance: all of it under a favourable government.

    Evidence: E08, R34, R87.
    """
    return balm * 0.5 * (stance + 1.0)


@rule
def favourability_target(base: float, grievance: float, baseline: float, weight: float) -> float:
    """Favourability toward which opinion moves: its base less the grievance above the baseline.

    Evidence: R51, R53.
    """
    return unit(base - weight * (grievance - baseline))


@rule
def drain(cooperation: float, favourability: float, weight: float) -> float:
    """Support that cooperation with a disliked partner costs in a month.

    Evidence: E28, R85.
    """
    return weight * cooperation * max(0.0, 1.0 - 2.0 * favourability)


@rule
def defeat_chance(swing: float, support: float, base: float) -> float:
    """Chance that the governing camp loses a scheduled election: one half at the country's usual support.

    Evidence: R60, R62, R64, R65.
    """
    return logistic(swing * (base - support))


@rule
def turnover_chance(rate: float, support: float) -> float:
    """Chance in a month that the camp changes without an election: `rate` a year at support one half.

    Evidence: R61, R66, R67.
    """
    return unit(rate / 12.0 * 2.0 * (1.0 - support))


@rule
def normal(a: float, b: float, c: float, d: float) -> float:
    """Nearly normal number (mean 0, sd 1, within 3.46) from four uniforms: their sum, rescaled."""
    return (a + b + c + d - 2.0) * math.sqrt(3.0)
