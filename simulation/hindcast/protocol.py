"""The rules of a hindcast: what may be learnt from, what a run is told, and what it is scored at."""

from dataclasses import dataclass
from typing import NamedTuple

from simulation.world import Value

FILE = "hindcast.yaml"  # in the folder of a record
AGAINST, FOR = "against", "for"  # events of sign -1 and 1
ACTORS = ("country", "partner", "third")  # the fields that actors fill, in their order
YEAR = 12  # months: what theories are scored over, and events within


class Told(NamedTuple):
    """An event of the world that stands for a row of events.csv, with the countries that fill its fields."""

    event: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Protocol:
    """The rules of a hindcast. Months count from the year 0: year x 12 + month - 1.

    training: first and last month that may be learned from. replay: months lived through before an origin.
    first, every, ahead: first forecast month of the rolling origins, months between them, and months ahead
    that each is scored at. launches: whose launches the record counts. tempo: by challenger, what a unit of
    a series of pressure.csv is worth in acts a year. events: by kind and sign, the event of the world.
    named: by key of events.csv. camps: by country and ideology. known: values in place of the world's.
    survey, question: the poll.
    """

    training: tuple[int, int]
    replay: int
    first: int
    every: int
    ahead: tuple[int, ...]
    launches: str
    tempo: dict[str, dict[str, float]]
    events: dict[str, dict[str, str]]
    named: dict[str, tuple[Told, ...]]
    camps: dict[str, dict[str, str]]
    known: dict[str, Value]
    survey: str
    question: str
