"""One model and one design, four ways: Entente, NumPy over all runs at once, Mesa's batch_run, EMA Workbench.

python benchmarks/peers.py [--repeats 3] [--quick] [--page docs/performance.md]

Wants the extra `bench`. Every way is a process of its own, taken in turn, so that its peak memory is its own
and a slow minute of the machine is everybody's. What is compared are the ratios: seconds belong to a machine.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
CORES = os.cpu_count() or 1
TEMPI = {"threats.PRK": (5.0, 33.0, 69.0, 120.0), "threats.CHN": (20.0, 60.0, 120.0)}
CASES = [(prk, chn) for prk in TEMPI["threats.PRK"] for chn in TEMPI["threats.CHN"]]


def sweep_text(runs: int) -> str:
    """The design as a sweep file."""
    axes = "\n".join(f"  {path}: {list(values)}" for path, values in TEMPI.items())
    return f"format: 1\ntitle: Peers\nscenario: baseline\nruns: {runs}\ndesign: grid\nvary:\n{axes}\n"


def entente(runs: int, folder: Path) -> float:
    """`entente sweep`: every measure of every run, and the bands of every series, on disk."""
    from simulation.results.sweeping import Task
    from simulation.results.sweeps import begin, resume
    from simulation.sweep.design import load_sweep

    def computed(count: int, name: str) -> float:
        file = folder / f"{name}.yaml"
        file.write_text(sweep_text(count), encoding="utf-8")
        began = time.perf_counter()
        sweep, cases = load_sweep(file, [])
        resume(begin(Task(sweep, cases), folder / name), CORES, lambda *_: None)
        return time.perf_counter() - began

    computed(5, "warm")
    return computed(runs, "out")


def vectorised(runs: int, folder: Path) -> float:
    """NumPy over all runs of a case: index and rungs of the focal dyad as arrays, a process a core."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_one_case, [CASES[0]] * CORES, [5] * CORES, [str(folder / "warm")] * CORES))
        began = time.perf_counter()
        list(pool.map(_one_case, CASES, [runs] * len(CASES), [str(folder)] * len(CASES)))
        return time.perf_counter() - began


def _one_case(case: tuple[float, float], runs: int, folder: str) -> None:
    import numpy as np
    from vectorised import simulate

    index, rungs = simulate(_plan(case), runs, 1)
    Path(folder).mkdir(exist_ok=True)
    np.savez(Path(folder) / f"{case[0]:g}-{case[1]:g}", index=index, rungs=rungs)


def batch_run(runs: int, folder: Path) -> float:
    """Mesa's batch_run over the reference engine, a process a core; rows as CSV."""
    import pandas as pd
    from mesa.batchrunner import batch_run as run

    def rows(count: int, cases: list[tuple[float, float]]) -> Any:
        design = {"case": cases, "run": range(count)}
        return run(_batch_model(), design, CORES, max_steps=60, display_progress=False)

    rows(1, CASES[:CORES])
    began = time.perf_counter()
    pd.DataFrame(rows(runs, CASES)).to_csv(folder / "rows.csv")
    return time.perf_counter() - began


def _batch_model() -> type:
    from peers_mesa import Batched  # a module of its own: processes import it by name

    return Batched


def workbench(runs: int, folder: Path) -> float:
    """EMA Workbench's multiprocessing evaluator around the Mesa model; its archive of results."""
    from ema_workbench import (
        IntegerParameter,
        Model,
        MultiprocessingEvaluator,
        RealParameter,
        ScalarOutcome,
        Scenario,
        save_results,
    )
    from peers_mesa import final_index

    model = Model("alliance", function=final_index)
    model.uncertainties = [
        RealParameter("prk", 0, 200), RealParameter("chn", 0, 200), IntegerParameter("run", 0, 1_000_000),
    ]  # fmt: skip
    model.outcomes = [ScalarOutcome("index")]

    def samples(count: int) -> list[Scenario]:
        each = ((prk, chn, run) for prk, chn in CASES for run in range(count))
        return [Scenario(f"{k}", prk=prk, chn=chn, run=run) for k, (prk, chn, run) in enumerate(each)]

    with MultiprocessingEvaluator(model, n_processes=CORES) as evaluator:
        evaluator.perform_experiments(scenarios=samples(1))
        began = time.perf_counter()
        found = evaluator.perform_experiments(scenarios=samples(runs))
        save_results(found, folder / "results.tar.gz")
        return time.perf_counter() - began


def _plan(case: tuple[float, float]) -> Any:
    from simulation.api import load

    return load("baseline", [f"threats.PRK={case[0]}", f"threats.CHN={case[1]}"]).plan


