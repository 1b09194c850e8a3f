"""The state at which a run opens, and the reference state at which bases are anchored."""

from simulation.model.behaviours import analogy, coalition, cover, recall, shared_reading, take_stock
from simulation.model.decision import anchor
from simulation.model.patronage import brokering, commitment_level
from simulation.model.rule import rule
from simulation.model.settling import weigh_cooperation
from simulation.model.state import HELD, Floats, Integers, Setting, State
from simulation.model.threat import (
    dose,
    expected_signal,
    half_life_rate,
    raised_floor,
    reach,
    resting_intent,
    shared_rest,
    threat,
)
from simulation.model.vector import TRACKS, Parameters

SWEEPS = 16  # each closes at least a third of the gap to where readings rest together


@rule
def open_run(s: State, p: Parameters, reference: Parameters, w: Setting) -> None:
    """Anchor the bases at the world's reference month, then lay the state of the scenario's start.

    `reference` are the world's own parameters, which no scenario changes: a base solved anew for
    every scenario would hide what the scenario changes. Everyone takes part in them, also whom the scenario
    leaves out.
    """
    lay(s, reference, w, w.everyone, w.rung_reference, w.camp_reference, w.war_reference)
    anchor(s, reference, w)
    for i in range(s.support.size):
        s.coalition_reference[i] = coalition(i, s, reference)
        s.cover_reference[i] = cover(i, s, reference)
    lay(s, p, w, w.active, w.rung_start, w.camp_start, w.war_start)


@rule
def lay(
    s: State, p: Parameters, w: Setting, present: Integers, rung: Integers, camp: Integers, war: Floats
) -> None:
    """Lay a state of those present from rungs, governments and wars: opinion as given, the rest at rest."""
    n = s.support.size
    for i in range(n):
        s.camp[i] = camp[i]
        s.war[i] = war[i]
        s.talks[i] = 0.0
        s.walk[i] = 0.0
        s.support[i] = p.support_start[i]
        for j in range(n):
            clear_pair(i, j, s, rung)
    weigh_cooperation(s, w)
    for i in range(n):
        for j in range(n):
            lay_pair(i, j, s, p, present)
    rest_together(s, p, w, present)
    for i in range(n):
        lay_patron(i, s, p, present)
    for i in range(n):
        take_stock(i, s)


@rule
def clear_pair(i: int, j: int, s: State, rung: Integers) -> None:
    """Rungs as given, and nothing yet under way between i and j."""
    s.hurt[i, j] = 0.0
    s.balm[i, j] = 0.0
    s.declared[i, j] = 0.0
    for a in range(TRACKS):
        s.rung[i, j, a] = rung[i, j, a]
        s.outcome[i, j, a] = HELD
    for k in range(s.tally.shape[0]):
        s.tally[k, i, j] = 0


@rule
def lay_pair(i: int, j: int, s: State, p: Parameters, present: Integers) -> None:
    """Opinion as given; reach, and resting intent of j as i reads it at j's reference tempo."""
    s.grievance[i, j] = p.grievance_start[i, j]
    s.favourability[i, j] = p.favourability_start[i, j]
    s.trust[i, j] = s.cooperation[i, j]
    s.reach[i, j] = 0.0
    s.intent[i, j] = 0.0
    if i != j and present[i] * present[j] > 0:
        s.reach[i, j] = reach(
            p.capability[j],
            p.proximity[i, j],
            p.offence[j],
            p.reach_capability,
            p.reach_proximity,
            p.reach_offence,
        )
        monthly = p.tempo_reference[j] / 12.0
        one = dose(p.exposure[i, j] * p.reading[s.camp[i], j], monthly)
        read = expected_signal(monthly / p.burst[j], p.burst[j], one)
        s.intent[i, j] = resting_intent(raised_floor(p.intent_floor[i, j], analogy(i, j, s, p)), read)
    s.threat[i, j] = s.intent[i, j]  # kept until the readings of partners rest together


@rule
def rest_together(s: State, p: Parameters, w: Setting, present: Integers) -> None:
    """Let the readings of partners who share intelligence rest where each is pulled to the others'."""
    n = s.support.size
    rate = half_life_rate(p.intent_half_life)
    for _ in range(SWEEPS):
        for i in range(n):
            recall(i, s)
        for i in range(n):
            for j in range(n):
                others = shared_reading(i, j, s, w) if i != j else -1.0
                if others >= 0.0 and present[i] * present[j] > 0:
                    s.intent[i, j] = shared_rest(s.threat[i, j], others, rate, p.intent_pull)
    for i in range(n):
        for j in range(n):
            s.threat[i, j] = threat(s.reach[i, j], s.intent[i, j], p.intent_exponent)


@rule
def lay_patron(i: int, s: State, p: Parameters, present: Integers) -> None:
    """Commitments of i at the level its camp keeps, and its brokering."""
    greatest = 0.0
    s.patron[i] = 0
    for j in range(s.support.size):
        greatest = max(greatest, s.threat[i, j])
        s.commitment[i, j] = 0.0
        if p.commitment[i, j] > 0.0 and present[i] * present[j] > 0:
            s.patron[i] = 1
            s.commitment[i, j] = commitment_level(p.commitment[i, j], p.resolve[s.camp[i], j], 0.0)
    s.brokering[i] = brokering(p.effort[s.camp[i]], greatest) if s.patron[i] > 0 else 0.0
