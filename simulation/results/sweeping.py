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
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from numpy.typing import NDArray

from simulation.engines.ensemble import Block, run_block
from simulation.engines.kernels import compile_kernels
from simulation.model.state import Floats
from simulation.results import parts
from simulation.results.bands import bands_of
from simulation.results.digest import code_digest, world_digest
from simulation.results.intervals import mean_interval
from simulation.results.manifest import versions
from simulation.results.tables import Case, reasons_of, runs_of
from simulation.scenario.writing import canonical
from simulation.sweep.blocks import BLOCK_RUNS, Slice, Stage
from simulation.sweep.cases import Cases
from simulation.sweep.file import Sweep
from simulation.sweep.files import contents
from simulation.sweep.schema import OF_INDICES

TABLES = ("runs", "bands", "reasons")  # of a case; a design that is for indices alone has its runs
FIRST_LOOK = 100  # runs


class Known(NamedTuple):
    """A case that another sweep has computed, and the folder that holds it."""

    folder: Path
    case: int

    def tables(self, case: int, names: Sequence[str]) -> dict[str, pa.Table]:
        """Its tables of these names, under the number that it has in this sweep."""
        found = {}
        for name in names:
            table = ds.dataset(self.folder / name, format="parquet").to_table(
                filter=ds.field("case") == self.case
            )
            numbers = pa.array(np.full(table.num_rows, case))
            found[name] = table.set_column(table.schema.get_field_index("case"), "case", numbers)
        return found


class Piece(NamedTuple):
    """What a slice of a block yields: its tables and, of a case that was cut, what the rest is told from."""

    tables: dict[str, pa.Table]
    arrays: dict[str, NDArray[Any]] | None = None


class Done(NamedTuple):
    """A block that is finished and kept: how many runs it holds, and the versions that computed it."""

    runs: int
    by: Mapping[str, Any]


Told = Callable[[Done], None]
Job = tuple[int, tuple[Slice, ...]]  # the number of a block, and what it is to hold


class Goal(NamedTuple):
    """When a case has runs enough: its 95 % interval of the mean of a measure reaches no further than `half`.

    Cases are looked at after FIRST_LOOK runs, twice as many, and so on, to `most` at the latest.
    """

    measure: str
    half: float
    most: int

    @property
    def looks(self) -> tuple[int, ...]:
        """After how many runs a case is looked at."""
        found = [FIRST_LOOK]
        while found[-1] < self.most:
            found.append(min(self.most, 2 * found[-1]))
        return tuple(found) if self.most > FIRST_LOOK else (self.most,)


