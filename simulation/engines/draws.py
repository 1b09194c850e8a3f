"""The only chance in a run: Philox4x32-10, addressed by what is drawn and never by position.

A draw is addressed by (rng_seed, run, month, purpose, world slots). Whatever else is drawn, skipped
or masked, the draw at an address stays what it is: the first 60 months of 120 are the 60, and a
scenario without Russia moves no other country's luck.

Source: J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC11).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.arrays import shapes
from simulation.model.rule import rule
from simulation.model.state import Floats, Integers, Luck, run_sizes

Words = NDArray[np.uint32]

MASK = 0xFFFFFFFF
COUNTRY, PAIR, DYAD, PARAMETER, THEORY, WALK, JOINT = 1, 2, 3, 4, 5, 6, 7  # purposes


class Uncertain(NamedTuple):
    """Slots of the parameter vector that vary with the draw."""

    slots: Integers  # (k,) places in the vector
    keys: Integers  # (k, 2) words of the path's digest, so that a draw does not depend on which others vary
    ranges: Floats  # (k, 3) low, value, high


class Together(NamedTuple):
    """Slots of the parameter vector that a draw takes together, from one row of a table."""

    slots: Integers  # (k,) places in the vector
    rows: Floats  # (draws, k), none where every slot varies by itself


class Addresses(NamedTuple):
    """What a month draws: four uniforms at each address, in the luck of the month from `place` on.

    What could never matter is not drawn. Addresses are made of world slots, i, and i * 2^12 + j, so
    that no world size moves one.
    """

    address: Integers  # (k,)
    purpose: Integers  # (k,)
    place: Integers  # (k,) in the flat array under the record `Luck`


def addresses(active: Integers, acts: Integers, vote: Integers, walk: Integers, pair: Integers) -> Addresses:
    """The addresses that a plan draws.

    active, acts, vote, walk: (n,) 1 where the country takes part, where its draws as a challenger can
    matter, where those of a change of government can, where its tempo walks. pair: (n, n) 1 where a
    shock, a gesture or a strike can happen.
    """
    n = active.size
    begin = flat_places(n)
    rows = []
    for i in range(n):
        asked = (acts[i], active[i], vote[i])
        rows += [(i * 4 + k, COUNTRY, begin["country"] + 12 * i + 4 * k) for k in range(3) if asked[k]]
        if walk[i]:
            rows.append((i, WALK, begin["walk"] + 4 * i))
        for j in range(n):
            if pair[i, j]:
                rows.append((i * 4096 + j, PAIR, begin["pair"] + 4 * (n * i + j)))
            if i < j and active[i] and active[j]:
                for k in range(2):
                    place = begin["dyad"] + 8 * (n * i + j) + 4 * k
                    rows.append(((i * 4096 + j) * 2 + k, DYAD, place))
    columns = np.array(rows, np.int64).reshape(len(rows), 3)
    return Addresses(columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy())


def flat_places(countries: int) -> dict[str, int]:
    """Where each array of `Luck` begins in the flat array under its record."""
    begins, at = {}, 0
    for name, shape in shapes(Luck, run_sizes(countries)).items():
        begins[name] = at
        at += math.prod(shape)
    return begins


@rule
def philox(words: Words, count: int, seed: Integers) -> None:
    """Ten rounds under key `seed` (2,), in place: the first `count` columns of words (4, k) are counters,
    then draws.

    Round by round over all counters, which the compiler turns into vector instructions.
    """
    low, half = np.uint64(MASK), np.uint64(32)
    key0, key1 = np.uint64(seed[0]), np.uint64(seed[1])
    for _ in range(10):
        for k in range(count):
            first = np.uint64(0xD2511F53) * np.uint64(words[0, k])
            second = np.uint64(0xCD9E8D57) * np.uint64(words[2, k])
            words[0, k] = np.uint32(second >> half) ^ words[1, k] ^ np.uint32(key0)
            words[1, k] = np.uint32(second & low)
            words[2, k] = np.uint32(first >> half) ^ words[3, k] ^ np.uint32(key1)
            words[3, k] = np.uint32(first & low)
        key0 = (key0 + np.uint64(0x9E3779B9)) & low
        key1 = (key1 + np.uint64(0xBB67AE85)) & low


@rule
def uniform(word: int) -> float:
    """A 32-bit word as a number inside (0, 1), never at either end."""
    return (float(word) + 0.5) * 2.0**-32


@rule
def fill_month(luck: Floats, words: Words, drawn: Addresses, seed: Integers, run: int, month: int) -> None:
    """Draw the luck of one month into the flat array under its record; `words` is room to work in."""
    count = drawn.address.size
    for k in range(count):
        words[0, k] = run
        words[1, k] = month
        words[2, k] = drawn.address[k]
        words[3, k] = drawn.purpose[k]
    philox(words, count, seed)
    for k in range(count):
        for part in range(4):
            luck[drawn.place[k] + part] = uniform(words[part, k])


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
def vary(vector: Floats, words: Words, which: Uncertain, seed: Integers, draw: int) -> None:
    """Draw the uncertain slots of one vector; `words` is room to work in."""
    count = which.slots.size
    for k in range(count):
        words[0, k] = draw
        words[1, k] = which.keys[k, 0]
        words[2, k] = which.keys[k, 1]
        words[3, k] = PARAMETER
    philox(words, count, seed)
    for k in range(count):
        u = uniform(words[0, k])
        vector[which.slots[k]] = triangular(u, which.ranges[k, 0], which.ranges[k, 1], which.ranges[k, 2])


@rule
def vary_together(vector: Floats, words: Words, which: Together, seed: Integers, draw: int) -> None:
    """Set the slots that vary together to one row of their table; `words` is room to work in."""
    count = which.rows.shape[0]
    if count > 0:
        words[0, 0] = draw
        words[1, 0] = 0
        words[2, 0] = 0
        words[3, 0] = JOINT
        philox(words, 1, seed)
        row = min(count - 1, int(math.floor(uniform(words[0, 0]) * count)))
        for k in range(which.slots.size):
            vector[which.slots[k]] = which.rows[row, k]


@rule
def pick_theory(shares: Floats, words: Words, seed: Integers, draw: int) -> int:
    """Theory of one draw: by the cumulative shares (theories,); `words` is room to work in."""
    words[0, 0] = draw
    words[1, 0] = 0
    words[2, 0] = 0
    words[3, 0] = THEORY
    philox(words, 1, seed)
    u = uniform(words[0, 0])
    chosen = 0
    while chosen < shares.size - 1 and u >= shares[chosen]:
        chosen += 1
    return chosen
