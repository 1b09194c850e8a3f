"""The ensemble engine: compiled chunks of runs in a thread pool."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from simulation.engines.kernels import Outcome, compile_kernels, kernels
from simulation.engines.plan import Plan
from simulation.engines.room import Room, make_room
from simulation.model.state import Floats, Integers
from simulation.model.vector import TRACKS
from simulation.world.whole import TERMS

BLOCK = 250  # runs a task of the pool
CHUNK = 100  # runs that live side by side in a room: their paths stay in the processor's cache


@dataclass
class Block:
    """What a block of runs yields; blocks merge in any order to the same result.

    measures: (runs, measures); theory, finite: (runs,); counts: (months, bins);
    sums: (months, series, 2) fixed point, 0 for rungs and index; moved: (dyads, tracks, terms) fixed
    point, the change of the weighted terms from the start to the end; paths: (runs, months, series)
    or None.
    """

    measures: Floats
    theory: Integers
    finite: Integers
    counts: Integers
    sums: Integers
    moved: Integers
    paths: Floats | None
    failed: dict[int, str] = field(default_factory=dict)  # reason by run, of user subclasses in Mesa alone


def run_block(plan: Plan, first: int, runs: int, keep_paths: bool = False) -> Block:
    """Runs first .. first + runs - 1 of a plan."""
    block = empty_block(plan, runs, keep_paths)
    _run_into(plan, block, first)
    return block


def _run_into(plan: Plan, block: Block, first: int) -> Block:
    """Fill a block with its runs, of which `first` is the first."""
    runs = len(block.theory)
    room = make_room(plan, min(runs, CHUNK))
    for at in range(0, runs, CHUNK):
        _run_chunk(plan, room, rows(block, at, min(at + CHUNK, runs)), first + at)
    return block


def _run_chunk(plan: Plan, room: Room, block: Block, first: int) -> None:
    """Fill a block of at most CHUNK runs; counts and sums are added to."""
    open_runs, live_runs, reckon_runs = kernels()
    runs = len(block.theory)
    out = Outcome(block.measures, block.theory, block.finite, block.counts, block.sums, block.moved)
    open_runs(first, runs, room, plan.setting, plan.vectors, plan.seed, out.theory)
    live_runs(first, runs, room, plan.setting, plan.drivers, plan.drawn, plan.vectors, plan.seed, out.theory)
    reckon_runs(runs, room, plan.setting, plan.layout, out)
    if block.paths is not None:
        block.paths[:] = room.paths[:runs]


def empty_block(plan: Plan, runs: int, keep_paths: bool = False) -> Block:
    """A block for so many runs, nothing counted yet."""
    months, series, n = plan.drivers.tempo.shape[1], plan.layout.kind.size, len(plan.codes)
    return Block(
        measures=np.empty((runs, plan.layout.measures)),
        theory=np.empty(runs, np.int64),
        finite=np.empty(runs, np.int64),
        counts=np.zeros((months, plan.layout.bins), np.int64),
        sums=np.zeros((months, series, 2), np.int64),
        moved=np.zeros((n * (n - 1) // 2, TRACKS, len(TERMS)), np.int64),
        paths=np.empty((runs, months, series)) if keep_paths else None,
    )


def rows(whole: Block, first: int, last: int) -> Block:
    """Rows first .. last - 1 of a block, to be filled in place; counts and sums are those of the whole."""
    return Block(
        measures=whole.measures[first:last],
        theory=whole.theory[first:last],
        finite=whole.finite[first:last],
        counts=whole.counts,
        sums=whole.sums,
        moved=whole.moved,
        paths=whole.paths[first:last] if whole.paths is not None else None,
    )


def run_ensemble(
    plan: Plan,
    runs: int,
    threads: int = 2,
    block: int = BLOCK,
    keep_paths: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Block:
    """All runs of a plan. `progress` is told how many runs each finished block held.

    What interrupts it ends it after the blocks at work, a second at most.
    """
    compile_kernels(len(plan.codes), len(plan.scenario.world.camps), plan.vectors.base.size)
    whole = empty_block(plan, runs, keep_paths)
    pool = ThreadPoolExecutor(threads)

    def task(first: int) -> Block:
        part = rows(whole, first, min(first + block, runs))
        for name in ("counts", "sums", "moved"):
            setattr(part, name, np.zeros_like(getattr(whole, name)))
        return _run_into(plan, part, first)

    try:
        for part in pool.map(task, range(0, runs, block)):
            whole.counts += part.counts
            whole.sums += part.sums
            whole.moved += part.moved
            if progress is not None:
                progress(len(part.theory))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return whole
