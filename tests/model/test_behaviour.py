"""What countries do, as short sequences that a historian can read, and as tendencies over many runs."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from simulation.engines.ensemble import Block, run_ensemble
from simulation.engines.plan import Plan, build_plan
from simulation.model import behaviours, happening, settling
from simulation.model.state import ACCEPTED, LEFT, REFUSED, SECURITY, STRIKES, State
from simulation.model.vector import Parameters
from simulation.scenario.resolve import load_scenario
from tests.model.small import CAMPS, N, luck, pairs, parameters, setting, state

NEAR = pytest.approx
WATCHED, BUILDER, ADVERSARY = 0, 2, 1


def camps(entries: dict[tuple[int, int], float], otherwise: float = 0.0) -> np.ndarray:
    """A table of camps by countries with these entries."""
    table = np.full((CAMPS, N), otherwise)
    for place, value in entries.items():
        table[place] = value
    return table


# -- threat ---------------------------------------------------------------------------


def watcher(**values: object) -> Parameters:
    """0 watches 2: 12 acts a month are its reference, half of a reading arrives in a month, floor .2."""
    given = {
        "exposure": pairs({(0, 2): 1.0}),
        "reading": camps({}, 1.0),
        "tempo_reference": [0.0, 0.0, 144.0, 0.0],
        "intent_floor": pairs({(0, 2): 0.2}),
        "intent_half_life": 1.0,
        "intent_exponent": 1.0,
    }
    return parameters(**(given | values))


def readings(p: Parameters, acts: list[int], s: State | None = None, **given: object) -> list[float]:
    """Intent that 0 reads into 2, month by month, under these acts."""
    s = state(intent=pairs({(0, 2): 0.2}), reach=pairs({(0, 2): 0.5})) if s is None else s
    found = []
    for count in acts:
        s.acts[2] = count
        for i in range(N):
            behaviours.recall(i, s)
        behaviours.perceive(0, s, p, setting(**given))
        found.append(float(s.intent[0, 2]))
        assert s.threat[0, 2] == NEAR(s.reach[0, 2] * s.intent[0, 2])
    return found


def test_a_salvo_is_read_within_months_and_forgotten_within_months():
    # Twelve acts are a signal of .5: intent moves half way to .2 + .8 x .5 = .6, and back to its floor.
    assert readings(watcher(), [0, 12, 12, 0, 0]) == NEAR([0.2, 0.4, 0.5, 0.35, 0.275])


def test_standing_rivalry_outlives_quiet():
    assert readings(watcher(), [0] * 200)[-1] == NEAR(0.2)


def test_a_camp_that_looks_away_sees_nothing():
    p = watcher(reading=camps({(0, 2): 0.0, (1, 2): 2.0}))
    assert readings(p, [12, 12]) == NEAR([0.2, 0.2])
    s = state(camp=[1, 2, 3, 4], intent=pairs({(0, 2): 0.2}), reach=pairs({(0, 2): 0.5}))
    assert readings(p, [12], s) == NEAR([0.5])  # the other sees twice as much: .2 + .8 x .75 = .8


def test_a_nuclear_test_weighs_as_many_acts_as_its_severity():
    s = state(intent=pairs({(0, 2): 0.2}), tests=[0, 0, 1, 0])
    assert readings(watcher(nuclear_severity=12.0), [0], s) == NEAR([0.4])


def test_analogy_a_war_by_one_raises_the_intent_read_into_its_peer():
    s = state(intent=pairs({(0, 2): 0.2}), war=[0.0, 0.0, 0.0, 1.0])
    p = watcher(analogy=pairs({(2, 3): 0.5}))
    assert readings(p, [0] * 40, s)[-1] == NEAR(0.6)  # .2 + .8 x .5
    s.war[:] = 1.0, 0.0, 1.0, 0.0
    assert readings(p, [0] * 40, s)[-1] == NEAR(0.2)  # a war of its own, or of the watcher, is no analogy


def test_partners_who_share_intelligence_draw_together():
    rung = np.zeros((N, N, 3), int)
    rung[0, 1] = rung[1, 0] = 3
    s = state(intent=pairs({(0, 2): 0.2, (1, 2): 0.8}), rung=rung)
    assert readings(watcher(intent_pull=0.25), [0], s, sharing=3) == NEAR([0.35])
    s = state(intent=pairs({(0, 2): 0.2, (1, 2): 0.8}), rung=rung)
    assert readings(watcher(intent_pull=0.25), [0], s, sharing=4) == NEAR([0.2])


# -- the security dilemma -------------------------------------------------------------


def built(rung: int, threat: float = 0.5) -> float:
    """What 0 reads out of the security rung of 2 with 1, whom it fears; sharing begins at rung 3 of 5."""
    rungs = np.zeros((N, N, 3), int)
    rungs[BUILDER, ADVERSARY, SECURITY] = rungs[ADVERSARY, BUILDER, SECURITY] = rung
    s = state(rung=rungs, threat=pairs({(WATCHED, ADVERSARY): threat}))
    return behaviours.built_by_rivals(WATCHED, BUILDER, s, parameters(dilemma=0.6), setting())


def test_first_half_what_adversaries_build_is_read_as_hostile():
    assert [built(rung) for rung in range(6)] == NEAR([0.0, 0.0, 0.0, 0.1, 0.2, 0.3])
    assert built(5, threat=0.0) == 0.0  # between others whom one does not fear it is nothing


def test_what_stood_in_the_reference_month_threatens_nobody_anew():
    rungs = np.zeros((N, N, 3), int)
    rungs[1, 2, SECURITY] = rungs[2, 1, SECURITY] = 4
    s, p = state(rung=rungs, threat=pairs({(0, 1): 0.5})), parameters(dilemma=0.6)
    assert behaviours.built_by_rivals(0, 2, s, p, setting(rung_reference=rungs)) == 0.0
    s.rung[1, 2, SECURITY] = s.rung[2, 1, SECURITY] = 3  # nor does what was taken back
    assert behaviours.built_by_rivals(0, 2, s, p, setting(rung_reference=rungs)) == 0.0


@pytest.mark.parametrize(("response", "acts"), [(-4.0, "fewer"), (0.0, "as many"), (4.0, "more")])
def test_second_half_the_coalition_faced_deters_or_provokes(response: float, acts: str):
    p = parameters(
        exposure=pairs({(0, 2): 1.0, (1, 2): 0.5}),
        capability=[0.4, 0.2, 0.0, 0.0],
        response=[0.0, 0.0, response, 0.0],
        burst=1.0,
    )
    s = state(cooperation=pairs({(0, 1): 0.8, (1, 0): 0.8}), tempo=[0.0, 0.0, 120.0, 0.0])
    behaviours.provoke(2, s, p, setting(), luck(0.5))
    assert s.coalition[2] == NEAR(0.5 * 0.8 * 0.3)
    assert {"fewer": s.acts[2] < 10, "as many": s.acts[2] == 10, "more": s.acts[2] > 10}[acts]


# -- talks ----------------------------------------------------------------------------


def test_a_pause_lasts_as_long_as_talks_and_then_acts_resume():
    p = parameters(pause_rate=1.2, pause_months=3.0, pause_depth=1.0, burst=1.0)
    s, w = state(tempo=[0.0, 0.0, 120.0, 0.0]), setting()
    acts = []
    for month in range(6):
        drawn = luck(0.5)
        drawn.country[2, 3] = 0.05 if month == 1 else 0.5  # talks begin in the second month
        s.acts[2] = 0
        behaviours.provoke(2, s, p, w, drawn)
        acts.append(int(s.acts[2]))
    assert acts == [10, 0, 0, 0, 10, 10]


def test_talks_that_an_event_begins_last_as_long():
    p = parameters(pause_depth=1.0, burst=1.0)
    s, w = state(tempo=[0.0, 0.0, 120.0, 0.0]), setting()
    happening.effect(happening.EFFECTS.index("talks"), 2, 2, 0, 3.0, s, w)
    acts = []
    for _ in range(5):
        s.acts[2] = 0
        behaviours.provoke(2, s, p, w, luck(0.5))
        acts.append(int(s.acts[2]))
    assert acts == [0, 0, 0, 10, 10]


def test_nothing_is_tested_while_talks_last():
    p = parameters(pause_months=3.0, pause_depth=1.0, burst=1.0, nuclear_rate=12.0)
    s = state(tempo=12.0, talks=[0.0, 0.0, 5.0, 0.0])
    for i in (2, 3):
        behaviours.provoke(i, s, p, setting(), luck(0.5))
    assert s.tests.tolist() == [0, 0, 0, 1]


# -- publics --------------------------------------------------------------------------


def felt(stance: float, cooperation: float = 0.5, hurt: float = 0.2, balm: float = 0.0) -> float:
    """Rise of 0's grievance against 1 in one month."""
    p = parameters(
        stance=camps({(0, 1): stance}),
        absorption_stance=0.45,
        absorption_cooperation=0.4,
        absorption_ceiling=0.9,
        grievance_baseline=0.3,
        grievance_heal=0.02,
    )
    s = state(grievance=0.3, hurt=pairs({(0, 1): hurt}), balm=pairs({(0, 1): balm}), cooperation=cooperation)
    behaviours.feel(0, s, p, setting(), luck(0.5))
    assert s.hurt[0, 1] == s.balm[0, 1] == 0.0
    return float(s.grievance[0, 1]) - 0.3


