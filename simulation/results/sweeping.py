"""A sweep computed into its folder: block by block, each kept as it is finished, and merged at the end.

results/<sweep>-<digest>/
  manifest.json     versions, digests, counts, and whether it is whole
  sweep.yaml        the file as it stood
  scenario.yaml     the scenario that is swept, resolved
  cases.parquet     a row a case: its values, and how many of its runs are ok
  points.parquet    a row a point of the design: the case that it is
  runs/ bands/ reasons/   as in the result of a scenario, in parts
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from simulation.engines.ensemble import Block, run_block
from simulation.engines.kernels import compile_kernels
from simulation.results import parts
from simulation.results.bands import bands_of
from simulation.results.digest import code_digest, world_digest
from simulation.results.tables import Case, reasons_of, runs_of
from simulation.scenario.writing import canonical
from simulation.sweep.blocks import BLOCK_RUNS, Slice, block_count, blocks
from simulation.sweep.cases import Cases
from simulation.sweep.file import Sweep

TABLES = ("runs", "bands", "reasons")
Told = Callable[[int], None]


@dataclass(frozen=True)
class Task:
    """What is to be computed: the cases, and how often each is run. `most` is how many runs a block holds."""

    sweep: Sweep
    cases: Cases
    most: int = BLOCK_RUNS

    @property
    def runs(self) -> int:
        """Runs a case."""
        return self.cases.base.runs

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return block_count(len(self.cases), self.runs, self.most)

    def digest(self) -> str:
        """Digest of code, world, scenario and design: of all that the numbers rest on but `runs`."""
        base, hashed = self.cases.base, hashlib.sha256()
        facts = [code_digest(), world_digest(base.world), canonical(base, with_runs=False)]
        hashed.update(json.dumps(facts).encode())
        for column in self.cases.points.columns:
            texts = [column.text(case) for case in range(self.cases.points.cases)]
            hashed.update(json.dumps([column.axis.path, texts]).encode())
        return hashed.hexdigest()


def compute(task: Task, folder: Path, threads: int, told: Told) -> None:
    """Every block that is not there yet. `told` hears how many runs each finished block held.

    What interrupts it ends it after the blocks at work; these are kept too.
    """
    base = task.cases.base
    plan = task.cases.plan(0)
    compile_kernels(len(plan.codes), len(base.world.camps), plan.vectors.base.size)
    there = parts.finished(folder)
    todo = [
        (number, slices)
        for number, slices in enumerate(blocks(len(task.cases), task.runs, task.most))
        if number not in there
    ]
    pool = ThreadPoolExecutor(threads)
    try:
        for done in pool.map(lambda one: _compute_block(task, folder, *one), todo):
            told(done)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _compute_block(task: Task, folder: Path, number: int, slices: tuple[Slice, ...]) -> int:
    """Compute a block and keep it; how many runs it holds."""
    frames: dict[str, list[pd.DataFrame]] = {}
    arrays = None
    for piece in slices:  # one after another: the counts of a case are large
        plan = task.cases.plan(piece.case)
        case = Case(piece.case, "case", plan, run_block(plan, piece.first, piece.runs), first=piece.first)
        frames.setdefault("runs", []).append(runs_of(case))
        if piece.runs == task.runs:
            frames.setdefault("bands", []).append(bands_of(plan, case.block, case.number))
            frames.setdefault("reasons", []).append(reasons_of(case))
        else:
            arrays = _sparse(case.block)
    parts.put(folder, number, {name: _arrow(each) for name, each in frames.items()}, arrays)
    return sum(piece.runs for piece in slices)


def merge(task: Task, folder: Path) -> None:
    """The blocks as the tables of the whole; bands of cases that were cut are told from all their blocks."""
    numbers = range(task.count)
    parts.merge(folder, "runs", (parts.block_table(folder, number, "runs") for number in numbers))
    if task.runs <= task.most:
        for name in ("bands", "reasons"):
            parts.merge(folder, name, (parts.block_table(folder, number, name) for number in numbers))
        return
    parts.merge(
        folder, "bands", (_arrow([bands_of(c.plan, c.block, c.number)]) for c in _whole(task, folder))
    )
    parts.merge(folder, "reasons", (_arrow([reasons_of(case)]) for case in _whole(task, folder)))


def _whole(task: Task, folder: Path) -> Iterator[Case]:
    """Each case with the counts of all its blocks together."""
    each = -(-task.runs // task.most)
    for case in range(len(task.cases)):
        kept = [parts.block_arrays(folder, case * each + k) for k in range(each)]
        plan = task.cases.plan(case)
        yield Case(case, "case", plan, _dense(kept))


def _arrow(frames: list[pd.DataFrame]) -> pa.Table:
    whole = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    return pa.Table.from_pandas(whole, preserve_index=False).replace_schema_metadata(None)


def _sparse(block: Block) -> dict[str, NDArray[Any]]:
    """What bands and reasons are told from: most of the counts are 0."""
    flat = block.counts.ravel()
    places = np.flatnonzero(flat)
    shape = np.array(block.counts.shape)
    return {
        "places": places, "counts": flat[places], "shape": shape, "sums": block.sums, "moved": block.moved,
        "finite": block.finite,
    }  # fmt: skip


def _dense(kept: list[dict[str, NDArray[Any]]]) -> Block:
    counts = np.zeros(int(np.prod(kept[0]["shape"])), np.int64)
    for one in kept:
        counts[one["places"]] += one["counts"]
    none = np.empty(0, np.int64)
    return Block(
        measures=np.empty((0, 0)),
        theory=none,
        finite=np.concatenate([one["finite"] for one in kept]),
        counts=counts.reshape(kept[0]["shape"]),
        sums=sum((one["sums"] for one in kept[1:]), kept[0]["sums"]),
        moved=sum((one["moved"] for one in kept[1:]), kept[0]["moved"]),
        paths=None,
    )
