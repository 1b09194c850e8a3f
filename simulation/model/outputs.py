"""Every series and measure of a run: name, meaning, unit, range; and how the state becomes them."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulation.model.decision import terms
from simulation.model.rule import rule
from simulation.model.state import CHANGES, GESTURES, REFUSALS, STRIKES, Floats, Integers, Setting, State
from simulation.model.vector import TRACKS, Parameters

BINS = 1000  # of a series that does not lie on a lattice
RUNG, INDEX, COUNT, REAL = range(4)  # kinds of series
REGIMES = ("frozen", "thaw", "functional", "institutionalised", "quasi-alliance")
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


@dataclass(frozen=True)
class Measure:
    """One number a run; `slot` is its place in a row of measures."""

    name: str
    meaning: str
    unit: str
    slot: int


class Layout(NamedTuple):
    """Columns of a path, as arrays for the engines: kind, low, high, first bin of each series."""

    kind: Integers
    low: Floats
    high: Floats
    first_bin: Integers
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


def measures_of(
    codes: tuple[str, ...], tracks: tuple[str, ...], tops: tuple[int, ...], focus: tuple[int, int]
) -> list[Measure]:
    """All measures of a run, in the order of `measure`."""
    f, g = codes[focus[0]], codes[focus[1]]
    rows = [
        ("cooperation.final", f"Cooperation index of {f} and {g} in the last month", "points"),
        ("cooperation.mean", "Mean of the index over all months", "points"),
        ("cooperation.change", "Index in the last month less the index at the start", "points"),
    ]
    rows += [(f"final.{t}", f"Rung on the {t} track in the last month", "rung") for t in tracks]
    rows += [(f"highest.{t}", f"Highest rung on the {t} track", "rung") for t in tracks]
    rows += [(f"reversals.{t}", f"Months in which the {t} track fell", "count") for t in tracks]
    rows += [(f"regime.{r}", f"Share of months in the regime {r}", "share") for r in REGIMES]
    rows += [(f"acts.{c}", f"Hostile acts of {c}", "acts/year") for c in codes]
    for name, word in (("gestures", "Concessions by"), ("refusals", "Proposals refused of")):
        rows += [(f"{name}.{c}", f"{word} {c} in the focal dyad", "count") for c in (f, g)]
    rows += [(f"strikes.{c}", f"Coercive strikes at {c}", "count") for c in (f, g)]
    rows += [(f"changes.{c}", f"Changes of the governing camp in {c}", "count") for c in (f, g)]
    for a, track in enumerate(tracks):
        rows += [
            (
                f"months_to.{track}.{k}",
                f"Months until rung {k} on the {track} track; empty if never",
                "months",
            )
            for k in range(1, tops[a] + 1)
        ]
    rows += [
        (f"final.{codes[i]}.{codes[j]}", f"Index of {codes[i]} and {codes[j]} in the last month", "points")
        for i in range(len(codes))
        for j in range(i + 1, len(codes))
    ]
    return [Measure(name, meaning, unit, slot) for slot, (name, meaning, unit) in enumerate(rows)]


def layout_of(series: list[Series], measures: int) -> Layout:
    """The arrays that the engines need of these series."""
    bins = [one.bins for one in series]
    first = np.concatenate([[0], np.cumsum(bins)])
    return Layout(
        np.array([one.kind for one in series], np.int64),
        np.array([one.low for one in series], float),
        np.array([one.high for one in series], float),
        first[:-1].astype(np.int64),
        int(first[-1]),
        measures,
    )


@rule
def record(m: int, path: Floats, s: State, w: Setting) -> None:
    """Write the state into row m of a path (months, series), in the order of `series_of`."""
    n = s.support.size
    f, g = w.focus[0], w.focus[1]
    at = 0
    for i in range(n):
        for j in range(i + 1, n):
            path[m, at] = 100.0 * s.cooperation[i, j]
            for a in range(TRACKS):
                path[m, at + 1 + a] = s.rung[i, j, a]
            at += 1 + TRACKS
    for i in range(n):
        path[m, at] = s.support[i]
        path[m, at + 1] = s.acts[i]
        path[m, at + 2] = s.coalition[i]
        path[m, at + 3] = s.fear[i]
        path[m, at + 4] = s.shield[i]
        at += 5
    for k in range(n):
        path[m, at] = 0.5 * (s.threat[f, k] + s.threat[g, k])
        at += 1
    path[m, at] = s.grievance[f, g]
    path[m, at + 1] = s.grievance[g, f]
    path[m, at + 2] = s.favourability[f, g]
    path[m, at + 3] = s.favourability[g, f]
    path[m, at + 4] = s.trust[f, g]
    path[m, at + 5] = s.trust[g, f]


@rule
def dyad_column(i: int, j: int, n: int) -> int:
    """Column of a path at which the dyad of i and j begins."""
    low, high = min(i, j), max(i, j)
    return (1 + TRACKS) * (low * n - low * (low + 1) // 2 + high - low - 1)


@rule
def measure(row: Floats, path: Floats, s: State, p: Parameters, w: Setting) -> None:
    """Fill one row of measures from a whole path, in the order of `measures_of`."""
    months = path.shape[0]
    n = s.support.size
    f, g = w.focus[0], w.focus[1]
    focal = dyad_column(f, g, n)
    total = 0.0
    for m in range(months):
        total += path[m, focal]
    start = 0.0
    for a in range(TRACKS):
        start += w.index_weight[a] * w.rung_start[f, g, a] / w.top[a]
    row[0] = path[months - 1, focal]
    row[1] = total / months
    row[2] = row[0] - 100.0 * start
    at = 3
    for a in range(TRACKS):
        climb(row, at, path, focal, a, w)
    at += 3 * TRACKS
    at = regimes(row, at, path, focal, p)
    acts = (1 + TRACKS) * (n * (n - 1) // 2) + 1
    for i in range(n):
        shots = 0.0
        for m in range(months):
            shots += path[m, acts + 5 * i]
        row[at] = 12.0 * shots / months
        at += 1
    at = tallied(row, at, s, w)
    for a in range(TRACKS):
        at = milestones(row, at, path, focal + 1 + a, w.top[a])
    for i in range(n):
        for j in range(i + 1, n):
            row[at] = path[months - 1, dyad_column(i, j, n)]
            at += 1


@rule
def climb(row: Floats, at: int, path: Floats, focal: int, a: int, w: Setting) -> None:
    """Final and highest rung of track a, and the months in which it fell."""
    column = focal + 1 + a
    before = float(w.rung_start[w.focus[0], w.focus[1], a])
    highest = 0.0
    falls = 0.0
    for m in range(path.shape[0]):
        highest = max(highest, path[m, column])
        if path[m, column] < before:
            falls += 1.0
        before = path[m, column]
    row[at + a] = before
    row[at + TRACKS + a] = highest
    row[at + 2 * TRACKS + a] = falls


@rule
def regimes(row: Floats, at: int, path: Floats, focal: int, p: Parameters) -> int:
    """Share of months in each regime; returns the next place in the row."""
    months = path.shape[0]
    count = len(REGIMES)
    for r in range(count):
        row[at + r] = 0.0
    for m in range(months):
        row[at + regime_of(path[m, focal], p)] += 1.0 / months
    return at + count


@rule
def regime_of(index: float, p: Parameters) -> int:
    """Regime of an index of 0 to 100, by its place in REGIMES."""
    if index >= p.regime_quasi_alliance:
        return 4
    if index >= p.regime_institutionalised:
        return 3
    if index >= p.regime_functional:
        return 2
    return 1 if index >= p.regime_thaw else 0


@rule
def tallied(row: Floats, at: int, s: State, w: Setting) -> int:
    """Gestures, refusals, strikes and changes of government; returns the next place in the row."""
    f, g = w.focus[0], w.focus[1]
    row[at] = s.tally[GESTURES, f, g]
    row[at + 1] = s.tally[GESTURES, g, f]
    row[at + 2] = s.tally[REFUSALS, f, g]
    row[at + 3] = s.tally[REFUSALS, g, f]
    for k in range(2):
        strikes = 0
        for i in range(s.support.size):
            strikes += s.tally[STRIKES, i, w.focus[k]]
        row[at + 4 + k] = strikes
        row[at + 6 + k] = s.tally[CHANGES, w.focus[k], w.focus[k]]
    return at + 8


@rule
def milestones(row: Floats, at: int, path: Floats, column: int, top: int) -> int:
    """Months until each rung from 1 to the top is first held (1 for the first month), or NaN."""
    for rung in range(1, top + 1):
        row[at] = math.nan
        for m in range(path.shape[0]):
            if path[m, column] >= rung:
                row[at] = m + 1.0
                break
        at += 1
    return at


@rule
def weighed_terms(sums: Floats, sign: float, s: State, p: Parameters, w: Setting) -> None:
    """The weighted terms of every dyad and track, mean of both sides: set to their negative, or added.

    sums: (dyads, tracks, terms). With sign -1 at the start and +1 at the end it tells what moved.
    """
    n = s.support.size
    at = 0
    for i in range(n):
        for j in range(i + 1, n):
            if w.active[i] * w.active[j] > 0:
                for a in range(TRACKS):
                    mine = terms(i, j, a, s, p)
                    theirs = terms(j, i, a, s, p)
                    for k in range(len(mine)):
                        before = sums[at, a, k] if sign > 0.0 else 0.0
                        sums[at, a, k] = before + sign * p.weights[k] * 0.5 * (mine[k] + theirs[k])
            at += 1


@rule
def tally_path(counts: Integers, sums: Integers, path: Floats, w: Setting, x: Layout) -> None:
    """Count a path into bins (months, bins), and its fixed-point sums (months, series, 2).

    Integers add up to the same in any order, so bands do not depend on blocks or threads.
    """
    for m in range(path.shape[0]):
        for k in range(x.kind.size):
            value = path[m, k]
            counts[m, x.first_bin[k] + bin_of(value, k, m, path, w, x)] += 1
            fixed = int(math.floor(value * FIXED + 0.5))
            sums[m, k, 0] += fixed
            sums[m, k, 1] += int(math.floor(value * value * FIXED + 0.5))


FIXED = 1048576.0


@rule
def bin_of(value: float, k: int, m: int, path: Floats, w: Setting, x: Layout) -> int:
    """Bin of a value of series k: its code on a lattice, else one of BINS."""
    kind = x.kind[k]
    if kind == RUNG:
        return int(value)
    if kind == INDEX:
        code = 0
        for a in range(TRACKS):
            code = code * (w.top[a] + 1) + int(path[m, k + 1 + a])
        return code
    if kind == COUNT:
        return min(BINS - 1, int(value))
    share = (value - x.low[k]) / (x.high[k] - x.low[k])
    return min(BINS - 1, max(0, int(share * BINS)))