def test_the_same_ruling_breaks_relations_or_is_absorbed():
    assert felt(stance=-0.4, cooperation=0.2) == NEAR(0.2 * (1 - 0.135 - 0.08))
    assert felt(stance=0.8, cooperation=0.7) == NEAR(0.2 * (1 - 0.405 - 0.28))
    assert felt(stance=0.5) < felt(stance=0.0) < felt(stance=-0.5)
    assert felt(stance=0.5, cooperation=0.9) < felt(stance=0.5, cooperation=0.1)


def test_a_concession_is_not_absorbed_but_needs_ears():
    assert felt(stance=1.0, hurt=0.0, balm=0.1) == NEAR(-0.1)
    assert felt(stance=0.0, hurt=0.0, balm=0.1) == NEAR(-0.05)
    assert felt(stance=-1.0, hurt=0.0, balm=0.1) == NEAR(0.0)


def test_grievance_heals_to_its_baseline_and_favourability_follows_later():
    p = parameters(
        grievance_baseline=0.2,
        grievance_heal=0.5,
        favourability_base=0.6,
        favourability_rate=0.5,
        favourability_grievance=1.0,
    )
    s = state(grievance=0.6, favourability=0.2)
    months = []
    for _ in range(3):
        behaviours.feel(0, s, p, setting(), luck(0.5))
        months.append((float(s.grievance[0, 1]), float(s.favourability[0, 1])))
    assert months == [NEAR((0.4, 0.3)), NEAR((0.3, 0.4)), NEAR((0.25, 0.475))]


