"""A plan: a scenario resolved once into arrays, so that runs and cases never read YAML again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.engines.draws import Addresses
from simulation.engines.setting import addresses_of, drivers_of, setting_of
from simulation.engines.vectors import Vectors, possible, slots_of, vectors_of, world_part
from simulation.model.catalogue import Layout, Series, layout_of, series_of
from simulation.model.state import Drivers, Integers
from simulation.scenario.measures import Measure, measures_of
from simulation.scenario.scenario import Scenario


@dataclass(frozen=True)
class Plan:
    """Everything an engine needs of a scenario. `slots` names the places of every settable path."""

    scenario: Scenario
    codes: tuple[str, ...]
    theories: tuple[str, ...]
    setting: NDArray[np.void]  # one record of `Setting`
    drivers: Drivers
    drawn: Addresses
    vectors: Vectors
    layout: Layout
    series: list[Series]
    measures: list[Measure]
    seed: Integers
    slots: dict[str, tuple[int, ...]]


def build_plan(scenario: Scenario, like: Plan | None = None) -> Plan:
    """Resolve a scenario into arrays; `like` is a plan of the same world and focus, to share its parts."""
    world, codes = scenario.world, scenario.world.codes
    focus = (codes.index(scenario.focus[0]), codes.index(scenario.focus[1]))
    tracks = tuple(track.name for track in world.tracks)
    tops = tuple(track.top for track in world.tracks)
    series = like.series if like else series_of(codes, tracks, tops, focus)
    measures = like.measures if like else measures_of(codes, tracks, tops, focus)
    slots = like.slots if like else slots_of(world)
    base, ranges = (like.vectors.base, like.vectors.world) if like else world_part(world, slots)
    vectors, drivers = vectors_of(scenario, slots, base, ranges), drivers_of(scenario, slots)
    most = possible(vectors, len(codes), len(world.camps))
    return Plan(
        scenario=scenario,
        codes=codes,
        theories=tuple(world.theories),
        setting=setting_of(scenario, focus),
        drivers=drivers,
        drawn=addresses_of(scenario, most, drivers),
        vectors=vectors,
        layout=like.layout if like else layout_of(series, len(measures)),
        series=series,
        measures=measures,
        seed=np.array([scenario.rng_seed & 0xFFFFFFFF, scenario.rng_seed >> 32], np.int64),
        slots=slots,
    )
