"""Figures of a result folder, drawn from the same tables that everything else reads.

Drawing costs a second of imports (Altair, vl-convert), so a name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.plots.challengers import acts, threats
    from simulation.plots.context import Context
    from simulation.plots.cooperation import fan, rungs
    from simulation.plots.files import draw_all, save
    from simulation.plots.prescription import drivers

__all__ = ["Context", "acts", "draw_all", "drivers", "fan", "rungs", "save", "threats"]

_HOME = {
    "Context": "context",
    "acts": "challengers",
    "draw_all": "files",
    "drivers": "prescription",
    "fan": "cooperation",
    "rungs": "cooperation",
    "save": "files",
    "threats": "challengers",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
