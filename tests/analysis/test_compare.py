"""Differences and probabilities by hand."""

import math

import pytest
from scipy import stats

from simulation.analysis.compare import difference
from simulation.errors import BadInput
from tests.analysis.frames import result_of


def test_a_paired_difference_is_the_mean_of_the_differences() -> None:
    result = result_of([10.0, 20.0, 30.0, 40.0], [9.0, 18.0, 29.0, 38.0])
    found = difference(result, "cooperation.final")
    # differences 1, 2, 1, 2: mean 1.5, variance 1/3, so a standard error of sqrt(1/12)
    assert found.mean == 1.5
    assert found.high - found.mean == pytest.approx(3.1824463 * math.sqrt(1 / 12), abs=1e-6)  # t of 3 degrees
    assert found.mean - found.low == pytest.approx(found.high - found.mean)
    assert (found.runs, found.against, found.paired, found.verdict) == (4, "parent", True, "up")


@pytest.mark.parametrize(
    ("mine", "theirs", "verdict"),
    [
        ([5.0, 6.0, 7.0], [1.0, 2.5, 3.0], "up"),
        ([1.0, 2.5, 3.0], [5.0, 6.0, 7.0], "down"),
        ([1.0, 2.0, 3.0], [2.0, 1.0, 3.5], "not distinguishable at this n"),
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], "none"),
        ([1.0], [2.0], "not distinguishable at this n"),
        ([math.nan, math.nan], [2.0, 1.0], "not distinguishable at this n"),
    ],
)
def test_verdicts(mine: list[float], theirs: list[float], verdict: str) -> None:
    assert difference(result_of(mine, theirs), "cooperation.final").verdict == verdict


def test_a_run_unknown_on_one_side_is_left_out_on_both() -> None:
    found = difference(result_of([1.0, math.nan, 5.0, 7.0], [0.0, 9.0, math.nan, 4.0]), "cooperation.final")
    assert (found.runs, found.mean) == (2, 2.0)


@pytest.mark.parametrize("key", ["start", "months", "rng_seed", "world"])
def test_cases_with_another_frame_are_unpaired(key: str) -> None:
    result = result_of([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])
    result.cases.loc[1, key] = 7 if key in ("months", "rng_seed") else "else"
    found = difference(result, "cooperation.final")
    assert (found.paired, found.mean) == (False, -2.0)
    # variances of the means 1/3 and 4/3; Welch: (5/3)^2 / ((1/9 + 16/9) / 2) = 50/17 degrees of freedom
    assert found.high - found.mean == pytest.approx(stats.t.ppf(0.975, 50 / 17) * math.sqrt(5 / 3), abs=1e-9)


def test_a_root_stands_against_its_start() -> None:
    result = result_of([50.0, 40.0], None)
    found = difference(result, "cooperation.final")
    assert (found.mean, found.against) == (-15.0, "the start")
    assert difference(result, "final.security").mean == -3.0
    with pytest.raises(BadInput, match=r'"reversals.security" has no value at the start'):
        difference(result, "reversals.security")


def test_an_unknown_measure_has_a_neighbour() -> None:
    with pytest.raises(BadInput, match=r'there is no measure "cooperation\.finl"\n.*"cooperation\.final"'):
        difference(result_of([1.0], None), "cooperation.finl")
