"""Every series of a run: name, meaning, unit, range, and its place in an array.

The measures are in simulation/scenario/measures.py.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BINS = 1000  # of a series that does not lie on a lattice
RUNG, INDEX, COUNT, REAL = range(4)  # kinds of series
OF_FOCUS = ("grievance", "favourability", "trust")


@dataclass(frozen=True)
class Series:
    """One monthly series: values lie between low and high; `slot` is its column in a path."""

    name: str
    meaning: str
    unit: str
    low: float
    high: float
    kind: int
    bins: int
    slot: int


class Layout(NamedTuple):
    """Columns of a path, as arrays for the engines: kind, low, high, first bin of each series.

    Rungs have no bins of their own: those of the index of their dyad hold them.
    """

    kind: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    first_bin: NDArray[np.int64]
    bins: int
    measures: int


def series_of(
    codes: tuple[str, ...], tracks: tuple[str, ...], tops: tuple[int, ...], focus: tuple[int, int]
) -> list[Series]:
    """All series of a world, in the order of `record`. The focal dyad's carry no suffix."""
    made: list[Series] = []

    def add(name: str, meaning: str, unit: str, low: float, high: float, kind: int, bins: int) -> None:
        made.append(Series(name, meaning, unit, low, high, kind, bins, len(made)))

    lattice = math.prod(top + 1 for top in tops)
    pairs = [(i, j) for i in range(len(codes)) for j in range(i + 1, len(codes))]
    for i, j in pairs:
        tail = "" if (i, j) == tuple(sorted(focus)) else f".{codes[i]}.{codes[j]}"
        who = f"{codes[i]} and {codes[j]}"
        add(f"cooperation{tail}", f"Cooperation index of {who}", "points", 0, 100, INDEX, lattice)
        for a, track in enumerate(tracks):
            add(f"rung.{track}{tail}", f"Rung of {who}", "rung", 0, tops[a], RUNG, tops[a] + 1)
    for code in codes:
        add(f"support.{code}", f"Public support of the government of {code}", "share", 0, 1, REAL, BINS)
        add(f"acts.{code}", f"Hostile acts of {code}", "acts/month", 0, BINS - 1, COUNT, BINS)
        add(f"coalition.{code}", f"Coalition that {code} faces", "points", 0, len(pairs), REAL, BINS)
        add(f"fear.{code}", f"Fear of {code} to be left alone (pressure for a deterrent of its own)",
            "share", 0, 1, REAL, BINS)  # fmt: skip
        add(f"commitment.{code}", f"Greatest commitment of a patron to {code}", "share", 0, 1, REAL, BINS)
    for code in codes:
        add(f"threat.{code}", f"Threat felt from {code}, mean of the focal dyad", "share", 0, 1, REAL, BINS)
    for name in OF_FOCUS:
        for i, j in (focus, focus[::-1]):
            add(
                f"{name}.{codes[i]}",
                f"What {codes[i]} holds about {codes[j]}: {name}",
                "share",
                0,
                1,
                REAL,
                BINS,
            )
    return made


def layout_of(series: list[Series], measures: int) -> Layout:
    """The arrays that the engines need of these series."""
    bins = [0 if one.kind == RUNG else one.bins for one in series]
    first = np.concatenate([[0], np.cumsum(bins)])
    return Layout(
        np.array([one.kind for one in series], np.int64),
        np.array([one.low for one in series], float),
        np.array([one.high for one in series], float),
        first[:-1].astype(np.int64),
        int(first[-1]),
        measures,
    )
