"""Memory for runs: one record of state and one parameter vector a run, and room to work in."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.engines.draws import Words
from simulation.engines.plan import Plan
from simulation.model.arrays import filled, record_type
from simulation.model.state import Floats, Luck, State, run_sizes
from simulation.model.vector import TRACKS, named
from simulation.world.whole import TERMS


class Room(NamedTuple):
    """Memory that one thread reuses from chunk to chunk of runs, and the reference engine for its one."""

    states: NDArray[np.void]  # (runs,) records of `State`
    vectors: Floats  # (runs, slots)
    parameters: NDArray[np.void]  # (runs,) records of `Parameters`, over the vectors
    reference_vector: Floats  # (1, slots) the world's own, of the run that opens
    reference: NDArray[np.void]
    luck: NDArray[np.void]  # one record of `Luck`
    uniforms: Floats  # the flat array under it
    words: Words  # (4, draws)
    paths: Floats  # (runs, months, series)
    shift: Floats  # (runs, dyads, tracks, terms)


def make_room(plan: Plan, runs: int) -> Room:
    """Memory for so many runs of a plan at a time."""
    n, camps, given = len(plan.codes), len(plan.scenario.world.camps), plan.vectors
    draws = max(plan.drawn.address.size, given.world.slots.size, given.scenario.slots.size)
    months, series = plan.drivers.tempo.shape[1], plan.layout.kind.size
    return room_of(n, camps, given.base.size, runs, draws, months, series)


def room_of(
    countries: int, camps: int, slots: int, runs: int, draws: int = 0, months: int = 0, series: int = 0
) -> Room:
    """Memory by its sizes: `draws` is the most that is drawn at once, `series` the columns of a path."""
    sizes = run_sizes(countries)
    vectors, reference = np.zeros((runs, slots)), np.zeros((1, slots))
    luck = filled(Luck, sizes, {})
    return Room(
        states=np.zeros(runs, record_type(State, sizes)),
        vectors=vectors,
        parameters=named(vectors, countries, camps),
        reference_vector=reference,
        reference=named(reference, countries, camps),
        luck=luck,
        uniforms=luck.view(np.float64),
        words=np.zeros((4, max(1, draws)), np.uint32),
        paths=np.full((runs, months, series), np.nan),
        shift=np.zeros((runs, countries * (countries - 1) // 2, TRACKS, len(TERMS))),
    )
