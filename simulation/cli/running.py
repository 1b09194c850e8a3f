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
from simulation.api import Loaded, Outcome, load
from simulation.cli.main import print_json
from simulation.engines.kernels import is_compiled
from simulation.errors import BadInput, Fault, RunsNotOk, StoreError, quoted
from simulation.report.expectations import expectations_table
from simulation.report.text import show

PIPED = 100  # columns where the output is no terminal


@dataclass(frozen=True)
class Wanted:
    """What the options of `entente run` ask for."""

    settings: Sequence[str]
    out: Path
    again: bool
    threads: int | None
    figures: bool
    as_json: bool


def run_scenarios(names: Sequence[str], wanted: Wanted) -> None:
    """Run scenarios one after another. BadInput before the first run, RunsNotOk after the last."""
    loaded = load_all(names, wanted.settings)
    said: list[dict[str, Any]] = []
    try:
        bad = sum(_run_one(one, wanted, said) for one in loaded)
    finally:  # what was finished is said, whatever became of the rest
        if wanted.as_json and said:
            print_json(said if len(names) > 1 else said[0])
    if bad:
        raise RunsNotOk(f"{bad:,} runs are not ok; each is a row of runs.parquet with its reason")


def load_all(names: Sequence[str], settings: Sequence[str]) -> list[Loaded]:
    """All scenarios of these names, with the settings on top; BadInput with the faults of all."""
    loaded: list[Loaded] = []
    faults: list[Fault] = []
    for name in names:
        try:
            loaded.append(_load(name, settings))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return loaded


def _load(name: str, settings: Sequence[str]) -> Loaded:
    try:
        return load(name, set=settings)
    except BadInput:
        if Path(name).is_dir():
            hint = "name a file in it; `entente check` takes a folder"
            raise BadInput([Fault(f"{quoted(name)} is a folder, not a scenario", hint=hint)]) from None
        raise


def _run_one(one: Loaded, wanted: Wanted, said: list[dict[str, Any]]) -> int:
    """Run, print, draw, and add what --json says; how many runs are not ok."""
    outcome = computed(one, wanted)
    expected = one.judge(outcome)
    if not wanted.as_json:
        _show(outcome, expected)
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
    return sum(count for name, count in outcome.result.manifest["status"].items() if name != "ok")


def computed(one: Loaded, wanted: Wanted) -> Outcome:
    """Run one scenario, with a bar of progress on a terminal."""
    errors = Console(stderr=True, highlight=False)
    if not is_compiled():
        errors.print("compiling the engine, once")
    with _progress(errors) as bar:
        task = bar.add_task(one.scenario.name, total=None)
        return one.run(
            out=wanted.out,
            again=wanted.again,
            threads=wanted.threads or os.cpu_count() or 1,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def console() -> Console:
    """Where tables are printed: as wide as the terminal, or of one width where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED)


def _show(outcome: Outcome, expected: list[Judged]) -> None:
    screen = console()
    show(screen, outcome.summary())
    if expected:
        screen.print()
        screen.print(expectations_table(expected))
    print(f"\n{_said(outcome)} {outcome.result.folder}")


def _said(outcome: Outcome) -> str:
    """Where the shown result comes from."""
    held = outcome.result.manifest["runs"]
    more = f" with {held:,} runs, though {outcome.asked:,} were asked for" if held > outcome.asked else ""
    if outcome.same:
        return f"Computed again, the same {f'first {outcome.asked:,} runs' if more else 'bytes'}:"
    if outcome.computed:
        return "Saved:"
    return f"Found{more} (--again computes it anew):"


def _progress(console: Console) -> Progress:
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
