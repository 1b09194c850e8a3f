"""What a country decides about a track with a partner: the terms it weighs, and its step."""

from simulation.model.alignment import advance_chance, cost, lock_in, rest_margin, retreat_chance, weigh
from simulation.model.patronage import brokerage
from simulation.model.rule import rule
from simulation.model.state import ACCEPTED, HELD, LEFT, REFUSED, SECURITY, Luck, Setting, State
from simulation.model.vector import TRACKS, Parameters

HALF = 0.5


@rule
def shared_threat(i: int, j: int, s: State) -> float:
    """Chance-like union of the threats that both sides see from third countries.

    Evidence: E05, E29, E52, R81.
    """
    unshared = 1.0
    for k in range(s.support.size):
        if k != i and k != j:
            unshared *= 1.0 - s.threat[i, k] * s.threat[j, k]
    return 1.0 - unshared


@rule
def entrapment(i: int, j: int, s: State) -> float:
    """Largest excess of the partner's threat over one's own: its quarrel would become mine.

    Evidence: R83.
    """
    excess = 0.0
    for k in range(s.support.size):
        if k != i and k != j:
            excess = max(excess, s.threat[j, k] - s.threat[i, k])
    return excess


@rule
def retaliation(i: int, j: int, s: State, p: Parameters) -> float:
    """Greatest cost that a threatening third country can lay on i, before the track's visibility.

    Evidence: R15, R17, R91.
    """
    worst = 0.0
    for k in range(s.support.size):
        if k != i and k != j:
            worst = max(worst, p.leverage[k, i] * s.threat[i, k])
    return worst


@rule
def brokered(i: int, j: int, s: State) -> float:
    """Brokerage by the patron that achieves most between i and j.

    Evidence: E39, E42.
    """
    most = 0.0
    for k in range(s.support.size):
        if s.patron[k] > 0:
            most = max(most, brokerage(s.brokering[k], s.commitment[k, i], s.commitment[k, j]))
    return most


@rule
def terms(i: int, j: int, a: int, s: State, p: Parameters) -> tuple[float, ...]:
    """The thirteen terms of i toward j on track a, signed, in the order of alignment.TERMS.

    Evidence: E02, E05, E22, E28, E42, R15, R31, R81, R82, R83, R85, R86, R87, R95.
    """
    shared = shared_threat(i, j, s)
    broker = brokered(i, j, s)
    # A patron has no patron: where the dyad holds one, nobody fears to be left by a third.
    alone = 0.0 if s.patron[i] + s.patron[j] > 0 else 1.0
    roof = 1.0 - broker if a == SECURITY else 1.0
    return (
        shared,
        shared * (1.0 - 0.5 * (s.shield[i] + s.shield[j])),
        broker,
        alone * min(s.fear[i], s.fear[j]),
        -alone * abs(s.fear[i] - s.fear[j]),
        -entrapment(i, j, s),
        p.complementarity[i, j],
        s.trust[i, j],
        p.stance[s.camp[i], j],
        s.support[i] - 0.5,
        -s.grievance[i, j] * p.audience[i] * roof,
        -0.5 * (s.threat[i, j] + s.threat[j, i]),
        -retaliation(i, j, s, p) * p.visibility[a],
    )


@rule
def utility(i: int, j: int, a: int, s: State, p: Parameters) -> float:
    """What i sees in cooperating with j on track a."""
    return weigh(p.weights, terms(i, j, a, s, p))


@rule
def lock(i: int, j: int, rung: int, s: State, p: Parameters) -> float:
    """What leaving the rung would cost i, a common patron's brokerage included.

    Evidence: R24, R92.
    """
    return lock_in(
        p.lock_in_first, p.choice_step, p.lock_in_growth, rung, p.lock_in_brokerage * brokered(i, j, s)
    )


@rule
def proposes(i: int, j: int, a: int, s: State, p: Parameters) -> float:
    """Chance that i, with a revision in hand, wants the rung above.

    Evidence: R93.
    """
    above = cost(s.base[i, j, a], p.choice_step, s.rung[i, j, a] + 1)
    return advance_chance(p.choice_precision, utility(i, j, a, s, p), above)


@rule
def leaves(i: int, j: int, a: int, s: State, p: Parameters) -> float:
    """Chance that i, with a revision in hand, leaves the rung it holds.

    Evidence: R93, R98.
    """
    rung = s.rung[i, j, a]
    here = cost(s.base[i, j, a], p.choice_step, rung)
    kept = lock(i, j, rung, s, p) + (p.bedrock[a] if rung == 1 else 0.0)
    return retreat_chance(p.choice_precision, utility(i, j, a, s, p), here, kept)


@rule
def step_of(i: int, j: int, a: int, u: float, s: State, p: Parameters, w: Setting) -> int:
    """Step that i takes: +1 proposes, -1 retreats, 0 holds. A draw inside the hold band needs no terms."""
    pace = min(HALF, p.choice_pace * p.agility[a])
    if u < pace:
        return 1 if s.rung[i, j, a] < w.top[a] and u < pace * proposes(i, j, a, s, p) else 0
    if u >= 1.0 - pace:
        return -1 if s.rung[i, j, a] > 0 and u >= 1.0 - pace * leaves(i, j, a, s, p) else 0
    return 0


@rule
def accepts(i: int, j: int, a: int, u: float, s: State, p: Parameters) -> bool:
    """Whether i accepts the rung that j proposes."""
    return u < proposes(i, j, a, s, p)


@rule
def initiative(i: int, j: int, a: int, luck: Luck) -> float:
    """The draw of i on track a with j if the initiative is i's this month, else -1.

    One draw gives both: its half says whose turn it is, its place in that half what is drawn.
    """
    u = luck.dyad[min(i, j), max(i, j), a]
    if i < j:
        return 2.0 * u if u < HALF else -1.0
    return 2.0 * u - 1.0 if u >= HALF else -1.0


@rule
def choose(i: int, s: State, p: Parameters, w: Setting, luck: Luck) -> None:
    """i revises the tracks on which it has the initiative; partners answer its proposals at once."""
    for j in range(s.support.size):
        if j == i or w.active[i] * w.active[j] == 0:
            continue
        for a in range(TRACKS):
            u = initiative(i, j, a, luck)
            step = step_of(i, j, a, u, s, p, w) if u >= 0.0 else 0
            s.outcome[i, j, a] = HELD
            if step < 0:
                s.outcome[i, j, a] = LEFT
            elif step > 0:
                answer = luck.dyad[min(i, j), max(i, j), 4 + a]
                s.outcome[i, j, a] = ACCEPTED if accepts(j, i, a, answer, s, p) else REFUSED


@rule
def resting_base(i: int, j: int, a: int, bedrock: float, s: State, p: Parameters, w: Setting) -> float:
    """The base at which the rung of the state at hand rests, with that bedrock under the first rung."""
    rung = s.rung[i, j, a]
    kept = lock(i, j, rung, s, p) + (bedrock if rung == 1 else 0.0)
    margin = rest_margin(p.choice_precision, p.choice_step, rung, w.top[a], kept, p.anchor_rest)
    return utility(i, j, a, s, p) - margin


@rule
def anchor(s: State, p: Parameters, w: Setting) -> None:
    """Solve every base so that the rungs of the state at hand rest where they are."""
    n = s.support.size
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            for a in range(TRACKS):
                s.base[i, j, a] = resting_base(i, j, a, p.bedrock[a], s, p, w)
