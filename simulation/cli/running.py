"""`entente run`."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from simulation.analysis.expect import Judged
from simulation.api import Loaded, Outcome, loaded
from simulation.cli.interrupts import heed
from simulation.cli.notes import print_notes
from simulation.cli.printing import print_json
from simulation.document import counted
from simulation.engines.kernels import is_compiled
from simulation.errors import BadInput, Fault, RunsNotOk, StoreError, quoted
from simulation.report.expectations import expectations_table
from simulation.report.text import show
from simulation.results.store import Result
from simulation.scenario.layers import EACH
from simulation.sweep.search import sweep_meant

PIPED = 100  # columns where the output is no terminal


@dataclass(frozen=True)
class Wanted:
    """What the options of `entente run` ask for."""

    settings: Sequence[str]
    variants: Sequence[str]  # each a name, several with commas between, or `all`
    out: Path
    again: bool
    threads: int | None
    figures: bool
    as_json: bool


def run_scenarios(names: Sequence[str], wanted: Wanted, found: Sequence[Fault] = ()) -> None:
    """Run scenarios one after another. BadInput before the first run, RunsNotOk after the last.

    `found` are the faults of the command line itself: they are said with those of the files.
    """
    loaded = load_all(names, wanted.settings, wanted.variants, [*found, *unfit(wanted.out)])
    said: list[dict[str, Any]] = []
    try:
        bad = sum(_run_one(one, wanted, said) for one in loaded)
    finally:  # what was finished is said, whatever became of the rest
        if wanted.as_json and said:
            print_json(said if len(loaded) > 1 else said[0])
    check_ok(bad)


def check_ok(bad: int) -> None:
    """RunsNotOk where so many runs, more than none, are not ok."""
    if bad:
        verb = "is" if bad == 1 else "are"
        raise RunsNotOk(
            f"{counted(bad, 'runs')} {verb} not ok; each is a row of runs.parquet with its reason"
        )


def count_bad(result: Result) -> int:
    """How many runs of a result are not ok."""
    return sum(count for name, count in result.manifest["status"].items() if name != "ok")


def unfit(out: Path) -> list[Fault]:
    """A fault where the place for results is a file."""
    if out.exists() and not out.is_dir():
        message = f"--out {quoted(str(out))} is a file; a folder is wanted here"
        return [Fault(message, hint="it is made where there is none", file=f"--out {out}")]
    return []


def _once(loaded: Sequence[Loaded]) -> list[Loaded]:
    """Each scenario once, in the order given; what was named again is said."""
    kept: list[Loaded] = []
    for one in loaded:
        same = (one.scenario.path, one.scenario.chosen)
        if any(same == (other.scenario.path, other.scenario.chosen) for other in kept):
            print(f"{one.scenario.name} is named twice, and runs once", file=sys.stderr)
        else:
            kept.append(one)
    return kept


def load_all(
    names: Sequence[str], settings: Sequence[str], variants: Sequence[str] = (), found: Sequence[Fault] = ()
) -> list[Loaded]:
    """All scenarios of these names, each once; BadInput with the faults of all, and those `found` before."""
    loaded: list[Loaded] = []
    faults = list(found)
    for name in names:
        try:
            loaded += _load(name, settings, variants)
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    kept = _once(loaded)
    print_notes(one.scenario for one in kept)
    return kept


def _load(name: str, settings: Sequence[str], variants: Sequence[str]) -> list[Loaded]:
    """The scenario, or the chosen variants of it, one after another."""
    try:
        if not variants:
            return [loaded(name, settings)]
        has = loaded(name, settings).scenario.variants if EACH in variants else ()
        chosen = [each for one in variants for each in (has if one == EACH else (one,))]
        if not chosen:
            raise BadInput([Fault(f"{name} has no variants")])
        return [loaded(name, settings, one.split(",")) for one in dict.fromkeys(chosen)]
    except BadInput:
        if Path(name).is_dir():
            hint = "name a file in it; `entente check` takes a folder"
            message = f"{quoted(name)} is a folder, not a scenario"
            raise BadInput([Fault(message, hint=hint, file=name)]) from None
        if sweep_meant(name) is not None:
            message = f"{quoted(name)} is a sweep, not a scenario"
            raise BadInput([Fault(message, hint=f"entente sweep {name}", file=name)]) from None
        raise


def _run_one(one: Loaded, wanted: Wanted, said: list[dict[str, Any]]) -> int:
    """Run, print, draw, and add what --json says; how many runs are not ok."""
    outcome = computed(one, wanted)
    expected = one.judge(outcome)
    if not wanted.as_json:
        _show(outcome, expected, wanted.again)
    drawn: list[Path] = []
    trouble = None
    try:
        drawn = outcome.plot() if wanted.figures else []
    except StoreError as error:  # the numbers are safe: they are shown first
        trouble = error
    if wanted.as_json:
        facts = {"asked": outcome.asked, "computed": outcome.computed, "same_bytes": outcome.same or None}
        more = {"expectations": [each.row() for each in expected], "figures": [str(path) for path in drawn]}
        said.append(outcome.summary() | facts | more)
    else:
        for path in drawn:
            if path.suffix == ".png":
                print(f"  figure {path}")
    if trouble is not None:
        raise trouble
    return count_bad(outcome.result)


def computed(one: Loaded, wanted: Wanted) -> Outcome:
    """Run one scenario, with a bar of progress on a terminal."""
    errors = Console(stderr=True, highlight=False)
    if not is_compiled():
        errors.print("compiling the engine, once")
    with bar_of(errors) as bar:
        task = bar.add_task(one.scenario.name, total=None)

        def told(done: int, total: int) -> None:
            heed()
            bar.update(task, completed=done, total=total)

        return one.run(
            out=wanted.out,
            again=wanted.again,
            threads=wanted.threads or os.cpu_count() or 1,
            progress=told,
        )


def console() -> Console:
    """Where tables are printed: as wide as the terminal, or of one width where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED)


def _show(outcome: Outcome, expected: list[Judged], again: bool) -> None:
    screen = console()
    show(screen, outcome.summary())
    if expected:
        screen.print()
        screen.print(expectations_table(expected))
    print(f"\n{_said(outcome, again)} {outcome.result.folder}")


def _said(outcome: Outcome, again: bool) -> str:
    """Where the shown result comes from."""
    held = outcome.result.manifest["runs"]
    verb = "was" if outcome.asked == 1 else "were"
    asked = f"{outcome.asked:,} {verb} asked for"
    more = f" with {counted(held, 'runs')}, though {asked}" if held > outcome.asked else ""
    if outcome.same:
        same = f"first {counted(outcome.asked, 'runs')}" if more else "bytes"
        return f"Computed again, the same {same}:"
    if outcome.computed:
        first = again and not outcome.extended
        return "Saved (there was nothing earlier for --again to compare with):" if first else "Saved:"
    return f"Found{more} (--again computes it anew):"


def bar_of(console: Console) -> Progress:
    """A bar of progress with the time left, on a terminal alone."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("runs"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
