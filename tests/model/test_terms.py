"""The thirteen terms, worked out by hand on one small state.

0 weighs cooperation with 1. Both are clients of 3 and, less, of 2; every number differs from every other,
so that a term that reads the wrong one, or with the wrong sign, comes out wrong.
"""

import numpy as np
import pytest

from simulation.model import decision
from simulation.model.alignment import weigh
from simulation.model.state import DIPLOMATIC, ECONOMIC, SECURITY, State
from simulation.model.vector import Parameters
from simulation.world import whole
from simulation.world.whole import TERMS
from tests.model.small import CAMPS, N, luck, pairs, parameters, setting, state

THREAT = [[0.0, 0.1, 0.5, 0.4], [0.3, 0.0, 0.6, 0.25], [0.9, 0.8, 0.0, 0.7], [0.15, 0.35, 0.95, 0.0]]


@pytest.fixture
def s() -> State:
    return state(
        camp=[1, 2, 3, 4],
        threat=THREAT,
        shield=[0.8, 0.4, 0.0, 0.0],
        patron=[0, 0, 1, 1],
        brokering=[0.99, 0.98, 0.9, 0.5],
        commitment=pairs({(3, 0): 0.81, (3, 1): 0.49, (2, 0): 0.04, (2, 1): 0.09}),
        fear=[0.3, 0.2, 0.05, 0.07],
        trust=pairs({(0, 1): 0.35, (1, 0): 0.55}),
        support=[0.62, 0.41, 0.5, 0.5],
        grievance=pairs({(0, 1): 0.4, (1, 0): 0.6}),
    )


@pytest.fixture
def p() -> Parameters:
    stance = np.zeros((CAMPS, N))
    stance[0, 1], stance[1, 1], stance[2, 0] = 0.75, -0.25, 0.65
    return parameters(
        complementarity=pairs({(0, 1): 0.45, (1, 0): 0.45}),
        audience=[0.7, 0.9, 0.0, 0.0],
        leverage=pairs({(2, 0): 0.6, (3, 0): 0.2, (2, 1): 0.1, (3, 1): 0.8, (0, 2): 0.97, (0, 3): 0.96}),
        visibility=[0.1, 0.85, 0.3],
        stance=stance,
    )


# The same for all tracks but three numbers. Of 0 toward 1:
#   shared threat 1 - (1 - .5 x .6)(1 - .4 x .25) = .37; not met by commitments of mean (.8 + .4) / 2: .148
#   brokerage of 3: .5 sqrt(.81 x .49) = .315, more than that of 2: .9 sqrt(.04 x .09) = .054
#   entrapment: 1 feels 2 more than 0 does, by .1
#   grievance .4 x .7 = .28, under the roof of the patron .28 x (1 - .315) = .1918
#   retaliation: 2 can cost .6 x .5 = .3, more than 3: .2 x .4 = .08
OF_0 = {
    "shared_threat": 0.37,
    "net_threat": 0.148,
    "brokerage": 0.315,
    "abandonment": 0.2,
    "asymmetry": -0.1,
    "entrapment": -0.1,
    "gain": 0.45,
    "trust": 0.35,
    "stance": -0.25,
    "support": 0.12,
    "mutual_threat": -0.2,
}
# Of 1 toward 0: 0 feels 3 more than 1 does, by .15; 3 can cost .8 x .25 = .2, more than 2: .1 x .6 = .06.
OF_1 = OF_0 | {"entrapment": -0.15, "trust": 0.55, "stance": 0.65, "support": -0.09}
BY_TRACK = {
    (0, 1, DIPLOMATIC): OF_0 | {"grievance": -0.28, "retaliation": -0.03},
    (0, 1, SECURITY): OF_0 | {"grievance": -0.1918, "retaliation": -0.255},
    (0, 1, ECONOMIC): OF_0 | {"grievance": -0.28, "retaliation": -0.09},
    (1, 0, DIPLOMATIC): OF_1 | {"grievance": -0.54, "retaliation": -0.02},
    (1, 0, SECURITY): OF_1 | {"grievance": -0.3699, "retaliation": -0.17},
    (1, 0, ECONOMIC): OF_1 | {"grievance": -0.54, "retaliation": -0.06},
}


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize(("i", "j", "track"), BY_TRACK)
def test_each_term_by_hand(i: int, j: int, track: int, term: str, s: State, p: Parameters):
    values = dict(zip(TERMS, decision.terms(i, j, track, s, p), strict=True))
    assert values[term] == pytest.approx(BY_TRACK[i, j, track][term], abs=1e-12)


