"""What a world is made of, as frozen records. Months count from the year 0: year x 12 + month - 1."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from simulation.errors import Place

T = TypeVar("T")


@dataclass(frozen=True)
class Value:
    """A number with its range, its unit, and why it is so: claims in evidence, or an assumption, or both.

    A default that no file of the world overrules has low = value = high and the place of its declaration.
    """

    path: str
    value: float
    low: float
    high: float
    unit: str
    evidence: tuple[str, ...]
    assumption: str | None
    place: Place


@dataclass(frozen=True)
class Dated(Generic[T]):
    """What holds from the month `since` until the next: a camp, a rung, the level of a war."""

    since: int
    value: T
    evidence: tuple[str, ...]
    assumption: str | None
    place: Place


@dataclass(frozen=True)
class Election:
    """Elections, whose new terms begin in the month `first` and `every` so many months around it."""

    first: int
    every: int
    evidence: tuple[str, ...]
    assumption: str | None

    def within(self, start: int, months: int) -> list[int]:
        """The months of elections among so many from `start` on."""
        return [month for month in range(start, start + months) if (month - self.first) % self.every == 0]


@dataclass(frozen=True)
class Country:
    """A country: its camps with what they stand for, who governs since when, its elections, its wars (0-1).

    `election` is None where there are none.
    """

    code: str
    name: str
    camps: dict[str, str]
    government: tuple[Dated[str], ...]
    election: Election | None
    war: tuple[Dated[float], ...]


@dataclass(frozen=True)
class Track:
    """A field of cooperation: its ladder from rung 0 to `top`, and its share in the cooperation index."""

    name: str
    rungs: tuple[str, ...]
    weight: Value

    @property
    def top(self) -> int:
        """The highest rung."""
        return len(self.rungs) - 1


@dataclass(frozen=True)
class Theory:
    """A theory of why countries align; its weights are the values `weights.<name>.<term>`."""

    name: str
    title: str
    meaning: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class EventField:
    """What a scenario fills in when it names the event.

    `kind` is country, camp (of the country in the field `country`), track or number. A number has a unit,
    bounds (lowest, highest) and the value it takes if the scenario gives none; else these are None.
    """

    name: str
    kind: str
    unit: str | None = None
    bounds: tuple[float, float] | None = None
    value: Value | None = None


@dataclass(frozen=True)
class Effect:
    """What an event moves. `of`, `toward` and `amount` name fields; `track` names a track, or a track field.

    The amount counts `sign` times: 1 or -1.
    """

    kind: str
    of: str
    toward: str | None
    track: str | None
    amount: str
    sign: int


@dataclass(frozen=True)
class EventType:
    """What can happen, which fields it has, and what it moves.

    `example` fills each field that is no number, as the world's author says; empty where nothing is said.
    """

    name: str
    meaning: str
    evidence: tuple[str, ...]
    fields: dict[str, EventField]
    effects: tuple[Effect, ...]
    example: dict[str, str]
