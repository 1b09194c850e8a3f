"""The folder of a sweep from its beginning to its end: made, gone on with, and whole."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from simulation.errors import StoreError
from simulation.results import parts
from simulation.results.digest import code_digest, world_digest
from simulation.results.manifest import versions, world_words
from simulation.results.store import MANIFEST, ensure_writable, why, write_table
from simulation.results.sweeping import TABLES, Task, compute, merge
from simulation.scenario.writing import to_yaml
from simulation.sweep.design import load_sweep
from simulation.sweep.writing import SCENARIO
from simulation.sweep.writing import to_yaml as sweep_yaml

SWEEP = "sweep.yaml"
STATUSES = ("ok", "non-finite")
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Swept:
    """The folder of a sweep; what is in it is read when first asked for. StoreError where it cannot be.

    cases: one row a case, its values and how many runs are ok; points: the case of each point of the
    design; runs, bands and reasons as in the result of a scenario.
    """

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Versions, digests, counts, and whether the sweep is whole."""
        path = self.folder / MANIFEST
        try:
            loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            loaded["runs"] = int(loaded["runs"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"cannot read {path}: this is no folder of a sweep, or it is damaged") from error
        return loaded

    @property
    def whole(self) -> bool:
        """Whether every block was computed and merged."""
        return bool(self.manifest["whole"])

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row a case."""
        return self.table("cases")

    @cached_property
    def measures(self) -> list[str]:
        """The names of the measures of a run."""
        schema = ds.dataset(self.folder / "runs", format="parquet").schema
        return [one.name for one in schema if pa.types.is_floating(one.type)]

    def table(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """A table of the sweep, or some of its columns."""
        single = self.folder / f"{name}.parquet"
        place = single if single.exists() else self.folder / name
        try:
            found: pd.DataFrame = ds.dataset(place, format="parquet").to_table(columns=columns).to_pandas()
        except (OSError, pa.ArrowException) as error:
            raise StoreError(f"cannot read {place}: it is damaged, or the sweep is not whole") from error
        return found


def begin(task: Task, out: Path) -> Path:
    """The folder of a sweep under `out`: made where there is none. StoreError where the disk refuses."""
    ensure_writable(out)
    folder = out / f"{task.sweep.name}-{task.digest()[:10]}"
    if (folder / MANIFEST).exists():
        return folder
    beside = folder.with_name(f".{folder.name}-{time.monotonic_ns()}")
    try:
        beside.mkdir()
        (beside / SWEEP).write_text(sweep_yaml(task.sweep, task.cases.axes), encoding="utf-8")
        (beside / SCENARIO).write_text(to_yaml(task.cases.base), encoding="utf-8")
        case = task.cases.points.case + 1
        write_table(beside / "points.parquet", pd.DataFrame({"point": np.arange(case.size), "case": case}))
        _write_manifest(beside, _manifest(task) | {"whole": False})
        beside.rename(folder)
    except OSError as error:
        raise StoreError(f"cannot write {folder}: {why(error)}; nothing was begun") from error
    return folder


def task_of(folder: Path) -> Task:
    """What a folder is to compute, from its own files. StoreError where other sources began it."""
    manifest = Swept(folder).manifest
    sweep, cases = load_sweep(folder / SWEEP)
    task = Task(sweep, cases)
    if task.digest() != manifest["digest"]:
        raise StoreError(
            f"{folder} was begun by another version of Entente or of its world: what is there stays, and"
            " the rest would not fit; begin it anew with `entente sweep`"
        )
    return task


def resume(folder: Path, threads: int, told: Told) -> Swept:
    """Compute what is missing, and make the sweep whole. `told` hears how many runs are there, of how many."""
    task = task_of(folder)
    if Swept(folder).whole:
        return Swept(folder)
    total = len(task.cases) * task.runs
    with parts.held(folder):
        done = 0

        def told_of(count: int) -> None:
            nonlocal done
            done += count
            told(done, total)

        told_of(parts.finished_runs(folder))
        compute(task, folder, threads, told_of)
        merge(task, folder)
        _finish(task, folder)
    return Swept(folder)


def _finish(task: Task, folder: Path) -> None:
    """The table of cases and the last word of the manifest; then the blocks are needed no more."""
    runs = ds.dataset(folder / "runs", format="parquet").to_table(columns=["case", "status"]).to_pandas()
    counts = runs.groupby(["case", "status"]).size().unstack(fill_value=0)
    numbers = range(len(task.cases))
    rows = pd.DataFrame({"case": numbers, "role": ["reference", *["case"] * (len(task.cases) - 1)]})
    for column in task.cases.points.columns:
        rows[column.axis.path] = ["", *(column.text(case - 1) for case in numbers[1:])]
    for status in STATUSES:
        rows[status] = counts[status].reindex(numbers, fill_value=0).to_numpy() if status in counts else 0
    write_table(folder / "cases.parquet", rows)
    total = {status: int(rows[status].sum()) for status in STATUSES}
    _write_manifest(folder, Swept(folder).manifest | {"whole": True, "status": total})
    parts.clear(folder)


def _manifest(task: Task) -> dict[str, Any]:
    base = task.cases.base
    return {
        "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        **versions(),
        "digest": task.digest(),
        "code": code_digest(),
        "world_digest": world_digest(base.world),
        "sweep": task.sweep.name,
        "title": task.sweep.title,
        "why": task.sweep.why,
        "design": task.sweep.design,
        "scenario": base.name,
        "axes": [axis.path for axis in task.cases.axes],
        "points": int(task.cases.points.case.size),
        "cases": len(task.cases),
        "runs": task.runs,
        "rng_seed": base.rng_seed,
        "uncertainty": list(base.uncertainty),
        "theory": dict(base.theory),
        "tables": list(TABLES),
        "world": world_words(task.cases.plan(0)),
    }


def _write_manifest(folder: Path, facts: dict[str, Any]) -> None:
    beside = folder / f".{MANIFEST}"
    beside.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    beside.replace(folder / MANIFEST)
