"""Blocks: a sweep cut into pieces of work that are done, or lost, whole.

How it is cut follows from the cases and runs alone, and never from threads: whoever goes on with a sweep
cuts it in the same places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

BLOCK_RUNS = 4_000  # of a block: some seconds of work, and a file that is worth its name
STAGE = 1_000_000  # between the numbers of the first blocks of two stages


class Slice(NamedTuple):
    """Runs first .. first + runs - 1 of a case."""

    case: int
    first: int
    runs: int


@dataclass(frozen=True)
class Stage:
    """Some cases, each with so many runs; a later stage has more runs of those that need them.

    `most` is how many runs a block holds at the most. Cases that fit are whole in one block; a case of more
    runs is cut, and shares no block.
    """

    number: int
    cases: Sequence[int]
    runs: int
    most: int = BLOCK_RUNS

    @property
    def cut(self) -> int:
        """In how many blocks each case stands; 1 where it is whole in one."""
        return -(-self.runs // self.most)

    @property
    def count(self) -> int:
        """How many blocks there are."""
        if self.cut > 1:
            return len(self.cases) * self.cut
        return -(-len(self.cases) // (self.most // self.runs))

    def blocks(self) -> Iterator[tuple[int, tuple[Slice, ...]]]:
        """Each block with its number."""
        yield from enumerate(self._slices(), self.number * STAGE)

    def holding(self, place: int) -> tuple[int, ...]:
        """The numbers of the blocks that hold the case at that place among the cases."""
        first = place * self.cut if self.cut > 1 else place // (self.most // self.runs)
        return tuple(self.number * STAGE + first + k for k in range(self.cut))

    def _slices(self) -> Iterator[tuple[Slice, ...]]:
        if self.cut > 1:
            for case in self.cases:
                for first in range(0, self.runs, self.most):
                    yield (Slice(case, first, min(self.most, self.runs - first)),)
            return
        together = self.most // self.runs
        for begin in range(0, len(self.cases), together):
            yield tuple(Slice(case, 0, self.runs) for case in self.cases[begin : begin + together])
