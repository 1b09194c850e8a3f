"""Energy and moves against the sums of the definition, written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.landscape.energy import Floats, couplings, energy, frustration, rises, sides_of


class Case:
    """Countries with sizes, propensities and sides, none of which is special."""

    def __init__(self, seed: int, countries: int) -> None:
        chance = np.random.default_rng(seed)
        self.sizes = chance.uniform(0.1, 9.0, countries)
        half = np.triu(chance.normal(size=(countries, countries)), 1)
        self.propensities: Floats = half + half.T
        self.x = chance.choice([-1.0, 1.0], countries)
        self.w = couplings(self.sizes, self.propensities)


CASES = st.builds(Case, st.integers(0, 2**32 - 1), st.integers(2, 9))


def naive(one: Case, x: Floats) -> float:
    """The double sum over ordered pairs on different sides."""
    total = 0.0
    for i in range(x.size):
        for j in range(x.size):
            if i != j and x[i] != x[j]:
                total += one.sizes[i] * one.sizes[j] * one.propensities[i, j]
    return total


@given(CASES)
def test_energy_is_the_double_sum_and_each_frustration_by_its_size(one: Case) -> None:
    assert energy(one.w, one.x) == pytest.approx(naive(one, one.x), abs=1e-9)
    by_size = (one.sizes * frustration(one.sizes, one.propensities, one.x)).sum()
    assert energy(one.w, one.x) == pytest.approx(by_size, abs=1e-9)


@given(CASES)
def test_a_move_changes_energy_by_twice_its_size_times_frustration(one: Case) -> None:
    before = frustration(one.sizes, one.propensities, one.x)
    for k in range(one.x.size):
        moved = one.x.copy()
        moved[k] = -moved[k]
        after = frustration(one.sizes, one.propensities, moved)
        change = naive(one, moved) - naive(one, one.x)
        assert rises(one.w, one.x)[k] == pytest.approx(change, abs=1e-9)
        assert change == pytest.approx(2 * one.sizes[k] * (after[k] - before[k]), abs=1e-9)


def test_what_a_country_holds_about_itself_enters_nothing() -> None:
    assert np.diagonal(couplings(np.ones(3), np.full((3, 3), 5.0))).tolist() == [0.0, 0.0, 0.0]


def test_sides_by_hand() -> None:
    assert sides_of(0b0110, 5).tolist() == [1, 1, -1, -1, 1]
