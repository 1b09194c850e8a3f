"""The arrays of a run: what is given, what changes, and the luck of a month.

Index kinds: `i`, `j`, `k` are world slots of countries, `a` a track, `c` a camp. All arrays are
indexed by world slot, so a scenario without a country masks its slot and moves no other.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.vector import TRACKS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DIPLOMATIC, SECURITY, ECONOMIC = 0, 1, 2
HELD, ACCEPTED, REFUSED, LEFT = 0, 1, 2, 3  # what became of a track's revision this month
GESTURES, STRIKES, CHANGES, PROPOSALS, REFUSALS, RETREATS, SHOCKS = range(7)  # rows of `tally`
TALLIES = 7
PAIR_DRAWS, DYAD_DRAWS, COUNTRY_DRAWS = 4, 8, 12


class Setting(NamedTuple):
    """What a plan gives every run: sizes, masks, drivers and the state at start and reference."""

    active: Integers  # (n,) 1 where the country takes part
    first_camp: Integers  # (n,) index of its first camp
    camp_count: Integers  # (n,)
    top: Integers  # (tracks,) highest rung
    index_weight: Floats  # (tracks,) weight in the cooperation index, sum 1
    focus: Integers  # (2,) the dyad whose story is told
    sharing: int  # security rung from which partners share intelligence
    background: float  # ratio of the hazard of background shocks
    tempo: Floats  # (n, months) acts a year
    election: Integers  # (n, months) 1 where an election takes effect
    event: Integers  # (events, 6) month, kind, i, j, track or camp, slot of its amount or -1
    amount: Floats  # (events, 2) amount, sign
    rung_start: Integers  # (n, n, tracks)
    rung_reference: Integers  # (n, n, tracks)
    camp_start: Integers  # (n,)
    camp_reference: Integers  # (n,)
    war_start: Floats  # (n,)
    war_reference: Floats  # (n,)


class State(NamedTuple):
    """What changes in a run. Pair arrays are (n, n): row i is what i holds about column j."""

    rung: Integers  # (n, n, tracks), symmetric
    camp: Integers  # (n,) index of the governing camp
    war: Floats  # (n,) level of the war a country wages
    talks: Floats  # (n,) months of talks left, in which its acts pause
    acts: Integers  # (n,) acts this month
    tests: Integers  # (n,) nuclear tests this month
    reach: Floats
    intent: Floats
    intent_before: Floats
    threat: Floats
    trust: Floats
    grievance: Floats
    favourability: Floats
    hurt: Floats  # adverse shocks not yet felt
    balm: Floats  # conciliation not yet felt
    cooperation: Floats  # index / 100 of each dyad
    support: Floats  # (n,)
    commitment: Floats  # k, i: commitment of patron k to i
    declared: Floats  # k, i: what declarations add to it, fading
    patron: Integers  # (n,) 1 where it is committed to anyone
    shield: Floats  # (n,) the greatest commitment to a country
    brokering: Floats  # (n,)
    fear: Floats  # (n,) fear of being left alone
    coalition: Floats  # (n,) coalition faced
    coalition_reference: Floats  # (n,)
    cover_reference: Floats  # (n,)
    base: Floats  # (n, n, tracks) anchored base cost of i toward j
    outcome: Integers  # (n, n, tracks) what became of the revision, in the row of the side that had it
    tally: Integers  # (tallies, n, n) events so far: of i toward j


class Luck(NamedTuple):
    """The uniform draws of one month, by purpose and world slot."""

    country: Floats  # (n, 12) days, burst, test, talks; 4 for support; election, turnover, camp, spare
    pair: Floats  # (n, n, 4) shock, its size, gesture, strike: of i about j
    dyad: Floats  # (n, n, 8) for i < j: a choice a track, spare, an answer a track, spare


def new_state(n: int) -> State:
    """Arrays of a run of n countries, all zero."""

    def one() -> Floats:
        return np.zeros(n)

    def pair() -> Floats:
        return np.zeros((n, n))

    def whole(*shape: int) -> Integers:
        return np.zeros(shape, np.int64)

    return State(
        rung=whole(n, n, TRACKS),
        camp=whole(n),
        war=one(),
        talks=one(),
        acts=whole(n),
        tests=whole(n),
        reach=pair(),
        intent=pair(),
        intent_before=pair(),
        threat=pair(),
        trust=pair(),
        grievance=pair(),
        favourability=pair(),
        hurt=pair(),
        balm=pair(),
        cooperation=pair(),
        support=one(),
        commitment=pair(),
        declared=pair(),
        patron=whole(n),
        shield=one(),
        brokering=one(),
        fear=one(),
        coalition=one(),
        coalition_reference=one(),
        cover_reference=one(),
        base=np.zeros((n, n, TRACKS)),
        outcome=whole(n, n, TRACKS),
        tally=whole(TALLIES, n, n),
    )


def new_luck(n: int) -> Luck:
    """Room for the draws of one month."""
    return Luck(np.zeros((n, COUNTRY_DRAWS)), np.zeros((n, n, PAIR_DRAWS)), np.zeros((n, n, DYAD_DRAWS)))
