"""The record: what happened, as tables, and the rungs that follow from it by written rules.

>>> from simulation.world import load_world
>>> world = load_world("northeast_asia")
>>> record = load_record(world)
>>> observed = observe(record, record.protocol.codings["standard"], world.focus)
>>> [observed.rungs(track)[-1] for track in ("diplomatic", "security", "economic")]
[5, 5, 4]
>>> [event.key for event in record.events if event.outside and event.month == 2018 * 12 + 9]
['V081']
"""

from simulation.record.coding import Held, Observed, Run, observe, runs_of
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
    "load_record",
    "observe",
    "runs_of",
]
