"""What many runs say together: counts by bin and sums, integers that add up to the same in any order."""

import math

from simulation.model.catalogue import BINS, COUNT, INDEX, RUNG, Layout
from simulation.model.rule import rule
from simulation.model.state import Floats, Integers, Setting
from simulation.model.vector import TRACKS

FIXED = 2.0**20  # what a sum of fixed point is multiplied by


@rule
def tally(counts: Integers, sums: Integers, paths: Floats, finite: Integers, w: Setting, x: Layout) -> None:
    """Add paths (runs, months, series) to counts (months, bins) and fixed-point sums (months, series, 2).

    Month by month and series by series, so that the bins at hand stay in the processor's cache. Rungs
    are counted in the bins of their dyad's index, which is a code of all its rungs.
    """
    for m in range(paths.shape[1]):
        for k in range(x.kind.size):
            if x.kind[k] == INDEX:
                tally_rungs(counts[m], paths, finite, m, k, w, x)
            elif x.kind[k] != RUNG:
                tally_values(counts[m], sums[m, k], paths, finite, m, k, x)


@rule
def tally_rungs(
    counts: Integers, paths: Floats, finite: Integers, m: int, k: int, w: Setting, x: Layout
) -> None:
    """Count the rungs of the dyad whose index is series k; on this lattice nothing is rounded."""
    for r in range(paths.shape[0]):
        if finite[r] > 0:
            code = 0
            for a in range(TRACKS):
                code = code * (w.top[a] + 1) + int(paths[r, m, k + 1 + a])
            counts[x.first_bin[k] + code] += 1


@rule
def tally_values(
    counts: Integers, sums: Integers, paths: Floats, finite: Integers, m: int, k: int, x: Layout
) -> None:
    """Count the values of series k by bin; sum them and their squares."""
    scale = 1.0 if x.kind[k] == COUNT else BINS / (x.high[k] - x.low[k])
    for r in range(paths.shape[0]):
        if finite[r] > 0:
            value = paths[r, m, k]
            counts[x.first_bin[k] + min(BINS - 1, max(0, int((value - x.low[k]) * scale)))] += 1
            sums[0] += fixed(value)
            sums[1] += fixed(value * value)


@rule
def fixed(x: float) -> int:
    """x in fixed point, rounded to the nearest."""
    return int(math.floor(x * FIXED + 0.5))


@rule
def add_moved(moved: Integers, shift: Floats) -> None:
    """Add one run's change of weighted terms (dyads, tracks, terms), in fixed point."""
    for d in range(moved.shape[0]):
        for a in range(moved.shape[1]):
            for k in range(moved.shape[2]):
                moved[d, a, k] += fixed(shift[d, a, k])
