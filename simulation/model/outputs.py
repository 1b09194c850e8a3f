"""How the state of a run becomes its series and measures, in the order of the catalogue."""

import math

from simulation.model.decision import terms
from simulation.model.rule import rule
from simulation.model.state import CHANGES, GESTURES, REFUSALS, STRIKES, Floats, Setting, State
from simulation.model.vector import TRACKS, Parameters
from simulation.scenario.measures import REGIMES


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
        row[at + regime_of(path[m, focal], p)] += 1.0
    for r in range(count):
        row[at + r] /= months
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
