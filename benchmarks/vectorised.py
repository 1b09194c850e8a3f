"""The model written a second time, in NumPy and vectorised over runs: a rival for benchmarks/peers.py.

It is what a good afternoon with NumPy gives: every stage is array arithmetic over all runs at once. It knows
neither events nor walks nor scenarios without a country, draws from NumPy's own generator, and keeps the
rungs and the index of the focal dyad. Fed with the draws of the engine it gives the engine's numbers
(tests/engines/test_vectorised.py), so it is the same model and not a lighter one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.engines.draws import Uncertain
from simulation.engines.plan import Plan
from simulation.model.alignment import NEWTON_STEPS
from simulation.model.happening import LONGEST_TAIL
from simulation.model.opening import SWEEPS
from simulation.model.provocation import MOST_ACTS, MOST_DAYS, STEEPEST
from simulation.model.state import SECURITY
from simulation.model.vector import TRACKS, named
from simulation.world.whole import TERMS

Array = NDArray[np.float64]


@dataclass
class Luck:
    """The draws of one month: country (runs, n, 12), pair (runs, n, n, 4), dyad (runs, n, n, 8)."""

    country: Array
    pair: Array
    dyad: Array


def drawn_by(rng: np.random.Generator, runs: int, n: int) -> Callable[[int], Luck]:
    """Months of luck from NumPy's generator."""
    sizes = ((runs, n, 12), (runs, n, n, 4), (runs, n, n, 8))
    return lambda _: Luck(*(rng.random(size) for size in sizes))


def vectors(plan: Plan, runs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """The parameter vectors of the runs, and the world's own without what the scenario sets (runs, slots)."""
    given = plan.vectors
    own = np.tile(given.base, (runs, 1))
    if given.varies:
        _vary(own, given.world, rng)
        rows = given.joint.rows
        if len(rows):
            own[:, given.joint.slots] = rows[rng.integers(0, len(rows), runs)]
    set_by = own.copy()
    set_by[:, given.fixed_slots] = given.fixed_values
    if given.varies:
        _vary(set_by, given.scenario, rng)
    table = given.table + len(TERMS) * int(np.argmax(given.shares))
    for each in (own, set_by):
        each[:, given.weights : given.weights + len(TERMS)] = each[:, table : table + len(TERMS)]
    return set_by, own


def _vary(values: Array, which: Uncertain, rng: np.random.Generator) -> None:
    """Draw the uncertain slots; both slots of a dyad take one draw."""
    if len(which.slots):
        _, first, place = np.unique(which.keys, axis=0, return_index=True, return_inverse=True)
        low, mode, high = which.ranges[first].T
        values[:, which.slots] = rng.triangular(low, mode, high, (len(values), len(first)))[:, place.ravel()]


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + np.exp(-np.clip(x, -700.0, 700.0)))


def toward(x: Array, target: Array | float, rate: Array | float) -> Array:
    """x moved by `rate` of its gap to the target."""
    return x + rate * (target - x)


def unit(x: Array) -> Array:
    """x held inside [0, 1]."""
    return np.clip(x, 0.0, 1.0)


