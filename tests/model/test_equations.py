"""The equations of docs/odd.md, written out from that page and from no code, against the rules.

They are held against each other on states of real runs, a theory each; the numbers of sections are the
page's. What a stage draws by chance is tested elsewhere.
"""

from itertools import permutations
from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest

from simulation import load
from simulation.model import behaviours, decision, domestic, provocation, settlement, settling
from simulation.model.state import SECURITY

EXACT = 1e-12
MONTHS = 8


class Page:
    """The page's symbols, over the state of one run."""

    def __init__(self, theory: str, run: int) -> None:
        self.model = load("baseline", [f"theory={theory}"]).model(run=run)
        self.p, self.w = self.model.parameters, self.model.setting
        self.everyone = range(len(self.model.codes))
        self.pairs = list(permutations(self.everyone, 2))
        self.eta = 1 - exp(-log(2) / self.p.intent_half_life)

    @property
    def s(self) -> Any:
        return self.model.state

    def third(self, *of: int) -> list[int]:
        return [k for k in self.everyone if k not in of]

    def stance(self, i: int, j: int) -> float:
        return float(self.p.stance[self.s.camp[i], j])

    def partners(self, i: int, j: int) -> list[int]:
        return [k for k in self.third(i, j) if self.s.rung[i, k, SECURITY] >= self.w.sharing]

    def floor(self, i: int, j: int) -> float:
        floor = self.p.intent_floor[i, j]
        return float(
            floor + (1 - floor) * max(self.p.analogy[j, k] * self.s.war[k] for k in self.third(i, j))
        )

    def dose(self, i: int, j: int, acts: float) -> float:
        monthly = self.p.tempo_reference[j] / 12
        felt = acts * self.p.exposure[i, j] * self.p.reading[self.s.camp[i], j]
        return float(log(2) * felt / monthly) if monthly > 0 else 0.0

    def reach(self, i: int, j: int) -> float:
        p = self.p
        powers = (p.capability[j], p.reach_capability), (p.proximity[i, j], p.reach_proximity)
        return float(np.prod([x**e for x, e in (*powers, (p.offence[j], p.reach_offence))]))

    def brokerage(self, i: int, j: int) -> float:
        m = self.s.commitment
        return max(float(self.s.brokering[k] * sqrt(m[k, i] * m[k, j])) for k in self.everyone)

    def lock(self, i: int, j: int, rung: int) -> float:
        p = self.p
        steps = (p.choice_step + p.lock_in_growth) * (rung - 1)
        return float(p.lock_in_first + steps + p.lock_in_brokerage * self.brokerage(i, j))

    def terms(self, i: int, j: int, a: int) -> list[float]:
        """7.8, in its order."""
        s, p, threat, third = self.s, self.p, self.s.threat, self.third(i, j)
        shield = s.commitment.max(axis=0)
        fear = [(1 - shield[k]) * threat[k].max() for k in (i, j)]
        alone = not (s.patron[i] or s.patron[j])
        shared = 1 - np.prod([1 - threat[i, k] * threat[j, k] for k in third])
        broker = self.brokerage(i, j)
        return [
            shared,
            shared * (1 - (shield[i] + shield[j]) / 2),
            broker,
            alone * min(fear),
            -alone * abs(fear[0] - fear[1]),
            -max(max(0.0, threat[j, k] - threat[i, k]) for k in third),
            p.complementarity[i, j],
            s.trust[i, j],
            self.stance(i, j),
            s.support[i] - 0.5,
            -s.grievance[i, j] * p.audience[i] * (1 - broker if a == SECURITY else 1),
            -(threat[i, j] + threat[j, i]) / 2,
            -p.visibility[a] * max(p.leverage[k, i] * threat[i, k] for k in third),
        ]