def test_cooperation_with_a_disliked_partner_drains_support():
    p = parameters(support_base=0.5, support_drain=0.1, favourability_base=0.25)
    s = state(favourability=pairs({(0, 1): 0.25, (0, 2): 0.6, (0, 3): 0.6}), cooperation=0.8)
    behaviours.feel(0, s, p, setting(), luck(0.5))
    assert s.support[0] == NEAR(0.5 - 0.1 * 0.8 * 0.5)


def test_a_certain_loss_changes_the_camp_and_brings_a_honeymoon():
    p = parameters(election_swing=50.0, support_base=1.0, support_honeymoon=0.65)
    s, w = state(election=[1, 1, 0, 0], support=0.1), setting()
    for i in range(N):
        behaviours.govern(i, s, p, w, luck(0.5))
    assert s.camp.tolist() == [1, 2, 3, 4]  # 1 has nobody else, and 2 and 3 do not vote
    assert s.support.tolist() == [0.65, 0.1, 0.1, 0.1]


def test_a_certain_victory_changes_nothing():
    p = parameters(election_swing=50.0, support_base=0.0)
    s = state(election=1, support=1.0)
    behaviours.govern(0, s, p, setting(), luck(0.5))
    assert (s.camp[0], s.support[0]) == (0, 1.0)


