"""Configurations of more countries than can be enumerated: where steepest descents from chance starts end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.engines.draws import Words, philox
from simulation.landscape.compiled import compiled
from simulation.landscape.energy import Floats, Integers, Steps, move, slack, steepest

STARTS = 20_000
PURPOSE = 7  # of these draws, beside those of a run
BITS = 128  # of one draw


@dataclass(frozen=True)
class Sampled:
    """Where descents ended: each minimum once (minima, countries), and how many ended there.

    strict and weak count the minima found; ties the descents that met a choice between equals on their way.
    """

    minima: Steps
    basins: Integers
    strict: int
    weak: int
    ties: int


def sample(w: Floats, starts: int, rng_seed: int) -> Sampled:
    """Descend from so many configurations, each as likely as any other, addressed by rng_seed and number."""
    seed = np.array([rng_seed & 0xFFFFFFFF, rng_seed >> 32], np.int64)
    ends, kinds, tied = np.empty((starts, len(w)), np.int8), np.empty(starts, np.int8), np.zeros(starts, bool)
    loose = slack(w)
    words = np.zeros((4, -(-len(w) // BITS)), np.uint32)
    descend_all(w, loose, float(loose.max()), words, seed, ends, kinds, tied)
    minima, first, counts = np.unique(ends, axis=0, return_index=True, return_counts=True)
    strict = int((kinds[first] == -1).sum())
    return Sampled(minima, counts, strict, len(minima) - strict, int(tied.sum()))


@compiled
def descend_all(
    w: Floats, loose: Floats, widest: float, words: Words, seed: Integers,
    ends: Steps, kinds: Steps, tied: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Fill in where each descent ends, what kind of minimum it is, and whether it met equals."""
    n = w.shape[0]
    x, h = np.empty(n), np.empty(n)
    for start in range(ends.shape[0]):
        _begin(x, words, seed, start)
        for k in range(n):
            h[k] = 0.0
            for j in range(n):
                h[k] += w[k, j] * x[j]
        k, equal = steepest(x, h, loose, widest)
        while k >= 0:
            tied[start] = tied[start] or equal
            move(x, h, w, k)
            k, equal = steepest(x, h, loose, widest)
        kinds[start] = k
        for j in range(n):
            ends[start, j] = int(x[j] * x[0])


@compiled
def _begin(x: Floats, words: Words, seed: Integers, start: int) -> None:
    """Put every country on a side by chance."""
    for column in range(words.shape[1]):
        words[0, column], words[1, column] = start, column
        words[2, column], words[3, column] = 0, PURPOSE
    philox(words, words.shape[1], seed)
    for k in range(x.size):
        word = words[(k % BITS) // 32, k // BITS]
        x[k] = -1.0 if (word >> np.uint32(k % 32)) & np.uint32(1) else 1.0
