"""The record: what happened, as tables, and the rungs that follow from it by written rules."""

from simulation.record.coding import Held, Observed, Run, observe, runs_of
from simulation.record.drivers import Drivers, drivers_of
from simulation.record.protocol import CODINGS, Coding, Protocol
from simulation.record.reading import load_record
from simulation.record.tables import (
    Agreement,
    Capability,
    Event,
    Launches,
    Leader,
    Poll,
    Pressure,
    Record,
    Reference,
)

__all__ = [
    "CODINGS",
    "Agreement",
    "Capability",
    "Coding",
    "Drivers",
    "Event",
    "Held",
    "Launches",
    "Leader",
    "Observed",
    "Poll",
    "Pressure",
    "Protocol",
    "Record",
    "Reference",
    "Run",
    "drivers_of",
    "load_record",
    "observe",
    "runs_of",
]
