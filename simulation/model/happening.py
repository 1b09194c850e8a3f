"""What befalls the countries in a month: the scenario's events, and background shocks."""

import math

from simulation.model.domestic import normal, shock_hazard, unit
from simulation.model.provocation import held, walked
from simulation.model.rule import rule
from simulation.model.state import Drivers, Floats, Luck, Setting, State
from simulation.model.threat import toward
from simulation.model.vector import Parameters

EFFECTS = (
    "grievance",
    "conciliation",
    "support",
    "favourability",
    "trust",
    "rung",
    "camp",
    "declaration",
    "intent",
    "reassurance",
    "acts",
    "tests",
    "war",
    "talks",
)
(
    ON_GRIEVANCE,
    ON_CONCILIATION,
    ON_SUPPORT,
    ON_FAVOURABILITY,
    ON_TRUST,
    ON_RUNG,
    ON_CAMP,
    ON_DECLARATION,
    ON_INTENT,
    ON_REASSURANCE,
    ON_ACTS,
    ON_TESTS,
    ON_WAR,
    ON_TALKS,
) = range(len(EFFECTS))
LONGEST_TAIL = 4.0  # a single shock is at most this many times the mean


@rule
def happen(m: int, s: State, v: Floats, w: Setting, d: Drivers, luck: Luck) -> None:
    """What the scenario prescribes for month m; `v` is the vector, which holds amounts that may vary."""
    for i in range(s.support.size):
        s.tempo[i] = d.tempo[i, m]
        if d.walk[i, m, 1] > 0.0:
            wander(m, i, s, d, luck)
        s.election[i] = d.election[i, m]
        s.acts[i] = 0
        s.tests[i] = 0
    for e in range(d.event.shape[0]):
        if d.event[e, 0] == m:
            slot = d.event[e, 5]
            size = d.amount[e, 0] if slot < 0 else v[slot]
            effect(d.event[e, 1], d.event[e, 2], d.event[e, 3], d.event[e, 4], size * d.amount[e, 1], s, w)


@rule
def wander(m: int, i: int, s: State, d: Drivers, luck: Luck) -> None:
    """One step of the walk of i's tempo around what the scenario prescribes."""
    shock = normal(luck.walk[i, 0], luck.walk[i, 1], luck.walk[i, 2], luck.walk[i, 3])
    s.walk[i] = walked(s.walk[i], d.walk[i, m, 0], d.walk[i, m, 1], shock)
    s.tempo[i] = held(s.tempo[i], s.walk[i], d.walk[i, m, 2], d.walk[i, m, 3])


@rule
def effect(kind: int, i: int, j: int, a: int, size: float, s: State, w: Setting) -> None:
    """One effect on the state: `kind` by its place in EFFECTS; `a` is a track, or a camp."""
    if kind <= ON_TRUST:
        on_feelings(kind, i, j, size, s)
    elif kind == ON_RUNG:
        rung = min(w.top[a], max(0, s.rung[i, j, a] + int(math.floor(size + 0.5))))
        s.rung[i, j, a] = rung
        s.rung[j, i, a] = rung
    elif kind == ON_CAMP:
        s.camp[i] = a
    else:
        on_challenges(kind, i, j, size, s)


@rule
def on_feelings(kind: int, i: int, j: int, size: float, s: State) -> None:
    """Effects on what i holds about j, and on the support of i's government."""
    if kind == ON_GRIEVANCE:
        s.hurt[i, j] += size
    elif kind == ON_CONCILIATION:
        s.balm[i, j] += size
    elif kind == ON_SUPPORT:
        s.support[i] = unit(s.support[i] + size)
    elif kind == ON_FAVOURABILITY:
        s.favourability[i, j] = unit(s.favourability[i, j] + size)
    else:
        s.trust[i, j] = unit(s.trust[i, j] + size)


@rule
def on_challenges(kind: int, i: int, j: int, size: float, s: State) -> None:
    """Effects on commitments, readings, acts, wars and talks."""
    if kind == ON_DECLARATION:
        s.declared[i, j] += size
    elif kind == ON_INTENT:
        s.intent[i, j] = toward(s.intent[i, j], 1.0, size)
    elif kind == ON_REASSURANCE:
        s.intent[i, j] = toward(s.intent[i, j], 0.0, size)
    elif kind == ON_ACTS:
        s.acts[i] += int(math.floor(size + 0.5))
    elif kind == ON_TESTS:
        s.tests[i] += int(math.floor(size + 0.5))
    elif kind == ON_WAR:
        s.war[i] = size
    else:
        s.talks[i] = size


@rule
def shocks(i: int, s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """Background shocks that aggrieve i: rulings, shrine visits, incidents, of exponential size.

    Evidence: R36, R37.
    """
    for j in range(s.support.size):
        rate = p.shock_rate[i, j] * w.background
        if rate <= 0.0 or w.active[i] * w.active[j] == 0:
            continue
        hazard = shock_hazard(rate, p.shock_stance, p.stance[s.camp[i], j], p.stance[s.camp[j], i])
        if luck.pair[i, j, 0] < hazard:
            s.hurt[i, j] += p.shock_size * min(LONGEST_TAIL, -math.log(luck.pair[i, j, 1]))
