"""Patronage: what a patron commits, how it brokers, and what its clients fear."""

import math

from simulation.model.rule import rule


@rule
def commitment_level(promised: float, resolve: float, declared: float) -> float:
    """Commitment toward which a patron moves: what its camp keeps of the promise, and declarations.

    Doubt sown can take away what is promised and no more: nobody is committed to less than nothing.

    Evidence: E44, R33, R70, R71.
    """
    return min(1.0, max(0.0, promised * resolve + declared))


@rule
def brokering(effort: float, greatest_threat: float) -> float:
    """How hard a patron works at bringing clients together: its camp's effort times the threat it sees.

    Evidence: E39, R68.
    """
    return effort * greatest_threat


@rule
def brokerage(brokering: float, commitment: float, other_commitment: float) -> float:
    """What brokering achieves between two clients: both must count on the patron.

    Evidence: E39, E42, R24.
    """
    return brokering * math.sqrt(commitment * other_commitment)


@rule
def fear(greatest_threat: float, commitment: float) -> float:
    """Fear of being left alone: the greatest threat, less what a patron is committed to meet.

    Evidence: R82, R83.
    """
    return greatest_threat * (1.0 - commitment)
