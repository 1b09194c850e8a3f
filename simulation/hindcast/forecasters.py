"""Everybody who forecasts, from the model under one setup to the rivals, and what the rivals are told."""

from dataclasses import dataclass, replace

import numpy as np

from simulation.hindcast import rivals
from simulation.hindcast.chance import luck
from simulation.hindcast.ground import PARTS, Ground, Setup
from simulation.hindcast.history import histories, plan_of
from simulation.hindcast.scores import Floats, Histories
from simulation.record.tables import GOVERNMENT

MODEL, WALK, LOGIT, LAGGED, PERSISTENCE, CLIMATOLOGY, DRIVERLESS = (
    "model", "walk", "ordered logit", "ordered logit without drivers", "persistence", "climatology",
    "model without drivers",
)  # fmt: skip
RIVALS = (WALK, LOGIT, LAGGED, PERSISTENCE, CLIMATOLOGY)
LAG = 6  # months over which launches and shocks are summed for the logit


@dataclass(frozen=True)
class Origin:
    """Where a forecast begins, and how far it goes, in months."""

    month: int
    ahead: int


def model(ground: Ground, at: Origin, setup: Setup, runs: int, threads: int) -> Histories:
    """Histories of the model."""
    return histories(plan_of(ground, at.month, at.ahead, setup), at.month, runs, threads)


def driverless(setup: Setup) -> Setup:
    """The same with every part that drives it taken away."""
    return replace(setup, without=PARTS)


def rival(ground: Ground, name: str, at: Origin, told: bool, samples: int) -> Histories:
    """Histories of a rival, which knows the training years and the rungs of the month before the origin.

    With `told` the logit hears of the drivers after the origin, else those of the last month go on.
    """
    first, last = ground.protocol.training
    past, start = ground.between(first, last + 1), ground.between(at.month - 1, at.month)[0]
    tops = tuple(track.top for track in ground.world.tracks)
    rng = luck(Setup().rng_seed, name, at.month, at.ahead)
    if name == WALK:
        return rivals.walk(past, start, at.ahead, samples, tops, rng)
    if name == PERSISTENCE:
        return rivals.persistence(start, at.ahead)
    if name == CLIMATOLOGY:
        return rivals.climatology(past, at.ahead, samples, rng)
    before = drivers(ground, first, last + 1)
    after = drivers(ground, at.month, at.month + at.ahead)
    if name == LAGGED:
        before, after = before[:, :0], after[:, :0]
    elif not told:
        after = np.repeat(drivers(ground, at.month - 1, at.month), at.ahead, axis=0)
    return rivals.OrderedLogit(past, before).forecast(start, after, samples, tops, rng)


def drivers(ground: Ground, first: int, after: int) -> Floats:
    """What the model is told, as columns (months, drivers) for a regression.

    Missiles and shocks of the last half year (log of 1 + missiles; adverse rows of events.csv that the
    governments did not choose), and for each country whose governments have two camps, whether the first
    of them governs.
    """
    record = ground.record
    missiles = np.array([each.missiles for each in record.launches], float)
    shocks = np.zeros(record.months)
    for event in record.events:
        if event.origin != GOVERNMENT and event.sign < 0 and event.kind in ground.protocol.events:
            at = event.month - record.first
            if 0 <= at < record.months:
                shocks[at] += 1.0
    columns = [np.log1p(_summed(missiles)), _summed(shocks)]
    columns += [_governs(ground, code) for code in ground.protocol.camps]
    return np.array(columns).T[first - record.first : after - record.first]


def _summed(monthly: Floats) -> Floats:
    """The sum of a month and those before it, LAG in all."""
    found: Floats = np.convolve(monthly, np.ones(LAG))[: len(monthly)]
    return found


def _governs(ground: Ground, code: str) -> Floats:
    """1 in months in which the first camp of a country governs."""
    camps = ground.protocol.camps[code]
    first = next(iter(ground.world.countries[code].camps))
    found = np.zeros(ground.record.months)
    for leader in sorted(ground.record.leaders, key=lambda each: each.start):
        if leader.country == code and leader.ideology in camps:
            at = max(0, leader.start.year * 12 + leader.start.month - 1 - ground.record.first)
            found[at:] = camps[leader.ideology] == first
    return found
