"""Provocation: how many hostile acts a challenger commits in a month."""

import math

from simulation.model.rule import rule
from simulation.scenario.profiles import HIGHEST_TEMPO

STEEPEST = 3.0  # log-rate beyond which cover and response no longer move the rate
MOST_DAYS = 1000
MOST_ACTS = 5000


@rule
def monthly_rate(tempo: float, cover: float, response: float, coalition: float, pause: float) -> float:
    """Acts a month: tempo (acts a year) under cover, in response to the coalition faced, less the pause.

    `cover` and `coalition` are differences from the reference month, `pause` the share that stops.

    Evidence: E30, E51, R08, R84, R96.
    """
    push = min(STEEPEST, max(-STEEPEST, cover + response * coalition))
    return tempo / 12.0 * math.exp(push) * (1.0 - pause)


@rule
def walked(deviation: float, persistence: float, spread: float, shock: float) -> float:
    """Next deviation of a walk (AR(1), acts a year): the share that persists, and a shock of this spread."""
    return persistence * deviation + spread * shock


@rule
def held(tempo: float, deviation: float, low: float, high: float) -> float:
    """Tempo (acts a year) with a deviation inside [low, high], itself inside its bounds."""
    return min(HIGHEST_TEMPO, max(0.0, tempo + min(high, max(low, deviation))))


@rule
def poisson(u: float, mean: float) -> int:
    """Poisson number with this mean at probability u in (0, 1), by inversion; mean at most 500.

    Evidence: R06.
    """
    mass = math.exp(-min(mean, 500.0))
    below = mass
    count = 0
    while u > below and count < MOST_DAYS:
        count += 1
        mass *= mean / count
        below += mass
    return count


@rule
def burst_total(u: float, days: int, burst: float) -> int:
    """Acts on `days` days with a geometric number (mean `burst`) on each, at probability u, by inversion.

    Evidence: R06.
    """
    if days == 0 or burst <= 1.0:
        return days
    stop = 1.0 / burst
    mass = 1.0
    for _ in range(days):
        mass *= stop
    below = mass
    extra = 0
    while u > below and extra < MOST_ACTS:
        mass *= (days + extra) / (extra + 1.0) * (1.0 - stop)
        extra += 1
        below += mass
    return days + extra