@pytest.mark.parametrize(("before", "draw", "after"), [(0, 0.2, 1), (0, 0.8, 2), (1, 0.2, 0), (2, 0.8, 1)])
def test_a_government_that_falls_is_followed_by_another_camp(before: int, draw: float, after: int):
    p = parameters(turnover=6.0)
    s, drawn = state(camp=[before, 3, 4, 4], support=0.0), luck(0.5)
    drawn.country[0, 10] = draw
    behaviours.govern(0, s, p, setting(camp_count=[3, 1, 1, 1]), drawn)
    assert s.camp[0] == after


# -- patrons, gestures, settlement, coercion -------------------------------------------


def test_commitment_follows_the_camp_and_declarations_fade():
    p = parameters(
        commitment=pairs({(3, 0): 0.8}),
        resolve=camps({(4, 0): 0.5}),
        commitment_rate=0.5,
        declaration_fade=0.5,
    )
    s = state(patron=[0, 0, 0, 1], commitment=pairs({(3, 0): 0.8}), declared=pairs({(3, 0): 0.4}))
    months = []
    for _ in range(3):
        behaviours.commit(3, s, p, setting())
        months.append(float(s.commitment[3, 0]))
    # Toward .4 + .2, then .4 + .1, then .4 + .05.
    assert months == NEAR([0.7, 0.6, 0.525])


def test_a_promise_taken_away_altogether_wears_off():
    s = state(patron=[0, 0, 0, 1], commitment=pairs({(3, 0): 0.8}), declared=pairs({(3, 0): -0.4}))
    months = []
    for _ in range(3):
        behaviours.commit(3, s, parameters(commitment_rate=0.5), setting())
        months.append(float(s.commitment[3, 0]))
    assert months == NEAR([0.4, 0.2, 0.1])  # toward 0, where doubt has nothing left to take


def test_a_patron_brokers_by_the_threat_it_sees_itself():
    p, w = parameters(effort=[0.0, 0.0, 0.0, 0.0, 0.5]), setting()
    s = state(patron=[0, 0, 0, 1], threat=pairs({(3, 2): 0.6, (3, 1): 0.2, (0, 2): 0.9}))
    behaviours.commit(3, s, p, w)
    assert s.brokering[3] == NEAR(0.3)
    s.threat[3] = 0.0
    behaviours.commit(3, s, p, w)
    assert s.brokering[3] == 0.0


def test_the_best_shield_counts_and_what_it_leaves_is_fear():
    s = state(commitment=pairs({(2, 0): 0.3, (3, 0): 0.75}), threat=pairs({(0, 1): 0.4, (0, 2): 0.8}))
    behaviours.take_stock(0, s)
    assert (s.shield[0], s.fear[0]) == (0.75, NEAR(0.2))


def test_a_gesture_costs_at_home_and_lowers_the_partner_s_grievance():
    p = parameters(
        gesture_rate=[12.0, 0.0, 0.0, 0.0],
        gesture_size=0.2,
        gesture_trust=0.1,
        gesture_cost=0.3,
        stance=camps({(0, 1): 1.0, (2, 0): 0.5}),
        support_base=0.8,
        grievance_baseline=0.5,
    )
    s, w = state(support=0.8, grievance=0.5), setting()
    behaviours.gesture(0, s, p, w, luck(0.39))  # the hazard is 1 x .8 x .5 = .4
    assert s.balm.tolist() == pairs({(1, 0): 0.2}).tolist()  # only 1, whom its camp wants
    assert s.trust[1, 0] == NEAR(0.1)
    assert s.support[0] == NEAR(0.8 - 0.3 * 0.5)
    behaviours.feel(1, s, p, w, luck(0.5))
    assert s.grievance[1, 0] == NEAR(0.5 - 0.2 * 0.75)
    assert s.grievance[0, 1] == 0.5


