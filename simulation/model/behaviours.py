"""What country i does in a month, stage by stage, on the arrays of a run.

Each stage reads what earlier stages left and writes only what is i's own to write, so the order of
countries within a stage does not matter.
"""

from simulation.model.domestic import (
    absorption,
    conciliated,
    defeat_chance,
    drain,
    favourability_target,
    normal,
    turnover_chance,
    unit,
)
from simulation.model.patronage import brokering, commitment_level, fear
from simulation.model.provocation import burst_total, monthly_rate, poisson
from simulation.model.rule import rule
from simulation.model.settlement import gesture_hazard
from simulation.model.state import CHANGES, GESTURES, SECURITY, Luck, Setting, State
from simulation.model.threat import dose, half_life_rate, raised_floor, resting_intent, signal, threat, toward
from simulation.model.vector import Parameters


@rule
def coalition(i: int, s: State, p: Parameters) -> float:
    """Coalition that i faces: cooperation among those it targets, weighted by their mean capability.

    Evidence: E30, R84.
    """
    total = 0.0
    n = s.support.size
    for j in range(n):
        if p.exposure[j, i] <= 0.0:
            continue
        for k in range(j + 1, n):
            targeted = min(p.exposure[j, i], p.exposure[k, i])
            if targeted > 0.0:
                total += targeted * s.cooperation[j, k] * 0.5 * (p.capability[j] + p.capability[k])
    return total


@rule
def cover(i: int, s: State, p: Parameters) -> float:
    """Room that the most useful war of another gives i.

    Evidence: E51.
    """
    most = 0.0
    for k in range(s.support.size):
        if k != i:
            most = max(most, p.cover[i, k] * s.war[k])
    return most


