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
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
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

TABLES = ("runs", "bands", "reasons")  # of a case


class Known(NamedTuple):
    """A case that another sweep has computed, and the folder that holds it."""

    folder: Path
    case: int

    def tables(self, case: int) -> dict[str, pa.Table]:
        """Its tables, under the number that it has in this sweep."""
        found = {}
        for name in TABLES:
            table = ds.dataset(self.folder / name, format="parquet").to_table(
                filter=ds.field("case") == self.case
            )
            numbers = pa.array(np.full(table.num_rows, case))
            found[name] = table.set_column(table.schema.get_field_index("case"), "case", numbers)
        return found


Told = Callable[[int], None]


@dataclass(frozen=True)
class Task:
    """What is to be computed: the cases, and how often each is run.

    `most` is how many runs a block holds. `known` are cases of other sweeps, by the digest of all that their
    numbers rest on: what is known is read and not computed.
    """

    sweep: Sweep
    cases: Cases
    most: int = BLOCK_RUNS
    known: Mapping[str, Known] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Runs a case."""
        return self.cases.base.runs

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return block_count(len(self.cases), self.runs, self.most)

    @cached_property
    def ground(self) -> tuple[str, str]:
        """Digests of the sources and of the world: what all cases rest on."""
        return code_digest(), world_digest(self.cases.base.world)

    @cached_property
    def digest(self) -> str:
        """Digest of code, world, scenario and design: of all that the numbers rest on but `runs`."""
        hashed = hashlib.sha256()
        hashed.update(json.dumps([*self.ground, canonical(self.cases.base, with_runs=False)]).encode())
        for column in self.cases.points.columns:
            texts = [column.text(case) for case in range(self.cases.points.cases)]
            hashed.update(json.dumps([column.axis.path, texts]).encode())
        return hashed.hexdigest()

    def case_digest(self, case: int) -> str:
        """Digest of all that the numbers of a case rest on but `runs`."""
        scenario = self.cases.plan(case).scenario
        facts = [*self.ground, canonical(scenario, with_runs=False)]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


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
    tables: dict[str, list[pa.Table]] = {}
    arrays = None
    for piece in slices:  # one after another: the counts of a case are large
        known = task.known.get(task.case_digest(piece.case)) if task.known else None
        if known is not None and piece.runs == task.runs:
            found = known.tables(piece.case)
        else:
            found, arrays = _computed(task, piece)
        for name, table in found.items():
            tables.setdefault(name, []).append(table)
    parts.put(folder, number, {name: pa.concat_tables(each) for name, each in tables.items()}, arrays)
    return sum(piece.runs for piece in slices)


def _computed(task: Task, piece: Slice) -> tuple[dict[str, pa.Table], dict[str, NDArray[Any]] | None]:
    """The tables of a case, or of some of its runs with what the rest of the tables is told from."""
    plan = task.cases.plan(piece.case)
    case = Case(piece.case, "case", plan, run_block(plan, piece.first, piece.runs), first=piece.first)
    tables = {"runs": _arrow(runs_of(case))}
    if piece.runs < task.runs:
        return tables, _sparse(case.block)
    return tables | {name: _arrow(tell(case)) for name, tell in TOLD.items()}, None


def merge(task: Task, folder: Path) -> None:
    """The blocks as the tables of the whole; bands of cases that were cut are told from all their blocks."""
    numbers = range(task.count)
    parts.merge(folder, "runs", (parts.block_table(folder, number, "runs") for number in numbers))
    for name, tell in TOLD.items():
        if task.runs <= task.most:
            parts.merge(folder, name, (parts.block_table(folder, number, name) for number in numbers))
        else:
            parts.merge(folder, name, (_arrow(tell(case)) for case in _whole(task, folder)))


def _whole(task: Task, folder: Path) -> Iterator[Case]:
    """Each case with the counts of all its blocks together."""
    each = -(-task.runs // task.most)
    for case in range(len(task.cases)):
        kept = [parts.block_arrays(folder, case * each + k) for k in range(each)]
        plan = task.cases.plan(case)
        yield Case(case, "case", plan, _dense(kept))


def _bands(case: Case) -> pd.DataFrame:
    return bands_of(case.plan, case.block, case.number)


TOLD: dict[str, Callable[[Case], pd.DataFrame]] = {"bands": _bands, "reasons": reasons_of}


def _arrow(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)


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
