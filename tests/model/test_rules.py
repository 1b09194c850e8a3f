"""Rules by hand, against brute force and SciPy, and what holds on all of their domain."""

import inspect
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from simulation.model import alignment, domestic, patronage, provocation, settlement, threat
from simulation.model.provocation import burst_total, monthly_rate, poisson

Rule = Callable[..., float]
NEAR = pytest.approx


def number(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


SHARE, STANCE = number(0, 1), number(-1, 1)
RATE = number(0, 12)
ACTS = number(0, 5000)

# -- threat --------------------------------------------------------------------------


@pytest.mark.parametrize("tempo", [0.5, 6.0, 120.0])
def test_at_the_reference_tempo_the_signal_is_one_half(tempo: float):
    assert threat.signal(threat.dose(tempo, tempo), 0.0) == NEAR(0.5, rel=1e-12)
    assert threat.signal(threat.dose(2 * tempo, tempo), 0.0) == NEAR(0.75, rel=1e-12)
    assert threat.signal(threat.dose(3 * tempo, tempo), 0.0) == NEAR(0.875, rel=1e-12)


def test_the_signal_of_nothing():
    assert threat.signal(0.0, 0.0) == 0.0
    assert threat.dose(5.0, 0.0) == 0.0  # no challenger: no tempo to hold its acts against
    assert threat.signal(0.0, threat.LN2) == NEAR(0.5)  # what rivals build is read like acts


@pytest.mark.parametrize("months", [0.5, 1.0, 9.0, 120.0])
def test_a_half_life_halves_the_gap(months: float):
    rate = threat.half_life_rate(months)
    assert (1.0 - rate) ** months == NEAR(0.5, rel=1e-12)


def test_after_nine_months_of_a_half_life_of_nine_half_of_the_gap_is_left():
    intent = 0.2
    for _ in range(9):
        intent = threat.toward(intent, 0.8, threat.half_life_rate(9.0))
    assert intent == NEAR(0.5, rel=1e-12)


@pytest.mark.parametrize(("days", "burst"), [(0.4, 1.0), (2.0, 2.5), (6.0, 1.3)])
@pytest.mark.parametrize("one", [0.02, 0.2, 1.5])
def test_the_expected_signal_is_the_sum_over_all_months(days: float, burst: float, one: float):
    brute = 0.0
    for count in range(80):
        chance = stats.poisson.pmf(count, days)
        if count == 0 or burst == 1.0:
            brute += chance * (1.0 - math.exp(-one * count))
            continue
        extra = np.arange(600)
        acts = stats.nbinom.pmf(extra, count, 1.0 / burst)
        brute += chance * float(np.sum(acts * (1.0 - np.exp(-one * (count + extra)))))
    assert threat.expected_signal(days, burst, one) == NEAR(brute, abs=1e-9)


def test_floors_by_hand():
    assert threat.raised_floor(0.3, 0.5) == NEAR(0.65)
    assert threat.raised_floor(0.3, 0.0) == 0.3
    assert threat.resting_intent(0.3, 0.5) == NEAR(0.65)
    assert threat.resting_intent(0.3, 0.0) == 0.3


def test_a_pulled_reading_rests_where_a_month_leaves_it():
    rest = threat.shared_rest(0.6, 0.2, 0.25, 0.2)
    assert rest == NEAR((0.8 * 0.25 * 0.6 + 0.2 * 0.2) / (0.8 * 0.25 + 0.2))
    assert threat.toward(threat.toward(rest, 0.6, 0.25), 0.2, 0.2) == NEAR(rest)


def test_reach_and_threat_by_hand():
    assert threat.reach(0.25, 0.64, 0.5, 0.5, 0.5, 1.0) == NEAR(0.5 * 0.8 * 0.5)
    assert threat.reach(0.25, 0.64, 0.0, 0.5, 0.5, 0.0) == NEAR(0.4)  # an exponent of 0: it does not count
    assert threat.reach(0.25, 0.0, 0.5, 0.5, 0.5, 1.0) == 0.0
    assert threat.threat(0.5, 0.36, 0.5) == NEAR(0.3)
    assert threat.threat(0.0, 0.5, 0.5) == 0.0
    assert threat.power(0.0, 0.0) == 1.0
    assert threat.power(0.3, 1.7) == NEAR(0.3**1.7, rel=1e-12)


# -- provocation ---------------------------------------------------------------------


@pytest.mark.parametrize("mean", [0.01, 0.7, 3.0, 40.0, 300.0])
def test_poisson_inverts_its_distribution(mean: float):
    shares = np.linspace(0.0005, 0.9995, 401)
    assert [poisson(u, mean) for u in shares] == [int(k) for k in stats.poisson.ppf(shares, mean)]


@pytest.mark.parametrize("days", [1, 4, 30])
@pytest.mark.parametrize("burst", [1.2, 2.6, 8.0])
def test_bursts_invert_their_distribution(days: int, burst: float):
    shares = np.linspace(0.0005, 0.9995, 401)
    expected = days + stats.nbinom.ppf(shares, days, 1.0 / burst)
    assert [burst_total(u, days, burst) for u in shares] == [int(k) for k in expected]


def test_bursts_of_one_act_and_of_no_day():
    assert burst_total(0.99, 7, 1.0) == 7
    assert burst_total(0.99, 0, 3.0) == 0
    assert poisson(0.99, 0.0) == 0


@pytest.mark.parametrize("burst", [1.0, 1.5, 2.6])
def test_variance_over_mean_is_twice_the_burst_less_one(burst: float):
    draws = np.random.default_rng(7).random((40_000, 2))
    mean = 5.0
    acts = np.array([burst_total(v, poisson(u, mean / burst), burst) for u, v in draws])
    assert acts.mean() == NEAR(mean, rel=0.02)
    assert acts.var() / acts.mean() == NEAR(2.0 * burst - 1.0, rel=0.04)


def test_a_walk_keeps_a_share_and_takes_a_shock():
    assert provocation.walked(10.0, 0.8, 6.0, -2.0) == -4.0
    assert provocation.walked(10.0, 0.0, 6.0, 0.5) == 3.0


@pytest.mark.parametrize(
    ("tempo", "deviation", "wanted"),
    [
        (40.0, 10.0, 50.0),
        (40.0, 30.0, 60.0),  # at most 20 above
        (40.0, -99.0, 10.0),  # at most 30 below
        (20.0, -99.0, 0.0),
        (990.0, 15.0, 1000.0),
        (-5.0, 15.0, 10.0),
    ],
)
def test_a_tempo_is_held_inside_the_bounds_of_its_walk_and_of_every_tempo(
    tempo: float, deviation: float, wanted: float
):
    assert provocation.held(tempo, deviation, -30.0, 20.0) == wanted


def test_monthly_rate_by_hand():
    assert monthly_rate(24.0, 0.0, 0.0, 0.0, 0.0) == 2.0
    assert monthly_rate(24.0, math.log(3.0), 0.0, 9.0, 0.0) == NEAR(6.0)
    assert monthly_rate(24.0, 0.0, -0.5, 2.0, 0.0) == NEAR(2.0 / math.e)  # deterrence
    assert monthly_rate(24.0, 0.0, 0.5, 2.0, 0.0) == NEAR(2.0 * math.e)  # spiral
    assert monthly_rate(24.0, 0.0, 0.0, 0.0, 0.75) == 0.5
    assert monthly_rate(12.0, 99.0, 0.0, 0.0, 0.0) == NEAR(math.exp(3.0))
    assert monthly_rate(12.0, 0.0, -5.0, 99.0, 0.0) == NEAR(math.exp(-3.0))


# -- publics, governments, patrons ---------------------------------------------------


def test_domestic_rules_by_hand():
    assert [domestic.unit(x) for x in (-0.1, 0.3, 1.7)] == [0.0, 0.3, 1.0]
    assert domestic.shock_hazard(2.4, 0.5, 0.0, 0.0) == NEAR(0.2)
    assert domestic.shock_hazard(2.4, 0.5, 0.6, 0.2) == NEAR(0.16)
    assert domestic.shock_hazard(2.4, 0.5, -0.6, -0.2) == NEAR(0.24)
    assert domestic.absorption(0.6, 0.5, 0.45, 0.4, 0.9) == NEAR(0.56)
    assert domestic.absorption(-1.0, 0.5, 0.45, 0.4, 0.9) == NEAR(0.2)
    assert domestic.absorption(1.0, 1.0, 0.45, 0.4, 0.7) == 0.7
    assert domestic.conciliated(0.2, 1.0) == NEAR(0.2)
    assert domestic.conciliated(0.2, 0.0) == NEAR(0.1)
    assert domestic.conciliated(0.2, -1.0) == 0.0
    assert domestic.favourability_target(0.5, 0.4, 0.2, 0.75) == NEAR(0.35)
    assert domestic.favourability_target(0.5, 0.1, 0.2, 0.75) == NEAR(0.575)
    assert domestic.drain(0.8, 0.25, 0.1) == NEAR(0.04)
    assert domestic.drain(0.8, 0.6, 0.1) == 0.0
    assert domestic.turnover_chance(0.6, 0.5) == NEAR(0.05)
    assert domestic.turnover_chance(0.6, 1.0) == 0.0
    assert domestic.defeat_chance(4.0, 0.5, 0.5) == 0.5
    assert domestic.defeat_chance(4.0, 0.25, 0.5) == NEAR(1.0 / (1.0 + math.exp(-1.0)))
    assert domestic.normal(0.5, 0.5, 0.5, 0.5) == 0.0
    assert domestic.normal(1.0, 1.0, 1.0, 1.0) == NEAR(2.0 * math.sqrt(3.0))
    assert domestic.normal(0.75, 0.5, 0.5, 0.5) == NEAR(0.25 * math.sqrt(3.0))


def test_the_nearly_normal_number_has_mean_0_and_deviation_1():
    draws = np.random.default_rng(3).random((100_000, 4))
    numbers = np.array([domestic.normal(*row) for row in draws])
    assert numbers.mean() == NEAR(0.0, abs=0.01)
    assert numbers.std() == NEAR(1.0, abs=0.01)


def test_patronage_by_hand():
    assert patronage.commitment_level(0.8, 0.5, 0.1) == NEAR(0.5)
    assert patronage.commitment_level(0.8, 1.0, 0.9) == 1.0
    assert patronage.commitment_level(0.2, 0.5, -0.25) == 0.0
    assert patronage.brokering(0.9, 0.4) == NEAR(0.36)
    assert patronage.brokerage(0.5, 0.81, 0.49) == NEAR(0.315)
    assert patronage.brokerage(0.5, 0.81, 0.0) == 0.0
    assert patronage.fear(0.6, 0.75) == NEAR(0.15)
    assert patronage.fear(0.6, 1.0) == 0.0


def test_settlement_by_hand():
    assert settlement.refusal_cost(0.02, 0.0) == 0.02
    assert settlement.refusal_cost(0.02, 1.0) == 0.04
    assert settlement.coercion_hazard(6.0, 0.5, 0.4) == NEAR(0.1)
    assert settlement.coercion_hazard(60.0, 1.0, 1.0) == 1.0
    assert settlement.coercion_hazard(6.0, 0.0, 1.0) == 0.0
    assert settlement.gesture_hazard(2.4, 0.5, 0.6, 0.5) == NEAR(0.03)
    assert settlement.gesture_hazard(2.4, -0.5, 0.6, 0.5) == 0.0
    assert settlement.gesture_hazard(12.0, 1.0, 1.0, 1.0) == 1.0


# -- choice --------------------------------------------------------------------------


def test_logistic_and_logit_by_hand():
    assert alignment.logistic(0.0) == 0.5
    assert alignment.logistic(math.log(3.0)) == NEAR(0.75)
    assert alignment.logistic(-math.log(3.0)) == NEAR(0.25)
    assert alignment.logistic(1e6) == 1.0
    assert 0.0 <= alignment.logistic(-1e6) < 1e-300
    assert alignment.logit(0.75) == NEAR(math.log(3.0))


def test_lock_in_by_hand():
    assert alignment.lock_in(0.25, 0.15, 0.05, 1, 0.0) == 0.25
    assert alignment.lock_in(0.25, 0.15, 0.05, 4, 0.1) == NEAR(0.95)
    assert alignment.cost(-0.2, 0.15, 3) == NEAR(0.25)


PRECISION, STEP, LOCK, REST = number(0.1, 50), number(0.01, 2), number(0, 4), number(0.0001, 0.5)


@given(PRECISION, STEP, st.integers(1, 5), LOCK, REST)
def test_inside_a_ladder_rest_means_advance_squared_equals_retreat(
    precision: float, step: float, rung: int, lock: float, rest: float
):
    assume(precision * (step + lock) < 600.0)
    margin = alignment.rest_margin(precision, step, rung, 6, lock, rest)
    up = alignment.advance_chance(precision, margin, alignment.cost(0.0, step, rung + 1))
    down = alignment.retreat_chance(precision, margin, alignment.cost(0.0, step, rung), lock)
    # An error of one unit in the last place of the margin is an error of precision times that here.
    assert up * up == NEAR(down, rel=1e-9)


@given(PRECISION, STEP, st.integers(1, 6), LOCK, REST)
def test_at_its_ends_a_ladder_is_left_with_the_chance_of_rest(
    precision: float, step: float, top: int, lock: float, rest: float
):
    bottom = alignment.rest_margin(precision, step, 0, top, lock, rest)
    up = alignment.advance_chance(precision, bottom, alignment.cost(0.0, step, 1))
    assert up * up == NEAR(rest, rel=1e-9)
    highest = alignment.rest_margin(precision, step, top, top, lock, rest)
    down = alignment.retreat_chance(precision, highest, alignment.cost(0.0, step, top), lock)
    assert down == NEAR(rest, rel=1e-9)


# -- all of them ---------------------------------------------------------------------

UP, DOWN, FREE = 1, -1, 0
# Of each rule: the arguments with their domain and direction, and the range of the result.
Argument = tuple[st.SearchStrategy[float], int]
CONTRACTS: dict[Rule, tuple[tuple[Argument, ...], tuple[float, float]]] = {
    threat.power: (((SHARE, UP), (number(0, 2), DOWN)), (0, 1)),
    threat.half_life_rate: (((number(0.5, 120), DOWN),), (0, 1)),
    threat.toward: (((SHARE, UP), (SHARE, UP), (SHARE, FREE)), (0, 1)),
    threat.dose: (((ACTS, UP), (number(0.01, 100), DOWN)), (0, math.inf)),
    threat.signal: (((ACTS, UP), (number(0, 10), UP)), (0, 1)),
    threat.expected_signal: (((number(0, 100), UP), (number(1, 20), UP), (number(0, 50), UP)), (0, 1)),
    threat.raised_floor: (((SHARE, UP), (SHARE, UP)), (0, 1)),
    threat.resting_intent: (((SHARE, UP), (SHARE, UP)), (0, 1)),
    threat.shared_rest: (
        ((SHARE, UP), (SHARE, UP), (number(0.005, 1), FREE), (number(0, 0.5), FREE)),
        (0, 1),
    ),
    threat.reach: (
        ((SHARE, UP), (SHARE, UP), (SHARE, UP), *[(number(0, 2), DOWN)] * 3),
        (0, 1),
    ),
    threat.threat: (((SHARE, UP), (SHARE, UP), (number(0.4, 2), DOWN)), (0, 1)),
    monthly_rate: (
        ((number(0, 1000), UP), (number(-2, 2), UP), (number(0, 5), UP), (number(0, 15), UP), (SHARE, DOWN)),
        (0, 1000 / 12 * math.exp(3) + 1e-9),
    ),
    provocation.walked: (
        ((number(-4000, 4000), UP), (number(0, 0.999), FREE), (ACTS, FREE), (number(-3.4642, 3.4642), UP)),
        (-1e6, 1e6),
    ),
    provocation.held: (((number(-1000, 2000), UP), *[(number(-1000, 1000), UP)] * 3), (0, 1000)),
    poisson: (((number(1e-9, 1 - 1e-9), UP), (number(0, 500), UP)), (0, provocation.MOST_DAYS)),
    domestic.unit: (((number(-9, 9), UP),), (0, 1)),
    domestic.shock_hazard: (((RATE, UP), (SHARE, FREE), (STANCE, DOWN), (STANCE, DOWN)), (0, 1)),
    domestic.absorption: (
        ((STANCE, UP), (SHARE, UP), (number(0, 0.9), UP), (number(0, 0.9), UP), (number(0, 0.9), UP)),
        (0, 0.9),
    ),
    domestic.conciliated: (((SHARE, UP), (STANCE, UP)), (0, 1)),
    domestic.favourability_target: (((SHARE, UP), (SHARE, DOWN), (SHARE, UP), (number(0, 3), FREE)), (0, 1)),
    domestic.drain: (((SHARE, UP), (SHARE, DOWN), (number(0, 0.5), UP)), (0, 0.5)),
    domestic.defeat_chance: (((number(0, 50), FREE), (SHARE, DOWN), (SHARE, UP)), (0, 1)),
    domestic.turnover_chance: (((number(0, 6), UP), (SHARE, DOWN)), (0, 1)),
    domestic.normal: (((SHARE, UP),) * 4, (-3.4642, 3.4642)),
    patronage.commitment_level: (((SHARE, UP), (SHARE, UP), (number(-1, 1), UP)), (0, 1)),
    patronage.brokering: (((SHARE, UP), (SHARE, UP)), (0, 1)),
    patronage.brokerage: (((SHARE, UP),) * 3, (0, 1)),
    patronage.fear: (((SHARE, UP), (SHARE, DOWN)), (0, 1)),
    settlement.refusal_cost: (((SHARE, UP), (SHARE, UP)), (0, 2)),
    settlement.coercion_hazard: (((number(0, 60), UP), (SHARE, UP), (SHARE, UP)), (0, 1)),
    settlement.gesture_hazard: (((RATE, UP), (STANCE, UP), (SHARE, UP), (SHARE, UP)), (0, 1)),
    alignment.logistic: (((number(-1e6, 1e6), UP),), (0, 1)),
    alignment.logit: (((number(1e-9, 1 - 1e-9), UP),), (-21, 21)),
    alignment.cost: (((number(-5, 5), UP), (STEP, UP), (st.integers(0, 6), UP)), (-5, 17)),
    alignment.lock_in: (
        ((number(0, 2), UP), (STEP, UP), (number(0, 2), UP), (st.integers(1, 6), UP), (number(0, 2), UP)),
        (0, 24),
    ),
    alignment.advance_chance: (((PRECISION, FREE), (number(-9, 9), UP), (number(-9, 9), DOWN)), (0, 1)),
    alignment.retreat_chance: (
        ((PRECISION, FREE), (number(-9, 9), DOWN), (number(-9, 9), UP), (LOCK, DOWN)),
        (0, 1),
    ),
    alignment.rest_margin: (
        (*[(each, FREE) for each in (PRECISION, STEP, st.integers(0, 6), st.just(6), LOCK, REST)],),
        (-200, 200),
    ),
}  # fmt: skip
ELSEWHERE = {alignment.weigh, burst_total}  # of a tuple, and of whole days: tests of their own


def test_every_rule_of_numbers_has_a_contract():
    files = (alignment, domestic, patronage, provocation, settlement, threat)
    rules = {
        value
        for module in files
        for value in vars(module).values()
        if inspect.isfunction(value) and Path(inspect.getfile(value)) == Path(str(module.__file__))
    }
    assert rules == set(CONTRACTS) | ELSEWHERE


@pytest.mark.parametrize(
    "rule", CONTRACTS, ids=lambda rule: f"{rule.__module__.split('.')[-1]}.{rule.__name__}"
)
@given(st.data())
def test_on_all_of_its_domain_a_rule_is_in_range_and_monotone(rule: Rule, data: st.DataObject):
    arguments, (low, high) = CONTRACTS[rule]
    assert len(arguments) == len(inspect.signature(rule).parameters)
    values = [data.draw(domain) for domain, _ in arguments]
    got = rule(*values)
    assert math.isfinite(got)
    # A signal without a dose may come out a hair below 0, by rounding alone.
    assert low - 1e-12 <= got <= high + 1e-12
    assert rule(*values) == got
    for at, (domain, direction) in enumerate(arguments):
        if direction != FREE:
            other = [*values[:at], data.draw(domain), *values[at + 1 :]]
            less, more = sorted((values, other), key=lambda each: each[at] * direction)
            assert rule(*less) <= rule(*more) + 1e-12 * (1.0 + abs(rule(*more)))


@given(number(1e-9, 1 - 1e-9), st.integers(0, 60), number(1, 20), number(1e-9, 1 - 1e-9))
def test_a_burst_gives_an_act_a_day_or_more(u: float, days: int, burst: float, v: float):
    acts = burst_total(u, days, burst)
    assert days <= acts <= days + provocation.MOST_ACTS
    assert (burst_total(v, days, burst) - acts) * (v - u) >= 0
