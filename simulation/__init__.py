"""Entente: scenario simulation of alignment under threat.

`load("baseline").run(runs=500)` runs a scenario; `load_world("northeast_asia")` opens a world. What is
heavy (NumPy, Numba, Mesa, pandas) is imported when it is first needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.api import Loaded, load
    from simulation.model.country import Country
    from simulation.world import load_world

__version__ = "0.1.0"
__all__ = ["Country", "Loaded", "load", "load_world"]

_HOMES = {
    "Country": "simulation.model.country",
    "Loaded": "simulation.api",
    "load": "simulation.api",
    "load_world": "simulation.world",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'simulation' has no attribute {name!r}")
