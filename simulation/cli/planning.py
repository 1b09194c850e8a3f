"""`entente plan`."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from simulation.analysis.cost import Cost, cost_of, cost_of_sweep
from simulation.cli.printing import print_json
from simulation.cli.running import console, load_all
from simulation.document import counted
from simulation.engines.kernels import is_compiled
from simulation.errors import BadInput, Fault
from simulation.results.sweeping import Task
from simulation.sweep.design import load_sweep
from simulation.sweep.search import sweep_meant

MINUTE, HOUR = 60, 3600
AN_INSTANT = 0.1  # seconds


def plan_scenarios(
    names: Sequence[str],
    settings: Sequence[str],
    variants: Sequence[str],
    threads: int | None,
    as_json: bool,
    found: Sequence[Fault],
) -> None:
    """Say what running the scenarios would take, on a probe of each. BadInput where one is at fault.

    `found` are the faults of the command line itself.
    """
    swept = {name: path for name in names if (path := sweep_meant(name)) is not None}
    faults = list(found)
    sweeps = [one for path in swept.values() if (one := _sweep(path, settings, faults)) is not None]
    rest = [name for name in names if name not in swept]
    loaded = load_all(rest, settings, variants, faults)
    if not is_compiled():
        Console(stderr=True, highlight=False).print("compiling the engine, once")
    workers = threads or os.cpu_count() or 1
    costs = [cost_of(one.scenario, workers) for one in loaded]
    costs += [cost_of_sweep(task.sweep.name, task.cases, task.tables, workers) for task in sweeps]
    if as_json:
        print_json([_row(one) for one in costs])
        return
    screen = console()
    screen.print(_table(costs))
    probes = " and ".join(dict.fromkeys(f"{one.probe:,}" for one in costs))
    screen.print(
        f"\nTime and MB are estimates, from probes of {probes} run{'' if probes == '1' else 's'} on "
        f"{counted(workers, 'threads')}; compiling the engine and drawing figures are not counted."
    )


def _sweep(path: Path, settings: Sequence[str], faults: list[Fault]) -> Task | None:
    try:
        return Task(*load_sweep(path, settings))
    except BadInput as error:
        faults += error.faults
        return None


def _table(costs: Sequence[Cost]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Scenario", overflow="fold")
    for column in ("cases", "runs a case", "months", "time", "rows", "MB"):
        table.add_column(column, justify="right", no_wrap=True)
    for one in costs:
        _add(table, one.scenario, f"{one.count:,}", one)
    if len(costs) > 1:
        seconds, rows, size = (sum(each) for each in zip(*(_totals(one) for one in costs), strict=True))
        cases = f"{sum(one.count for one in costs):,}"
        table.add_row("all", cases, "", "", duration(seconds), f"{rows:,.0f}", f"{size:.1f}", style="bold")
    return table


def _add(table: Table, name: str, cases: str, one: Cost) -> None:
    seconds, rows, size = _totals(one)
    numbers = (f"{one.runs:,}", f"{one.months:,}", duration(seconds), f"{rows:,}", f"{size:.1f}")
    table.add_row(name, cases, *numbers)


def _totals(one: Cost) -> tuple[float, int, float]:
    return one.seconds, sum(one.rows.values()), sum(one.megabytes.values())


def _row(one: Cost) -> dict[str, Any]:
    seconds, rows, size = _totals(one)
    return asdict(one) | {"total": {"seconds": seconds, "rows": rows, "megabytes": size}}


def duration(seconds: float) -> str:
    """A time as one would say it.

    >>> duration(0.02), duration(7.26), duration(95), duration(5400)
    ('under 0.1 s', '7.3 s', '1 min 35 s', '1 h 30 min')
    """
    if seconds < AN_INSTANT:
        return f"under {AN_INSTANT} s"
    if seconds < MINUTE - AN_INSTANT / 2:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"
