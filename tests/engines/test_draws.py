"""Chance: the published vectors of Philox, and that nothing moves a draw but its address."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from simulation.engines import draws, kernels
from simulation.model.arrays import filled, views
from simulation.model.state import Luck, run_sizes

N = 5
SEED = np.array([7, 11], np.int64)
FULL = 0xFFFFFFFF
WORDS = st.integers(0, FULL)

# Random123 1.09, tests/kat_vectors: philox4x32 10, counter, key, expected.
PUBLISHED = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


def plain(counter: list[int], key: list[int]) -> list[int]:
    block = np.array(counter, np.uint32)[:, None]
    draws.philox(block, 1, np.array(key, np.int64))
    return [int(word) for word in block[:, 0]]


@njit
def compiled_philox(block: np.ndarray, count: int, key: np.ndarray) -> None:
    draws.philox(block, count, key)


def compiled(counter: list[int], key: list[int]) -> list[int]:
    """In the middle of a row of others, where the compiler uses vector instructions."""
    block = np.tile(np.array(counter, np.uint32)[:, None], 19)
    block[3] += np.arange(19, dtype=np.uint32) - 9
    compiled_philox(block, 19, np.array(key, np.int64))
    return [int(word) for word in block[:, 9]]


@pytest.mark.parametrize(("counter", "key", "expected"), PUBLISHED)
def test_published_vectors(counter: str, key: str, expected: str):
    assert plain(words(counter), words(key)) == words(expected)
    assert compiled(words(counter), words(key)) == words(expected)


@given(st.lists(WORDS, min_size=4, max_size=4), st.lists(WORDS, min_size=2, max_size=2))
def test_plain_and_compiled_agree(counter: list[int], key: list[int]):
    assert compiled(counter, key) == plain(counter, key)


@given(WORDS)
def test_a_uniform_is_never_at_an_end(word: int):
    u = draws.uniform(word)
    assert 0.0 < u < 1.0
    assert 0.0 < draws.uniform(0) <= u <= draws.uniform(FULL) < 1.0


def drawn(
    run: int = 3,
    month: int = 5,
    seed: np.ndarray = SEED,
    countries: int = N,
    masks: dict[str, np.ndarray] | None = None,
) -> Luck:
    """The luck of one month; every mask open unless given, and NaN where nothing is drawn."""
    ones, pairs = np.ones(countries, np.int64), np.ones((countries, countries), np.int64)
    asked = draws.addresses(
        **({"active": ones, "acts": ones, "vote": ones, "walk": ones, "pair": pairs} | (masks or {}))
    )
    record = filled(Luck, run_sizes(countries), dict.fromkeys(Luck._fields, np.nan))
    room = np.zeros((4, asked.address.size), np.uint32)
    kernels.draws().draw_month(record.view(np.float64), room, asked, seed, run, month)
    return views(Luck, record)


def flat(luck: Luck) -> np.ndarray:
    return np.concatenate([each.ravel() for each in luck])


def test_a_month_is_the_same_whenever_it_is_drawn():
    first = flat(drawn())
    drawn(run=9, month=80)
    assert np.array_equal(flat(drawn()), first, equal_nan=True)


def test_every_draw_of_a_month_is_another_number():
    numbers = flat(drawn())
    numbers = numbers[~np.isnan(numbers)]
    # 12 and 4 of a walk a country, 4 a pair (with itself too, where nothing asks), 8 a dyad.
    assert numbers.size == 16 * N + 4 * N * N + 8 * N * (N - 1) // 2
    assert np.unique(numbers).size == numbers.size
    assert ((numbers > 0.0) & (numbers < 1.0)).all()


@pytest.mark.parametrize(
    "other", [{"run": 4}, {"month": 6}, {"seed": np.array([8, 11])}, {"seed": np.array([7, 12])}]
)
def test_every_part_of_the_address_moves_every_draw(other: dict[str, object]):
    one, two = flat(drawn()), flat(drawn(**other))  # type: ignore[arg-type]
    assert not np.intersect1d(one[~np.isnan(one)], two[~np.isnan(two)]).size


@pytest.mark.parametrize("gone", range(N))
def test_a_country_without_part_moves_no_draw_of_the_others(gone: int):
    active = np.ones(N, np.int64)
    active[gone] = 0
    gone_too = {
        "active": active,
        "acts": active,
        "vote": active,
        "walk": active,
        "pair": np.outer(active, active),
    }
    whole, masked = drawn(), drawn(masks=gone_too)
    others = [i for i in range(N) if i != gone]
    for name in ("pair", "dyad"):
        kept = np.ix_(others, others)
        assert np.array_equal(getattr(whole, name)[kept], getattr(masked, name)[kept], equal_nan=True)
    for name in ("country", "walk"):
        assert np.array_equal(getattr(whole, name)[others], getattr(masked, name)[others])
        assert np.isnan(getattr(masked, name)[gone]).all()
    assert np.isnan(masked.dyad[gone]).all()
    assert np.isnan(masked.dyad[:, gone]).all()


@pytest.mark.parametrize(
    ("mask", "kept"),
    [("acts", slice(4, 12)), ("vote", slice(0, 8)), ("pair", slice(0, 12)), ("walk", slice(0, 12))],
)
def test_what_is_not_drawn_moves_nothing_that_is(mask: str, kept: slice):
    shape = (N, N) if mask == "pair" else N
    whole, masked = drawn(), drawn(masks={mask: np.zeros(shape, np.int64)})
    assert np.array_equal(whole.country[:, kept], masked.country[:, kept])
    assert np.array_equal(whole.dyad, masked.dyad, equal_nan=True)
    assert np.isnan(masked.pair).all() == (mask == "pair")
    assert np.isnan(masked.walk).all() == (mask == "walk")
    assert np.isnan(masked.country).any() == (mask in ("acts", "vote"))


def test_a_larger_world_keeps_the_draws_of_the_smaller():
    found, small = drawn(countries=N + 2), drawn()
    assert np.array_equal(found.country[:N], small.country)
    assert np.array_equal(found.walk[:N], small.walk)
    assert np.array_equal(found.pair[:N, :N], small.pair)
    assert np.array_equal(found.dyad[:N, :N], small.dyad, equal_nan=True)


def test_draws_are_uniform_and_do_not_go_together():
    months = np.array([flat(drawn(run=r, month=m)) for r in range(40) for m in range(50)])
    months = months[:, ~np.isnan(months[0])]
    assert months.mean() == pytest.approx(0.5, abs=0.002)
    assert months.var() == pytest.approx(1 / 12, abs=0.0005)
    together = np.corrcoef(months.T) - np.eye(months.shape[1])
    assert np.abs(together).max() < 5.5 / math.sqrt(len(months))


# -- parameters and theories ---------------------------------------------------------


def test_triangular_by_hand():
    # Between 0 and 1 with mode .25: a quarter of the mass below the mode.
    assert draws.triangular(0.25, 0.0, 0.25, 1.0) == pytest.approx(0.25)
    assert draws.triangular(0.0625, 0.0, 0.25, 1.0) == pytest.approx(0.125)
    assert draws.triangular(1 - 0.75 * 0.25, 0.0, 0.25, 1.0) == pytest.approx(1 - 0.375)
    assert draws.triangular(0.7, 2.0, 2.0, 2.0) == 2.0
    assert draws.triangular(0.5, 0.0, 0.0, 1.0) == pytest.approx(1 - math.sqrt(0.5))
    assert draws.triangular(0.25, 0.0, 1.0, 1.0) == pytest.approx(0.5)


@given(*[st.floats(-5, 5)] * 3, st.floats(1e-9, 1 - 1e-9), st.floats(1e-9, 1 - 1e-9))
def test_triangular_stays_inside_and_rises(a: float, b: float, c: float, u: float, v: float):
    low, mode, high = sorted((a, b, c))
    below, above = (draws.triangular(x, low, mode, high) for x in sorted((u, v)))
    assert low - 1e-12 <= below <= above + 1e-12
    assert above <= high + 1e-12


def varied(keys: list[tuple[int, int]], draw: int) -> list[float]:
    vector = np.full(len(keys), 0.5)
    ranges = np.tile([0.0, 0.5, 1.0], (len(keys), 1))
    which = draws.Uncertain(np.arange(len(keys)), np.array(keys, np.int64), ranges)
    draws.vary(vector, np.zeros((4, len(keys)), np.uint32), which, SEED, draw)
    return vector.tolist()


def test_a_parameter_is_drawn_alike_whatever_else_varies():
    one, two, three = (1, 9), (2, 8), (3, 7)
    assert varied([one, two, three], 5)[::2] == varied([one, three], 5)
    assert varied([three, one], 5) == varied([one, three], 5)[::-1]
    assert len({*varied([one, two, three], 5), *varied([one, two, three], 6)}) == 6


def test_theories_come_by_their_shares():
    shares = np.cumsum([0.2, 0.0, 0.5, 0.3])
    room = np.zeros((4, 1), np.uint32)
    drawn = [kernels.draws().draw_theory(shares, room, SEED, draw) for draw in range(20_000)]
    counts = np.bincount(drawn, minlength=4)
    assert counts[1] == 0
    assert counts / 20_000 == pytest.approx([0.2, 0.0, 0.5, 0.3], abs=0.012)
