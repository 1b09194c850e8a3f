"""The only chance in a run: Philox4x32-10, addressed by what is drawn and never by position.

A draw is addressed by (rng_seed, run, month, purpose, world slots). Whatever else is drawn, skipped
or masked, the draw at an address stays what it is: the first 60 months of 120 are the 60, and a
scenario without Russia moves no other country's luck.

Source: J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC11).
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from simulation.model.rule import rule
from simulation.model.state import Floats, Integers, Luck, Setting

MASK = 0xFFFFFFFF
COUNTRY, PAIR, DYAD, PARAMETER, THEORY = 1, 2, 3, 4, 5  # purposes


@rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four random 32-bit words at counter (c0..c3) under key (k0, k1), ten rounds."""
    x0, x1, x2, x3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    key0, key1 = np.uint64(k0), np.uint64(k1)
    low, word = np.uint64(MASK), np.uint64(32)
    for _ in range(10):
        first = np.uint64(0xD2511F53) * x0
        second = np.uint64(0xCD9E8D57) * x2
        x0, x1, x2, x3 = (
            (second >> word) ^ x1 ^ key0,
            second & low,
            (first >> word) ^ x3 ^ key1,
            first & low,
        )
        key0 = (key0 + np.uint64(0x9E3779B9)) & low
        key1 = (key1 + np.uint64(0xBB67AE85)) & low
    return x0, x1, x2, x3  # type: ignore[return-value]  # words of 64 bits that hold 32


@rule
def uniform(word: int) -> float:
    """A 32-bit word as a number inside (0, 1), never at either end."""
    return (float(word) + 0.5) * 2.0**-32


@rule
def fill(row: Floats, at: int, run: int, month: int, address: int, purpose: int, seed: Integers) -> None:
    """Four uniforms into row[at:at + 4]."""
    words = philox(run, month, address, purpose, seed[0], seed[1])
    for k in range(4):
        row[at + k] = uniform(words[k])


@rule
def fill_month(luck: Luck, seed: Integers, run: int, month: int, w: Setting) -> None:
    """Draw the luck of one month, except where the plan says that nothing could come of it.

    Slots are world slots: i, and i * 2^12 + j, so that no world size moves an address.
    """
    n = w.active.size
    for i in range(n):
        if w.active[i] == 0:
            continue
        if w.acts_drawn[i] > 0:
            fill(luck.country[i], 0, run, month, i * 4, COUNTRY, seed)
        fill(luck.country[i], 4, run, month, i * 4 + 1, COUNTRY, seed)
        if w.vote_drawn[i] > 0:
            fill(luck.country[i], 8, run, month, i * 4 + 2, COUNTRY, seed)
        for j in range(n):
            if w.pair_drawn[i, j] > 0:
                fill(luck.pair[i, j], 0, run, month, i * 4096 + j, PAIR, seed)
            if i < j and w.active[j] > 0:
                fill(luck.dyad[i, j], 0, run, month, (i * 4096 + j) * 2, DYAD, seed)
                fill(luck.dyad[i, j], 4, run, month, (i * 4096 + j) * 2 + 1, DYAD, seed)


@rule
def triangular(u: float, low: float, mode: float, high: float) -> float:
    """Triangular number between low and high with this mode, at probability u."""
    width = high - low
    if width <= 0.0:
        return mode
    split = (mode - low) / width
    if u < split:
        return low + math.sqrt(u * width * (mode - low))
    return high - math.sqrt((1.0 - u) * width * (high - mode))


@rule
def vary(vector: Floats, slots: Integers, keys: Integers, ranges: Floats, seed: Integers, draw: int) -> None:
    """Draw the uncertain slots of one vector.

    slots: (k,) places in the vector; keys: (k, 2) words of the path's digest, so that a parameter's
    draw does not depend on which others vary; ranges: (k, 3) low, value, high.
    """
    for k in range(slots.size):
        words = philox(draw, keys[k, 0], keys[k, 1], PARAMETER, seed[0], seed[1])
        vector[slots[k]] = triangular(uniform(words[0]), ranges[k, 0], ranges[k, 1], ranges[k, 2])


@rule
def pick_theory(shares: Floats, seed: Integers, draw: int) -> int:
    """Theory of one draw: by the cumulative shares (theories,)."""
    u = uniform(philox(draw, 0, 0, THEORY, seed[0], seed[1])[0])
    chosen = 0
    while chosen < shares.size - 1 and u >= shares[chosen]:
        chosen += 1
    return chosen


@njit(nogil=True, error_model="numpy", cache=True)
def draw_month(
    luck: NDArray[np.void], seed: Integers, run: int, month: int, setting: NDArray[np.void]
) -> None:
    """`fill_month`, compiled, for the engine that runs in plain Python, on its records."""
    fill_month(luck[0], seed, run, month, setting[0])


@njit(nogil=True, error_model="numpy", cache=True)
def draw_vector(
    vector: Floats, slots: Integers, keys: Integers, ranges: Floats, seed: Integers, draw: int
) -> None:
    """`vary`, compiled, for the engine that runs in plain Python."""
    vary(vector, slots, keys, ranges, seed, draw)


@njit(nogil=True, error_model="numpy", cache=True)
def draw_theory(shares: Floats, seed: Integers, draw: int) -> int:
    """`pick_theory`, compiled, for the engine that runs in plain Python."""
    return pick_theory(shares, seed, draw)


@njit(error_model="numpy", cache=True)
def block(counter: Integers, key: Integers) -> tuple[int, int, int, int]:
    """`philox`, compiled, at a counter (4,) under a key (2,): for tests on published vectors."""
    return philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1])