def test_a_dyad_with_a_patron_fears_nothing(s: State, p: Parameters):
    for i, j in ((0, 3), (3, 0), (1, 2), (2, 3)):
        values = dict(zip(TERMS, decision.terms(i, j, DIPLOMATIC, s, p), strict=True))
        assert (values["abandonment"], abs(values["asymmetry"])) == (0.0, 0.0)


def test_who_fears_more_does_not_matter_to_asymmetry(s: State, p: Parameters):
    s.fear[:2] = 0.2, 0.3
    values = dict(zip(TERMS, decision.terms(0, 1, DIPLOMATIC, s, p), strict=True))
    assert values["asymmetry"] == pytest.approx(-0.1, abs=1e-12)


def test_a_quarrel_that_is_wholly_one_s_own_entraps_nobody(s: State):
    s.threat[1] = 0.0
    assert decision.entrapment(0, 1, s) == 0.0


def test_only_a_patron_brokers(s: State):
    assert decision.brokered(0, 1, s) == pytest.approx(0.315, abs=1e-12)
    s.patron[3] = 0
    assert decision.brokered(0, 1, s) == pytest.approx(0.054, abs=1e-12)
    s.patron[2] = 0
    assert decision.brokered(0, 1, s) == 0.0


def test_of_two_patrons_the_one_that_achieves_more_counts(s: State):
    s.brokering[3] = 0.05  # times .63 is .0315: now 2, the first of the two, achieves more
    assert decision.brokered(0, 1, s) == pytest.approx(0.054, abs=1e-12)


def test_the_threat_of_the_two_themselves_is_not_shared(s: State):
    s.threat[0, 1] = s.threat[1, 0] = s.threat[0, 0] = s.threat[1, 1] = 1.0
    assert decision.shared_threat(0, 1, s) == pytest.approx(0.37, abs=1e-12)


def test_the_leverage_of_the_partner_itself_is_no_retaliation(s: State, p: Parameters):
    p.leverage[1, 0] = p.leverage[0, 0] = 1.0
    s.threat[0, 1] = s.threat[0, 0] = 1.0
    assert decision.retaliation(0, 1, s, p) == pytest.approx(0.3, abs=1e-12)


def test_without_leverage_there_is_no_retaliation(s: State, p: Parameters):
    p.leverage[:] = 0.0
    assert decision.retaliation(0, 1, s, p) == 0.0
    p.leverage[2, 0] = 0.01
    assert decision.retaliation(0, 1, s, p) == pytest.approx(0.01 * s.threat[0, 2], abs=1e-12)


def test_the_thirteen_terms_in_the_order_of_the_world():
    assert TERMS == whole.TERMS
    assert len(TERMS) == 13


def test_weights_meet_their_own_terms():
    for k in range(13):
        weights = np.zeros(13)
        weights[k] = 2.0
        assert weigh(weights, tuple(float(10 + at) for at in range(13))) == 2.0 * (10 + k)


def test_the_sum_is_taken_in_the_order_of_terms():
    terms = (1e16, 1.0, -1e16, *[0.0] * 10)
    assert weigh(np.ones(13), terms) == 0.0  # 1 is lost beside 1e16: in another order it would remain
    assert weigh(np.ones(13), (1e16, -1e16, 1.0, *[0.0] * 10)) == 1.0