@rule
def provoke(i: int, s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """A challenger commits the acts of the month, or pauses them while talks last.

    Evidence: E51, R06, R07, R08.
    """
    if w.active[i] == 0:
        return
    s.coalition[i] = coalition(i, s, p)
    if s.tempo[i] <= 0.0:
        return
    if s.talks[i] < 1.0 and luck.country[i, 3] < p.pause_rate[i] / 12.0:
        s.talks[i] = p.pause_months
    talking = s.talks[i] >= 1.0
    rate = monthly_rate(
        s.tempo[i],
        cover(i, s, p) - s.cover_reference[i],
        p.response[i],
        s.coalition[i] - s.coalition_reference[i],
        p.pause_depth if talking else 0.0,
    )
    days = poisson(luck.country[i, 0], rate / p.burst[i])
    s.acts[i] += burst_total(luck.country[i, 1], days, p.burst[i])
    if talking:
        s.talks[i] -= 1.0
    elif luck.country[i, 2] < p.nuclear_rate[i] / 12.0:
        s.tests[i] += 1


@rule
def recall(i: int, s: State) -> None:
    """Keep last month's readings of intent, which partners may draw on."""
    for j in range(s.support.size):
        s.intent_before[i, j] = s.intent[i, j]


@rule
def analogy(i: int, j: int, s: State, p: Parameters) -> float:
    """How far the wars of j's peers raise the intent that i reads into j.

    Evidence: E50, R89.
    """
    most = 0.0
    for k in range(s.support.size):
        if k != i and k != j:
            most = max(most, p.analogy[j, k] * s.war[k])
    return most


@rule
def built_by_rivals(i: int, j: int, s: State, p: Parameters, w: Setting) -> float:
    """Security that j has built with i's adversaries since the reference month, weighted by their threat.

    Evidence: E49, R84.
    """
    total = 0.0
    below = w.sharing - 1
    for k in range(s.support.size):
        now, before = s.rung[j, k, SECURITY], w.rung_reference[j, k, SECURITY]
        if now != before and k != i and k != j:
            # Talk threatens nobody: what counts is depth from the sharing of intelligence on.
            total += s.threat[i, k] * (max(now, below) - max(before, below))
    raised: float = p.dilemma * max(0.0, total) / (w.top[SECURITY] - below)
    return raised


@rule
def shared_reading(i: int, j: int, s: State, w: Setting) -> float:
    """Mean reading of j's intent, last month, among partners who share intelligence with i; -1 if none.

    Evidence: E32.
    """
    total = 0.0
    partners = 0
    for k in range(s.support.size):
        if k != i and k != j and s.rung[i, k, SECURITY] >= w.sharing:
            total += s.intent_before[k, j]
            partners += 1
    return total / partners if partners > 0 else -1.0


@rule
def perceive(i: int, s: State, p: Parameters, w: Setting) -> None:
    """i reads the month's acts, revises the intent it reads into each other, and the threat it feels.

    Evidence: E21, R09, R88.
    """
    if w.active[i] == 0:
        return
    n = s.support.size
    rate = half_life_rate(p.intent_half_life)
    for j in range(n):
        if j == i or w.active[j] == 0:
            continue
        acts = s.acts[j] + p.nuclear_severity * s.tests[j]
        felt = acts * p.exposure[i, j] * p.reading[s.camp[i], j]
        read = signal(dose(felt, p.tempo_reference[j] / 12.0), built_by_rivals(i, j, s, p, w))
        floor = raised_floor(p.intent_floor[i, j], analogy(i, j, s, p))
        revised = toward(s.intent[i, j], resting_intent(floor, read), rate)
        others = shared_reading(i, j, s, w)
        s.intent[i, j] = toward(revised, others, p.intent_pull) if others >= 0.0 else revised
    for j in range(n):
        s.threat[i, j] = threat(s.reach[i, j], s.intent[i, j], p.intent_exponent)


@rule
def feel(i: int, s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """Grievance, opinion and trust take the month's events; support drifts, and drains.

    Evidence: E28, R51, R53, R97.
    """
    if w.active[i] == 0:
        return
    drained = 0.0
    for j in range(s.support.size):
        if j == i or w.active[j] == 0:
            continue
        stance = p.stance[s.camp[i], j]
        absorbed = absorption(
            stance, s.cooperation[i, j], p.absorption_stance, p.absorption_cooperation, p.absorption_ceiling
        )
        landed = s.hurt[i, j] * (1.0 - absorbed)
        healed = toward(s.grievance[i, j], p.grievance_baseline[i, j], p.grievance_heal)
        s.grievance[i, j] = unit(healed + landed - conciliated(s.balm[i, j], stance))
        s.hurt[i, j] = 0.0
        s.balm[i, j] = 0.0
        target = favourability_target(
            p.favourability_base[i, j],
            s.grievance[i, j],
            p.grievance_baseline[i, j],
            p.favourability_grievance,
        )
        opinion = toward(s.favourability[i, j], target, p.favourability_rate)
        s.favourability[i, j] = unit(opinion - p.favourability_shock * landed)
        s.trust[i, j] = toward(s.trust[i, j], s.cooperation[i, j], p.trust_relax)
        drained += drain(s.cooperation[i, j], s.favourability[i, j], p.support_drain)
    chance = normal(luck.country[i, 4], luck.country[i, 5], luck.country[i, 6], luck.country[i, 7])
    drifted = toward(s.support[i], p.support_base[i], p.support_reversion)
    s.support[i] = unit(drifted + p.support_noise * chance - drained)


@rule
def govern(i: int, s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """A scheduled election or a turnover may bring another camp to power.

    Evidence: R60, R61, R62, R66.
    """
    if w.active[i] == 0 or w.camp_count[i] == 1:
        return
    if s.election[i] > 0:
        lost = luck.country[i, 8] < defeat_chance(p.election_swing, s.support[i], p.support_base[i])
    else:
        lost = luck.country[i, 9] < turnover_chance(p.turnover[i], s.support[i])
    if lost:
        others = w.camp_count[i] - 1
        pick = min(others - 1, int(luck.country[i, 10] * others))
        camp = w.first_camp[i] + pick
        s.camp[i] = camp if camp < s.camp[i] else camp + 1
        s.support[i] = p.support_honeymoon
        s.tally[CHANGES, i, i] += 1


@rule
def commit(i: int, s: State, p: Parameters, w: Setting) -> None:
    """A patron's commitments move toward what its camp keeps; it brokers by the threat it sees itself.

    Evidence: E44, R68, R70.
    """
    if w.active[i] == 0 or s.patron[i] == 0:
        return
    greatest = 0.0
    for j in range(s.support.size):
        greatest = max(greatest, s.threat[i, j])
        s.declared[i, j] -= p.declaration_fade * s.declared[i, j]
        if w.active[j] > 0:
            level = commitment_level(p.commitment[i, j], p.resolve[s.camp[i], j], s.declared[i, j])
            s.commitment[i, j] = toward(s.commitment[i, j], level, p.commitment_rate)
    s.brokering[i] = brokering(p.effort[s.camp[i]], greatest)


@rule
def take_stock(i: int, s: State) -> None:
    """What protects i, and what it fears if it were left alone.

    Evidence: R82, R83.
    """
    shield = 0.0
    greatest = 0.0
    for k in range(s.support.size):
        shield = max(shield, s.commitment[k, i])
        greatest = max(greatest, s.threat[i, k])
    s.shield[i] = shield
    s.fear[i] = fear(greatest, shield)


@rule
def gesture(i: int, s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """A government that wants the partnership, and has support to spend, may concede on history.

    Evidence: E07, E08, R87, R94.
    """
    if p.gesture_rate[i] <= 0.0 or w.active[i] == 0:
        return
    for j in range(s.support.size):
        if j == i or w.active[j] == 0:
            continue
        hazard = gesture_hazard(p.gesture_rate[i], p.stance[s.camp[i], j], s.support[i], s.grievance[j, i])
        if luck.pair[i, j, 2] < hazard:
            s.balm[j, i] += p.gesture_size
            s.trust[j, i] = unit(s.trust[j, i] + p.gesture_trust)
            s.support[i] = unit(s.support[i] - p.gesture_cost * s.grievance[i, j])
            s.tally[GESTURES, i, j] += 1
