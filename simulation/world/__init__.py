"""A world: countries, what they share, how they work and what can happen, each number with its evidence."""

from simulation.world.facts import (
    Country,
    Dated,
    Effect,
    Election,
    EventField,
    EventType,
    Theory,
    Track,
    Value,
)
from simulation.world.load import load_world
from simulation.world.whole import World

__all__ = [
    "Country",
    "Dated",
    "Effect",
    "Election",
    "EventField",
    "EventType",
    "Theory",
    "Track",
    "Value",
    "World",
    "load_world",
]
