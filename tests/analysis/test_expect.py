"""Verdicts on expectations, by hand on small tables."""

import math

import pytest

from simulation.analysis.expect import FAILS, HOLDS, OPEN, Judged, judged
from simulation.scenario.expectations import Expectation
from tests.analysis.frames import result_of

NAN = math.nan
C = "cooperation.final"


def verdict(one: Expectation, mine: list[float], theirs: list[float] | None = None) -> Judged:
    return judged(result_of(mine, theirs), (one,))[0]


@pytest.mark.parametrize(
    ("hits", "runs", "share", "expected"),
    [
        # Newcombe (1998), table I, method 3: 81 of 263 has 0.2553 to 0.3662
        (81, 263, 0.25, HOLDS),
        (81, 263, 0.26, OPEN),
        (81, 263, 0.36, OPEN),
        (81, 263, 0.37, FAILS),
        # 0 of 20: 0 to 0.1611
        (0, 20, 0.16, OPEN),
        (0, 20, 0.17, FAILS),
        # 29 of 29: 0.8830 to 1; a share of all runs can be contradicted, and never be shown
        (29, 29, 0.88, HOLDS),
        (29, 29, 1.0, OPEN),
        (28, 29, 1.0, FAILS),
    ],
)
def test_a_share_is_judged_by_the_interval_of_wilson(
    hits: int, runs: int, share: float, expected: str
) -> None:
    values = [50.0] * hits + [30.0] * (runs - hits)
    found = verdict(Expectation(C, "above", (40.0,), share), values)
    assert (found.verdict, found.runs) == (expected, runs)
    assert found.estimate == hits / runs
    assert found.low <= found.estimate <= found.high


def test_the_interval_is_wilsons() -> None:
    found = verdict(Expectation(C, "above", (40.0,), 0.5), [50.0] * 81 + [30.0] * 182)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(
    ("relation", "bounds", "hits"),
    [("above", (3.0,), 2), ("below", (3.0,), 2), ("between", (2.0, 4.0), 3), ("between", (3.0, 3.0), 1)],
)
def test_a_bound_belongs_to_between_alone(relation: str, bounds: tuple[float, ...], hits: int) -> None:
    found = verdict(Expectation(C, relation, bounds, 0.5), [1.0, 2.0, 3.0, 4.0, 5.0])
    assert found.estimate == hits / 5


# The mean of 1 to 5 is 3, and its interval 1.0367 to 4.9633.
@pytest.mark.parametrize(
    ("relation", "bounds", "expected"),
    [
        ("above", (1.0,), HOLDS),
        ("above", (1.1,), OPEN),
        ("above", (4.9,), OPEN),
        ("above", (5.0,), FAILS),
        ("below", (5.0,), HOLDS),
        ("below", (4.9,), OPEN),
        ("below", (1.1,), OPEN),
        ("below", (1.0,), FAILS),
        ("between", (1.0, 5.0), HOLDS),
        ("between", (1.1, 5.0), OPEN),
        ("between", (1.0, 4.9), OPEN),
        ("between", (2.9, 3.1), OPEN),
        ("between", (4.9, 9.0), OPEN),
        ("between", (5.0, 9.0), FAILS),
        ("between", (0.0, 1.0), FAILS),
    ],
)
def test_a_mean_is_judged_by_its_whole_interval(
    relation: str, bounds: tuple[float, ...], expected: str
) -> None:
    found = verdict(Expectation(C, relation, bounds, None), [1.0, 2.0, 3.0, 4.0, 5.0])
    assert (found.verdict, found.estimate, found.runs) == (expected, 3.0, 5)


def test_one_run_decides_nothing_about_a_mean() -> None:
    found = verdict(Expectation(C, "above", (1.0,), None), [50.0])
    assert (found.verdict, found.estimate, found.runs) == (OPEN, 50.0, 1)
    assert math.isnan(found.low)


def test_runs_that_do_not_vary_decide_at_the_bound() -> None:
    same = [40.0, 40.0, 40.0]
    assert verdict(Expectation(C, "above", (40.0,), None), same).verdict == FAILS
    assert verdict(Expectation(C, "above", (39.9,), None), same).verdict == HOLDS
    assert verdict(Expectation(C, "between", (40.0, 41.0), None), same).verdict == HOLDS


def test_a_difference_is_paired_run_by_run() -> None:
    # differences 2, -1, 2, 2
    mine, theirs = [10.0, 20.0, 30.0, 40.0], [8.0, 21.0, 28.0, 38.0]
    share = verdict(Expectation(C, "above", (0.0,), 0.5, than_parent=True), mine, theirs)
    assert (share.estimate, share.runs) == (0.75, 4)
    mean = verdict(Expectation(C, "above", (0.0,), None, than_parent=True), mine, theirs)
    # mean 1.25, standard deviation 1.5, t of 3 degrees of freedom 3.182
    assert (mean.verdict, mean.estimate) == (OPEN, 1.25)
    assert mean.high - mean.estimate == pytest.approx(3.1824463 * 0.75, abs=1e-6)


def test_a_run_that_is_not_ok_on_either_side_is_left_out() -> None:
    mine, theirs = [10.0, NAN, 30.0, 40.0], [8.0, 9.0, NAN, 38.0]  # NaN: status non-finite
    alone = verdict(Expectation(C, "above", (35.0,), 0.5), mine, theirs)
    assert (alone.runs, alone.estimate) == (3, 1 / 3)
    paired = verdict(Expectation(C, "above", (0.0,), 0.5, than_parent=True), mine, theirs)
    assert (paired.runs, paired.estimate) == (2, 1.0)


@pytest.mark.parametrize(
    ("relation", "bounds"), [("above", (1.0,)), ("below", (60.0,)), ("between", (1.0, 60.0))]
)
def test_a_run_that_never_gets_there_counts_and_lies_nowhere(
    relation: str, bounds: tuple[float, ...]
) -> None:
    result = result_of([1.0, 2.0, 3.0, 4.0], None)
    result.runs["months_to.security.4"] = [5.0, NAN, NAN, 7.0]
    found = judged(result, (Expectation("months_to.security.4", relation, bounds, 0.5),))[0]
    assert (found.runs, found.estimate) == (4, 0.5)


def test_no_run_that_is_ok_decides_nothing() -> None:
    for share in (0.5, None):
        found = verdict(Expectation(C, "above", (1.0,), share), [NAN, NAN])
        assert (found.verdict, found.runs) == (OPEN, 0)
        assert math.isnan(found.estimate)


def test_a_row_is_plain_words_and_numbers() -> None:
    assert verdict(Expectation(C, "between", (0.0, 1.0), None), [40.0, 40.0]).row() == {
        "expectation": "mean of cooperation.final between 0 and 1",
        "place": None,
        "measure": C,
        "than": None,
        "of": "mean",
        "relation": "between",
        "bounds": [0.0, 1.0],
        "share": None,
        "verdict": "fails",
        "estimate": 40.0,
        "interval95": [40.0, 40.0],
        "runs": 2,
    }
