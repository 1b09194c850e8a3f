"""Scores by hand, and what makes them fair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.hindcast.power import contest
from simulation.hindcast.scores import (
    Chances,
    calibration,
    crps,
    index_of,
    lost,
    pit,
    ranked,
    reached,
    share,
)
from simulation.hindcast.stacking import curves, stack

TOPS = (4, 2)


def rungs(*samples: list[list[int]]) -> np.ndarray:
    return np.array(samples, np.int64)


def test_the_ranked_score_by_hand():
    histories = rungs([[0, 0]], [[2, 0]], [[2, 2]], [[4, 2]])
    happened = np.array([[2, 0]])
    # First track: P(<=0..3) = 1/4, 1/4, 3/4, 3/4 against 0, 0, 1, 1; second: 1/2, 1/2 against 1, 1.
    assert ranked(histories, happened, TOPS) == pytest.approx(np.array([[1 / 16, 1 / 4]]))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=9), st.integers(0, 4))
def test_the_ranked_score_is_the_continuous_one_of_the_share(sample: list[int], came: int):
    histories = np.array(sample, np.int64)[:, None, None]
    by_rank = ranked(histories, np.array([[came]]), (4,))
    assert by_rank[0] == pytest.approx(crps(histories[:, :, 0] / 4, np.array([came / 4])), abs=1e-12)


def test_a_certain_and_right_forecast_scores_nothing_and_a_wrong_one_its_distance():
    assert crps(np.full((3, 1), 0.4), np.array([0.4])) == pytest.approx([0.0])
    assert crps(np.full((3, 1), 0.4), np.array([0.9])) == pytest.approx([0.5])
    # Half 0, half 1, and 0 came: E|X - y| = 1/2, less half of E|X - X'| = 1/2.
    assert crps(np.array([[0.0], [1.0]]), np.array([0.0])) == pytest.approx([0.25])


def test_the_index_by_hand():
    assert index_of(np.array([[2, 1]]), TOPS, (0.6, 0.2)) == pytest.approx([0.75 * 0.5 + 0.25 * 0.5])


def test_chances_by_hand():
    histories = rungs([[1, 0], [2, 0]], [[1, 0], [1, 0]], [[0, 0], [1, 0]])
    assert reached(histories, 0, 1) == pytest.approx(1.5 / 4)
    assert lost(histories, 0, 1) == pytest.approx(1.5 / 4)
    assert share(0, 9) == pytest.approx(0.05)
    found = Chances((0.8, 0.25), (True, False))
    assert found.brier == pytest.approx((0.04 + 0.0625) / 2)
    assert found.log == pytest.approx(-(np.log(0.8) + np.log(0.75)) / 2)


def test_pit_is_uniform_where_the_forecast_is_the_truth_and_not_where_it_is_shifted():
    rng = np.random.default_rng(1)
    truth = rng.binomial(4, 0.4, (1, 4000, 1))
    ensemble = rng.binomial(4, 0.4, (400, 4000, 1))
    right = calibration(pit(ensemble, truth[0], rng))
    assert right.mean == pytest.approx(0.5, abs=0.02)
    assert right.spread == pytest.approx(1.0, abs=0.03)
    assert sum(right.bins) == 4000
    assert max(right.bins) - min(right.bins) < 120
    shifted = calibration(pit(np.clip(ensemble + 1, 0, 4), truth[0], rng))
    assert shifted.mean < 0.35


def test_a_contest_of_equals_is_seldom_won_and_a_true_forecast_is_told_from_a_false_one():
    rng = np.random.default_rng(3)
    low, high = (rng.binomial(4, p, (1000, 40, 1)) for p in (0.3, 0.6))
    equal = contest(low, rng.binomial(4, 0.3, (1000, 40, 1)), low[0], (4,), rng)
    assert abs(equal.skill) < 0.05
    assert equal.power == pytest.approx(0.05, abs=0.07)
    apart = contest(high, low, high[0], (4,), rng)
    assert apart.skill > 0.3
    assert apart.power > 0.95
    assert apart.p < 0.01
    assert apart.under_rival[2] < 0.0 < apart.under_ours[2]


def test_stacking_gives_the_truth_its_weight():
    rng = np.random.default_rng(4)
    true, false = rng.binomial(4, 0.3, (2000, 60, 1)), rng.binomial(4, 0.8, (2000, 60, 1))
    happened = curves(rng.binomial(4, 0.3, (1, 60, 1)), (4,))
    forecasts = [curves(each, (4,)) for each in (true, false)]
    weights = stack(forecasts, happened)
    assert weights[0] > 0.95
    assert stack([forecasts[0], forecasts[0]], happened) == pytest.approx([0.5, 0.5])
    score = ranked(true, rng.binomial(4, 0.3, (60, 1)), (4,)).mean()
    assert ((forecasts[0] - happened) ** 2).sum() == pytest.approx(score, rel=0.5)
