"""Settlement: what proposals, refusals, retreats and coercion bring about."""

from simulation.model.rule import rule


@rule
def refusal_cost(cost: float, grievance: float) -> float:
    """Support that a refused proposal costs: twice as much before a wholly aggrieved public.

    Evidence: R85, R86.
    """
    return cost * (1.0 + grievance)


@rule
def coercion_hazard(rate: float, leverage: float, cooperation: float) -> float:
    """Chance of a coercive strike in a month: it grows with leverage and with what the target has built.

    Evidence: R15, R16, R91.
    """
    return min(1.0, rate / 12.0 * leverage * cooperation)


@rule
def gesture_hazard(rate: float, stance: float, support: float, grievance: float) -> float:
    """Chance of a concession in a month: a favourable camp, support to spend, an aggrieved partner.

    Evidence: E07, E08, E12, R94.
    """
    return min(1.0, rate / 12.0 * max(0.0, stance) * support * grievance)
