"""Everybody who forecasts, from the model under one setup to the rivals, and what the rivals are told."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulation.hindcast import rivals
from simulation.hindcast.chance import luck
from simulation.hindcast.ground import PARTS, Ground, Setup
from simulation.hindcast.history import histories, plan_of
from simulation.hindcast.scores import Floats, Histories

MODEL, WALK, LOGIT, LAGGED, PERSISTENCE, CLIMATOLOGY, DRIVERLESS = (
    "model", "walk", "ordered logit", "ordered logit without drivers", "persistence", "climatology",
    "model without drivers",
)  # fmt: skip
NAMES = (WALK, LOGIT, LAGGED, PERSISTENCE, CLIMATOLOGY)
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


class Rivals:
    """The rivals on one record: they know the training years, and the rungs of the month before an origin."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.tops = tuple(track.top for track in ground.world.tracks)

    @cached_property
    def past(self) -> Histories:
        """The rungs of the training years."""
        first, last = self.ground.protocol.training
        return self.ground.between(first, last + 1)

    @cached_property
    def logit(self) -> rivals.OrderedLogit:
        """The ordered logit, fitted to the training years."""
        first, last = self.ground.protocol.training
        return rivals.OrderedLogit(self.past, drivers(self.ground, first, last + 1))

    @cached_property
    def lagged(self) -> rivals.OrderedLogit:
        """The same without drivers: it knows the rung of the month before alone."""
        return rivals.OrderedLogit(self.past, np.empty((len(self.past), 0)))

    def histories(self, name: str, at: Origin, told: bool, samples: int) -> Histories:
        """Histories of the rival of that name.

        With `told` the logit hears of the drivers after the origin, else those of the last month go on.
        """
        start = self.ground.between(at.month - 1, at.month)[0]
        rng = luck(Setup().rng_seed, name, at.month, at.ahead)
        if name == WALK:
            return rivals.walk(self.past, start, at.ahead, samples, self.tops, rng)
        if name == PERSISTENCE:
            return rivals.persistence(start, at.ahead)
        if name == CLIMATOLOGY:
            return rivals.climatology(self.past, at.ahead, samples, rng)
        if name == LAGGED:
            return self.lagged.forecast(start, np.empty((at.ahead, 0)), samples, self.tops, rng)
        ahead = drivers(self.ground, at.month, at.month + at.ahead)
        if not told:
            ahead = np.repeat(drivers(self.ground, at.month - 1, at.month), at.ahead, axis=0)
        return self.logit.forecast(start, ahead, samples, self.tops, rng)


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
        if event.outside and event.sign < 0 and event.kind in ground.protocol.events:
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
