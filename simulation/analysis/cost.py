"""What running a scenario would take, from a probe of a few of its runs.

Runs and rows are counted. Time and megabytes are estimates: they are measured on the probe and scaled up.
"""

import math
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from simulation.engines.ensemble import BLOCK, Block, run_ensemble
from simulation.engines.kernels import compile_kernels
from simulation.engines.plan import Plan, build_plan
from simulation.results.bands import shown
from simulation.results.store import write_table
from simulation.results.tables import Case, tables_of
from simulation.scenario.futures import futures
from simulation.scenario.scenario import Scenario
from simulation.sweep.cases import Cases
from simulation.world.whole import TERMS

FEW = 20  # runs that say how many more the probe can take
PROBE = 0.4  # seconds that these may take
MOST = 1000  # runs of a probe
LONGEST = 60  # months of a probe
MEGABYTE = 1e6
CASE_BYTES, VALUE_BYTES = 80, 8  # of a row of the cases of a sweep: its digest and counts, and each value


@dataclass(frozen=True)
class Cost:
    """The names of the cases, the runs of each and their months; rows and MB of each table; seconds.

    The cases of a sweep but its reference have no names: `points` is how many they are. `probe` runs were
    tried. Neither compiling the engine nor drawing figures is counted.
    """

    scenario: str
    cases: tuple[str, ...]
    runs: int
    months: int
    seconds: float
    rows: dict[str, int]
    megabytes: dict[str, float]
    probe: int
    points: int = 0

    @property
    def count(self) -> int:
        """How many cases there are."""
        return len(self.cases) + self.points


def cost_of_sweep(name: str, cases: Cases, tables: Sequence[str], threads: int) -> Cost:
    """What a sweep that keeps these tables of each case would take: each case as its reference.

    Blocks of cases run side by side, each on one thread.
    """
    count, started = len(cases), time.perf_counter()
    plan = cases.plan(len(cases) - 1)
    planned = time.perf_counter() - started
    short = build_plan(_short(plan.scenario))
    compile_kernels(len(plan.codes), len(plan.scenario.world.camps), plan.vectors.base.size)
    block, seconds = _probe(short, cases.base.runs, 1)
    started = time.perf_counter()
    made = tables_of([Case(0, "case", short, block)])
    written = time.perf_counter() - started
    each = _rows(plan)
    rows = {kept: each[kept] * count for kept in ("cases", *tables)}
    sizes = {kept: _size(made[kept], rows[kept]) / MEGABYTE for kept in tables}
    sizes["cases"] = count * (CASE_BYTES + VALUE_BYTES * len(cases.axes)) / MEGABYTE
    months = plan.scenario.months
    one = (seconds + written) * months / short.scenario.months + planned
    return Cost(
        scenario=name,
        cases=("reference",),
        runs=cases.base.runs,
        months=months,
        seconds=one * count / min(threads, count),
        rows=rows,
        megabytes=sizes,
        probe=len(block.theory),
        points=count - 1,
    )


def cost_of(scenario: Scenario, threads: int) -> Cost:
    """What the scenario, its parent and its branches would take on so many threads."""
    sides = [scenario]
    if scenario.parent is not None:
        sides.append(replace(scenario.parent, runs=scenario.runs))
    sides += [one for _, _, one in futures(scenario)]
    plan = build_plan(_short(scenario))
    compile_kernels(len(plan.codes), len(plan.scenario.world.camps), plan.vectors.base.size)
    block, seconds = _probe(plan, scenario.runs, threads)
    started = time.perf_counter()
    tables = tables_of([Case(0, "scenario", plan, block)])
    counted = [_rows(build_plan(one)) for one in sides]
    rows = {name: sum(one[name] for one in counted) for name in tables}
    sizes = {name: _size(table, rows[name]) / MEGABYTE for name, table in tables.items()}
    written = time.perf_counter() - started
    return Cost(
        scenario=scenario.name,
        cases=tuple(one.name for one in sides),
        runs=scenario.runs,
        months=scenario.months,
        seconds=(seconds + written) * sum(one.months for one in sides) / plan.scenario.months,
        rows=rows,
        megabytes=sizes,
        probe=len(block.theory),
    )


def _short(scenario: Scenario) -> Scenario:
    """The scenario in its first months: a longer one takes so much more, month by month."""
    months = min(scenario.months, LONGEST)
    end = scenario.start + months
    return replace(
        scenario,
        months=months,
        events=tuple(one for one in scenario.events if one.month < end),
        settings=tuple(one for one in scenario.settings if one.since is None or one.since < end),
    )


def _probe(plan: Plan, runs: int, threads: int) -> tuple[Block, float]:
    """A few runs of a case, and the seconds that all would take: what each takes, and what does not grow."""
    few = min(FEW, runs)
    _timed(plan, 1, threads)  # the first run of a process loads the compiled engine
    block, first = _timed(plan, few, threads)
    more = min(runs, MOST, int(few * PROBE / first))
    if more <= few:
        return block, first * runs / few
    block, second = _timed(plan, more, threads)
    each = (second - first) / (more - few)
    if each <= 0:  # a moment's load on the machine
        return block, second * runs / more
    return block, second + each * (runs - more)


def _timed(plan: Plan, runs: int, threads: int) -> tuple[Block, float]:
    """A block of runs, as many to each thread, and its seconds."""
    started = time.perf_counter()
    block = run_ensemble(plan, runs, threads, min(BLOCK, math.ceil(runs / threads)))
    return block, time.perf_counter() - started


def _rows(plan: Plan) -> dict[str, int]:
    """Rows of each table that a case has."""
    scenario = plan.scenario
    present = len(plan.codes) - len(scenario.without)
    return {
        "cases": 1,
        "runs": scenario.runs,
        "bands": scenario.months * len(shown(plan)),
        "reasons": present * (present - 1) // 2 * len(scenario.world.tracks) * len(TERMS),
    }


def _size(table: pd.DataFrame, rows: int) -> float:
    """Bytes on disk of a table like this one with so many rows: what does not grow, and what a row adds."""
    some, count = len(table) // 2, len(table)
    with tempfile.TemporaryDirectory() as folder:
        path, written = Path(folder) / "table.parquet", []
        for part in (table[:some], table):
            write_table(path, part)
            written.append(path.stat().st_size)
    return written[1] + (written[1] - written[0]) / (count - some) * (rows - count)
