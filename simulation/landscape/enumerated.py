"""Every configuration of up to 25 countries, one move apart from the one before (a Gray code)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.landscape.compiled import compiled
from simulation.landscape.energy import Floats, Integers, Steps, height, move, place, slack, steepest

MOST = 25  # countries: 2^24 configurations take 84 MB
AFRESH = 4096  # moves after which sums are made anew, so that rounding does not add up
AT_ONCE = 1 << 20  # configurations looked through at once for the lowest minima


@dataclass(frozen=True)
class Enumerated:
    """What every configuration says. The minima are the lowest, at most as many as asked for.

    strict and weak count them all; ties the configurations with two steepest moves. basins: how many
    configurations end in each minimum, and ends: in which one each does; None where not all minima are held.
    highest: the highest energy.
    """

    configurations: int
    minima: Integers
    basins: Integers | None
    ends: NDArray[np.int32] | None
    highest: float
    strict: int
    weak: int
    ties: int


def enumerate_all(w: Floats, most: int) -> Enumerated:
    """Every minimum of couplings w, and what falls into it by steepest descent."""
    count = 1 << (len(w) - 1)
    step = np.empty(count, np.int8)
    loose = slack(w)
    ties, highest = scan(w, loose, float(loose.max()), step)
    strict, weak = int((step == -1).sum()), int((step == -2).sum())
    if strict + weak > most:
        return Enumerated(count, _lowest(w, step, most), None, None, highest, strict, weak, ties)
    minima, ends = np.flatnonzero(step < 0), np.full(count, -1, np.int32)
    return Enumerated(count, minima, fall(step, minima, ends), ends, highest, strict, weak, ties)


@compiled
def scan(w: Floats, loose: Floats, widest: float, step: Steps) -> tuple[int, float]:
    """Fill in the steepest move of every configuration; returns how many have two, and the highest energy."""
    n, whole = w.shape[0], w.sum()
    x, h, ties, highest = np.empty(n), np.empty(n), 0, -np.inf
    for i in range(step.size):
        gray = i ^ (i >> 1)
        _at(i, gray, x, h, w)
        step[gray], tied = steepest(x, h, loose, widest)
        ties += 1 if tied else 0
        highest = max(highest, height(x, h, whole))
    return ties, highest


@compiled
def _at(i: int, gray: int, x: Floats, h: Floats, w: Floats) -> None:
    """x and h of the i-th configuration, from those of the one before."""
    if i % AFRESH == 0:
        place(x, h, w, gray)
    else:
        k = 1
        while not (i >> (k - 1)) & 1:
            k += 1
        move(x, h, w, k)


@compiled
def fall(step: Steps, minima: Integers, ends: NDArray[np.int32]) -> Integers:
    """How many configurations end in each minimum; `ends`, all -1, becomes the place of each one's."""
    everyone = step.size - 1
    counts = np.zeros(minima.size, np.int64)
    for m in range(minima.size):
        ends[minima[m]] = m
    for begin in range(step.size):
        at = begin
        while ends[at] < 0:
            at = at ^ everyone if step[at] == 0 else at ^ (1 << (step[at] - 1))
        end, at = ends[at], begin
        while ends[at] < 0:
            ends[at] = end
            at = at ^ everyone if step[at] == 0 else at ^ (1 << (step[at] - 1))
        counts[end] += 1
    return counts


@compiled
def energies(w: Floats, configurations: Integers) -> Floats:
    """Energy of each of these configurations."""
    n = w.shape[0]
    x, h, found = np.empty(n), np.empty(n), np.empty(configurations.size)
    whole = w.sum()
    for c in range(configurations.size):
        place(x, h, w, configurations[c])
        found[c] = height(x, h, whole)
    return found


@compiled
def deepest(w: Floats) -> int:
    """The configuration of the lowest energy; of equals within rounding the first of the Gray code."""
    n = w.shape[0]
    x, h, best, lowest = np.empty(n), np.empty(n), 0, np.inf
    for i in range(1 << (n - 1)):
        gray = i ^ (i >> 1)
        _at(i, gray, x, h, w)
        here = height(x, h, 0.0)
        if here < lowest:
            best, lowest = gray, here
    return best


@compiled
def shape(w: Floats, origin: int, low: float, high: float, bins: int) -> Integers:
    """Configurations by how many countries must change sides to reach `origin`, and by energy.

    Energies from low to high fall into so many bins of equal width: (moves, bins).
    """
    n = w.shape[0]
    x, h, whole = np.empty(n), np.empty(n), w.sum()
    counts = np.zeros((n // 2 + 1, bins), np.int64)
    scale = bins / (high - low) if high > low else 0.0
    for i in range(1 << (n - 1)):
        gray = i ^ (i >> 1)
        _at(i, gray, x, h, w)
        apart, rest = 0, gray ^ origin
        while rest:
            rest &= rest - 1
            apart += 1
        level = int((height(x, h, whole) - low) * scale)
        counts[min(apart, n - apart), min(max(level, 0), bins - 1)] += 1
    return counts


def _lowest(w: Floats, step: Steps, most: int) -> Integers:
    """The lowest minima, so many; of equals the first."""
    held = np.empty(0, np.int64)
    for at in range(0, step.size, AT_ONCE):
        held = np.concatenate([held, at + np.flatnonzero(step[at : at + AT_ONCE] < 0)])
        held = held[np.argsort(energies(w, held), kind="stable")[:most]]
    return held
