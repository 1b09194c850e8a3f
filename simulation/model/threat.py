"""Threat: how acts become a reading of intent, and intent a threat (Walt's four sources)."""

import math

from simulation.model.rule import rule

LN2 = math.log(2.0)


@rule
def power(x: float, exponent: float) -> float:
    """x to a real exponent for x >= 0, with 0 to the power 0 equal to 1."""
    if x <= 0.0:
        return 1.0 if exponent == 0.0 else 0.0
    return math.exp(exponent * math.log(x))


@rule
def half_life_rate(months: float) -> float:
    """Share of a gap that closes in one month when half of it closes in `months` months."""
    return 1.0 - math.exp(-LN2 / months)


@rule
def toward(x: float, target: float, rate: float) -> float:
    """x moved by `rate` of its gap to the target."""
    return x + rate * (target - x)


@rule
def dose(felt: float, reference: float) -> float:
    """Felt acts in the unit of the signal: ln 2 at the challenger's reference monthly tempo.

    Evidence: E21.
    """
    return LN2 * felt / reference if reference > 0.0 else 0.0


@rule
def signal(dose: float, built: float) -> float:
    """Signal of hostility in [0, 1): one half at the reference tempo, raised by what rivals build.

    Evidence: E21, R84.
    """
    received = dose + built
    return 1.0 - math.exp(-received) if received > 0.0 else 0.0


@rule
def expected_signal(days: float, burst: float, dose_of_one: float) -> float:
    """Mean signal of a month of Poisson days with a geometric number of acts a day.

    `days` is the mean number of days with acts, `burst` the mean acts on such a day, `dose_of_one`
    the dose of a single act. The generating function of the burst gives it in closed form.

    Evidence: E21, R06.
    """
    survive = math.exp(-dose_of_one)
    stop = 1.0 / burst
    generating = stop * survive / (1.0 - (1.0 - stop) * survive)
    return max(0.0, 1.0 - math.exp(days * (generating - 1.0)))


@rule
def raised_floor(floor: float, analogy: float) -> float:
    """Floor of intent after a peer's war has raised it by `analogy` of the room left.

    Evidence: E50, R89.
    """
    return floor + (1.0 - floor) * analogy


@rule
def resting_intent(floor: float, signal: float) -> float:
    """Intent at which readings rest under a steady signal: the floor, and the signal above it.

    Evidence: R88.
    """
    return floor + (1.0 - floor) * signal


@rule
def reach(
    capability: float, proximity: float, offence: float, alpha: float, beta: float, gamma: float
) -> float:
    """What a country could do to another: capability, nearness and offensive posture.

    Evidence: R81.
    """
    return power(capability, alpha) * power(proximity, beta) * power(offence, gamma)


@rule
def threat(reach: float, intent: float, delta: float) -> float:
    """Threat: reach times intent to the power delta.

    Evidence: R81.
    """
    return reach * power(intent, delta) if reach > 0.0 else 0.0


@rule
def shared_rest(target: float, others: float, rate: float, pull: float) -> float:
    """Intent at which a reading rests that moves toward its target, and is pulled to its partners' mean.

    Evidence: E32.
    """
    own = (1.0 - pull) * rate
    return (own * target + pull * others) / (own + pull)
