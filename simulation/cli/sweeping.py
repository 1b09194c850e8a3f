"""`entente sweep` and `entente resume`."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from simulation.analysis.sweeps import Reading
from simulation.analysis.swept import summary_of
from simulation.cli.interrupts import heed
from simulation.cli.printing import print_json
from simulation.cli.running import bar_of, check_ok, console
from simulation.cli.usage import Workforce
from simulation.document.spelling import NUMBER
from simulation.engines.kernels import is_compiled
from simulation.errors import BadInput, Fault, Interrupted, quoted, suggestion
from simulation.report.sweeps import draw_sweep, show_sweep
from simulation.results.sweeping import Crew, Goal, Task
from simulation.results.sweeps import Swept, begin, resume
from simulation.results.tables import kept_measures
from simulation.scenario.measures import Measure
from simulation.sweep.design import load_sweep
from simulation.sweep.search import find_sweep
from simulation.sweep.shown import Shown, asked

TICK = 0.01  # seconds below which no rate is told


@dataclass(frozen=True)
class Wanted:
    """What the options of the verbs about sweeps ask for: who computes, what is shown, and how."""

    force: Workforce
    measure: str | None
    above: float | None
    below: float | None
    figures: bool
    as_json: bool

    def shown(self, usual: Shown, measures: list[str]) -> Shown:
        """What is shown of each case."""
        return asked(usual, self.measure, self.above, self.below, measures)


def run_sweep(
    file: str,
    settings: Sequence[str],
    until: tuple[str | None, int],
    out: Path,
    wanted: Wanted,
) -> None:
    """Compute a sweep, or what is missing of it, and print its table. `until`: MEASURE:HALF, most runs."""
    sweep, cases = load_sweep(find_sweep(file), settings)
    measures = kept_measures(cases.plan(0))
    wanted.shown(sweep.shown, [one.name for one in measures])  # what is wrong is said before the first run
    goal = _goal(*until, measures) if until[0] is not None else None
    _go_on(lambda: _begun(Task(sweep, cases, goal=goal), out), wanted, sweep.shown)


def _begun(task: Task, out: Path) -> Path:
    """The folder of a sweep; where it has more runs than were asked for, that is said."""
    folder = begin(task, out)
    held = Swept(folder).manifest["runs"]
    if task.goal is None and held > task.looks[0]:
        print(f"{folder} has {held:,} runs a case already, and all are shown", file=sys.stderr)
    return folder


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


def resume_sweep(asked_for: Callable[[], Path], wanted: Wanted) -> None:
    """Compute what is missing of a sweep, and print its table. RunsNotOk where some are not.

    `asked_for` gives its folder; where a scheduler does not answer, it is not called.
    """
    _go_on(asked_for, wanted, None)


def _go_on(asked_for: Callable[[], Path], wanted: Wanted, usual: Shown | None) -> None:
    """The same; `usual` is what is shown where nothing else is asked for; None: what the folder says."""
    errors = Console(stderr=True, highlight=False)
    with _crew(wanted.force, errors) as crew:
        folder = asked_for()
        there = Swept(folder)
        shown = wanted.shown(usual or there.shown, list(there.manifest["measures"]))
        if there.whole and usual is None and not wanted.as_json:
            print(f"{folder} is whole: nothing is computed", file=sys.stderr)
        try:
            swept = _computed(folder, wanted.force.threads or os.cpu_count() or 1, crew, errors)
        except KeyboardInterrupt:
            safe = f"what is finished is kept, and `entente resume {folder}` goes on from there"
            raise Interrupted(f"interrupted: {safe}") from None
    said = summary_of(Reading(swept, shown))
    if wanted.as_json:
        print_json(said)
    else:
        show_sweep(console(), said)
        print(f"\nSaved: {said['folder']}")
    if wanted.figures:
        for path in draw_sweep(said, swept.folder):
            if path.suffix == ".png" and not wanted.as_json:
                print(f"  figure {path}")
    check_ok(sum(count for name, count in said["status"].items() if name != "ok"))


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


def _computed(folder: Path, threads: int, crew: Crew | None, errors: Console) -> Swept:
    """The sweep made whole, with a bar of progress on a terminal."""
    started, before = time.monotonic(), 0
    with bar_of(errors) as bar:
        task = bar.add_task(folder.name, total=None)

        def told(done: int, total: int) -> None:
            nonlocal before
            heed()
            before = before or done  # what was there
            rate = (done - before) / max(time.monotonic() - started, TICK)
            bar.update(task, completed=done, total=total, description=f"{folder.name}, {rate:,.0f} runs/s")

        return resume(folder, threads, told, crew)
