"""The record as a plan: lived through up to an origin, and run on from there with what is told."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulation.engines.ensemble import run_ensemble
from simulation.engines.plan import Plan, build_plan
from simulation.hindcast.ground import Ground, Setup
from simulation.hindcast.telling import Teller


def histories(plan: Plan, origin: int, runs: int, threads: int) -> NDArray[np.int64]:
    """The rungs of the focal dyad from the origin on: (runs, months, tracks)."""
    return series(plan, origin, runs, threads, rungs_of(plan)).astype(np.int64)


def rungs_of(plan: Plan) -> list[str]:
    """The series that hold the rungs of the focal dyad, in the order of the world's tracks."""
    return [f"rung.{track.name}" for track in plan.scenario.world.tracks]


def series(plan: Plan, origin: int, runs: int, threads: int, names: Iterable[str]) -> NDArray[np.float64]:
    """Series from the origin on: (runs, months, names)."""
    by_name = {one.name: number for number, one in enumerate(plan.series)}
    columns = [by_name[name] for name in names]
    block = run_ensemble(plan, runs, threads, keep_paths=True)
    assert block.paths is not None
    return block.paths[:, origin - plan.scenario.start :, columns]


def plan_of(ground: Ground, origin: int, months: int, setup: Setup) -> Plan:
    """The plan of a run that replays the record before `origin` and runs `months` on from there.

    Bases of the focal dyad are anchored by the months of the replay, of all others in its last month.
    """
    start = max(ground.record.first, origin - ground.protocol.replay)
    before = origin - start
    teller = Teller(ground, origin, start, before + months, setup)
    plan = build_plan(teller.scenario())
    past = plan.drivers.past.copy()
    past[:before] = ground.between(start, origin)
    election = plan.drivers.election.copy()
    election[:, :before] = 0
    for place, code in enumerate(plan.codes):
        if teller.tells_governments(code):
            election[place] = 0
    return replace(plan, drivers=plan.drivers._replace(past=past, election=election))
