"""Landscapes against brute force, and what may not change them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.landscape.energy import Floats, couplings, energy, rises, sides_of
from simulation.landscape.enumerated import AFRESH, deepest, energies, enumerate_all
from simulation.landscape.landscape import Landscape, landscape_of
from simulation.landscape.sampled import sample
from tests.landscape.test_energy import CASES, Case

FEW = settings(max_examples=25)
WHOLE = st.builds(Case, st.integers(0, 2**32 - 1), st.integers(2, 10))
TIED = st.tuples(st.integers(2, 7), st.integers(0, 2**32 - 1))


def named(one: Case) -> Landscape:
    return landscape_of(tuple(map(str, range(len(one.sizes)))), one.sizes, one.propensities)


def brute(w: Floats) -> tuple[dict[tuple[int, ...], int], int, int]:
    """Each minimum with its basin, how many are strict, and how many configurations have a tie: all anew."""
    n = len(w)
    basins: dict[tuple[int, ...], int] = {}
    strict, ties = set(), 0
    for rest in product([1, -1], repeat=n - 1):
        x = np.array([1, *rest], float)
        first = True
        while (up := rises(w, x)).min() < -1e-9:
            steepest = np.flatnonzero(up <= up.min() + 1e-9)
            ties += int(first and len(steepest) > 1)
            x[steepest[0]] *= -1
            first = False
        x = x * x[0]
        key = tuple(int(side) for side in x)
        basins[key] = basins.get(key, 0) + 1
        if up.min() > 1e-9:
            strict.add(key)
    return basins, len(strict), ties


@FEW
@given(WHOLE)
def test_the_gray_code_finds_what_brute_force_finds(one: Case) -> None:
    found = named(one)
    basins, strict, ties = brute(one.w)
    assert {each.sides: each.basin for each in found.minima} == basins
    assert (found.strict, found.strict + found.weak, found.ties) == (strict, len(basins), ties)
    assert found.minima[0].energy == pytest.approx(min(energy(one.w, np.array(x, float)) for x in basins))
    assert [each.energy for each in found.minima] == sorted(each.energy for each in found.minima)


@FEW
@given(TIED)
def test_ties_and_weak_minima_as_brute_force_has_them(given_: tuple[int, int]) -> None:
    """Propensities of -1, 0 and 1 and equal sizes: half of all moves are ties."""
    n, seed = given_
    half = np.triu(np.random.default_rng(seed).integers(-1, 2, (n, n)), 1).astype(float)
    found = landscape_of(tuple(map(str, range(n))), np.ones(n), half + half.T)
    basins, strict, ties = brute(couplings(np.ones(n), half + half.T))
    assert {each.sides: each.basin for each in found.minima} == basins
    assert (found.strict, found.strict + found.weak, found.ties) == (strict, len(basins), ties)
    for each in found.minima:
        equal = [other for other in found.minima if other.energy == pytest.approx(each.energy)]
        assert {other.rank for other in equal} == {each.rank}
        assert each.strict == (each.loosest[1] > 1e-9)


@FEW
@given(CASES)
def test_a_descent_falls_at_every_move_and_so_ends(one: Case) -> None:
    w, n = one.w, len(one.w)
    found = enumerate_all(w, 10_000)
    assert found.ends is not None
    heights = energies(w, np.arange(found.configurations))
    ends = found.minima[found.ends]
    assert (heights[ends] <= heights + 1e-9).all()
    assert heights[deepest(w)] == pytest.approx(heights.min())
    assert (ends[found.minima] == found.minima).all()
    assert heights == pytest.approx([energy(w, sides_of(c, n)) for c in range(found.configurations)])


@FEW
@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_countries_changes_nothing_but_names(one: Case, chance: object) -> None:
    n = len(one.sizes)
    order = list(range(n))
    chance.shuffle(order)  # type: ignore[attr-defined]
    names = tuple(f"c{i}" for i in range(n))
    found = landscape_of(names, one.sizes, one.propensities)
    other = landscape_of(
        tuple(names[i] for i in order), one.sizes[order], one.propensities[np.ix_(order, order)]
    )
    assert [each.basin for each in found.minima] == [each.basin for each in other.minima]
    for mine, theirs in zip(found.minima, other.minima, strict=True):
        assert mine.energy == pytest.approx(theirs.energy, abs=1e-9)
        again = np.empty(n, int)
        again[order] = theirs.sides
        assert mine.sides == tuple(again * again[0])  # or the complement: the same two blocs
        if n > 2:  # of two, either may leave the other
            assert names[mine.loosest[0]] == other.names[theirs.loosest[0]]


@FEW
@given(CASES)
def test_both_ways_to_name_the_sides_have_one_energy(one: Case) -> None:
    assert energy(one.w, one.x) == pytest.approx(energy(one.w, -one.x), abs=1e-9)
    assert rises(one.w, one.x) == pytest.approx(rises(one.w, -one.x), abs=1e-9)


def test_sums_do_not_drift_over_many_moves() -> None:
    one = Case(5, 14)
    heights = energies(one.w, np.arange(1 << 13))
    assert AFRESH < 1 << 13
    found = named(one)
    assert found.span[0] == pytest.approx(heights.min())
    assert found.span[1] == pytest.approx(heights.max())
    assert found.shape is not None
    assert found.shape.sum() == 1 << 13
    assert found.shape[0].tolist() == [1] + [0] * 47  # the lowest minimum alone
    assert found.shape[1].sum() == 14
    assert found.shape[:, -1].sum() >= 1


def test_two_friends_and_two_rivals() -> None:
    for sign, sides in ((1.0, (1, 1)), (-1.0, (1, -1))):
        found = landscape_of(("A", "B"), np.array([2.0, 3.0]), sign * (1 - np.eye(2)))
        assert [(each.sides, each.energy, each.basin) for each in found.minima] == [
            (sides, 0.0 if sign > 0 else -12.0, 2)
        ]
        assert [each.minimum for each in found.listed] == [0, 0]


def test_where_nobody_cares_every_configuration_is_a_weak_minimum() -> None:
    found = landscape_of(tuple(map(str, range(15))), np.ones(15), np.zeros((15, 15)))
    assert (found.strict, found.weak, len(found.minima)) == (0, 1 << 14, 1_000)
    assert not found.kept_all
    assert {each.basin for each in found.minima} == {None}


def test_of_many_minima_the_lowest_are_kept() -> None:
    """Six pairs that nothing binds to each other, each with a split or joint side of one energy."""
    half = np.zeros((12, 12))
    for i in range(0, 12, 2):
        half[i, i + 1] = -1.0
    found = enumerate_all(couplings(np.ones(12), half + half.T), most=3)
    assert found.basins is None
    assert found.strict + found.weak == 32
    assert energies(couplings(np.ones(12), half + half.T), found.minima).tolist() == [-12.0] * 3


def test_a_sample_finds_basins_in_proportion() -> None:
    one = Case(11, 12)
    w = one.w
    exact = {each.sides: (each.basin or 0) / 2048 for each in named(one).minima}
    found = sample(w, 4000, rng_seed=7)
    assert found.basins.sum() == 4000
    assert found.strict == len(found.minima)
    for sides, count in zip(found.minima, found.basins, strict=True):
        share = exact[tuple(int(side) for side in sides)]
        assert abs(count / 4000 - share) < 5 * np.sqrt(share * (1 - share) / 4000)


def test_a_sample_is_addressed() -> None:
    w = Case(3, 30).w
    once, again, other = sample(w, 500, 1), sample(w, 500, 1), sample(w, 500, 2**40 + 1)
    assert (once.minima == again.minima).all()
    assert (once.basins == again.basins).all()
    assert once.basins.tolist() != other.basins.tolist()


def test_beyond_25_countries_it_says_what_it_saw() -> None:
    found = named(Case(2, 140))  # more sides than one draw has bits
    assert not found.exact
    assert found.looked_at == 20_000
    assert not found.kept_all
    assert len(found.minima) == 1_000
    assert 0.5 < found.unseen <= 1.0
    assert all((rises(Case(2, 140).w, np.array(each.sides, float)) > 0).all() for each in found.minima[:3])
    assert len({each.sides[130] for each in found.minima}) == 2
