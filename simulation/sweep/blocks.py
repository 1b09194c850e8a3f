"""Blocks: a sweep cut into pieces of work that are done, or lost, whole.

How it is cut follows from the number of cases and runs alone, and never from threads: whoever goes on with
a sweep cuts it in the same places.
"""

from collections.abc import Iterator
from typing import NamedTuple

BLOCK_RUNS = 4_000  # of a block: some seconds of work, and a file that is worth its name


class Slice(NamedTuple):
    """Runs first .. first + runs - 1 of a case."""

    case: int
    first: int
    runs: int


def blocks(cases: int, runs: int, most: int = BLOCK_RUNS) -> Iterator[tuple[Slice, ...]]:
    """The blocks of a sweep in order, each of at most so many runs.

    Cases that fit are whole in one block; a case of more runs is cut, and shares no block.
    """
    if runs > most:
        for case in range(cases):
            for first in range(0, runs, most):
                yield (Slice(case, first, min(most, runs - first)),)
        return
    together = most // runs
    for begin in range(0, cases, together):
        yield tuple(Slice(case, 0, runs) for case in range(begin, min(begin + together, cases)))


def block_count(cases: int, runs: int, most: int = BLOCK_RUNS) -> int:
    """How many blocks there are."""
    if runs > most:
        return cases * -(-runs // most)
    return -(-cases // (most // runs))
