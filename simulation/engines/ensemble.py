"""The ensemble engine: compiled blocks of runs in a thread pool."""

import hashlib
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from simulation.engines.draws import fill_month, pick_theory, vary
from simulation.engines.plan import Plan, Vectors
from simulation.model.arrays import filled
from simulation.model.month import run_month
from simulation.model.opening import open_run
from simulation.model.outputs import FIXED, Layout, measure, record, tally_path, weighed_terms
from simulation.model.rule import rule
from simulation.model.state import Drivers, Floats, Integers, Luck, State, run_sizes
from simulation.model.vector import TRACKS, adopt, named
from simulation.world.whole import TERMS

BLOCK = 250  # runs a task of the pool


@dataclass
class Block:
    """What a block of runs yields; blocks merge in any order to the same result.

    measures: (runs, measures); theory, finite: (runs,); counts: (months, bins);
    sums: (months, series, 2) fixed point; moved: (dyads, tracks, terms) fixed point, the change of
    the weighted terms from the reference month to the end; paths: (runs, months, series) or None.
    """

    measures: Floats
    theory: Integers
    finite: Integers
    counts: Integers
    sums: Integers
    moved: Integers
    paths: Floats | None
    failed: dict[int, str] = field(default_factory=dict)  # reason by run, of user subclasses in Mesa alone


@rule
def prepare(draw: int, theory: int, given: Vectors, ours: Floats, v: Floats, seed: Integers) -> None:
    """The vector of one draw: the world's own in `ours`, with the scenario's settings in `v`."""
    for k in range(ours.size):
        ours[k] = given.base[k]
    if given.varies > 0:
        vary(ours, given.world.slots, given.world.keys, given.world.ranges, seed, draw)
    for k in range(v.size):
        v[k] = ours[k]
    for k in range(given.fixed_slots.size):
        v[given.fixed_slots[k]] = given.fixed_values[k]
    if given.varies > 0:
        vary(v, given.scenario.slots, given.scenario.keys, given.scenario.ranges, seed, draw)
    adopt(ours, given.weights, given.table, theory)
    adopt(v, given.weights, given.table, theory)


@rule
def change(m: int, theory: int, given: Vectors, v: Floats) -> None:
    """Apply the settings that begin in month m."""
    for k in range(given.change_months.size):
        if given.change_months[k] == m:
            v[given.change_slots[k]] = given.change_values[k]
            adopt(v, given.weights, given.table, theory)


@rule
def add_moved(moved: Integers, shift: Floats) -> None:
    """Add one run's change of weighted terms, in fixed point."""
    for d in range(moved.shape[0]):
        for a in range(moved.shape[1]):
            for k in range(moved.shape[2]):
                moved[d, a, k] += int(math.floor(shift[d, a, k] * FIXED + 0.5))


@rule
def all_finite(path: Floats) -> int:
    """1 where every value of a path is a finite number."""
    for m in range(path.shape[0]):
        for k in range(path.shape[1]):
            if not math.isfinite(path[m, k]):
                return 0
    return 1


@rule
def keep(paths: Floats, r: int, path: Floats) -> None:
    """Copy a path to where whole paths are kept."""
    for m in range(path.shape[0]):
        for k in range(path.shape[1]):
            paths[r, m, k] = path[m, k]


class Room(NamedTuple):
    """Memory that one thread reuses from run to run: records of one element, and the vectors under them."""

    state: NDArray[np.void]
    luck: NDArray[np.void]
    parameters: NDArray[np.void]
    reference: NDArray[np.void]
    vector: Floats
    reference_vector: Floats
    path: Floats  # (months, series)
    shift: Floats  # (dyads, tracks, terms)


