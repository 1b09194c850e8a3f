"""Results that the article prints, and the sequence 1936 to 1939 under the labelled reconstruction."""

import numpy as np
import pytest

from simulation.landscape.landscape import Landscape, landscape_of
from tests.landscape.seventeen import BESIDE_BRITAIN, NAMES, propensities, sizes

FIVE = ("Britain", "France", "Germany", "Italy", "Soviet Union")


def beside_britain(found: Landscape) -> list[set[str]]:
    """Who stands with Britain in each minimum, lowest first."""
    at = found.names.index("Britain")
    return [
        {name for name, side in zip(found.names, one.sides, strict=True) if side == one.sides[at]}
        for one in found.minima
    ]


def test_five_realist_powers_have_the_four_minima_of_the_article() -> None:
    places = [NAMES.index(name) for name in FIVE]
    found = landscape_of(FIVE, sizes(1936)[places], np.full((5, 5), -1.0))
    assert (found.strict, found.weak, found.ties) == (4, 0, 0)
    with_the_union = [{"Soviet Union", each} for each in ("Britain", "France", "Italy", "Germany")]
    others = [set(FIVE) - pair for pair in with_the_union]
    assert beside_britain(found) == [with_the_union[0], *others[1:]]
    # By hand: twice the product of the sizes of the two sides, 22.46 x 20.84 and so on, below 0.
    assert [one.energy for one in found.minima] == pytest.approx([-936.1328, -933.9602, -923.8208, -890.4])
    assert sum(one.basin or 0 for one in found.minima) == 16
    britain, france, germany, italy = FIVE[:4]
    actual = {britain, france, "Soviet Union"}
    assert actual not in beside_britain(found)
    assert germany not in actual
    assert italy not in actual


def test_seventeen_realist_states_have_about_the_209_minima_of_the_article() -> None:
    """The printed sizes have two decimals: ties that the article's own figures broke. 195 to 226 hold 209."""
    found = landscape_of(NAMES, sizes(1936), np.full((17, 17), -1.0))
    assert (found.strict, found.strict + found.weak) == (195, 226)
    assert found.ties > 0
    assert found.minima[0].rank == found.minima[1].rank == 1  # several divide the whole as evenly


def test_the_sequence_under_the_reconstruction() -> None:
    found = {year: landscape_of(NAMES, sizes(year), propensities(year)) for year in (1936, 1937, 1938, 1939)}
    minima = {year: beside_britain(one) for year, one in found.items()}
    assert minima[1936] == minima[1937] == [BESIDE_BRITAIN[1], BESIDE_BRITAIN[2]]
    assert minima[1938] == [BESIDE_BRITAIN[1]]
    # The article has Poland beside Britain in 1939; the reconstruction does not move it.
    assert minima[1939] == [BESIDE_BRITAIN[1]]
    assert [one.basin for one in found[1936].minima] == [48_736, 16_800]  # the article: 47,945 and 17,591
    assert found[1936].minima[0].energy == pytest.approx(-2012.88, abs=0.005)
    assert found[1936].minima[1].energy == pytest.approx(-1961.95, abs=0.005)


def test_what_the_first_minimum_of_1936_gets_right() -> None:
    """All but Poland, and Portugal stayed neutral: 96 % of size, as the article says."""
    of_size = sizes(1936)
    wrong = sum(of_size[NAMES.index(name)] for name in ("Poland", "Portugal"))
    assert 1 - wrong / of_size.sum() == pytest.approx(0.9575, abs=5e-5)
