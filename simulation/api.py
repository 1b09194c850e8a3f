"""The Python face of Entente: load a scenario, run it, look at it."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulation.analysis.compare import Difference, difference, forked
from simulation.analysis.expect import Judged, judged
from simulation.analysis.summary import summary_of
from simulation.document import counted
from simulation.engines.ensemble import BLOCK, run_ensemble
from simulation.engines.plan import Plan, build_plan
from simulation.errors import BadInput, CheckFailed, Fault, StoreError, quoted, suggestion
from simulation.results.digest import result_digest
from simulation.results.manifest import manifest_of
from simulation.results.store import (
    MANIFEST,
    Result,
    differing,
    ensure_writable,
    held_at,
    publish,
    replace_by,
    staged,
)
from simulation.results.sweeping import Task
from simulation.results.sweeps import SWEEP, Swept, begin, resume
from simulation.results.tables import Case, tables_of
from simulation.scenario.futures import futures, retitled
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import MOST_RUNS
from simulation.scenario.writing import to_yaml
from simulation.sweep.cases import Cases
from simulation.sweep.design import load_sweep
from simulation.sweep.file import Sweep
from simulation.sweep.search import sweep_meant

if TYPE_CHECKING:  # Mesa takes 0.7 s to import, and few runs need it
    from simulation.engines.reference import AllianceModel
    from simulation.model.country import Country

Progress = Callable[[int, int], None]
Subclasses = Mapping[str, "type[Country]"]
MOST_THREADS = 256


def load(
    name_or_path: str | Path,
    set: Sequence[str] = (),  # noqa: A002 (named as the key is)
    variants: Sequence[str] = (),
) -> Any:
    """A scenario by name or path, a sweep, or the folder of a result.

    `set` holds `path=value` texts, `variants` names of variants of a scenario, taken together. BadInput on
    faults, StoreError where a folder holds no result.
    """
    path = Path(name_or_path)
    if (path / MANIFEST).is_file():
        return Swept(path) if (path / SWEEP).is_file() else Result(path)
    found = sweep_meant(str(name_or_path))
    return loaded(name_or_path, set, variants) if found is None else LoadedSweep(*load_sweep(found, set))


def loaded(name_or_path: str | Path, settings: Sequence[str] = (), variants: Sequence[str] = ()) -> "Loaded":
    """Load a scenario by name or path. BadInput on faults."""
    return Loaded(load_scenario(name_or_path, settings, variants))


@dataclass(frozen=True)
class LoadedSweep:
    """A sweep, ready to run."""

    sweep: Sweep
    cases: Cases

    def __repr__(self) -> str:
        one = self.sweep
        runs = counted(self.cases.base.runs, "runs")
        return f"<sweep {one.name}: {one.title}; {one.design} of {len(self.cases) - 1:,} cases, {runs} each>"

    def run(
        self, out: str | Path = "results", threads: int | None = None, progress: Progress | None = None
    ) -> Swept:
        """Compute what is missing of the sweep in its folder, and open that."""
        _check("threads", threads or 1, 1, MOST_THREADS)
        folder = begin(Task(self.sweep, self.cases), Path(out))
        return resume(folder, threads or os.cpu_count() or 1, progress or _unheard)


def _unheard(done: int, total: int) -> None:
    """Progress that nobody asked for."""


@dataclass(frozen=True)
class Loaded:
    """A scenario, ready to run."""

    scenario: Scenario

    def __repr__(self) -> str:
        one = self.scenario
        return f"<scenario {one.name}: {one.title}; {one.months} months, {one.runs:,} runs>"

    @cached_property
    def plan(self) -> Plan:
        """The scenario as arrays."""
        return build_plan(self.scenario)

    def model(self, run: int = 0, countries: Subclasses | None = None) -> "AllianceModel":
        """The Mesa model of one run; `countries` replaces agents by subclasses of Country."""
        from simulation.engines.reference import AllianceModel

        _check("run", run, 0, MOST_RUNS)
        _check_countries(self.scenario, countries)
        return AllianceModel(self.plan, run, countries)

    def judge(self, outcome: "Outcome") -> list[Judged]:
        """What the scenario expects of its runs, held against a result of it."""
        return judged(outcome.result, self.scenario.expectations)

    def run(
        self,
        runs: int | None = None,
        out: str | Path = "results",
        again: bool = False,
        threads: int | None = None,
        countries: Subclasses | None = None,
        progress: Progress | None = None,
    ) -> "Outcome":
        """Run the scenario beside its parent and save the result, or show the one that is there.

        `again` computes anew and compares the bytes (CheckFailed where they differ). With `countries`
        the Mesa engine runs scenario and parent, the result says so, and it is always computed anew:
        what a class does rests on more than its source, by which its folder is named.
        """
        scenario = self.scenario if runs is None else replace(self.scenario, runs=runs)
        _check("runs", scenario.runs, 1, MOST_RUNS)
        _check("threads", threads or 1, 1, MOST_THREADS)
        _check_countries(scenario, countries)
        digest = result_digest(scenario, countries)
        folder = Path(out) / f"{scenario.name}-{digest[:10]}{'-mesa' if countries else ''}"
        held = held_at(folder)
        if held and not again and not countries and held.manifest["runs"] >= scenario.runs:
            return Outcome(held, scenario.runs, computed=False)
        ensure_writable(folder.parent)
        scenario = _called_as(held, scenario)
        started = time.monotonic()
        cases = _cases(scenario, threads or os.cpu_count() or 1, countries, progress)
        tables = tables_of(cases)
        manifest = manifest_of(scenario, digest, cases, countries, time.monotonic() - started)
        text = to_yaml(replace(scenario, expectations=()))  # what the runs rest on: no test of them is part
        with staged(folder, manifest, text, tables) as fresh:
            return _kept(fresh, held, folder, scenario.runs)


@dataclass(frozen=True)
class Outcome:
    """A result: how many runs were asked for, whether it was computed now, whether it was the same again.

    `extended` says that it took the place of one with fewer runs, which are its first.
    """

    result: Result
    asked: int
    computed: bool
    same: bool = False
    extended: bool = False

    def __repr__(self) -> str:
        index, name = self.summary()["cooperation"], self.result.folder.name
        if not index["runs"]:
            return f"<result {name}: no run ended well>"
        low, high = index["interval80"]
        said = (
            f"cooperation {index['median']:.0f} ({low:.0f} to {high:.0f} in 80 % of {index['runs']:,} runs)"
        )
        return f"<result {name}: {said}>"

    def table(self) -> pd.DataFrame:
        """One row a run and case, with every measure."""
        return self.result.runs

    def summary(self) -> dict[str, Any]:
        """Everything that the printed table says, and more."""
        return summary_of(self.result)

    def plot(self) -> list[Path]:
        """The figures in the result folder, drawn where they are missing; their paths."""
        from simulation.report.figures import figures_of

        return figures_of(self.result)

    def compare(self, measure: str = "cooperation.final", branch: str | None = None) -> Difference:
        """The scenario less its parent (a root: less its start), or a branch less the scenario.

        BadInput where neither can be, or there is no such branch.
        """
        return difference(self.result, measure) if branch is None else forked(self.result, measure, branch)


def _check(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise BadInput([Fault(f"{name} is {value:,}, and must be from {low:,} to {high:,}")])


def _check_countries(scenario: Scenario, countries: Subclasses | None) -> None:
    present = [code for code in scenario.world.codes if code not in scenario.without]
    raise_for = [code for code in countries or () if code not in present]
    if raise_for:
        raise BadInput(
            Fault(f"there is no country {quoted(code)} to replace", hint=suggestion(code, present))
            for code in raise_for
        )


def _called_as(held: Result | None, scenario: Scenario) -> Scenario:
    """The scenario with the titles and names that the held result has: they are no part of its digest."""
    if held is None:
        return scenario
    try:
        words, cases = held.manifest, held.cases
    except StoreError:  # damaged: the comparison will say so
        return scenario
    parent = scenario.parent
    if parent is not None and held.parent is not None:
        row = cases.iloc[held.parent]
        parent = replace(parent, name=str(row["name"]), title=str(row["title"]))
    titles = dict(zip(cases["branch"], cases["title"], strict=True))
    return retitled(replace(scenario, title=words["title"], why=words["why"], parent=parent), titles)


def _cases(
    scenario: Scenario, threads: int, countries: Subclasses | None, progress: Progress | None
) -> list[Case]:
    chain: list[tuple[str, Scenario, str, int | None]] = [("scenario", scenario, "", None)]
    if scenario.parent is not None:
        chain.append(("parent", replace(scenario.parent, runs=scenario.runs), "", None))
    chain += [("branch", one, name, at) for name, at, one in futures(scenario)]
    total, done = scenario.runs * len(chain), 0
    cases = []

    def told(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    for number, (role, one, branch, fork) in enumerate(chain):
        plan = build_plan(one)
        if countries:
            from simulation.engines.reference import block_of

            block = block_of(plan, one.runs, countries, told)
        else:
            block = run_ensemble(plan, one.runs, threads, BLOCK, progress=told)
        cases.append(Case(number, role, plan, block, branch, fork))
    return cases


def _kept(fresh: Result, held: Result | None, folder: Path, asked: int) -> Outcome:
    """Publish a fresh result, or compare it with the one that is there; more runs take its place."""
    if held is None:
        return Outcome(publish(fresh, folder), asked, computed=True)
    try:
        count = held.manifest["runs"]
    except StoreError:
        count = asked
    if count == asked:
        differ = differing(folder, fresh.folder)
        if differ:
            raise CheckFailed(f"{folder}: computed again, and these files differ: {', '.join(differ)}")
        return Outcome(held, asked, computed=True, same=True)
    fewer = min(asked, count)
    ours, theirs = (each.runs[each.runs["run"] < fewer].reset_index(drop=True) for each in (fresh, held))
    if not ours.equals(theirs):
        raise CheckFailed(f"{folder}: computed again, and its first {fewer:,} runs differ (runs.parquet)")
    if asked > count:
        return Outcome(replace_by(fresh, folder), asked, computed=True, extended=True)
    return Outcome(held, asked, computed=True, same=True)