def _kernel_source(digest: int) -> Callable[..., int]:
    """The kernel, compiled anew whenever a source of the model changes: the digest is part of its key."""

    def kernel(
        first: int, room: Room, setting: NDArray[np.void], d: Drivers, given: Vectors, x: Layout,
        seed: Integers, measures: Floats, theories: Integers, finite: Integers, counts: Integers,
        sums: Integers, moved: Integers, paths: Floats,
    ) -> int:  # fmt: skip
        s, luck, p, w = room.state[0], room.luck[0], room.parameters[0], setting[0]
        reference, v, path, shift = room.reference[0], room.vector, room.path, room.shift
        for r in range(measures.shape[0]):
            draw = first + r
            theory = pick_theory(given.shares, seed, draw)
            prepare(draw, theory, given, room.reference_vector, v, seed)
            open_run(s, p, reference, w)
            weighed_terms(shift, -1.0, s, p, w)
            for m in range(path.shape[0]):
                change(m, theory, given, v)
                fill_month(luck, seed, draw if given.chance > 0 else 0, m, w)
                run_month(m, s, p, v, w, d, luck)
                record(m, path, s, w)
            theories[r] = theory
            measure(measures[r], path, s, p, w)
            finite[r] = all_finite(path)
            if finite[r] > 0:
                tally_path(counts, sums, path, w, x)
                weighed_terms(shift, 1.0, s, p, w)
                add_moved(moved, shift)
            if paths.shape[0] > 0:
                keep(paths, r, path)
        return digest

    return kernel


def model_digest() -> str:
    """Digest of every source that a result depends on."""
    root = Path(__file__).parents[1]
    hashed = hashlib.sha256()
    for folder in ("model", "engines"):
        for source in sorted((root / folder).glob("*.py")):
            hashed.update(source.name.encode() + source.read_bytes())
    return hashed.hexdigest()


_compiled: list[Any] = []


def kernel() -> Any:
    """The compiled kernel; compiled once a process, and cached on disk where that can be written."""
    if not _compiled:
        source = _kernel_source(int(model_digest()[:12], 16))
        try:
            _compiled.append(njit(nogil=True, error_model="numpy", cache=True)(source))
        except RuntimeError:  # no place for a cache can be written
            _compiled.append(njit(nogil=True, error_model="numpy")(source))
    return _compiled[0]


def make_room(plan: Plan) -> Room:
    """Memory for the runs of a plan, one at a time."""
    n, camps = len(plan.codes), len(plan.scenario.world.camps)
    vector, reference = plan.vectors.base.copy(), plan.vectors.base.copy()
    return Room(
        state=filled(State, run_sizes(n), {}),
        luck=filled(Luck, run_sizes(n), {}),
        parameters=named(vector, n, camps),
        reference=named(reference, n, camps),
        vector=vector,
        reference_vector=reference,
        path=np.full((plan.drivers.tempo.shape[1], plan.layout.kind.size), np.nan),
        shift=np.zeros((n * (n - 1) // 2, TRACKS, len(TERMS))),
    )


def run_block(plan: Plan, first: int, runs: int, keep_paths: bool = False) -> Block:
    """Runs first .. first + runs - 1 of a plan."""
    block = empty_block(plan, runs, keep_paths)
    _run_into(plan, block, first)
    return block


def _run_into(plan: Plan, block: Block, first: int) -> Block:
    """Fill a block with its runs, of which `first` is the first."""
    room = make_room(plan)
    paths = block.paths if block.paths is not None else np.empty((0, *room.path.shape))
    kernel()(
        first, room, plan.setting, plan.drivers, plan.vectors, plan.layout, plan.seed,
        block.measures, block.theory, block.finite, block.counts, block.sums, block.moved, paths,
    )  # fmt: skip
    return block


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


def _rows(whole: Block, first: int, last: int) -> Block:
    """Rows first .. last - 1 of a block, to be filled in place, with counts and sums of their own."""
    return Block(
        measures=whole.measures[first:last],
        theory=whole.theory[first:last],
        finite=whole.finite[first:last],
        counts=np.zeros_like(whole.counts),
        sums=np.zeros_like(whole.sums),
        moved=np.zeros_like(whole.moved),
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
    run_block(plan, 0, 0)  # compile before the threads start
    whole = empty_block(plan, runs, keep_paths)
    pool = ThreadPoolExecutor(threads)

    def task(first: int) -> Block:
        return _run_into(plan, _rows(whole, first, min(first + block, runs)), first)

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


def is_compiled() -> bool:
    """Whether a kernel of these sources was compiled before: in this process, or in the cache."""
    made = kernel()
    cache = getattr(getattr(made, "_cache", None), "_impl", None)
    if made.signatures or cache is None:
        return bool(made.signatures)
    return any(Path(cache.locator.get_cache_path()).glob(f"{cache.filename_base}*.nbi"))
