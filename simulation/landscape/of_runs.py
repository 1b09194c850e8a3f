"""Sizes and propensities from the runs of a scenario: what the countries of each hold about each other."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulation.engines.ensemble import CHUNK
from simulation.engines.kernels import compile_kernels, kernels
from simulation.engines.plan import Plan
from simulation.engines.room import Room, make_room
from simulation.landscape.energy import Floats
from simulation.world.whole import TERMS

PAIR_TERMS = ("gain", "trust", "stance", "grievance", "mutual_threat")
"""The decision terms that rest on the two countries alone: no third one enters them."""


@dataclass(frozen=True)
class Drawn:
    """What each run says of the countries that take part: sizes (runs, n), propensities (runs, n, n).

    weightless: countries whose capability is 0 in every run, which are on no side. left_out: runs that did
    not end well, and are not among these.
    """

    names: tuple[str, ...]
    sizes: Floats
    propensities: Floats
    weightless: tuple[str, ...]
    left_out: int


def drawn(plan: Plan, runs: int, months: int, told: Callable[[int], None]) -> Drawn:
    """Sizes and propensities after so many months of each run; `told` hears how many runs a chunk held."""
    compile_kernels(len(plan.codes), len(plan.scenario.world.camps), plan.vectors.base.size)
    room = make_room(plan, min(runs, CHUNK))
    room = room._replace(paths=np.full((len(room.paths), months, plan.layout.kind.size), np.nan))
    parts = []
    for first in range(0, runs, CHUNK):
        parts.append(_chunk(plan, room, first, min(CHUNK, runs - first)))
        told(len(parts[-1][0]))
    sizes, propensities = (np.concatenate(both) for both in zip(*parts, strict=True))
    active, weighs = plan.setting["active"][0] > 0, (sizes > 0.0).any(axis=0)
    kept = np.flatnonzero(active & weighs)
    sizes, propensities = sizes[:, kept], propensities[:, kept[:, None], kept]
    well = np.isfinite(sizes).all(axis=1) & np.isfinite(propensities).all(axis=(1, 2))
    names = tuple(plan.codes[i] for i in kept)
    weightless = tuple(plan.codes[i] for i in np.flatnonzero(active & ~weighs))
    return Drawn(names, sizes[well], propensities[well], weightless, int((~well).sum()))


def _chunk(plan: Plan, room: Room, first: int, runs: int) -> tuple[Floats, Floats]:
    """Live through a chunk of runs; the sizes and the propensities at its end."""
    open_runs, live_runs, _ = kernels()
    theory = np.empty(runs, np.int64)
    open_runs(first, runs, room, plan.setting, plan.vectors, plan.seed, theory)
    live_runs(first, runs, room, plan.setting, plan.drivers, plan.drawn, plan.vectors, plan.seed, theory)
    return room.parameters["capability"][:runs].copy(), propensities_of(room, runs)


def propensities_of(room: Room, runs: int) -> Floats:
    """p_ij of each run: the utility that the pair alone gives, mean of both sides (runs, n, n).

    The terms of `simulation.model.decision.terms` that PAIR_TERMS names, under the weights of the run's
    theory; grievance without a patron's roof, which is of the security track.
    """
    s, p = room.states[:runs], room.parameters[:runs]
    terms = {
        "gain": p["complementarity"],
        "trust": s["trust"],
        "stance": np.take_along_axis(p["stance"], s["camp"][:, :, None], axis=1),
        "grievance": -s["grievance"] * p["audience"][:, :, None],
        "mutual_threat": -0.5 * (s["threat"] + s["threat"].swapaxes(1, 2)),
    }
    one_way = sum(p["weights"][:, TERMS.index(name), None, None] * terms[name] for name in PAIR_TERMS)
    found: Floats = 0.5 * (one_way + np.swapaxes(one_way, 1, 2))
    found[:, np.arange(found.shape[1]), np.arange(found.shape[1])] = 0.0
    return found
