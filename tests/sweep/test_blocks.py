"""How a sweep is cut."""

from hypothesis import given
from hypothesis import strategies as st

from simulation.sweep.blocks import Slice, block_count, blocks


def test_cases_that_fit_stand_together_and_larger_ones_are_cut() -> None:
    assert list(blocks(3, 4, most=8)) == [(Slice(0, 0, 4), Slice(1, 0, 4)), (Slice(2, 0, 4),)]
    assert list(blocks(2, 5, most=3)) == [
        (Slice(0, 0, 3),), (Slice(0, 3, 2),), (Slice(1, 0, 3),), (Slice(1, 3, 2),),
    ]  # fmt: skip


@given(st.integers(0, 30), st.integers(1, 30), st.integers(1, 12))
def test_every_run_stands_once_and_in_order(cases: int, runs: int, most: int) -> None:
    found = list(blocks(cases, runs, most))
    rows = [(s.case, s.first + r) for block in found for s in block for r in range(s.runs)]
    assert rows == [(case, run) for case in range(cases) for run in range(runs)]
    assert all(sum(s.runs for s in block) <= most for block in found)
    assert len(found) == block_count(cases, runs, most)