def test_no_gesture_by_chance_or_without_a_wish():
    p = parameters(gesture_rate=12.0, gesture_size=0.2, stance=camps({(0, 1): 1.0, (2, 0): -1.0}))
    s, w = state(support=0.8, grievance=0.5), setting()
    behaviours.gesture(0, s, p, w, luck(0.41))
    behaviours.gesture(1, s, p, w, luck(0.0))
    assert not s.balm.any()


def settled(outcome: int, **values: float) -> State:
    rungs = np.full((N, N, 3), 2)
    outcomes = np.zeros((N, N, 3), int)
    outcomes[0, 1, SECURITY] = outcome
    s = state(rung=rungs, outcome=outcomes, trust=0.5, support=0.5, grievance=0.4)
    settling.settle(0, s, parameters(**values))
    return s


def test_a_step_up_binds_both_sides():
    s = settled(ACCEPTED, trust_gain=0.06)
    assert s.rung[0, 1].tolist() == s.rung[1, 0].tolist() == [2, 3, 2]
    assert (s.trust[0, 1], s.trust[1, 0], s.trust[0, 2]) == (NEAR(0.56), NEAR(0.56), 0.5)


def test_a_step_down_wounds_the_partner_and_not_oneself():
    s = settled(LEFT, trust_loss=0.12, retreat_hurt=0.1)
    assert s.rung[0, 1].tolist() == s.rung[1, 0].tolist() == [2, 1, 2]
    assert (s.trust[0, 1], s.trust[1, 0]) == (NEAR(0.38), NEAR(0.38))
    assert s.hurt.tolist() == pairs({(1, 0): 0.1}).tolist()
    behaviours.feel(1, s, parameters(grievance_baseline=0.4), setting(), luck(0.5))
    assert s.grievance[1, 0] == NEAR(0.5)


def test_a_refusal_costs_the_proposer_the_more_the_more_aggrieved_its_public_is():
    s = settled(REFUSED, refusal_cost=0.05)
    assert s.support.tolist() == [NEAR(0.5 - 0.05 * 1.4), 0.5, 0.5, 0.5]
    assert (s.rung == 2).all()


def test_only_leverage_coerces_and_only_those_who_built_with_other_targets():
    p = parameters(
        coercion_rate=[0.0, 0.0, 12.0, 12.0],
        leverage=pairs({(2, 0): 0.8}),
        exposure=pairs({(0, 2): 1.0, (1, 2): 1.0, (0, 3): 1.0, (1, 3): 1.0}),
        coercion_support=0.1,
        coercion_intent=0.5,
    )
    s, w = state(cooperation=pairs({(0, 1): 0.5, (1, 0): 0.5})), setting()
    for i in range(N):
        settling.coerce(i, s, p, w, luck(0.39))  # the hazard is 1 x .8 x .5 = .4
    assert s.tally[STRIKES].tolist() == pairs({(2, 0): 1}).tolist()
    assert s.support.tolist() == [NEAR(0.42), 0.5, 0.5, 0.5]
    assert s.intent.tolist() == pairs({(0, 2): 0.5}).tolist()
    s.cooperation[:] = 0.0
    settling.coerce(2, s, p, w, luck(1e-9))
    assert s.tally[STRIKES].sum() == 1


def test_fewer_shocks_strike_where_both_camps_want_the_partnership():
    p = parameters(
        shock_rate=pairs({(0, 1): 1.2, (1, 0): 1.2}),
        shock_size=0.1,
        shock_stance=1.0,
        stance=camps({(0, 1): 0.5, (2, 0): 0.5}),
    )
    s, w, drawn = state(), setting(), luck(0.5)
    drawn.pair[:, :, 0] = 0.06  # the hazard is .1 x (1 - .5) = .05, or .1 under neutral camps
    drawn.pair[:, :, 1] = np.exp(-1.5)
    happening.shocks(0, s, p, w, drawn)
    assert not s.hurt.any()
    p.stance[:] = 0.0
    happening.shocks(0, s, p, w, drawn)
    assert s.hurt.tolist() == [NEAR(row) for row in pairs({(0, 1): 0.15}).tolist()]
    happening.shocks(1, s, p, setting(background=0.5), drawn)
    assert s.hurt[1, 0] == 0.0


