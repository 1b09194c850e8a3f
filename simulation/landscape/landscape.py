"""A landscape: its minima, their basins, and how sure they are."""

from dataclasses import dataclass

import numpy as np

from simulation.landscape.energy import Floats, Integers, couplings, energy, rises, sides_of, slack
from simulation.landscape.enumerated import MOST, Enumerated, energies, enumerate_all, shape
from simulation.landscape.sampled import STARTS, sample

MOST_BASINS = 10_000  # minima whose basins are counted
MOST_MINIMA = 1_000  # that are kept
MOST_LISTED = 1_024  # configurations that are listed one by one
BINS = 48  # of energy in the shape of a landscape


@dataclass(frozen=True)
class Minimum:
    """A configuration that no country alone leaves to lower the energy.

    sides: 1 for the side of the first country, -1 for the other. energy in size squared times propensity.
    strict: every move would raise the energy; otherwise one leaves it the same. rank: 1 for the lowest
    energy, the same for equal ones. basin: how many configurations (of a sample: descents) end here.
    loosest: the country whose move costs least, and what it costs in energy.
    """

    sides: tuple[int, ...]
    energy: float
    strict: bool
    rank: int
    basin: int | None
    loosest: tuple[int, float]


@dataclass(frozen=True)
class Listed:
    """One configuration of a small landscape: its sides, its energy, and the place of its minimum."""

    sides: tuple[int, ...]
    energy: float
    minimum: int


@dataclass(frozen=True)
class Landscape:
    """Every minimum that was found, lowest first, and what was looked at to find them.

    configurations: how many there are; looked_at: how many of them, or from how many of them a descent was
    begun. ties: where two moves were the steepest, of which the first in the order of the table was taken.
    span: the lowest energy and the highest (of a sample: of minima). shape: configurations by moves to
    the lowest minimum and by energy over this span (moves, bins). unseen: about what share of further
    descents would end in a minimum that none has met (Good and Turing: those met once).
    """

    names: tuple[str, ...]
    sizes: Floats
    propensities: Floats
    exact: bool
    looked_at: int
    minima: tuple[Minimum, ...]
    strict: int
    weak: int
    ties: int
    span: tuple[float, float]
    shape: Integers | None
    listed: tuple[Listed, ...]
    unseen: float

    @property
    def configurations(self) -> int:
        """How many ways there are to divide the countries in two, all on one side included."""
        return 1 << (len(self.names) - 1)

    @property
    def kept_all(self) -> bool:
        """Whether `minima` holds all that were found."""
        return len(self.minima) == self.strict + self.weak


def landscape_of(names: tuple[str, ...], sizes: Floats, propensities: Floats, rng_seed: int = 0) -> Landscape:
    """The landscape of symmetric propensities: exact up to 25 countries, by a sample beyond."""
    w = couplings(sizes, propensities)
    return (_exact if len(names) <= MOST else _sampled)(names, sizes, propensities, w, rng_seed)


def _exact(names: tuple[str, ...], sizes: Floats, propensities: Floats, w: Floats, _: int) -> Landscape:
    found = enumerate_all(w, MOST_BASINS)
    sides = np.array([sides_of(int(each), len(names)) for each in found.minima])
    minima, order = _minima(w, sides, found.basins)
    lowest = int(found.minima[order[0]])
    low, high = minima[0].energy, found.highest
    counts = shape(w, lowest, low, high, BINS)
    return Landscape(
        names, sizes, propensities, True, found.configurations, minima, found.strict, found.weak, found.ties,
        (low, high), counts, _listed(w, found, order), 0.0,
    )  # fmt: skip


def _sampled(
    names: tuple[str, ...], sizes: Floats, propensities: Floats, w: Floats, rng_seed: int
) -> Landscape:
    found = sample(w, STARTS, rng_seed)
    minima, order = _minima(w, found.minima.astype(float), found.basins)
    highest = energy(w, found.minima[order[-1]].astype(float))
    return Landscape(
        names, sizes, propensities, False, STARTS, minima, found.strict, found.weak, found.ties,
        (minima[0].energy, highest), None, (), float((found.basins == 1).sum()) / STARTS,
    )  # fmt: skip


def _minima(w: Floats, sides: Floats, basins: Integers | None) -> tuple[tuple[Minimum, ...], Integers]:
    """The lowest minima, and the order of all that were given."""
    rough = -((sides @ w) * sides).sum(axis=1)
    order = np.lexsort((rough if basins is None else -basins, rough))
    same, loose = float(slack(w).sum()), slack(w)
    found: list[Minimum] = []
    for place, m in enumerate(order[:MOST_MINIMA]):
        up, height = rises(w, sides[m]), energy(w, sides[m])
        least = int(np.argmin(up))
        equal = bool(found) and height - found[-1].energy <= same
        found.append(
            Minimum(
                sides=tuple(int(side) for side in sides[m]),
                energy=height,
                strict=bool((up > loose).all()),
                rank=found[-1].rank if equal else place + 1,
                basin=None if basins is None else int(basins[m]),
                loosest=(least, max(0.0, float(up[least]))),
            )
        )
    return tuple(found), order


def _listed(w: Floats, found: Enumerated, order: Integers) -> tuple[Listed, ...]:
    """Every configuration, lowest first, where there are few."""
    if found.ends is None or found.configurations > MOST_LISTED:
        return ()
    heights, place = energies(w, np.arange(found.configurations)), np.argsort(order)
    return tuple(
        Listed(
            tuple(int(side) for side in sides_of(int(each), len(w))),
            float(heights[each]),
            int(place[found.ends[each]]),
        )
        for each in np.argsort(heights, kind="stable")
    )
