"""Designs by hand, and what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.sweep.sampling import grid, lhs, places, saltelli, sobol


def test_a_grid_is_every_combination_the_last_axis_fastest() -> None:
    assert grid([2, 3]).tolist() == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
    assert grid([4]).tolist() == [[0], [1], [2], [3]]


def test_places_share_the_unit_interval() -> None:
    assert places(np.array([0.0, 0.3333, 0.3334, 0.9999]), 3).tolist() == [0, 0, 1, 2]


@given(st.integers(1, 40), st.integers(1, 6), st.integers(0, 2**63 - 1))
def test_a_latin_hypercube_has_one_point_in_each_slice(cases: int, axes: int, seed: int) -> None:
    slices = np.sort(np.floor(lhs(cases, axes, seed) * cases), axis=0)
    assert (slices == np.arange(cases)[:, None]).all()


@given(st.integers(1, 70), st.integers(1, 40), st.integers(1, 6), st.integers(0, 2**63 - 1))
def test_more_points_of_a_sobol_design_leave_the_first_as_they_are(
    few: int, more: int, axes: int, seed: int
) -> None:
    assert (sobol(few + more, axes, seed)[:few] == sobol(few, axes, seed)).all()


def test_a_sobol_design_fills_each_half_alike() -> None:
    points = sobol(64, 3, 5)
    assert (np.floor(points * 2).sum(axis=0) == 32).all()
    assert not (points == sobol(64, 3, 6)).all()


def test_saltelli_changes_one_coordinate_at_a_time() -> None:
    points = saltelli(4, 2, 11).reshape(4, 4, 2)
    pairs = sobol(4, 4, 11)
    for block, (a0, a1, b0, b1) in zip(points, pairs, strict=True):
        assert block == pytest.approx(np.array([[a0, a1], [b0, a1], [a0, b1], [b0, b1]]), abs=0)