# -- tendencies over many runs ---------------------------------------------------------

QUIET = {
    f"{path}.{code}": 0.0
    for path in ("turnover", "coercion.rate", "gesture.rate", "pause.rate", "nuclear.rate")
    for code in ("JPN", "KOR", "USA", "PRK", "CHN", "RUS")
}
RUNS = 400
FOCAL = ("diplomatic", "security", "economic")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("behaviour")


def steady(folder: Path, settings: Mapping[str, float], months: int = 60) -> tuple[Plan, Block]:
    """Reference tempos, no shocks, no elections, no coercion: nothing but choices."""
    path = folder / "steady.yaml"
    lines = [f"  {name}: {value}" for name, value in (QUIET | dict(settings)).items()]
    head = "format: 1\ntitle: Steady\nworld: northeast_asia\nuncertainty: [chance]\nbackground: 0\nset:\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    plan = build_plan(load_scenario(path, [f"months={months}"]))
    plan.drivers.election[:] = 0
    return plan, run_ensemble(plan, RUNS, keep_paths=True)


def mean(found: tuple[Plan, Block], name: str) -> float:
    """Mean of a measure over the three tracks."""
    plan, block = found
    slots = [
        one.slot for one in plan.measures if one.name.rsplit(".", 1)[0] == name and one.name.endswith(FOCAL)
    ]
    assert len(slots) == 3
    return float(block.measures[:, slots].mean())


def drifts(found: tuple[Plan, Block]) -> dict[str, float]:
    """Dyads and tracks whose mean rung after all months is a rung or more from its start."""
    plan, block = found
    assert block.paths is not None
    moved = {
        one.name: round(float(np.mean(block.paths[:, -1, one.slot] - block.paths[:, 0, one.slot])), 2)
        for one in plan.series
        if one.name.startswith("rung.")
    }
    assert len(moved) == 45
    return {name: drift for name, drift in moved.items() if abs(drift) >= 1.0}


def test_near_the_reference_month_rungs_rest_while_each_reads_for_itself(folder: Path):
    assert drifts(steady(folder, {"intent.pull": 0.0})) == {}


def test_near_the_reference_month_rungs_rest(folder: Path):
    assert drifts(steady(folder, {})) == {}


def test_pace_is_speed_and_not_level(folder: Path):
    push = {"weights.article.shared_threat": 2.0, "trust.relax": 0.0, "trust.gain": 0.0, "trust.loss": 0.0}
    slow = steady(folder, push | {"choice.pace": 0.06})
    fast = steady(folder, push | {"choice.pace": 0.12}, months=30)
    half_way = steady(folder, push | {"choice.pace": 0.06}, months=30)
    assert mean(slow, "final") == NEAR(mean(fast, "final"), abs=0.1)
    assert mean(slow, "final") - mean(half_way, "final") > 0.2


def test_precision_sharpens_choice(folder: Path):
    """Under a push up, more precise countries climb more surely and fall more rarely."""
    push = {"weights.article.shared_threat": 1.6}
    climbs = [mean(steady(folder, push | {"choice.precision": x}), "final") for x in (1.0, 4.0, 8.0)]
    assert climbs == sorted(climbs)
    assert climbs[2] - climbs[0] > 0.5
    pull = {"weights.article.shared_threat": 0.0}
    falls = [mean(steady(folder, pull | {"choice.precision": x}), "highest") for x in (1.0, 4.0, 8.0)]
    assert falls[0] - max(falls[1:]) > 0.05


def test_a_higher_step_makes_climbs_rarer(folder: Path):
    highest = [mean(steady(folder, {"choice.step": x}), "highest") for x in (0.1, 0.15, 0.3)]
    assert highest[0] > highest[1] + 0.2
    assert highest[1] > highest[2] + 0.2


@pytest.mark.parametrize("path", ["lock_in.first", "lock_in.growth", "lock_in.brokerage"])
def test_lock_in_makes_reversals_rarer(path: str, folder: Path):
    falls = [mean(steady(folder, {path: x}), "reversals") for x in (0.0, 0.2, 0.8)]
    assert falls[0] > falls[1] > falls[2]