@pytest.fixture(params=["article", "quasi_alliance", "two_level"], scope="module")
def theory(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(theory: str) -> Page:
    """A run that has just opened."""
    return Page(theory, run=5)


@pytest.fixture(scope="module")
def later(theory: str) -> Page:
    """The same after some months, in which rungs have moved. Tests may leave it in another state."""
    page = Page(theory, run=5)
    for _ in range(MONTHS):
        page.model.step()
    return page


def same(found: object, wanted: object) -> None:
    assert found == pytest.approx(wanted, abs=EXACT)


def test_open_lays_readings_that_rest_and_solves_the_bases(page: Page):
    """7.12. The baseline starts in the reference month with the world's own parameters."""
    p, s, rest = page.p, page.s, np.zeros((6, 6))
    for i, j in page.pairs:
        same(s.reach[i, j], page.reach(i, j))
        one, monthly, burst = page.dose(i, j, 1.0), p.tempo_reference[j] / 12, p.burst[j]
        made = exp(-one) / burst / (1 - (1 - 1 / burst) * exp(-one))
        signal = max(0.0, 1 - exp(monthly / burst * (made - 1)))
        rest[i, j] = page.floor(i, j) + (1 - page.floor(i, j)) * signal
    intent, own = rest.copy(), (1 - p.intent_pull) * page.eta
    for _ in range(16):
        before = intent.copy()
        for i, j in page.pairs:
            held = [before[k, j] for k in page.partners(i, j)]
            if held:
                intent[i, j] = (own * rest[i, j] + p.intent_pull * np.mean(held)) / (own + p.intent_pull)
    for i, j in page.pairs:
        same(s.intent[i, j], intent[i, j])
        for a in range(3):
            margin = _margin(page, i, j, a)
            same(s.base[i, j, a], float(np.dot(p.weights, page.terms(i, j, a))) - margin)


def _margin(page: Page, i: int, j: int, a: int) -> float:
    p, rung, top = page.p, int(page.s.rung[i, j, a]), int(page.w.top[a])

    def logit(x: float) -> float:
        return log(x / (1 - x))

    if rung == 0:
        return float(p.choice_step + logit(sqrt(p.anchor_rest)) / p.choice_precision)
    lock = page.lock(i, j, rung) + (p.bedrock[a] if rung == 1 else 0.0)
    if rung == top:
        return float(p.choice_step * top - lock - logit(p.anchor_rest) / p.choice_precision)
    roots = np.roots([1, 2, 0, -exp(p.choice_precision * (p.choice_step + lock))])
    (x,) = [root.real for root in roots if abs(root.imag) < EXACT and root.real > 0]
    return float(p.choice_step * (rung + 1) - log(x) / p.choice_precision)


def test_weigh_and_choose(later: Page):
    """7.8 and 7.9."""
    p, s = later.p, later.s
    for i, j in later.pairs:
        for a in range(3):
            same(list(decision.terms(i, j, a, s, p)), later.terms(i, j, a))
            value, base, rung = (
                float(np.dot(p.weights, later.terms(i, j, a))),
                s.base[i, j, a],
                s.rung[i, j, a],
            )
            above = value - base - p.choice_step * (rung + 1)
            kept = later.lock(i, j, rung) + (p.bedrock[a] if rung == 1 else 0.0)
            below = base + p.choice_step * rung - kept - value
            same(decision.proposes(i, j, a, s, p), 1 / (1 + exp(-p.choice_precision * above)))
            same(decision.leaves(i, j, a, s, p), 1 / (1 + exp(-p.choice_precision * below)))


def test_perceive(later: Page):
    """7.3, on the acts that the last month has left."""
    p, s, w = later.p, later.s, later.w
    before, felt, low, wanted = s.intent.copy(), s.threat.copy(), w.sharing - 1, {}
    for i, j in later.pairs:
        added = {
            k: max(s.rung[j, k, 1], low) - max(w.rung_reference[j, k, 1], low) for k in later.third(i, j)
        }
        built = max(0.0, sum(felt[i, k] * n for k, n in added.items())) * p.dilemma / (w.top[1] - low)
        dose = later.dose(i, j, s.acts[j] + p.nuclear_severity * s.tests[j])
        floor = later.floor(i, j)
        read = before[i, j] + later.eta * (floor + (1 - floor) * (1 - exp(-dose - built)) - before[i, j])
        held = [before[k, j] for k in later.partners(i, j)]
        wanted[i, j] = read + p.intent_pull * (np.mean(held) - read) if held else read
    for i in later.everyone:
        behaviours.recall(i, s)
    for i in later.everyone:
        behaviours.perceive(i, s, p, w)
    for i, j in later.pairs:
        same(s.intent[i, j], wanted[i, j])
        same(s.threat[i, j], later.reach(i, j) * wanted[i, j] ** p.intent_exponent)


def test_feel(later: Page):
    """7.4, with shocks and gestures of every size."""
    p, s, w, luck = later.p, later.s, later.w, later.model.luck
    for i, j in later.pairs:
        s.hurt[i, j], s.balm[i, j] = 0.03 * i, 0.02 * j
    support = []
    wanted: dict[tuple[int, int], tuple[float, float, float]] = {}
    for i in later.everyone:
        drained = 0.0
        for j in later.third(i):
            warm, deep = (1 + later.stance(i, j)) / 2, s.cooperation[i, j]
            absorbed = p.absorption_stance * warm + p.absorption_cooperation * deep
            landed = s.hurt[i, j] * (1 - min(p.absorption_ceiling, absorbed))
            rest, now = p.grievance_baseline[i, j], s.grievance[i, j]
            g = np.clip(now + p.grievance_heal * (rest - now) + landed - s.balm[i, j] * warm, 0, 1)
            target = np.clip(p.favourability_base[i, j] - p.favourability_grievance * (g - rest), 0, 1)
            moved = p.favourability_rate * (target - s.favourability[i, j])
            liked = np.clip(s.favourability[i, j] + moved - p.favourability_shock * landed, 0, 1)
            trust = s.trust[i, j] + p.trust_relax * (deep - s.trust[i, j])
            wanted[i, j] = (g, liked, trust)
            drained += deep * max(0.0, 1 - 2 * liked)
        chance = sqrt(3) * (luck.country[i, 4:8].sum() - 2)
        reverted = s.support[i] + p.support_reversion * (p.support_base[i] - s.support[i])
        support.append(np.clip(reverted + p.support_noise * chance - p.support_drain * drained, 0, 1))
    for i in later.everyone:
        behaviours.feel(i, s, p, w, luck)
    same(list(s.support), support)
    for i, j in later.pairs:
        same((s.grievance[i, j], s.favourability[i, j], s.trust[i, j]), wanted[i, j])


def test_commit_and_coalitions_and_the_index(later: Page):
    """7.6, 7.2 and 7.10."""
    p, s, w = later.p, later.s, later.w
    s.declared[2] = [0.1, -2.0, 0.0, 0.0, 0.3, 0.0]
    held, faded = s.commitment.copy(), s.declared * (1 - p.declaration_fade)
    for k in later.everyone:
        behaviours.commit(k, s, p, w)
    for k, i in later.pairs:
        if s.patron[k]:
            level = np.clip(p.commitment[k, i] * p.resolve[s.camp[k], i] + faded[k, i], 0, 1)
            same(s.commitment[k, i], held[k, i] + p.commitment_rate * (level - held[k, i]))
    same(s.brokering[2], p.effort[s.camp[2]] * s.threat[2].max())
    for i in later.everyone:
        behaviours.take_stock(i, s)
        same(s.fear[i], (1 - s.commitment[:, i].max()) * s.threat[i].max())
        faced = sum(
            min(p.exposure[j, i], p.exposure[k, i])
            * s.cooperation[j, k]
            * (p.capability[j] + p.capability[k])
            / 2
            for j in later.everyone
            for k in range(j + 1, 6)
        )
        same(behaviours.coalition(i, s, p), faced)
    settling.weigh_cooperation(s, w)
    for i, j in later.pairs:
        same(s.cooperation[i, j], sum(w.index_weight * s.rung[i, j] / w.top))


def test_chances_by_hand():
    """7.1, 7.2, 7.5, 7.7 and 7.11, on numbers worked out with the page."""
    same(domestic.shock_hazard(2.4, 0.5, 0.6, 0.2), 0.2 * (1 - 0.5 * 0.4))
    same(provocation.monthly_rate(24.0, 0.2, -0.5, 0.4, 0.9), 2.0 * 0.1 * exp(0.0))
    same(provocation.monthly_rate(24.0, 5.0, 0.0, 0.0, 0.0), 2.0 * exp(3.0))
    same(domestic.defeat_chance(3.0, 0.3, 0.4), 1 / (1 + exp(-0.3)))
    same(domestic.turnover_chance(0.6, 0.25), 0.05 * 2 * 0.75)
    same(settlement.gesture_hazard(3.0, 0.8, 0.5, 0.3), 0.25 * 0.8 * 0.5 * 0.3)
    same(settlement.coercion_hazard(1.2, 0.5, 0.6), 0.1 * 0.5 * 0.6)