def growing(what: str, size: int) -> Callable[[], tuple[float, int]]:
    """Seconds and runs of a scenario that is large in one way: months, countries, or threads."""

    def measured() -> tuple[float, int]:
        from simulation.api import load
        from simulation.engines.ensemble import run_ensemble

        threads = size if what == "threads" else CORES
        if what == "countries":
            plan, runs = _of_countries(size), max(60, 120_000 // size**3)
        else:
            months = size if what == "months" else 60
            plan, runs = load("baseline", [f"months={months}"]).plan, max(200, 240_000 // months)
        run_ensemble(plan, 10, threads=threads)
        began = time.perf_counter()
        run_ensemble(plan, runs, threads=threads)
        return time.perf_counter() - began, runs

    return measured


def _of_countries(count: int) -> Any:
    """The template with copies of its first country, which hold the lowest rungs with everyone."""
    import shutil

    import yaml

    from simulation.api import load
    from simulation.library import seeds_folder

    folder = Path(tempfile.mkdtemp())
    shutil.copytree(seeds_folder() / "template", folder / "many")
    more = [f"N{k:02d}" for k in range(count - 3)]
    for name, grow in (("countries.yaml", _more_countries), ("relations.yaml", _more_dyads)):
        file = folder / "many" / name
        held = yaml.safe_load(file.read_text(encoding="utf-8"))
        grow(held, more)
        plain = json.loads(json.dumps(held, default=str))  # without anchors
        file.write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    file = folder / "of_many.yaml"
    file.write_text("format: 1\ntitle: Many\nworld: many\nmonths: 60\n", encoding="utf-8")
    return load(file).plan


def _more_countries(held: dict[str, Any], more: list[str]) -> None:
    first = next(iter(held["countries"]))
    for code in more:
        held["countries"][code] = held["countries"][first]
        for table in held["parameters"].values():
            if first in table:
                table[code] = table[first]


def _more_dyads(held: dict[str, Any], more: list[str]) -> None:
    rungs = held["rungs"]
    low = rungs["NOR"]["FOE"]
    there = ["NOR", "SOU", "FOE"]
    for code in more:
        for other in there:
            rungs.setdefault(other, {})[code] = low
        there.append(code)
    for table in held["parameters"].values():
        for other in more if "NOR" in table and "FOE" in table.get("NOR", {}) else ():
            table[other] = {"FOE": table["NOR"]["FOE"]}


WAYS: dict[str, tuple[Callable[[int, Path], float], int, int]] = {  # way: how, runs a case, quick runs a case
    "entente": (entente, 2000, 100),
    "numpy": (vectorised, 200, 20),
    "batch_run": (batch_run, 8, 1),
    "workbench": (workbench, 8, 1),
}
SIZES: dict[str, tuple[int, ...]] = {
    "months": (12, 60, 240, 600),
    "countries": (3, 6, 12, 24, 48),
    "threads": tuple(range(1, CORES + 1)),
}
MANY = (1_000, 10_000, 100_000, 1_000_000)  # runs of the whole design


def one(way: str, size: int) -> dict[str, float]:
    """What a process of its own measures: seconds, runs, peak memory with children, bytes on disk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if way in WAYS:
            seconds, runs = WAYS[way][0](size, folder), size * len(CASES)
        else:
            seconds, runs = growing(way, size)()
        kept = [
            file.stat().st_size for file in folder.rglob("*") if "warm" not in str(file) and file.is_file()
        ]
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found = {"seconds": seconds, "runs": runs, "rate": runs / seconds}
    return found | {"peak_mb": max(peaks) / 1024, "bytes": sum(kept) / runs}


def measure(way: str, size: int) -> dict[str, float]:
    """`one` in a process of its own."""
    command = [sys.executable, __file__, "--one", way, str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def all_of(repeats: int, quick: bool) -> dict[str, Any]:
    """Everything that the page says."""
    rows: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(repeats):
        for way, (_, usual, little) in WAYS.items():
            rows[way].append(measure(way, little if quick else usual))
            print(way, f"{rows[way][-1]['rate']:.1f} runs/s", file=sys.stderr)
    ways = {
        way: {key: statistics.median(each[key] for each in found) for key in found[0]}
        for way, found in rows.items()
    }
    rates = {way: [one["rate"] for one in found] for way, found in rows.items()}
    spread = {way: [min(each), max(each)] for way, each in rates.items()}
    many = [measure("entente", max(1, runs // len(CASES))) for runs in (MANY[:2] if quick else MANY)]
    sizes = {
        what: [{"size": size} | measure(what, size) for size in (steps[:2] if quick else steps)]
        for what, steps in SIZES.items()
    }
    return {"ways": ways, "spread": spread, "runs": many, "sizes": sizes, "repeats": repeats, "cores": CORES}


def main() -> None:
    """Measure, print JSON, and write the page where one is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a few runs of each, to see that all goes")
    parser.add_argument("--page", type=Path, help="renew this page and its figure")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one[0], int(asked.one[1]))))
        return
    found = all_of(asked.repeats, asked.quick)
    print(json.dumps(found, indent=2))
    if asked.page:
        from peers_page import write

        write(found, asked.page)


if __name__ == "__main__":
    main()
