"""What becomes of the month's choices, and the coercion they invite."""

from simulation.model.decision import resting_base
from simulation.model.domestic import unit
from simulation.model.rule import rule
from simulation.model.settlement import coercion_hazard, refusal_cost
from simulation.model.state import (
    ACCEPTED,
    FREE,
    HELD,
    LEFT,
    REFUSALS,
    REFUSED,
    STRIKES,
    Drivers,
    Luck,
    Setting,
    State,
)
from simulation.model.threat import toward
from simulation.model.vector import TRACKS, Parameters


@rule
def settle(i: int, s: State, p: Parameters) -> None:
    """Carry out what became of i's revisions: up a rung, refused, or down a rung.

    Evidence: R29, R42, R85, R87.
    """
    for j in range(s.support.size):
        for a in range(TRACKS):
            outcome = s.outcome[i, j, a]
            if outcome == ACCEPTED:
                move(i, j, a, 1, p.trust_gain, s)
            elif outcome == REFUSED:
                s.support[i] = unit(s.support[i] - refusal_cost(p.refusal_cost, s.grievance[i, j]))
                s.tally[REFUSALS, i, j] += 1
            elif outcome == LEFT:
                move(i, j, a, -1, -p.trust_loss, s)
                s.hurt[j, i] += p.retreat_hurt


@rule
def relive(m: int, s: State, p: Parameters, w: Setting, d: Drivers) -> None:
    """Where history holds the focal dyad, its rungs of month m stand in place of what was chosen.

    Trust moves with each rung as it would by choice; nobody is hurt, since a record says what fell and not
    who left.

    Evidence: R87.
    """
    i, j = w.focus[0], w.focus[1]
    for a in range(TRACKS):
        rung = d.past[m, a]
        if rung != FREE:
            s.outcome[i, j, a] = HELD
            s.outcome[j, i, a] = HELD
            while s.rung[i, j, a] < rung:
                move(i, j, a, 1, p.trust_gain, s)
            while s.rung[i, j, a] > rung:
                move(i, j, a, -1, -p.trust_loss, s)
            s.base[i, j, a] += (resting_base(i, j, a, 0.0, s, p, w) - s.base[i, j, a]) / (m + 1.0)
            s.base[j, i, a] += (resting_base(j, i, a, 0.0, s, p, w) - s.base[j, i, a]) / (m + 1.0)


@rule
def move(i: int, j: int, a: int, step: int, trust: float, s: State) -> None:
    """One rung up or down on track a, and what it does to trust on both sides."""
    rung = s.rung[i, j, a] + step
    s.rung[i, j, a] = rung
    s.rung[j, i, a] = rung
    s.trust[i, j] = unit(s.trust[i, j] + trust)
    s.trust[j, i] = unit(s.trust[j, i] + trust)


@rule
def weigh_cooperation(s: State, w: Setting) -> None:
    """Cooperation of every dyad from its rungs: index / 100."""
    n = s.support.size
    for i in range(n):
        for j in range(i + 1, n):
            total = 0.0
            for a in range(TRACKS):
                total += w.index_weight[a] * s.rung[i, j, a] / w.top[a]
            s.cooperation[i, j] = total
            s.cooperation[j, i] = total


@rule
def cooperation_among_targets(k: int, i: int, s: State, p: Parameters) -> float:
    """Most that i has built with another country that k targets.

    Evidence: R15, R17.
    """
    most = 0.0
    for j in range(s.support.size):
        if j != i and j != k and p.exposure[j, k] > 0.0:
            most = max(most, s.cooperation[i, j])
    return most


@rule
def coerce(i: int, s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """A challenger with leverage strikes at those who cooperate with its other targets.

    Evidence: R15, R16, R91.
    """
    if p.coercion_rate[i] <= 0.0 or w.active[i] == 0:
        return
    for j in range(s.support.size):
        if j == i or w.active[j] == 0 or p.exposure[j, i] <= 0.0:
            continue
        built = cooperation_among_targets(i, j, s, p)
        if luck.pair[i, j, 3] < coercion_hazard(p.coercion_rate[i], p.leverage[i, j], built):
            s.support[j] = unit(s.support[j] - p.coercion_support * p.leverage[i, j])
            s.intent[j, i] = toward(s.intent[j, i], 1.0, p.coercion_intent)
            s.tally[STRIKES, i, j] += 1