class Runs:
    """All runs of a plan side by side; every array has the runs as its first axis."""

    def __init__(self, plan: Plan, parameters: Array, reference: Array) -> None:
        self.plan, self.runs = plan, len(parameters)
        self.n = len(plan.codes)
        self.w = plan.setting[0]
        camps = len(plan.scenario.world.camps)
        self.reference = self._named(reference, camps)
        self.p = self._named(parameters, camps)
        self.rows = np.arange(self.runs)
        self._open()

    def _named(self, values: Array, camps: int) -> dict[str, Array]:
        record = named(values, self.n, camps)
        return {name: record[name] for name in record.dtype.names or ()}

    # -- opening ---------------------------------------------------------------------

    def _open(self) -> None:
        w = self.w
        self._lay(self.reference, w["rung_reference"], w["camp_reference"], w["war_reference"])
        self._anchor(self.reference)
        self.coalition_reference = self._coalition(self.reference)
        self.cover_reference = self._cover(self.reference)
        self._lay(self.p, w["rung_start"], w["camp_start"], w["war_start"])

    def _lay(self, p: dict[str, Array], rung: Array, camp: Array, war: Array) -> None:
        runs, n = self.runs, self.n
        self.rung = np.tile(rung, (runs, 1, 1, 1)).astype(np.int64)
        self.camp = np.tile(camp, (runs, 1)).astype(np.int64)
        self.war, self.talks = np.tile(war, (runs, 1)).astype(float), np.zeros((runs, n))
        self.support = self._all(p["support_start"]).copy()
        self.hurt, self.balm, self.declared = (np.zeros((runs, n, n)) for _ in range(3))
        self._weigh_cooperation()
        self.grievance = self._all(p["grievance_start"]).copy()
        self.favourability = self._all(p["favourability_start"]).copy()
        self.trust = self.cooperation.copy()
        self.off = ~np.eye(n, dtype=bool)
        self.reach = (
            self._power(p["capability"][:, None, :], p["reach_capability"])
            * self._power(p["proximity"], p["reach_proximity"])
            * self._power(p["offence"][:, None, :], p["reach_offence"])
            * self.off
        )
        self._rest(p)
        self._lay_patrons(p)
        self._take_stock()

    def _all(self, values: Array) -> Array:
        """One row a run, where the reference has one for all."""
        return np.broadcast_to(values, (self.runs, *values.shape[1:]))

    @staticmethod
    def _power(x: Array, exponent: Array) -> Array:
        by = exponent.reshape(-1, *(1 for _ in range(x.ndim - 1)))
        return np.where(
            x > 0.0, np.exp(by * np.log(np.where(x > 0.0, x, 1.0))), np.where(by == 0.0, 1.0, 0.0)
        )

    def _by_camp(self, p: dict[str, Array], name: str) -> Array:
        """Values of the camps that govern: (runs, n, n), or (runs, n) for those without a partner."""
        values = self._all(p[name])
        return values[self.rows[:, None], self.camp]

    def _rest(self, p: dict[str, Array]) -> None:
        monthly = p["tempo_reference"] / 12.0
        there = monthly > 0.0
        one = np.where(
            there[:, None, :],
            np.log(2.0) * p["exposure"] * self._by_camp(p, "reading")
            / np.where(there, monthly, 1.0)[:, None, :],
            0.0,
        )  # fmt: skip
        burst = p["burst"][:, None, :]
        survive, stop = np.exp(-one), 1.0 / burst
        generating = stop * survive / (1.0 - (1.0 - stop) * survive)
        read = np.maximum(0.0, 1.0 - np.exp(monthly[:, None, :] / burst * (generating - 1.0)))
        floor = self._floor(p)
        target = (floor + (1.0 - floor) * read) * self.off
        self.intent = target.copy()
        rate = (1.0 - np.exp(-np.log(2.0) / p["intent_half_life"]))[:, None, None]
        pull = p["intent_pull"][:, None, None]
        own = (1.0 - pull) * rate
        for _ in range(SWEEPS):
            others, there = self._shared_reading(self.intent)
            self.intent = np.where(there, (own * target + pull * others) / (own + pull), self.intent)
        self.threat = self.reach * self._power(self.intent, p["intent_exponent"])

    def _floor(self, p: dict[str, Array]) -> Array:
        analogy = np.zeros((self.runs, self.n, self.n))
        for k in range(self.n):
            said = self._all(p["analogy"])[:, :, k] * self.war[:, None, k]
            said = np.where(np.arange(self.n) != k, said, 0.0)
            others = np.arange(self.n) != k
            analogy[:, others] = np.maximum(analogy[:, others], said[:, None, :])
        floor = self._all(p["intent_floor"])
        return floor + (1.0 - floor) * analogy

    def _shared_reading(self, intent: Array) -> tuple[Array, Array]:
        sharing = ((self.rung[..., SECURITY] >= self.w["sharing"]) & self.off).astype(float)
        partners = sharing.sum(2, keepdims=True) - sharing
        there = (partners > 0) & self.off
        return (sharing @ intent) / np.where(there, partners, 1.0), there

    def _lay_patrons(self, p: dict[str, Array]) -> None:
        promised = self._all(p["commitment"]) * self.off
        self.patron = (promised > 0.0).any(2)
        level = np.clip(promised * self._by_camp(p, "resolve"), 0.0, 1.0)
        self.commitment = np.where(promised > 0.0, level, 0.0)
        self.brokering = np.where(self.patron, self._by_camp(p, "effort") * self.threat.max(2), 0.0)

    def _anchor(self, p: dict[str, Array]) -> None:
        precision, step = p["choice_precision"][:, None, None, None], p["choice_step"][:, None, None, None]
        rest, lock, rung = p["anchor_rest"][:, None, None, None], self._lock(p), self.rung
        kappa = np.minimum(600.0, precision * (step + lock))
        target, z = np.exp(kappa), np.exp(kappa / 3.0)
        for _ in range(NEWTON_STEPS):
            z = z - (z * z * (z + 2.0) - target) / (z * (3.0 * z + 4.0))
        margin = step * (rung + 1) - np.log(z) / precision
        low = step + np.log(np.sqrt(rest) / (1.0 - np.sqrt(rest))) / precision
        high = step * rung - lock - np.log(rest / (1.0 - rest)) / precision
        margin = np.where(rung == 0, low, np.where(rung == self.w["top"], high, margin))
        self.base = self._utility(p) - margin

    # -- decision ----------------------------------------------------------------------

    def _brokered(self) -> Array:
        most = np.zeros((self.runs, self.n, self.n))
        for k in range(self.n):
            root = np.sqrt(self.commitment[:, k, :, None] * self.commitment[:, k, None, :])
            said = np.where(self.patron[:, k], self.brokering[:, k], 0.0)[:, None, None] * root
            most = np.maximum(most, said)
        return most

    def _lock(self, p: dict[str, Array]) -> Array:
        first, step, growth, by = (
            p[name][:, None, None, None]
            for name in ("lock_in_first", "choice_step", "lock_in_growth", "lock_in_brokerage")
        )
        bedrock = np.where(self.rung == 1, p["bedrock"][:, None, None, :], 0.0)
        return first + (step + growth) * (self.rung - 1) + by * self._brokered()[..., None] + bedrock

    def _utility(self, p: dict[str, Array]) -> Array:
        n, threat = self.n, self.threat
        unshared = np.ones((self.runs, n, n))
        excess, worst = np.zeros_like(unshared), np.zeros_like(unshared)
        for k in range(n):
            other = np.ones((n, n), dtype=bool)
            other[k, :] = other[:, k] = False
            mine, theirs = threat[:, :, k, None], threat[:, None, :, k]
            unshared = np.where(other, unshared * (1.0 - mine * theirs), unshared)
            excess = np.where(other, np.maximum(excess, theirs - mine), excess)
            cost = (self._all(p["leverage"])[:, k, :] * threat[:, :, k])[:, :, None]
            worst = np.where(other, np.maximum(worst, cost), worst)
        shared, broker = 1.0 - unshared, self._brokered()
        alone = ~(self.patron[:, :, None] | self.patron[:, None, :])
        shield = self.shield[:, :, None] + self.shield[:, None, :]
        fear, others = self.fear[:, :, None], self.fear[:, None, :]
        weight = [p["weights"][:, k, None, None] for k in range(13)]
        alike = (
            weight[0] * shared
            + weight[1] * shared * (1.0 - 0.5 * shield)
            + weight[2] * broker
            + weight[3] * alone * np.minimum(fear, others)
            - weight[4] * alone * np.abs(fear - others)
            - weight[5] * excess
            + weight[6] * p["complementarity"]
            + weight[7] * self.trust
            + weight[8] * self._by_camp(p, "stance")
            + weight[9] * (self.support[:, :, None] - 0.5)
            - weight[11] * 0.5 * (threat + threat.transpose(0, 2, 1))
        )
        felt = weight[10] * self.grievance * p["audience"][:, :, None]
        roof = np.ones((*unshared.shape, TRACKS))
        roof[..., SECURITY] = 1.0 - broker
        visibility = p["visibility"][:, None, None, :]
        feared: Array = weight[12][..., None] * worst[..., None] * visibility
        return alike[..., None] - felt[..., None] * roof - feared

    def _choose(self, luck: Luck) -> None:
        p, top = self.p, self.w["top"]
        step, precision = p["choice_step"][:, None, None, None], p["choice_precision"][:, None, None, None]
        pace = np.minimum(0.5, p["choice_pace"][:, None] * p["agility"])[:, None, None, :]
        utility, cost = self._utility(p), self.base + step * self.rung
        wants = logistic(precision * (utility - cost - step))
        leaves = logistic(precision * (cost - self._lock(p) - utility))
        upper = np.triu(np.ones((self.n, self.n), dtype=bool), 1)[..., None]
        draw = np.where(upper, luck.dyad[..., :3], luck.dyad[..., :3].transpose(0, 2, 1, 3))
        answer = np.where(upper, luck.dyad[..., 4:7], luck.dyad[..., 4:7].transpose(0, 2, 1, 3))
        u = np.where(upper, 2.0 * draw, 2.0 * draw - 1.0)
        has = np.where(upper, draw < 0.5, draw >= 0.5) & self.off[..., None]
        proposes = has & (u < pace) & (self.rung < top) & (u < pace * wants)
        takes = answer < wants.transpose(0, 2, 1, 3)
        left = has & (u >= 1.0 - pace) & (self.rung > 0) & (u >= 1.0 - pace * leaves)
        self._settle(proposes & takes, proposes & ~takes, left)

    def _settle(self, accepted: Array, refused: Array, left: Array) -> None:
        p = self.p
        for i in range(self.n):
            for j in range(self.n):
                for a in range(TRACKS):
                    up, no, down = accepted[:, i, j, a], refused[:, i, j, a], left[:, i, j, a]
                    if up.any() or down.any():
                        change = up.astype(np.int64) - down
                        trust = np.where(up, p["trust_gain"], 0.0) - np.where(down, p["trust_loss"], 0.0)
                        for x, y in ((i, j), (j, i)):
                            self.rung[:, x, y, a] += change
                            self.trust[:, x, y] = unit(self.trust[:, x, y] + trust)
                        self.hurt[:, j, i] += np.where(down, p["retreat_hurt"], 0.0)
                    if no.any():
                        price = np.where(no, p["refusal_cost"] * (1.0 + self.grievance[:, i, j]), 0.0)
                        self.support[:, i] = unit(self.support[:, i] - price)

    def _weigh_cooperation(self) -> None:
        self.cooperation: Array = (self.w["index_weight"] * self.rung / self.w["top"]).sum(3)

    # -- the month ---------------------------------------------------------------------

    def _coalition(self, p: dict[str, Array]) -> Array:
        total = np.zeros((self.runs, self.n))
        exposure, capability = self._all(p["exposure"]), self._all(p["capability"])
        for j in range(self.n):
            for k in range(j + 1, self.n):
                both = np.minimum(exposure[:, j, :], exposure[:, k, :])
                mean = 0.5 * (capability[:, j] + capability[:, k])
                total += both * (self.cooperation[:, j, k] * mean)[:, None]
        return total

    def _cover(self, p: dict[str, Array]) -> Array:
        return (self._all(p["cover"]) * self.war[:, None, :] * self.off).max(2)

    def _shocks(self, luck: Luck) -> None:
        p, stance = self.p, self._by_camp(self.p, "stance")
        rate = p["shock_rate"] * self.w["background"] * self.off
        favour = p["shock_stance"][:, None, None] * 0.5 * (stance + stance.transpose(0, 2, 1))
        hit = luck.pair[..., 0] < unit(rate / 12.0 * (1.0 - favour))
        size = p["shock_size"][:, None, None] * np.minimum(LONGEST_TAIL, -np.log(luck.pair[..., 1]))
        self.hurt += np.where(hit, size, 0.0)

    def _provoke(self, month: int, luck: Luck) -> None:
        p = self.p
        tempo = self.plan.drivers.tempo[:, month]
        push = self._cover(p) - self.cover_reference
        push = push + p["response"] * (self._coalition(p) - self.coalition_reference)
        begins = (self.talks < 1.0) & (luck.country[..., 3] < p["pause_rate"] / 12.0) & (tempo > 0.0)
        self.talks = np.where(begins, p["pause_months"][:, None], self.talks)
        talking = (self.talks >= 1.0) & (tempo > 0.0)
        depth = np.where(talking, p["pause_depth"][:, None], 0.0)
        rate = tempo / 12.0 * np.exp(np.clip(push, -STEEPEST, STEEPEST)) * (1.0 - depth)
        days = self._poisson(luck.country[..., 0], rate / p["burst"])
        self.acts = self._bursts(luck.country[..., 1], days, p["burst"])
        self.tests = ~talking & (tempo > 0.0) & (luck.country[..., 2] < p["nuclear_rate"] / 12.0)
        self.talks = np.where(talking, self.talks - 1.0, self.talks)

    @staticmethod
    def _poisson(u: Array, mean: Array) -> NDArray[np.int64]:
        mass = np.exp(-np.minimum(mean, 500.0))
        below, count = mass.copy(), np.zeros(u.shape, np.int64)
        for k in range(1, MOST_DAYS):
            more = u > below
            if not more.any():
                break
            mass = mass * mean / k
            below = np.where(more, below + mass, below)
            count += more
        return count

    @staticmethod
    def _bursts(u: Array, days: NDArray[np.int64], burst: Array) -> NDArray[np.int64]:
        stop = 1.0 / burst
        mass = stop**days
        below, extra = mass.copy(), np.zeros(u.shape, np.int64)
        bursts = (days > 0) & (burst > 1.0)
        for k in range(MOST_ACTS):
            more = bursts & (u > below)
            if not more.any():
                break
            mass = mass * (days + k) / (k + 1.0) * (1.0 - stop)
            below = np.where(more, below + mass, below)
            extra += more
        return days + extra

    def _perceive(self) -> None:
        p, w = self.p, self.w
        acts = self.acts + p["nuclear_severity"][:, None] * self.tests
        felt = acts[:, None, :] * p["exposure"] * self._by_camp(p, "reading")
        monthly = p["tempo_reference"] / 12.0
        there = monthly > 0.0
        dose = np.where(
            there[:, None, :], np.log(2.0) * felt / np.where(there, monthly, 1.0)[:, None, :], 0.0
        )
        below = w["sharing"] - 1
        built = np.maximum(self.rung[..., SECURITY], below)
        built = built - np.maximum(w["rung_reference"][..., SECURITY], below)
        raised = self.threat @ built.transpose(0, 2, 1).astype(float)
        raised = p["dilemma"][:, None, None] * np.maximum(0.0, raised) / (w["top"][SECURITY] - below)
        read = 1.0 - np.exp(-np.maximum(0.0, dose + raised))
        floor = self._floor(p)
        rate = (1.0 - np.exp(-np.log(2.0) / p["intent_half_life"]))[:, None, None]
        others, there = self._shared_reading(self.intent)
        revised = toward(self.intent, floor + (1.0 - floor) * read, rate)
        pulled = toward(revised, others, p["intent_pull"][:, None, None])
        self.intent = np.where(there, pulled, revised) * self.off
        self.threat = self.reach * self._power(self.intent, p["intent_exponent"])

    def _feel(self, luck: Luck) -> None:
        p, stance = self.p, self._by_camp(self.p, "stance")
        one = {name: p[name][:, None, None] for name in p if p[name].ndim == 1}
        absorbed = one["absorption_stance"] * 0.5 * (stance + 1.0)
        absorbed = absorbed + one["absorption_cooperation"] * self.cooperation
        landed = self.hurt * (1.0 - np.minimum(one["absorption_ceiling"], absorbed))
        healed = toward(self.grievance, p["grievance_baseline"], one["grievance_heal"])
        self.grievance = np.where(
            self.off, unit(healed + landed - self.balm * 0.5 * (stance + 1.0)), self.grievance
        )
        self.hurt[:], self.balm[:] = 0.0, 0.0
        above = one["favourability_grievance"] * (self.grievance - p["grievance_baseline"])
        opinion = toward(self.favourability, unit(p["favourability_base"] - above), one["favourability_rate"])
        shocked = unit(opinion - one["favourability_shock"] * landed)
        self.favourability = np.where(self.off, shocked, self.favourability)
        self.trust = np.where(self.off, toward(self.trust, self.cooperation, one["trust_relax"]), self.trust)
        disliked = np.maximum(0.0, 1.0 - 2.0 * self.favourability)
        drained = (one["support_drain"] * self.cooperation * disliked * self.off).sum(2)
        chance = (luck.country[..., 4:8].sum(2) - 2.0) * np.sqrt(3.0)
        drifted = toward(self.support, p["support_base"], p["support_reversion"][:, None])
        self.support = unit(drifted + p["support_noise"][:, None] * chance - drained)

    def _govern(self, month: int, luck: Luck) -> None:
        p, w = self.p, self.w
        vote = self.plan.drivers.election[:, month] > 0
        defeat = logistic(p["election_swing"][:, None] * (p["support_base"] - self.support))
        turnover = unit(p["turnover"] / 12.0 * 2.0 * (1.0 - self.support))
        lost = np.where(vote, luck.country[..., 8] < defeat, luck.country[..., 9] < turnover)
        lost &= w["camp_count"] > 1
        others = np.maximum(1, w["camp_count"] - 1)
        pick = np.minimum(others - 1, (luck.country[..., 10] * others).astype(np.int64))
        camp = w["first_camp"] + pick
        self.camp = np.where(lost, np.where(camp < self.camp, camp, camp + 1), self.camp)
        self.support = np.where(lost, p["support_honeymoon"][:, None], self.support)

    def _commit(self) -> None:
        p = self.p
        patron = self.patron[:, :, None]
        fading = p["declaration_fade"][:, None, None] * self.declared
        self.declared = np.where(patron, self.declared - fading, self.declared)
        level = np.clip(p["commitment"] * self._by_camp(p, "resolve") + self.declared, 0.0, 1.0)
        moved = toward(self.commitment, level, p["commitment_rate"][:, None, None])
        self.commitment = np.where(patron, moved, self.commitment)
        effort = self._by_camp(p, "effort") * np.maximum(0.0, self.threat.max(2))
        self.brokering = np.where(self.patron, effort, self.brokering)

    def _take_stock(self) -> None:
        self.shield = np.maximum(0.0, self.commitment.max(1))
        self.fear = np.maximum(0.0, self.threat.max(2)) * (1.0 - self.shield)

    def _gesture(self, luck: Luck) -> None:
        p, stance = self.p, self._by_camp(self.p, "stance")
        for i in range(self.n):
            if not (p["gesture_rate"][:, i] > 0.0).any():
                continue
            for j in range(self.n):
                if i == j:
                    continue
                hazard = p["gesture_rate"][:, i] / 12.0 * np.maximum(0.0, stance[:, i, j])
                hazard = np.minimum(1.0, hazard * self.support[:, i] * self.grievance[:, j, i])
                made = luck.pair[:, i, j, 2] < hazard
                if made.any():
                    self.balm[:, j, i] += np.where(made, p["gesture_size"], 0.0)
                    gain = np.where(made, p["gesture_trust"], 0.0)
                    self.trust[:, j, i] = unit(self.trust[:, j, i] + gain)
                    price = np.where(made, p["gesture_cost"] * self.grievance[:, i, j], 0.0)
                    self.support[:, i] = unit(self.support[:, i] - price)

    def _coerce(self, luck: Luck) -> None:
        p = self.p
        for i in range(self.n):
            if not (p["coercion_rate"][:, i] > 0.0).any():
                continue
            for j in range(self.n):
                if i == j or not (p["exposure"][:, j, i] > 0.0).any():
                    continue
                target = p["exposure"][:, :, i] > 0.0
                target[:, [i, j]] = False
                built = np.where(target, self.cooperation[:, j], 0.0).max(1)
                leverage = p["leverage"][:, i, j]
                struck = luck.pair[:, i, j, 3] < np.minimum(
                    1.0, p["coercion_rate"][:, i] / 12.0 * leverage * built
                )
                if struck.any():
                    price = np.where(struck, p["coercion_support"] * leverage, 0.0)
                    self.support[:, j] = unit(self.support[:, j] - price)
                    rate = np.where(struck, p["coercion_intent"], 0.0)
                    self.intent[:, j, i] = toward(self.intent[:, j, i], 1.0, rate)

    def month(self, month: int, luck: Luck) -> None:
        """The stages of one month, in the order of the model."""
        self._shocks(luck)
        self._provoke(month, luck)
        self._perceive()
        self._feel(luck)
        self._govern(month, luck)
        self._commit()
        self._take_stock()
        self._gesture(luck)
        self._choose(luck)
        self._weigh_cooperation()
        self._coerce(luck)


def simulate(plan: Plan, runs: int, seed: int) -> tuple[Array, Array]:
    """Index and rungs of the focal dyad: (runs, months) and (runs, months, tracks)."""
    rng = np.random.default_rng(seed)
    return path(Runs(plan, *vectors(plan, runs, rng)), drawn_by(rng, runs, len(plan.codes)))


def path(runs: Runs, luck: Callable[[int], Luck]) -> tuple[Array, Array]:
    """Live all months."""
    i, j = runs.w["focus"]
    months = runs.plan.drivers.tempo.shape[1]
    index = np.empty((runs.runs, months))
    rungs = np.empty((runs.runs, months, TRACKS))
    for month in range(months):
        runs.month(month, luck(month))
        index[:, month] = 100.0 * runs.cooperation[:, i, j]
        rungs[:, month] = runs.rung[:, i, j]
    return index, rungs
