"""Rivals: what they learn from the past, and that no past makes them fail."""

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from simulation.hindcast.rivals import OrderedLogit, _chances, climatology, persistence, walk

TOPS = (4, 2)


def luck(number: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(number))


def test_rivals_by_hand():
    past = np.array([[1, 0]] * 5 + [[3, 0]] * 5 + [[2, 0]] * 10)
    rng = np.random.default_rng(1)
    assert persistence(past[-1], 3).tolist() == [[[2, 0]] * 3]
    drawn = climatology(past, 2, 4000, rng)
    assert np.bincount(drawn[:, 0, 0], minlength=4) / 4000 == pytest.approx([0, 0.25, 0.5, 0.25], abs=0.03)
    stepped = walk(past, past[-1], 1, 20000, TOPS, rng)
    # One rise (of two rungs) and one fall (of one) in 19 months, and a third of a month for each way.
    counts = np.bincount(stepped[:, 0, 0], minlength=5) / 20000
    assert counts[4] == pytest.approx((1 + 1 / 3) / 20, abs=0.006)
    assert counts[1] == pytest.approx((1 + 1 / 3) / 20, abs=0.006)
    assert (stepped[:, 0, 1] == 0).mean() > 0.9


def test_a_walk_keeps_the_jumps_of_the_past_and_the_ends_of_the_ladder():
    past = np.array([[0], [3]] * 40)
    found = walk(past, np.array([1]), 30, 500, (4,), luck())
    assert set(np.unique(found)) == {0, 1, 3, 4}  # by three from 1, cut short at the ends: never 2
    assert found[:, -1].std() > 0.5


def test_histories_differ_in_how_often_they_move():
    """Two moves in 40 months leave it open how often a track moves, so futures spread more than by luck."""
    past = np.repeat([[0], [1], [2]], [14, 14, 13], axis=0)
    whole = walk(past, np.array([50]), 120, 4000, (100,), luck())
    moved = (np.diff(whole[:, :, 0], axis=1) != 0).sum(axis=1)
    assert moved.var() > 2.0 * moved.mean()  # one chance for all: the variance is below the mean


@pytest.mark.parametrize("months", [2, 5, 30])
def test_a_track_that_never_moves_stays_nearly_where_it_is(months: int):
    past = np.tile([2, 1], (months, 1))
    told = np.linspace(0.0, 1.0, months)[:, None]
    for found in (
        walk(past, past[-1], 1, 2000, TOPS, luck()),
        OrderedLogit(past, told).forecast(past[-1], told[-1:], 2000, TOPS, luck()),
    ):
        moved = (found != past[-1]).any(axis=1).mean(axis=0)
        assert moved == pytest.approx(2 / 3 / months, abs=0.05)  # two thirds of the month beside those seen


def test_the_logit_agrees_with_the_likelihood_of_statsmodels():
    rng = luck()
    columns, ways = rng.normal(size=(50, 2)), np.concatenate([[-1, 0, 1], rng.choice([-1, 0, 1], 47)])
    beliefs = np.array([0.7, -0.3, -1.2, 0.4])
    ours = np.log(_chances(beliefs, columns)[np.arange(50), ways + 1])
    assert ours == pytest.approx(OrderedModel(ways, columns, distr="logit").loglikeobs(beliefs), abs=1e-9)


def test_the_logit_learns_its_own_rule():
    rng = luck(2)
    push = rng.choice([-1.0, 1.0], 150)
    rung = np.full((150, 1), 10)
    for month in range(1, 150):
        rung[month] = rung[month - 1] + np.sign(push[month]) * (rng.random() < 0.5)
    ahead = np.ones((12, 1))
    up, down, still = (
        OrderedLogit(rung, push[:, None])
        .forecast(np.array([10]), sign * ahead, 300, (20,), luck())
        .mean(axis=0)
        for sign in (1.0, -1.0, 0.0)
    )
    assert 3.0 < up[-1, 0] - 10 < 6.5  # half of twelve months, less what the prior takes off
    assert -6.5 < down[-1, 0] - 10 < -3.0
    assert abs(still[-1, 0] - 10) < 2.0


def test_a_driver_that_foretells_the_one_move_is_not_believed_without_limit():
    apart = np.repeat([[0], [1]], 20, axis=0)
    told = (np.arange(40) == 20).astype(float)[:, None]
    rises = (
        OrderedLogit(apart, told).forecast(np.array([0]), np.ones((1, 1)), 2000, (1,), luck())[:, 0, 0].mean()
    )
    calm = (
        OrderedLogit(apart, told)
        .forecast(np.array([0]), np.zeros((1, 1)), 2000, (1,), luck())[:, 0, 0]
        .mean()
    )
    assert 0.3 < rises < 0.99
    assert calm < 0.1


def test_columns_that_say_the_same_do_no_harm():
    past = np.array([[0], [1], [1], [0], [0], [1], [2], [2], [1], [1]] * 4)
    told = np.repeat(np.sin(np.arange(40))[:, None], 3, axis=1) * [1.0, -2.0, 5.0]
    found = OrderedLogit(past, told).forecast(past[-1], told, 200, (2,), luck())
    assert found.shape == (200, 40, 1)
    assert set(np.unique(found)) == {0, 1, 2}


def test_the_same_luck_gives_the_same_histories():
    past, told = np.array([[0, 0], [1, 0], [1, 1], [2, 1]] * 5), np.arange(40.0).reshape(20, 2)
    for make in (
        lambda rng: walk(past, past[-1], 6, 50, TOPS, rng),
        lambda rng: climatology(past, 6, 50, rng),
        lambda rng: OrderedLogit(past, told).forecast(past[-1], told[:6], 50, TOPS, rng),
    ):
        first, again, other = (make(luck(number)) for number in (1, 1, 2))
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)


def test_climatology_keeps_the_tracks_of_a_month_together():
    past = np.array([[0, 2], [4, 0], [1, 1]])
    found = climatology(past, 3, 200, luck()).reshape(-1, 2)
    assert {tuple(row) for row in found} == {(0, 2), (4, 0), (1, 1)}
