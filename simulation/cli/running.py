"""`entente run`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from simulation.errors import BadInput, Fault, RunsNotOk


def run_scenarios(
    names: Sequence[str],
    settings: Sequence[str],
    out: Path,
    again: bool,
    threads: int | None,
    figures: bool,
    as_json: bool,
) -> None:
    """Run scenarios one after another. BadInput before the first run, RunsNotOk after the last."""
    from simulation.api import Loaded, load

    loaded: list[Loaded] = []
    faults: list[Fault] = []
    for name in names:
        try:
            loaded.append(load(name, set=settings))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    bad = sum(_run_one(one, out, again, threads, figures, as_json) for one in loaded)
    if bad:
        raise RunsNotOk(f"{bad:,} runs are not ok; each is a row of runs.parquet with its reason")


def _run_one(one: "object", out: Path, again: bool, threads: int | None, figures: bool, as_json: bool) -> int:
    from simulation.api import Loaded
    from simulation.cli.main import print_json
    from simulation.report.text import show

    assert isinstance(one, Loaded)
    errors = Console(stderr=True, highlight=False)
    compiled = _first_use(errors)
    with _progress(errors) as bar:
        task = bar.add_task(one.scenario.name, total=None)
        outcome = one.run(
            out=out,
            again=again,
            threads=threads or os.cpu_count() or 1,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    del compiled
    drawn = outcome.plot() if figures and outcome.result.manifest["status"]["ok"] else []
    if as_json:
        print_json(outcome.summary() | {"figures": [str(path) for path in drawn], "computed": outcome.computed})
    else:
        console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
        show(console, outcome.summary())
        console.print(f"{_said(outcome.computed, outcome.same)} {outcome.result.folder}", soft_wrap=True)
        for path in drawn:
            if path.suffix == ".png":
                console.print(f"  figure {path}", soft_wrap=True)
    return sum(count for name, count in outcome.result.manifest["status"].items() if name != "ok")


def _said(computed: bool, same: bool | None) -> str:
    if same:
        return "Computed again, the same bytes:"
    return "Saved:" if computed else "Found, not computed again (--again would):"


def _first_use(console: Console) -> None:
    from simulation.engines.ensemble import is_compiled

    if not is_compiled():
        console.print("compiling the engine, once")


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
