"""The Python face of Entente: load a scenario, run it, look at it."""

import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.analysis.compare import Difference, difference
from simulation.analysis.summary import summary_of
from simulation.engines.ensemble import BLOCK, Block, run_ensemble
from simulation.engines.plan import Plan, build_plan
from simulation.engines.reference import AllianceModel
from simulation.errors import CheckFailed, StoreError
from simulation.model.country import Country
from simulation.results.digest import model_digest, result_digest, world_digest
from simulation.results.store import Result, replace_result, same_bytes, write_result
from simulation.results.tables import Case, tables_of
from simulation.scenario.resolve import Scenario, load_scenario
from simulation.scenario.writing import to_yaml

Progress = Callable[[int, int], None]
Subclasses = Mapping[str, type[Country]]
LIBRARIES = ("mesa", "numpy", "numba", "pandas", "pyarrow", "pyyaml")


def load(name_or_path: str | Path, set: Sequence[str] = ()) -> "Loaded":  # noqa: A002 (named as the key is)
    """Load a scenario by name or path; `set` holds `path=value` as on the command line. BadInput on faults."""
    return Loaded(load_scenario(name_or_path, overrides=set))


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

    def model(self, run: int = 0, countries: Subclasses | None = None) -> AllianceModel:
        """The Mesa model of one run; `countries` replaces agents by subclasses of Country."""
        return AllianceModel(self.plan, run, countries)

    def run(
        self,
        runs: int | None = None,
        out: str | Path = "results",
        again: bool = False,
        threads: int = 2,
        countries: Subclasses | None = None,
        progress: Progress | None = None,
    ) -> "Outcome":
        """Run the scenario beside its parent and save the result, or show the one that is there.

        `again` recomputes and compares the bytes (CheckFailed where they differ). With `countries`
        the reference engine runs, and the result says so.
        """
        scenario = self.scenario if runs is None else replace(self.scenario, runs=runs)
        digest = result_digest(scenario)
        mark = "" if not countries else "-mesa"
        folder = Path(out) / f"{scenario.name}-{digest[:10]}{mark}"
        held = Result(folder) if (folder / "manifest.json").exists() and not countries else None
        if held is not None and not again and held.manifest["runs"] >= scenario.runs:
            return Outcome(held, computed=False)
        started = time.time()
        cases = _cases(scenario, threads, countries, progress)
        manifest = _manifest(scenario, digest, cases, countries, time.time() - started)
        tables = tables_of(cases)
        if countries and folder.exists():
            raise StoreError(f"{folder} exists; a run with replaced countries is not known by its digest: use another --out")
        if held is None:
            return Outcome(write_result(folder, manifest, to_yaml(scenario), tables), computed=True)
        return _beside(held, folder, manifest, to_yaml(scenario), tables)


@dataclass(frozen=True)
class Outcome:
    """A result, and whether it was computed now or found."""

    result: Result
    computed: bool
    same: bool | None = None

    def __repr__(self) -> str:
        middle = self.summary()["cooperation"]
        low, high = middle["interval80"]
        return (
            f"<result {self.result.folder.name}: cooperation {middle['median']:.0f}"
            f" ({low:.0f} to {high:.0f} in 80 % of {middle['runs']:,} runs)>"
        )

    def table(self) -> pd.DataFrame:
        """One row a run, with every measure."""
        return self.result.runs

    def summary(self) -> dict[str, Any]:
        """Everything that the printed table says."""
        return summary_of(self.result)

    def plot(self) -> list[Path]:
        """Draw the figures into the result folder; their paths."""
        from simulation.report.figures import draw

        return draw(self.result)

    def compare(self, measure: str = "cooperation.final") -> Difference:
        """The scenario less its parent (a root: less its start)."""
        return difference(self.result, measure)


