"""Every measure of a run: its name, meaning, unit and range.

They are declared here, below the model that fills them, because a scenario may expect something of them.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from simulation.world import World

REGIMES = ("frozen", "thaw", "functional", "institutionalised", "quasi-alliance")
NEVER = "months_to."  # measures that are empty in a run that never gets there


@dataclass(frozen=True)
class Measure:
    """One number a run, from low to high (infinite where nothing bounds it); `slot` is its place in a row."""

    name: str
    meaning: str
    unit: str
    low: float
    high: float
    slot: int


def measures_of(
    codes: tuple[str, ...], tracks: tuple[str, ...], tops: tuple[int, ...], focus: tuple[int, int]
) -> list[Measure]:
    """All measures of a run, in the order of `measure`."""
    f, g = codes[focus[0]], codes[focus[1]]
    rows: list[tuple[str, str, str, float, float]] = [
        ("cooperation.final", f"Cooperation index of {f} and {g} in the last month", "points", 0, 100),
        ("cooperation.mean", "Mean of the index over all months", "points", 0, 100),
        ("cooperation.change", "Index in the last month less the index at the start", "points", -100, 100),
    ]
    each = tuple(zip(tracks, tops, strict=True))
    rows += [(f"final.{t}", f"Rung on the {t} track in the last month", "rungs", 0, top) for t, top in each]
    rows += [(f"highest.{t}", f"Highest rung on the {t} track", "rungs", 0, top) for t, top in each]
    rows += [(f"reversals.{t}", f"Months in which the {t} track fell", *_COUNT) for t in tracks]
    rows += [(f"regime.{r}", f"Share of months in the regime {r}", "share", 0, 1) for r in REGIMES]
    rows += [(f"acts.{c}", f"Hostile acts of {c}", "acts/year", 0, math.inf) for c in codes]
    for name, word in (("gestures", "Concessions by"), ("refusals", "Proposals refused of")):
        rows += [(f"{name}.{c}", f"{word} {c} in the focal dyad", *_COUNT) for c in (f, g)]
    rows += [(f"strikes.{c}", f"Coercive strikes at {c}", *_COUNT) for c in (f, g)]
    rows += [(f"changes.{c}", f"Changes of the governing camp in {c}", *_COUNT) for c in (f, g)]
    for track, top in each:
        rows += [
            (f"{NEVER}{track}.{k}", f"Months until rung {k} on the {track} track; empty if never",
             "months", 1, math.inf)
            for k in range(1, top + 1)
        ]  # fmt: skip
    rows += [
        (f"final.{a}.{b}", f"Index of {a} and {b} in the last month", "points", 0, 100)
        for i, a in enumerate(codes)
        for b in codes[i + 1 :]
    ]
    return [Measure(*row, slot) for slot, row in enumerate(rows)]


def telling(measures: Iterable[Measure], without: Collection[str]) -> list[Measure]:
    """The measures that say anything: none of a country that takes no part."""
    return [one for one in measures if not set(one.name.split(".")[1:]) & set(without)]


def measures_in(world: World, focus: tuple[str, str], without: Collection[str]) -> dict[str, Measure]:
    """By name, the measures of a scenario of this world with that focus and without those countries."""
    tracks, tops = tuple(one.name for one in world.tracks), tuple(one.top for one in world.tracks)
    slots = (world.codes.index(focus[0]), world.codes.index(focus[1]))
    return {one.name: one for one in telling(measures_of(world.codes, tracks, tops, slots), without)}


_COUNT: tuple[str, float, float] = ("count", 0, math.inf)
