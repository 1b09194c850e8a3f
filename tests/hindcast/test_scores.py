"""Scores by hand, and what makes them fair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.hindcast.chance import luck
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
    uncertainty,
)

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
    assert 12 * right.variance == pytest.approx(1.0, abs=0.06)
    assert sum(right.bins) == 4000
    assert max(right.bins) - min(right.bins) < 120
    shifted = calibration(pit(np.clip(ensemble + 1, 0, 4), truth[0], rng))
    assert shifted.mean < 0.35


@given(st.lists(st.integers(0, 8), min_size=3, max_size=3).filter(sum))
def test_no_forecast_has_a_lower_expected_score_than_the_truth(counts: list[int]):
    truth = np.array([2, 1, 5])

    def expected(forecast: list[int]) -> float:
        histories = np.repeat(np.arange(3), forecast)[:, None, None]
        scores = [ranked(histories, np.array([[came]]), (2,))[0, 0] for came in range(3)]
        return float(truth @ scores / truth.sum())

    same = [each * 8 for each in counts] == [int(each) * sum(counts) for each in truth]
    if same:
        assert expected(counts) == pytest.approx(expected([2, 1, 5]))
    else:
        assert expected(counts) > expected([2, 1, 5])


@given(st.lists(st.integers(0, 4), min_size=2, max_size=6))
def test_a_point_forecast_scores_its_distance_and_one_that_is_right_nothing(path: list[int]):
    came = np.array(path)[:, None]
    assert ranked(came[None], came, (4,)) == pytest.approx(np.zeros(came.shape))
    assert ranked(came[None], 4 - came, (4,)) == pytest.approx(np.abs(4 - 2 * came) / 4)


def test_pit_by_hand():
    histories = rungs([[0]], [[1]], [[1]], [[3]])
    for came, low, high in ((0, 0.0, 0.25), (1, 0.25, 0.75), (2, 0.75, 0.75), (3, 0.75, 1.0), (4, 1.0, 1.0)):
        drawn = [pit(histories, np.array([[came]]), np.random.default_rng(k))[0, 0] for k in range(40)]
        assert low <= min(drawn) <= max(drawn) <= high
        assert max(drawn) - min(drawn) >= 0.8 * (high - low)


def test_a_calibration_by_hand():
    found = calibration(np.array([[0.05, 0.15], [0.15, 0.95]]))
    assert found.bins == (1, 2, 0, 0, 0, 0, 0, 0, 0, 1)
    assert found.mean == pytest.approx(0.325)
    assert found.variance == pytest.approx((0.275**2 + 2 * 0.175**2 + 0.625**2) / 4)


def test_an_event_that_no_history_held_costs_much_but_not_everything():
    never = share(0, 1000)
    assert Chances((never,), (True,)).log == pytest.approx(np.log(2002))


def test_the_uncertainty_of_simulation_is_that_of_scores_over_seeds():
    rng = luck(5, "uncertainty")
    happened = np.full((1, 1), 1)
    ensembles = [rng.integers(0, 3, (400, 1, 1)) for _ in range(300)]
    scores = [float(ranked(each, happened, (2,)).mean()) for each in ensembles]
    told = np.mean([uncertainty(each, happened, (2,)) for each in ensembles])
    assert told == pytest.approx(1.96 * np.std(scores), rel=0.2)
    assert uncertainty(ensembles[0][:39], happened, (2,)) == 0.0