def _cases(
    scenario: Scenario, threads: int, countries: Subclasses | None, progress: Progress | None
) -> list[Case]:
    chain = [("scenario", scenario)]
    if scenario.parent is not None:
        chain.append(("parent", replace(scenario.parent, runs=scenario.runs)))
    total, done = scenario.runs * len(chain), 0
    cases = []

    def told(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    for number, (role, one) in enumerate(chain):
        plan = build_plan(one)
        if countries:
            block = _in_mesa(plan, one.runs, countries, told)
        else:
            block = run_ensemble(plan, one.runs, threads, BLOCK, progress=told)
        cases.append(Case(number, role, plan, block))
    return cases


def _in_mesa(plan: Plan, runs: int, countries: Subclasses, told: Callable[[int], None]) -> Block:
    """The runs of a plan in the reference engine, as a block like the ensemble's."""
    from simulation.engines.reference import block_of

    return block_of(plan, runs, countries, told)


def _beside(
    held: Result, folder: Path, manifest: dict[str, Any], scenario: str, tables: dict[str, pd.DataFrame]
) -> Outcome:
    """Compare a fresh result with the one that is there; more runs take its place if its rows are the same."""
    fresh = folder.with_name(f".{folder.name}-fresh")
    if fresh.exists():
        raise StoreError(f"{fresh} is in the way: another process is at work, or one was stopped; remove it")
    written = write_result(fresh, manifest, scenario, tables)
    if written.manifest["runs"] == held.manifest["runs"]:
        differ = same_bytes(folder, fresh)
        _remove(fresh)
        if differ:
            raise CheckFailed(f"{folder}: computed again, these files differ: {', '.join(differ)}")
        return Outcome(held, computed=True, same=True)
    fewer = min(written.manifest["runs"], held.manifest["runs"])
    ours, theirs = (each.runs[each.runs["run"] < fewer].reset_index(drop=True) for each in (written, held))
    if not ours.equals(theirs):
        _remove(fresh)
        raise CheckFailed(f"{folder}: computed again, its first {fewer:,} runs differ")
    if written.manifest["runs"] > held.manifest["runs"]:
        return Outcome(replace_result(folder, fresh), computed=True)
    _remove(fresh)
    return Outcome(held, computed=True, same=True)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder)


def _manifest(
    scenario: Scenario, digest: str, cases: list[Case], countries: Subclasses | None, seconds: float
) -> dict[str, Any]:
    world, plan = scenario.world, cases[0].plan
    rungs, weight = plan.setting["rung_start"][0], plan.setting["index_weight"][0]
    top = plan.setting["top"][0]
    f, g = (world.codes.index(code) for code in scenario.focus)
    pairs = [(i, j) for i in range(len(world.codes)) for j in range(i + 1, len(world.codes))]
    bad = sum(int((case.block.finite == 0).sum()) for case in cases)
    total = sum(len(case.block.finite) for case in cases)
    engine = "ensemble" if not countries else "mesa"
    return {
        "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": round(seconds, 3),
        "entente": _version("entente-sim"),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "processor": processor(),
        "libm": " ".join(platform.libc_ver()),
        "digest": digest,
        "model": model_digest(),
        "world_digest": world_digest(world),
        "scenario": scenario.name,
        "title": scenario.title,
        "runs": scenario.runs,
        "rng_seed": scenario.rng_seed,
        "status": {"ok": total - bad, "non-finite": bad},
        "uncertainty": list(scenario.uncertainty),
        "not_varied": [kind for kind in ("chance", "parameters", "theory") if kind not in scenario.uncertainty],
        "theory": dict(scenario.theory),
        "engine": engine,
        "engine_reason": None if not countries else "replaced countries: " + ", ".join(
            f"{code} by {kind.__name__}" for code, kind in sorted(countries.items())
        ),
        "world": {
            "name": world.name,
            "countries": {code: world.countries[code].name for code in world.codes},
            "focus": list(scenario.focus),
            "challengers": [code for i, code in enumerate(world.codes) if plan.drivers.tempo[i].max() > 0],
            "rungs": {track.name: list(track.rungs) for track in world.tracks},
            "start_rungs": {track.name: int(rungs[f, g, a]) for a, track in enumerate(world.tracks)},
            "start_index": float(100 * np.sum(weight * rungs[f, g] / top)),
            "dyads": {
                f"{world.codes[i]}.{world.codes[j]}": float(100 * np.sum(weight * rungs[i, j] / top)) for i, j in pairs
            },
        },
    }  # fmt: skip


def processor() -> str:
    """The processor's own name for itself, as far as the system tells."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine() or sys.platform


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
