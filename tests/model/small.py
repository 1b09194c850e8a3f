"""A state small enough to work out by hand: countries 0 and 1 under the threat of 2 and 3."""

from typing import Any

import numpy as np

from simulation.model.arrays import filled, views
from simulation.model.state import Luck, Setting, State, run_sizes
from simulation.model.vector import Parameters, sizes_of

N = 4  # countries
CAMPS = 5  # country 0 has camps 0 and 1; the others one each


def state(**values: Any) -> State:
    """Four countries without any history; named arrays as given."""
    given: dict[str, Any] = {"camp": [0, 2, 3, 4], "support": 0.5}
    return views(State, filled(State, run_sizes(N), given | values))


def parameters(**values: Any) -> Parameters:
    """Parameters of four countries and five camps: 0 unless given."""
    return views(Parameters, filled(Parameters, sizes_of(N, CAMPS), values))


def setting(**values: Any) -> Setting:
    """Four countries, all taking part, with ladders of 4, 5 and 6 rungs."""
    given: dict[str, Any] = {
        "active": 1,
        "everyone": 1,
        "first_camp": [0, 2, 3, 4],
        "camp_count": [2, 1, 1, 1],
        "top": [4, 5, 6],
        "index_weight": [0.5, 0.3, 0.2],
        "focus": [0, 1],
        "sharing": 3,
        "background": 1.0,
    }
    return views(Setting, filled(Setting, run_sizes(N), given | values))


def luck(draw: float = 0.999999) -> Luck:
    """A month in which every draw is the same; the usual one lets nothing happen."""
    return views(Luck, filled(Luck, run_sizes(N), dict.fromkeys(Luck._fields, draw)))


def pairs(entries: dict[tuple[int, int], float]) -> np.ndarray:
    """A matrix over pairs with these entries, and 0 elsewhere."""
    matrix = np.zeros((N, N))
    for place, value in entries.items():
        matrix[place] = value
    return matrix
