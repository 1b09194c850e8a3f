"""What a hindcast stands on: a record under one coding, the rules, and what is told of the months ahead."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulation.hindcast.protocol import Protocol
from simulation.hindcast.reading import load_protocol
from simulation.record import Observed, Record, observe
from simulation.world import World

Regime = Literal["given", "unknown", "coded"]
"""What is told after the origin: what came from outside; nothing; everything, choices included."""

Part = Literal["launches", "brokerage", "shocks", "leaders"]
PARTS: tuple[Part, ...] = ("launches", "brokerage", "shocks", "leaders")
"""What an ablation takes away."""


@dataclass(frozen=True)
class Ground:
    """A record under one coding, with the rules of its hindcast and the world that it is about."""

    world: World
    record: Record
    protocol: Protocol
    observed: Observed

    @property
    def end(self) -> int:
        """The first month after the record."""
        return self.record.first + self.record.months

    @property
    def rungs(self) -> NDArray[np.int64]:
        """The rungs on record: (months, tracks), in the order of the world's tracks."""
        columns = [self.observed.rungs(track.name) for track in self.world.tracks]
        return np.array(columns, np.int64).T

    def between(self, first: int, after: int) -> NDArray[np.int64]:
        """The rungs from month `first` on and before `after`."""
        return self.rungs[first - self.record.first : after - self.record.first]


@dataclass(frozen=True)
class Setup:
    """What a hindcast assumes: `without` are the parts taken away, `theory` the shares of theories.

    `skipped` are keys of events.csv that the run does not hear of. With `prior` each parameter varies by
    itself, whatever the world has learnt of them together. With `alike` all camps of a country broker as
    much.
    """

    regime: Regime = "given"
    without: tuple[Part, ...] = ()
    theory: tuple[tuple[str, float], ...] = (("article", 1.0),)
    skipped: tuple[str, ...] = ()
    prior: bool = False
    alike: bool = False
    rng_seed: int = 20120101


def ground_of(world: World, record: Record, coding: str = "standard") -> Ground:
    """What a hindcast of that record stands on. BadInput where its rules are at fault."""
    observed = observe(record, record.protocol.codings[coding], world.focus)
    return Ground(world, record, load_protocol(record, world), observed)


def origins(ground: Ground, ahead: int) -> range:
    """The rolling origins whose months ahead are all on record."""
    rules = ground.protocol
    return range(rules.first, ground.end - ahead + 1, rules.every)


def polled(ground: Ground, i: str, j: str) -> list[tuple[int, float]]:
    """Month (June of the year) and share of i's public with a good impression of j, in order."""
    rules = ground.protocol
    return sorted(
        (each.year * 12 + 5, each.favourable / 100.0)
        for each in ground.record.opinion
        if (each.survey, each.question) == (rules.survey, rules.question)
        and (each.population, each.target) == (i, j)
        and each.favourable is not None
    )