def test_utility_is_the_weighted_sum(s: State, p: Parameters):
    p.weights[:] = [0.1 * (k + 1) for k in range(13)]
    values = [BY_TRACK[0, 1, SECURITY][name] for name in TERMS]
    by_hand = sum(0.1 * (k + 1) * value for k, value in enumerate(values))
    assert decision.utility(0, 1, SECURITY, s, p) == pytest.approx(by_hand, abs=1e-12)


# -- from utility to a step ----------------------------------------------------------


def half(s: State, p: Parameters, rung: int) -> None:
    """0 holds this rung with 1 on the security track, and no term weighs."""
    p.weights[:] = 0.0
    s.rung[0, 1, SECURITY] = s.rung[1, 0, SECURITY] = rung


LOGIT = {
    "choice_precision": 4.0, "choice_pace": 0.1, "agility": [1.0, 2.0, 1.0], "choice_step": 0.15,
    "lock_in_first": 0.25,
}  # fmt: skip


def test_chances_to_advance_and_to_leave_by_hand(s: State):
    p = parameters(**LOGIT, lock_in_growth=0.05, lock_in_brokerage=0.4)
    half(s, p, 2)
    s.base[0, 1, SECURITY] = 0.3
    p.weights[TERMS.index("trust")] = 0.2  # utility .2 x .35 = .07
    # The rung above costs .3 + 3 x .15 = .75. Leaving costs .25 + (.15 + .05)(2 - 1) + .4 x .315 = .576.
    assert decision.proposes(0, 1, SECURITY, s, p) == pytest.approx(1 / (1 + np.exp(4 * 0.68)), rel=1e-12)
    held = 0.3 + 2 * 0.15 - 0.576 - 0.07
    assert decision.leaves(0, 1, SECURITY, s, p) == pytest.approx(1 / (1 + np.exp(-4 * held)), rel=1e-12)


def test_one_draw_gives_advance_hold_or_retreat(s: State):
    p, w = parameters(**LOGIT), setting()
    half(s, p, 2)
    s.base[0, 1, SECURITY] = -0.45  # the rung above is worth exactly what it costs: half of the pace advances
    up = 0.2 * 0.5
    leaves = decision.leaves(0, 1, SECURITY, s, p)
    assert leaves == pytest.approx(1 / (1 + np.exp(4 * (0.15 + 0.25 + 0.15))), rel=1e-12)
    down = 1.0 - 0.2 * leaves
    draws = {0.0: 1, up - 1e-9: 1, up + 1e-9: 0, 0.5: 0, down - 1e-9: 0, down + 1e-9: -1, 0.999999: -1}
    for draw, step in draws.items():
        assert decision.step_of(0, 1, SECURITY, draw, s, p, w) == step


def test_nobody_leaves_the_bottom_or_climbs_past_the_top(s: State):
    p, w = parameters(**LOGIT), setting()
    half(s, p, 0)
    s.base[:] = 100.0
    assert decision.step_of(0, 1, SECURITY, 0.999999, s, p, w) == 0
    half(s, p, 5)
    s.base[:] = -100.0
    assert decision.step_of(0, 1, SECURITY, 1e-9, s, p, w) == 0


@pytest.mark.parametrize(
    ("draw", "lower", "higher"), [(0.0, 0.0, -1.0), (0.2, 0.4, -1.0), (0.5, -1.0, 0.0), (0.8, -1.0, 0.6)]
)
def test_one_draw_says_whose_turn_it_is_and_what_is_drawn(draw: float, lower: float, higher: float):
    drawn = luck(draw)
    assert decision.initiative(0, 1, SECURITY, drawn) == pytest.approx(lower)
    assert decision.initiative(1, 0, SECURITY, drawn) == pytest.approx(higher)


def test_accepting_is_held_against_the_same_chance_as_proposing(s: State):
    p = parameters(**LOGIT)
    half(s, p, 1)
    chance = decision.proposes(1, 0, SECURITY, s, p)
    assert decision.accepts(1, 0, SECURITY, chance - 1e-9, s, p)
    assert not decision.accepts(1, 0, SECURITY, chance + 1e-9, s, p)
