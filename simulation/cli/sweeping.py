"""`entente sweep` and `entente resume`."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from simulation.analysis.sweeps import summary_of
from simulation.cli.interrupts import heed
from simulation.cli.printing import print_json
from simulation.cli.running import bar_of, console
from simulation.cli.usage import Workforce
from simulation.document.spelling import NUMBER
from simulation.engines.kernels import is_compiled
from simulation.errors import BadInput, Fault, Interrupted, RunsNotOk, quoted, suggestion
from simulation.results.sweeping import Crew, Goal, Task
from simulation.results.sweeps import Swept, begin, resume
from simulation.results.tables import kept_measures
from simulation.scenario.measures import Measure
from simulation.sweep.design import load_sweep

ALL = 40  # cases that are shown whole
ENDS = 10  # of more, so many from each end


def run_sweep(
    file: Path,
    settings: Sequence[str],
    until: tuple[str | None, int],
    out: Path,
    force: Workforce,
    measure: str,
    as_json: bool,
) -> None:
    """Compute a sweep, or what is missing of it, and print its table. `until`: MEASURE:HALF, most runs."""
    sweep, cases = load_sweep(file, settings)
    goal = _goal(*until, kept_measures(cases.plan(0))) if until[0] is not None else None
    resume_sweep(lambda: begin(Task(sweep, cases, goal=goal), out), force, measure, as_json)


def _goal(text: str | None, most: int, measures: Sequence[Measure]) -> Goal:
    """MEASURE:HALF as a goal. BadInput where it is none."""
    name, _, number = (text or "").partition(":")
    known = [one.name for one in measures]
    faults = []
    if name not in known:
        faults.append(Fault(f"--until: there is no measure {quoted(name)}", hint=suggestion(name, known)))
    half = float(number) if NUMBER.fullmatch(number) else 0.0
    if not half > 0:
        hint = "such as --until cooperation.final:1.0: an interval of the mean of 1 to each side"
        faults.append(Fault(f"--until: {quoted(number)} is no number above 0", hint=hint))
    if faults:
        raise BadInput(faults)
    return Goal(name, half, most)


def resume_sweep(asked: Callable[[], Path], force: Workforce, measure: str, as_json: bool) -> None:
    """Compute what is missing of a sweep, and print its table. RunsNotOk where some are not.

    `asked` gives its folder; where a scheduler does not answer, it is not called.
    """
    errors = Console(stderr=True, highlight=False)
    with _crew(force, errors) as crew:
        folder = asked()
        there = Swept(folder)
        if there.whole and not as_json:
            print(f"{folder} is whole: nothing is computed", file=sys.stderr)
        with bar_of(errors) as bar:
            task = bar.add_task(there.manifest["sweep"], total=None)

            def told(done: int, total: int) -> None:
                heed()
                bar.update(task, completed=done, total=total)

            try:
                swept = resume(folder, force.threads or os.cpu_count() or 1, told, crew)
            except KeyboardInterrupt:
                safe = f"what is finished is kept, and `entente resume {folder}` goes on from there"
                raise Interrupted(f"interrupted: {safe}") from None
    said = summary_of(swept, measure)
    if as_json:
        print_json(said)
    else:
        _show(said)
    bad = sum(count for name, count in said["status"].items() if name != "ok")
    if bad:
        raise RunsNotOk(f"{bad:,} runs are not ok; each is a row of runs with its reason")


@contextmanager
def _crew(force: Workforce, errors: Console) -> Iterator[Crew | None]:
    """Those behind the scheduler, where there is one."""
    if force.scheduler is None:
        if not is_compiled():
            errors.print("compiling the engine, once")
        yield None
        return
    from simulation.results.cluster import cluster_at

    with cluster_at(force.scheduler) as cluster:
        if not cluster.threads:
            errors.print(f"no worker has joined {force.scheduler} yet: waiting for one")
        yield cluster


def _show(said: dict[str, Any]) -> None:
    screen = console()
    cases = said["cases"]
    screen.print(said["title"], style="bold")
    kinds = ", ".join(said["uncertainty"])
    screen.print(
        f"{said['design']} of {len(cases) - 1:,} cases of {said['scenario']}, {_runs(said)};"
        f" uncertainty: {kinds}\n"
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("case", justify="right")
    for path in said["axes"]:
        table.add_column(path, justify="right", overflow="fold")
    for column in (
        f"{said['measure']}, mean",
        "95 %",
        *(["n"] if said["goal"] else []),
        "difference",
        "95 %",
        "verdict",
    ):
        table.add_column(column, justify="left" if column == "verdict" else "right")
    ranked = sorted(cases[1:], key=lambda one: -one["mean"])
    shown = cases[1:] if len(cases) - 1 <= ALL else [*ranked[:ENDS], None, *ranked[-ENDS:]]
    for one in (cases[0], *shown):
        if one is None:
            table.add_row("...", style="dim")
        else:
            table.add_row(*_cells(one, said["axes"], bool(said["goal"])))
    screen.print(table)
    screen.print(
        f"\nDifferences are from the reference, the scenario as it is, with the same draws: one run tells as"
        f" much as {said['runs_for_one']:.1f} independent ones."
    )
    print(f"\nSaved: {said['folder']}")


def _runs(said: dict[str, Any]) -> str:
    goal = said["goal"]
    if goal is None:
        return f"{said['runs']:,} runs each"
    counts = [one["runs"] for one in said["cases"]]
    return (
        f"{min(counts):,} to {max(counts):,} runs each, until the mean of {goal['measure']} was known within"
        f" {goal['half']:g} or there were {goal['most']:,}: stopping was sequential, and"
        " intervals are a little too narrow"
    )


def _cells(one: dict[str, Any], axes: Sequence[str], counts: bool) -> list[str]:
    low, high = one["mean95"]
    values = [_short(one["values"].get(path, "as it is")) for path in axes]
    cells = [str(one["case"]), *values, f"{one['mean']:.1f}", f"{low:.1f} to {high:.1f}"]
    cells += [f"{one['runs']:,}"] if counts else []
    beside = one["difference"]
    if beside is None:
        return [*cells, "", "", "reference"]
    low, high = beside["mean95"]
    return [*cells, f"{beside['mean']:+.1f}", f"{low:+.1f} to {high:+.1f}", beside["verdict"]]


def _short(text: str) -> str:
    """A value in few digits."""
    try:
        return f"{float(text):.4g}"
    except ValueError:
        return text
