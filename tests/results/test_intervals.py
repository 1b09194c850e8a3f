"""Intervals against tables and a published example."""

import math

import numpy as np
import pytest

from simulation.results.intervals import difference_interval, mean_interval, student, wilson

NAN = math.nan


def test_the_interval_of_a_mean_is_students() -> None:
    # 1 to 5: mean 3, standard error sqrt(2.5 / 5); t of 4 degrees of freedom is 2.776 (any table)
    mean, low, high = mean_interval(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    assert mean == 3.0
    assert high - mean == pytest.approx(2.7764451 * math.sqrt(0.5), abs=1e-6)
    assert mean - low == pytest.approx(high - mean)
    # Two values: t of 1 degree is 12.706, the standard error of 0 and 2 is 1
    assert mean_interval(np.array([0.0, 2.0])) == pytest.approx((1.0, -11.7062, 13.7062), abs=1e-4)


def test_no_interval_below_two_values() -> None:
    assert mean_interval(np.array([7.0])) == pytest.approx((7.0, NAN, NAN), nan_ok=True)
    assert all(map(math.isnan, mean_interval(np.array([]))))


def test_what_is_not_known_is_left_out() -> None:
    assert mean_interval(np.array([0.0, NAN, 2.0])) == mean_interval(np.array([0.0, 2.0]))


def test_many_values_come_near_a_normal() -> None:
    assert student(10_000_000) == pytest.approx(1.959964, abs=1e-6)
    assert student(1000 - 1) == pytest.approx(1.9623415, abs=1e-6)


def test_equal_spreads_and_sizes_leave_all_degrees_of_freedom() -> None:
    # two samples of 5 with variance 2.5: 8 degrees, t 2.306, standard error sqrt(0.5 + 0.5)
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    found = difference_interval(values + 10.0, values)
    assert found == pytest.approx((10.0, 10.0 - 2.3060041, 10.0 + 2.3060041), abs=1e-6)


def test_a_difference_of_one_value_has_no_interval() -> None:
    mean, low, high = difference_interval(np.array([3.0]), np.array([1.0, 2.0]))
    assert mean == 1.5
    assert math.isnan(low)
    assert math.isnan(high)


def test_values_that_never_differ_are_sure() -> None:
    assert difference_interval(np.array([3.0, 3.0]), np.array([1.0, 1.0])) == (2.0, 2.0, 2.0)


def test_wilson() -> None:
    # Newcombe (1998), table I, method 3
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(29, 29) == pytest.approx((0.8830, 1.0), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)
