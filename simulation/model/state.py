"""The arrays of a run: what is given, what changes, and the luck of a month.

Index kinds: `i`, `j`, `k` are world slots of countries, `a` a track, `c` a camp. All arrays are
indexed by world slot, so a scenario without a country masks its slot and moves no other.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.vector import TRACKS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
One = Annotated[Floats, ("n",)]
Pair = Annotated[Floats, ("n", "n")]
Whole = Annotated[Integers, ("n",)]
Rungs = Annotated[Integers, ("n", "n", "tracks")]

DIPLOMATIC, SECURITY, ECONOMIC = 0, 1, 2
HELD, ACCEPTED, REFUSED, LEFT = 0, 1, 2, 3  # what became of a track's revision this month
FREE = -1  # stands for a rung in `Drivers.past` where history says nothing
GESTURES, STRIKES, CHANGES, REFUSALS = range(4)  # rows of `tally`


class Setting(NamedTuple):
    """What a plan gives every run: sizes, masks, and the state at start and reference."""

    active: Whole  # 1 where the country takes part
    everyone: Whole  # 1 throughout: who takes part in the reference month
    first_camp: Whole  # index of its first camp
    camp_count: Whole
    top: Annotated[Integers, ("tracks",)]  # highest rung
    index_weight: Annotated[Floats, ("tracks",)]  # weight in the cooperation index, sum 1
    focus: Annotated[Integers, ("two",)]  # the dyad whose story is told
    sharing: int  # security rung from which partners share intelligence
    background: float  # ratio of the hazard of background shocks
    rung_start: Rungs
    rung_reference: Rungs
    camp_start: Whole
    camp_reference: Whole
    war_start: One
    war_reference: One


class Drivers(NamedTuple):
    """What a scenario prescribes over time."""

    tempo: Floats  # (n, months) acts a year
    election: Integers  # (n, months) 1 where an election takes effect
    event: Integers  # (events, 6) month, kind, i, j, track or camp, slot of its amount or -1
    amount: Floats  # (events, 2) amount, sign
    walk: Floats  # (n, months, 4) share kept; spread of a shock, lowest, highest deviation in acts a year
    past: Integers  # (months, tracks) rungs of the focal dyad that are history; FREE where it may choose


class State(NamedTuple):
    """What changes in a run. Pair arrays are (n, n): row i is what i holds about column j."""

    tempo: One  # acts a year that the scenario prescribes this month, its walk included
    walk: One  # deviation of a walk from what the scenario prescribes, acts a year, before its bounds
    election: Whole  # 1 where an election takes effect this month
    rung: Rungs  # symmetric
    camp: Whole  # index of the governing camp
    war: One  # level of the war a country wages
    talks: One  # months of talks left, in which its acts pause
    acts: Whole  # acts this month
    tests: Whole  # nuclear tests this month
    reach: Pair
    intent: Pair
    intent_before: Pair
    threat: Pair
    trust: Pair
    grievance: Pair
    favourability: Pair
    hurt: Pair  # adverse shocks not yet felt
    balm: Pair  # conciliation not yet felt
    cooperation: Pair  # index / 100 of each dyad
    support: One
    commitment: Pair  # k, i: commitment of patron k to i
    declared: Pair  # k, i: what declarations add to it, fading
    patron: Whole  # 1 where it is committed to anyone
    shield: One  # the greatest commitment to a country
    brokering: One
    fear: One  # fear of being left alone
    coalition: One  # coalition faced
    coalition_reference: One
    cover_reference: One
    base: Annotated[Floats, ("n", "n", "tracks")]  # anchored base cost of i toward j
    outcome: Rungs  # what became of the revision, in the row of the side that had it
    tally: Annotated[Integers, ("tallies", "n", "n")]  # events so far: of i toward j


class Luck(NamedTuple):
    """The uniform draws of one month, by purpose and world slot."""

    country: Annotated[
        Floats, ("n", "country")
    ]  # days, burst, test, talks; 4 of support; election, turnover, camp
    pair: Annotated[Floats, ("n", "n", "pair")]  # shock, its size, gesture, strike: of i about j
    dyad: Annotated[Floats, ("n", "n", "dyad")]  # i < j: a choice a track, spare, an answer a track, spare
    walk: Annotated[Floats, ("n", "walk")]  # the four of a walk's shock


def run_sizes(countries: int) -> dict[str, int]:
    """Lengths of the axes of the arrays above."""
    return {
        "n": countries, "tracks": TRACKS, "two": 2, "tallies": 4, "country": 12, "pair": 4, "dyad": 8,
        "walk": 4,
    }  # fmt: skip