@dataclass(frozen=True)
class Task:
    """What is to be computed: the cases, and how often each is run, or until when.

    `most` is how many runs a block holds. `known` are cases of other sweeps, by the digest of all that their
    numbers rest on and their runs: what is known is read and not computed.
    """

    sweep: Sweep
    cases: Cases
    most: int = BLOCK_RUNS
    goal: Goal | None = None
    known: Mapping[tuple[str, int], Known] = field(default_factory=dict)

    @property
    def looks(self) -> tuple[int, ...]:
        """Runs a case, or the numbers of runs after which it is looked at."""
        return self.goal.looks if self.goal is not None else (self.cases.base.runs,)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that are kept of each case."""
        return TABLES[:1] if self.sweep.design in OF_INDICES else TABLES

    @cached_property
    def ground(self) -> tuple[str, str]:
        """Digests of the sources and of the world: what all cases rest on."""
        return code_digest(), world_digest(self.cases.base.world)

    @cached_property
    def files(self) -> dict[str, str]:
        """The text of each file that values of axes name."""
        return contents(self.sweep.path.absolute().parent, self.cases.axes)

    @cached_property
    def digest(self) -> str:
        """Digest of code, world, scenario and design: of all that the numbers rest on but `runs`."""
        hashed = hashlib.sha256()
        hashed.update(
            json.dumps([*self.ground, canonical(self.cases.base, with_runs=False), self.goal]).encode()
        )
        for name, text in self.files.items():
            hashed.update(f"{name}\0{text}\0".encode())
        for column in self.cases.points.columns:
            told = column.told
            hashed.update(f"{column.axis.path}\0".encode())
            hashed.update(json.dumps(told).encode() if isinstance(told, list) else told.tobytes())
        return hashed.hexdigest()

    def case_digest(self, case: int) -> str:
        """Digest of all that the numbers of a case rest on but `runs`."""
        scenario = self.cases.scenario(case, [])
        assert scenario is not None
        facts = [*self.ground, canonical(scenario, with_runs=False)]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def stages(task: Task, folder: Path) -> Iterator[Stage]:
    """The stages of a sweep; each but the first can be told once the one before is computed."""
    cases: Sequence[int] = range(len(task.cases))
    for number, runs in enumerate(task.looks):
        stage = Stage(number, cases, runs, task.most)
        yield stage
        if task.goal is not None:
            narrow = _narrow(stage, task.goal, folder)
            cases = [case for case in cases if case not in narrow]
        if not cases:
            return


def _narrow(stage: Stage, goal: Goal, folder: Path) -> set[int]:
    """The cases of a computed stage that have reached the goal."""
    found: dict[int, list[Floats]] = {}
    for number, slices in stage.blocks():
        table = parts.block_table(folder, number, "runs")
        values = np.where(_texts(table, "status") == "ok", table[goal.measure].to_numpy(), np.nan)
        at = 0
        for piece in slices:
            found.setdefault(piece.case, []).append(values[at : at + piece.runs])
            at += piece.runs
    intervals = {case: mean_interval(np.concatenate(each)) for case, each in found.items()}
    return {case for case, (mean, low, _) in intervals.items() if mean - low <= goal.half}


def _texts(table: pa.Table, column: str) -> NDArray[Any]:
    return np.asarray(table[column].to_pylist(), object)


Finished = Generator[Done, None, None]  # blocks as they are kept


class Crew(Protocol):
    """Those who compute the blocks of a sweep, where the threads of this process do not."""

    def finish(self, task: Task, stage: Stage, folder: Path, jobs: Iterable[Job]) -> Finished:
        """Compute each block of a stage and keep it, in any order."""


def compute(task: Task, folder: Path, threads: int, told: Told, crew: Crew | None = None) -> None:
    """Every block that is not there yet, by so many threads or by a crew. `told` hears of each one finished.

    What interrupts it ends it after the blocks at work; those of threads are kept too.
    """
    if crew is None:
        plan = task.cases.plan(0)
        compile_kernels(len(plan.codes), len(plan.scenario.world.camps), plan.vectors.base.size)
    for stage in stages(task, folder):
        there = parts.finished(folder)
        jobs = (job for job in stage.blocks() if job[0] not in there)
        if crew is None:
            blocks = _by_threads(task, stage, folder, jobs, threads)
        else:
            blocks = crew.finish(task, stage, folder, jobs)
        with closing(blocks):  # before those who compute leave, whatever ends it
            for done in blocks:
                told(done)


def _by_threads(task: Task, stage: Stage, folder: Path, jobs: Iterable[Job], threads: int) -> Finished:
    """Each block of a stage, computed by threads and kept by them too."""
    here = versions()

    def work(job: Job) -> Done:
        number, slices = job
        pieces = (known(task, stage, piece) or computed(task, stage.runs, piece) for piece in slices)
        keep(folder, number, pieces)
        return Done(sum(piece.runs for piece in slices), here)

    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(work, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def keep(folder: Path, number: int, pieces: Iterable[Piece]) -> None:
    """Write the pieces of a block in their order; one after another, for the counts of a case are large."""
    tables: dict[str, list[pa.Table]] = {}
    arrays = None
    for piece in pieces:
        arrays = piece.arrays
        for name, table in piece.tables.items():
            tables.setdefault(name, []).append(table)
    parts.put(folder, number, {name: pa.concat_tables(each) for name, each in tables.items()}, arrays)


def known(task: Task, stage: Stage, piece: Slice) -> Piece | None:
    """What another sweep has computed of a whole case; None where it is to be computed."""
    if not task.known or piece.runs != stage.runs:
        return None
    found = task.known.get((task.case_digest(piece.case), piece.runs))
    return None if found is None else Piece(found.tables(piece.case, task.tables))


def computed(task: Task, whole: int, piece: Slice) -> Piece:
    """The tables of a whole case, which has `whole` runs, or of some of its runs with their counts."""
    plan = task.cases.plan(piece.case)
    case = Case(piece.case, "case", plan, run_block(plan, piece.first, piece.runs), first=piece.first)
    tables = {"runs": arrow(runs_of(case))}
    if piece.runs != whole:
        return Piece(tables, _sparse(case.block))
    return Piece(tables | {name: arrow(TOLD[name](case)) for name in task.tables[1:]})


def _bands(case: Case) -> pd.DataFrame:
    return bands_of(case.plan, case.block, case.number)


TOLD: dict[str, Callable[[Case], pd.DataFrame]] = {"bands": _bands, "reasons": reasons_of}


def arrow(frame: pd.DataFrame) -> pa.Table:
    """A table whose bytes depend on its rows alone."""
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
