"""Weights of mixtures: by hand, and what the numbers they rest on stand for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.hindcast.scores import ranked
from simulation.hindcast.stacking import curves, stack

TOPS = (4, 2)


def some(number: int, samples: int) -> np.ndarray:
    rng = np.random.default_rng(number)
    return np.stack([rng.integers(0, top + 1, (samples, 6)) for top in TOPS], axis=-1)


def test_weights_by_hand():
    always, never = np.ones(3), np.zeros(3)
    assert stack([always, never], np.array([1.0, 1.0, 0.0])) == pytest.approx([2 / 3, 1 / 3], abs=1e-6)
    assert stack([always, never], always) == pytest.approx([1.0, 0.0], abs=1e-6)
    assert stack([always, always], never) == pytest.approx([0.5, 0.5])
    assert stack([always], never) == pytest.approx([1.0])


def test_what_would_need_a_weight_below_nothing_gets_none():
    assert stack([np.array([1.0]), np.array([0.5])], np.array([2.0])) == pytest.approx([1.0, 0.0], abs=1e-6)


def test_distances_of_curves_are_ranked_scores():
    forecast, came = some(1, 30), some(2, 1)
    distance = ((curves(forecast, TOPS) - curves(came, TOPS)) ** 2).sum()
    assert distance == pytest.approx(ranked(forecast, came[0], TOPS).mean())


def test_the_curve_of_a_mixture_is_that_of_its_histories():
    one, other = some(1, 30), some(2, 10)
    mixed = 0.75 * curves(one, TOPS) + 0.25 * curves(other, TOPS)
    assert mixed == pytest.approx(curves(np.concatenate([one, other]), TOPS))


@given(st.integers(1, 10_000))
def test_no_other_weights_do_better(number: int):
    forecasts = [curves(some(number + k, 5), TOPS) for k in range(3)]
    happened = curves(some(number + 3, 1), TOPS)
    weights = stack(forecasts, happened)
    assert weights.sum() == pytest.approx(1.0)
    assert (weights >= 0.0).all()

    def score(w: np.ndarray) -> float:
        return float(((w @ np.array(forecasts) - happened) ** 2).sum())

    for other in (*np.eye(3), *np.random.default_rng(number).dirichlet(np.ones(3), 20)):
        assert score(weights) <= score(other) + 1e-7
