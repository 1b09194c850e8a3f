"""Indices of functions whose indices are known."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.analysis.sensitivity import indices
from simulation.model.state import Floats
from simulation.sweep.sampling import MORRIS_STEP, morris, saltelli

AXES = ["a", "b", "c"]


def reading(design: str, base: int, means: Floats) -> Any:
    """A sweep whose cases are the points of its design, and what was found in each."""
    facts = {"design": design, "coordinates": AXES, "base": base, "rng_seed": 5}
    points = pd.DataFrame({"point": range(len(means)), "case": np.arange(len(means)) + 1})
    swept = SimpleNamespace(manifest=facts, table=lambda name: points)
    return SimpleNamespace(swept=swept, means=np.append(np.nan, means))


def test_shares_of_the_variance_of_a_sum() -> None:
    x = saltelli(1024, 3, 5)
    found = indices(reading("saltelli", 1024, 4 * x[:, 0] + 2 * x[:, 1]))
    assert [one.axis for one in found] == ["a", "b", "c"]
    assert [one.whole for one in found] == pytest.approx([0.8, 0.2, 0.0], abs=0.03)
    assert [one.first for one in found] == pytest.approx([0.8, 0.2, 0.0], abs=0.03)
    assert all(one.low <= one.whole <= one.high for one in found)
    assert found[2].whole == found[2].high == 0.0


def test_a_product_is_a_part_of_both_and_of_neither_alone() -> None:
    x = saltelli(1024, 3, 5) - 0.5
    found = {one.axis: one for one in indices(reading("saltelli", 1024, x[:, 1] * x[:, 2]))}
    assert (found["b"].whole, found["c"].whole) == pytest.approx((1.0, 1.0), abs=0.06)
    assert (found["b"].first, found["c"].first) == pytest.approx((0.0, 0.0), abs=0.06)


def test_effects_of_steps() -> None:
    x = morris(10, 3, 5)
    a, c, b = indices(reading("morris", 10, -9 * x[:, 0] + 3 * x[:, 1] * (x[:, 1] > 2) + 6 * x[:, 2]))
    assert (a.axis, c.axis, b.axis) == ("a", "c", "b")
    assert (a.first, a.whole, a.sd) == pytest.approx((-9 * MORRIS_STEP, 9 * MORRIS_STEP, 0.0), abs=1e-9)
    assert (c.first, c.low, c.high) == pytest.approx((4.0, 4.0, 4.0))
    assert (b.first, b.whole) == (0.0, 0.0)


@pytest.mark.parametrize("value", [3.0, np.nan])
def test_where_nothing_differs_or_is_known_there_are_none(value: float) -> None:
    assert indices(reading("saltelli", 4, np.full(20, value))) == []
    assert indices(reading("grid", 4, np.arange(20.0))) == []
