"""The folder of a sweep from its beginning to its end: made, gone on with, and whole."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from simulation.errors import BadInput, CheckFailed, Fault, StoreError
from simulation.results import parts
from simulation.results.manifest import versions, world_words
from simulation.results.merging import last_blocks, merge
from simulation.results.store import MANIFEST, ensure_writable, why, write_table
from simulation.results.sweeping import Crew, Done, Goal, Known, Task, compute
from simulation.results.tables import kept_measures
from simulation.scenario.writing import to_yaml
from simulation.sweep.axes import coordinates, unit_of
from simulation.sweep.design import designed, load_sweep
from simulation.sweep.shown import Shown
from simulation.sweep.writing import JOINT, SCENARIO, joint_csv
from simulation.sweep.writing import to_yaml as sweep_yaml

SWEEP = "sweep.yaml"
ELSEWHERE = "elsewhere"  # in the manifest: other versions or processors that computed blocks
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

    def __repr__(self) -> str:
        facts = self.manifest
        state = f"{facts['runs']:,} runs each" if self.whole else "not whole yet"
        return f"<sweep {self.folder.name}: {facts['design']} of {facts['cases'] - 1:,} cases, {state}>"

    @property
    def shown(self) -> Shown:
        """What its file shows of each case."""
        return Shown(**self.manifest["show"])

    def check_whole(self) -> None:
        """StoreError where the sweep is not whole."""
        if not self.whole:
            raise StoreError(f"{self.folder} is not whole: `entente resume {self.folder}` first")

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row a case."""
        return self.table("cases")

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point of the design: the case that it is."""
        return self.table("points")

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run."""
        return self.table("runs")

    @cached_property
    def bands(self) -> pd.DataFrame:
        """One row a case, series and month; none of a saltelli or morris design."""
        return self.table("bands")

    def case_rows(self, name: str, case: int) -> pd.DataFrame:
        """The rows of one case in a table."""
        place = ds.dataset(self.folder / name, format="parquet")
        found: pd.DataFrame = place.to_table(filter=ds.field("case") == case).to_pandas()
        return found

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
    """The folder of a sweep under `out`: made where there is none. StoreError where the disk refuses.

    Where there is one with fewer runs, it is to have as many.
    """
    ensure_writable(out)
    folder = out / f"{task.sweep.name}-{task.digest[:10]}"
    if (folder / MANIFEST).exists():
        if task.goal is None and Swept(folder).manifest["runs"] < task.looks[0]:
            ask_more(folder, task.looks[0])
        return folder
    beside = folder.with_name(f".{folder.name}-{time.monotonic_ns()}")
    try:
        beside.mkdir()
        (beside / SWEEP).write_text(sweep_yaml(task.sweep, task.cases.axes), encoding="utf-8")
        (beside / SCENARIO).write_text(_scenario(task), encoding="utf-8")
        if joint := joint_csv(task.cases.axes):
            (beside / JOINT).write_text(joint, encoding="utf-8")
        for name, text in task.files.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_text(text, encoding="utf-8")
        case = task.cases.points.case + 1
        write_table(beside / "points.parquet", pd.DataFrame({"point": np.arange(case.size), "case": case}))
        _write_manifest(beside, _manifest(task) | {"whole": False})
        beside.rename(folder)
    except OSError as error:
        raise StoreError(f"cannot write {folder}: {why(error)}; nothing was begun") from error
    return folder


def ask_more(folder: Path, runs: int) -> None:
    """Say that a whole sweep is to have so many runs a case. Its rows stay until the new ones are checked."""
    swept = Swept(folder)
    before = swept.manifest["runs"]
    swept.check_whole()
    if swept.manifest["goal"] is not None:
        hint = "`entente sweep` with another --until begins one that is narrower"
        raise BadInput([Fault("each case of this sweep has as many runs as its goal took", hint=hint)])
    if runs > before:
        with parts.held(folder):
            _write_manifest(folder, swept.manifest | {"runs": runs, "whole": False, "before": before})


def more_cases(folder: Path, more: int) -> Task:
    """The sweep of a folder with so many more points. BadInput where its design has no next ones."""
    task = task_of(folder)
    if task.sweep.design != "sobol":
        message = f"the design {task.sweep.design} has no next points: only sobol goes on as it began"
        raise BadInput([Fault(message, hint="edit the file: `entente sweep` computes what is new")])
    sweep = replace(task.sweep, cases=task.sweep.cases + more)
    return Task(sweep, designed(sweep, task.cases.base))


def task_of(folder: Path) -> Task:
    """What a folder is to compute, from its own files. StoreError where other sources began it."""
    manifest = Swept(folder).manifest
    sweep, cases = load_sweep(folder / SWEEP)
    sweep = replace(sweep, name=manifest["sweep"], changed=manifest["changed"])
    cases = replace(cases, base=replace(cases.base, runs=manifest["runs"], name=manifest["scenario"]))
    goal = None if manifest["goal"] is None else Goal(**manifest["goal"])
    task = Task(sweep, cases, manifest["block_runs"], goal)
    if task.digest != manifest["digest"]:
        raise StoreError(
            f"{folder} was begun by another version of Entente or of its world, or its files were edited:"
            " what is there stays, and the rest would not fit; begin it anew with `entente sweep`"
        )
    return replace(task, known=known_beside(folder, task))


