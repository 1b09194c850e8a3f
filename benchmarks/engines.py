"""Runs a second and peak memory of the engines, side by side, and what starting up costs.

python benchmarks/engines.py [--repeats 3] [--runs 4000] [--json]
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.engines.plan import Plan

ROOT = Path(__file__).parents[1]
CORES = os.cpu_count() or 1
MESA_RUNS = 20  # a run in plain Python takes a tenth of a second or more
MANY = 100_000


def ensemble(runs: int) -> float:
    """Seconds for so many runs in compiled code, draws and bands included, compilation not."""
    from simulation.engines.ensemble import run_ensemble

    plan = _plan()
    run_ensemble(plan, 10)
    began = time.perf_counter()
    run_ensemble(plan, runs, threads=CORES)
    return time.perf_counter() - began


def reference(runs: int) -> float:
    """Seconds for so many runs under Mesa with its DataCollector, on one core."""
    return _mesa(0, runs)


def processes(runs: int) -> float:
    """Seconds for so many runs under Mesa on as many processes as cores, their start not counted."""
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_mesa, range(CORES), [1] * CORES))
        began = time.perf_counter()
        list(pool.map(_mesa, range(0, runs, runs // CORES), [runs // CORES] * CORES))
        return time.perf_counter() - began


def _mesa(first: int, runs: int) -> float:
    from simulation.engines.reference import AllianceModel

    plan = _plan()
    began = time.perf_counter()
    for run in range(first, first + runs):
        AllianceModel(plan, run).run_all()
    return time.perf_counter() - began


def _plan() -> "Plan":
    from simulation import load

    return load("baseline").plan


WAYS: dict[str, Callable[[int], float]] = {
    "ensemble": ensemble,
    "reference": reference,
    "processes": processes,
}


def measure(way: str, runs: int) -> dict[str, float]:
    """Runs a second and peak memory (MB, with children) of one way, in a process of its own."""
    command = [sys.executable, __file__, "--one", way, "--runs", str(runs)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def start_up() -> dict[str, float]:
    """Seconds of `entente --help`, and of a whole run with an empty and with a filled compiler cache."""
    entente = [sys.executable, "-m", "simulation"]
    found = {"help": min(_seconds([*entente, "--help"], {}) for _ in range(5))}
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(("run, cold compiler", "run, warm compiler")):
            out = ["--out", f"{folder}/results-{number}"]
            found[name] = _seconds(
                [*entente, "run", "baseline", *out], {"NUMBA_CACHE_DIR": f"{folder}/cache"}
            )
    return found


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | environment, cwd=ROOT)
    return time.perf_counter() - began


def main() -> None:
    """Measure, and print a table (or JSON)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.one:
        seconds = WAYS[asked.one](asked.runs)
        peak = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(json.dumps({"rate": asked.runs / seconds, "peak_mb": peak / 1024}))
        return
    counts = {"ensemble": asked.runs, "reference": MESA_RUNS, "processes": MESA_RUNS * CORES}
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(asked.repeats):
        for way in WAYS:
            found[way].append(measure(way, counts[way]))
    report(found, measure("ensemble", MANY), start_up(), asked.json)


def report(
    found: dict[str, list[dict[str, float]]], many: dict[str, float], start: dict[str, float], as_json: bool
) -> None:
    """Print medians and ratios."""
    rates = {way: statistics.median(one["rate"] for one in rows) for way, rows in found.items()}
    peaks = {way: max(one["peak_mb"] for one in rows) for way, rows in found.items()}
    if as_json:
        print(json.dumps({"rates": rates, "peak_mb": peaks, "100,000 runs": many, "start": start}, indent=2))
        return
    print(f"{platform.machine()}, {CORES} cores, Python {platform.python_version()}; 60 months")
    for way, rate in rates.items():
        ratio = rates["ensemble"] / rate
        print(
            f"{way:10s} {rate:10.1f} runs/s   {peaks[way]:7.0f} MB   ensemble is {ratio:7.1f} times as fast"
        )
    print(f"{MANY:,} runs in the ensemble: {many['rate']:.0f} runs/s, peak {many['peak_mb']:.0f} MB")
    for name, seconds in start.items():
        print(f"{name:20s} {seconds:6.2f} s")


if __name__ == "__main__":
    main()
