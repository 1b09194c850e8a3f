"""Whether a difference of scores says anything: by hand, and how often it errs."""

import numpy as np
import pytest

from simulation.hindcast.power import contest


def luck(number: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(number))


def walks(rng: np.random.Generator, samples: int, months: int, chance: float) -> np.ndarray:
    """Histories of one track of five rungs that rises or falls with a chance a month."""
    found = np.empty((samples, months, 1), np.int64)
    rung = np.full(samples, 2)
    for month in range(months):
        u = rng.random(samples)
        rung = np.clip(rung + (u < chance).astype(int) - (u > 1.0 - chance), 0, 4)
        found[:, month, 0] = rung
    return found


def test_a_contest_by_hand():
    ours, rival = (np.array(each)[:, None, None] for each in ([0, 1], [0, 0, 0, 1]))
    found = contest(ours, rival, np.array([[0]]), (1,), luck(1))
    # 0 came: ours gave it 1/2, the rival 3/4.
    assert found.gain == pytest.approx(1 / 16 - 1 / 4)
    assert found.skill == pytest.approx(1 - 4)
    # A history of ours is left out of its two, one of the rival's of its four.
    assert found.under_ours[0] < found.under_ours[-1] < 0
    right, wrong = [1 / 16 - 1, 9 / 16 - 1], [1 / 9 - 1 / 4] * 3 + [1 - 1 / 4]
    quantiles = (0.025, 0.1, 0.5, 0.9, 0.975)
    assert found.under_ours == pytest.approx(tuple(np.quantile(right, quantiles)))
    assert found.under_rival == pytest.approx(tuple(np.quantile(wrong, quantiles)))
    assert (found.p, found.power) == (1.0, 0.0)


def test_p_is_as_small_as_it_says_where_the_rival_is_right():
    p = []
    for number in range(200):
        rng = luck(number)
        rival, ours = walks(rng, 201, 12, 0.1), walks(rng, 200, 12, 0.2)
        p.append(contest(ours, rival[1:], rival[0], (4,), rng, 200).p)
    assert np.mean(np.array(p) <= 0.05) < 0.11  # 21 of 200 is less likely than one in a thousand
    assert np.mean(p) == pytest.approx(0.5, abs=0.09)


def test_a_few_years_of_one_walk_tell_little_and_different_worlds_are_told_apart():
    rng = luck(1)
    alike = contest(walks(rng, 1000, 24, 0.1), walks(rng, 1000, 24, 0.1), np.full((24, 1), 2), (4,), rng)
    assert abs(alike.skill) < 0.05
    assert alike.power == pytest.approx(0.05, abs=0.06)
    near = contest(walks(rng, 1000, 24, 0.1), walks(rng, 1000, 24, 0.15), np.full((24, 1), 2), (4,), rng)
    assert 0.06 < near.power < 0.6
    low, high = (rng.binomial(4, chance, (1000, 40, 1)) for chance in (0.3, 0.6))
    apart = contest(high, low, high[0], (4,), rng)
    assert apart.skill > 0.3
    assert apart.power == 1.0
    assert apart.p == pytest.approx(1 / 401)
    assert apart.under_rival[2] < 0.0 < apart.under_ours[2]


def test_a_rival_with_one_history_can_be_held_against():
    rng = luck(2)
    found = contest(walks(rng, 300, 12, 0.2), np.full((1, 12, 1), 2), np.full((12, 1), 2), (4,), rng)
    assert found.gain < 0.0
    assert found.histories == 1