def known_beside(folder: Path, task: Task) -> dict[tuple[str, int], Known]:
    """The cases of whole sweeps beside this one that rest on the same sources, by digest and runs."""
    found = {}
    for place in sorted(folder.absolute().parent.glob(f"*/{SWEEP}")):
        other = Swept(place.parent)
        if place.parent.name == folder.name or not other.whole:
            continue
        if not set(task.tables) <= set(other.manifest["tables"]):
            continue
        if (other.manifest["code"], other.manifest["world_digest"]) == task.ground:
            columns = (other.cases[name] for name in ("case", "digest", "runs"))
            for case, digest, runs in zip(*columns, strict=True):
                found[str(digest), int(runs)] = Known(other.folder, int(case))
    return found


def resume(folder: Path, threads: int, told: Told, crew: Crew | None = None) -> Swept:
    """Compute what is missing, by threads or by a crew, and make the sweep whole.

    `told` hears how many runs are there, of how many; with a goal these are the most that there may be.
    CheckFailed where rows that were there before come out otherwise.
    """
    if Swept(folder).whole:
        return Swept(folder)
    task = task_of(folder)
    total = len(task.cases) * sum(task.looks)
    with parts.held(folder):
        there = parts.finished_runs(folder)
        told(there, total)

        def told_of(done: Done) -> None:
            nonlocal there
            there += done.runs
            _note(folder, done.by)
            told(there, total)

        compute(task, folder, threads, told_of, crew)
        _check_before(task, folder)
        merge(task, folder)
        _finish(task, folder)
    return Swept(folder)


def _note(folder: Path, by: Mapping[str, Any]) -> None:
    """Have the manifest say what else than its own versions computed blocks."""
    facts = Swept(folder).manifest
    others = facts.get(ELSEWHERE, [])
    if by not in others and any(facts[key] != value for key, value in by.items()):
        others = sorted([*others, by], key=json.dumps)
        _write_manifest(folder, facts | {ELSEWHERE: others})


def _check_before(task: Task, folder: Path) -> None:
    """That the runs which a sweep had before it was extended are the first of those it has now."""
    before = Swept(folder).manifest.get("before")
    if before is None:
        return
    old = ds.dataset(folder / "runs", format="parquet")
    first = ds.field("run") < before
    for found in last_blocks(task, folder):
        new = pa.concat_tables([parts.block_table(folder, number, "runs") for number in found.numbers])
        if not old.to_table(filter=ds.field("case").isin(found.cases) & first).equals(new.filter(first)):
            raise CheckFailed(
                f"{folder}: computed again, and the first {before:,} runs of a case from {found.cases[0]} to"
                f" {found.cases[-1]} differ; the tables that were there stay"
            )


def _finish(task: Task, folder: Path) -> None:
    """The table of cases and the last word of the manifest; then the blocks are needed no more."""
    held = Swept(folder).table("runs", ["case", "status"])
    counts = held.groupby(["case", "status"]).size().unstack(fill_value=0)
    numbers = range(len(task.cases))
    rows: dict[str, Any] = {"case": numbers, "role": ["reference", *["case"] * (len(task.cases) - 1)]}
    for column in task.cases.points.columns:
        told = column.told
        rows[column.axis.path] = ["", *told] if isinstance(told, list) else np.append(np.nan, told)
    rows["digest"] = [task.case_digest(case) for case in numbers]
    rows["runs"] = held.groupby("case").size().to_numpy()
    for status in STATUSES:
        rows[status] = counts[status].to_numpy() if status in counts else np.zeros(len(numbers), np.int64)
    write_table(folder / "cases.parquet", pd.DataFrame(rows))
    (folder / SCENARIO).write_text(_scenario(task), encoding="utf-8")  # runs may have been added
    total = {status: int(rows[status].sum()) for status in STATUSES}
    facts = {key: value for key, value in Swept(folder).manifest.items() if key != "before"}
    _write_manifest(folder, facts | {"whole": True, "status": total})
    parts.clear(folder)


def _scenario(task: Task) -> str:
    return to_yaml(replace(task.cases.base, expectations=()))


def _manifest(task: Task) -> dict[str, Any]:
    base = task.cases.base
    return {
        "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        **versions(),
        "digest": task.digest,
        "code": task.ground[0],
        "world_digest": task.ground[1],
        "block_runs": task.most,
        "sweep": task.sweep.name,
        "title": task.sweep.title,
        "why": task.sweep.why,
        "design": task.sweep.design,
        "scenario": base.name,
        "changed": task.sweep.changed,
        "axes": [axis.path for axis in task.cases.axes],
        "coordinates": list(coordinates(task.cases.axes)),
        "base": task.sweep.cases,
        "points": int(task.cases.points.case.size),
        "cases": len(task.cases),
        "runs": base.runs,
        "goal": None if task.goal is None else task.goal._asdict(),
        "show": asdict(task.sweep.shown),
        "rng_seed": base.rng_seed,
        "uncertainty": list(base.uncertainty),
        "theory": dict(base.theory),
        "measures": {one.name: [one.meaning, one.unit] for one in kept_measures(task.cases.plan(0))},
        "units": {axis.path: unit_of(base, axis.path) for axis in task.cases.axes},
        "tables": list(task.tables),
        "world": world_words(task.cases.plan(0)),
    }


def _write_manifest(folder: Path, facts: dict[str, Any]) -> None:
    beside = folder / f".{MANIFEST}"
    beside.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    beside.replace(folder / MANIFEST)
