"""How a sweep is cut."""

from hypothesis import given
from hypothesis import strategies as st

from simulation.sweep.blocks import STAGE, Slice, Stage


def test_cases_that_fit_stand_together_and_larger_ones_are_cut() -> None:
    assert list(Stage(0, range(3), 4, most=8).blocks()) == [
        (0, (Slice(0, 0, 4), Slice(1, 0, 4))),
        (1, (Slice(2, 0, 4),)),
    ]
    assert list(Stage(2, (5, 9), 5, most=3).blocks()) == [
        (2 * STAGE, (Slice(5, 0, 3),)),
        (2 * STAGE + 1, (Slice(5, 3, 2),)),
        (2 * STAGE + 2, (Slice(9, 0, 3),)),
        (2 * STAGE + 3, (Slice(9, 3, 2),)),
    ]


@given(st.sets(st.integers(0, 60), max_size=30), st.integers(1, 30), st.integers(1, 12))
def test_every_run_stands_once_and_in_order(cases: set[int], runs: int, most: int) -> None:
    stage = Stage(0, sorted(cases), runs, most)
    found = [slices for _, slices in stage.blocks()]
    rows = [(s.case, s.first + r) for block in found for s in block for r in range(s.runs)]
    assert rows == [(case, run) for case in sorted(cases) for run in range(runs)]
    assert all(sum(s.runs for s in block) <= most for block in found)
    assert len(found) == stage.count
    assert all(len(block) == 1 for block in found if stage.cut > 1)
    standing = {s.case: set() for block in found for s in block}  # type: dict[int, set[int]]
    for number, slices in stage.blocks():
        for each in slices:
            standing[each.case].add(number)
    assert all(set(stage.holding(place)) == standing[case] for place, case in enumerate(sorted(cases)))
