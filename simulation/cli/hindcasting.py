"""`entente hindcast` and `entente calibrate`."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from simulation.calibration.calibrate import Calibrated, calibrate
from simulation.cli.kinds import named_world
from simulation.cli.listing import print_table
from simulation.cli.printing import print_json
from simulation.cli.running import unfit
from simulation.cli.usage import threads_of
from simulation.errors import BadInput, Fault, StoreError
from simulation.hindcast.ground import Ground, ground_of
from simulation.hindcast.whole import hindcast
from simulation.record import load_record
from simulation.report import hindcast as tables

Told = Callable[[int, int], None]


def show_hindcast(
    world: str, record: Path | None, threads: str | None, as_json: bool, page: Path | None
) -> None:
    """Score the model on a record; print, and write the page of validation where one is asked for."""
    ground, cores = _ground(world, record, threads, [])
    with _progress("scoring") as told:
        found = hindcast(ground, cores, told)
    if as_json:
        print_json(found)
    else:
        for line in tables.summary_lines(found):
            print(line)
        for title, rows in _sections(found):
            print(f"\n{title}")
            if rows:
                print_table(rows)
            else:
                print("nothing on record")
    if page is not None:
        from simulation.report.validation import write_page

        for path in write_page(found, ground.world, page):
            if not as_json:
                print(f"written {path}")


def _sections(found: Mapping[str, Any]) -> Sequence[tuple[str, tables.Rows]]:
    """The tables that the terminal shows, each under its title."""
    return (
        (f"From {found['fixed']['from']} on", tables.score_rows(found["fixed"])),
        (
            "Against each rival: gain in score, and what chance makes of it",
            tables.contest_rows(found["fixed"]["contests"]),
        ),
        (
            "Rolling origins after the training years (in brackets: origins from which the model was better)",
            tables.horizon_rows(found["rolling"], "after_training"),
        ),
        ("Rungs reached and lost within a year", tables.event_rows(found["rolling"])),
        ("What the model owes to what", tables.ablation_rows(found["ablation"])),
        ("Other codings of the record", tables.coding_rows(found["codings"])),
        ("Response to shocks after half a year, in points", tables.shock_rows(found["events"])),
        ("Theories a year ahead", tables.theory_rows(found["theories"])),
        ("Opinion a year ahead: mean absolute error in points", tables.opinion_rows(found["opinion"])),
    )  # fmt: skip


def show_calibration(
    world: str, record: Path | None, threads: str | None, out: Path, install: bool, as_json: bool
) -> None:
    """Learn the mechanisms from the training years; write the posterior and say how far to trust it."""
    ground, cores = _ground(world, record, threads, unfit(out))
    folders = [out, ground.world.folder] if install else [out]
    try:
        with _progress("simulating") as told:
            found = calibrate(ground, out, cores, told)
        paths = [path for folder in folders for path in found.write(folder)]
    except OSError as error:
        message = f"{error.filename or out} cannot be written: {error.strerror or error}"
        raise StoreError(f"{message}; what was simulated is kept, and is not simulated again") from error
    if as_json:
        print_json(found.manifest | {"files": [str(path) for path in paths]})
        return
    print("\n".join(_lines(found)))
    print_table(parameter_rows(found.manifest))
    print("".join(f"written {path}\n" for path in paths), end="")


def _lines(found: Calibrated) -> list[str]:
    said, recovery = found.manifest, found.manifest["recovery"]
    first, last = said["training"]
    kept = f"{said['kept']:,} draws of {said['draws']:,}, effective size {said['effective']:.0f}"
    share = f"{100 * recovery['covered']:.0f} % of {recovery['histories']} histories"
    return [
        f"Mechanisms of {said['world']} learnt from {first} to {last}: {kept}",
        f"Known parameters lay in their middle 80 % in {share}",
    ]


def parameter_rows(manifest: Mapping[str, Any]) -> tables.Rows:
    """A row a parameter, those first of which most was learnt."""
    parameters = manifest["parameters"]
    order = sorted(parameters, key=lambda path: -parameters[path]["contraction"])
    return [
        {
            "path": path,
            "prior, middle 80 %": tables.span(parameters[path]["prior"]),
            "posterior": tables.span(parameters[path]["posterior"]),
            "shift in sd": f"{parameters[path]['shift']:+.2f}",
            "narrower by": f"{100 * parameters[path]['contraction']:.0f} %",
            "recovered": f"{100 * manifest['recovery']['by_path'][path]['covered']:.0f} %",
        }
        for path in order
    ]


def _ground(world: str, record: Path | None, threads: str | None, faults: list[Fault]) -> tuple[Ground, int]:
    """What a study stands on, and how many threads compute it. BadInput holds every fault."""
    cores = threads_of(threads, faults)
    ground = None
    try:
        whole = named_world(world)
        ground = ground_of(whole, load_record(whole, record))
    except BadInput as error:
        faults += error.faults
    if faults or ground is None:
        raise BadInput(faults)
    return ground, cores or os.cpu_count() or 1


@contextmanager
def _progress(what: str) -> Any:
    """A bar with the time left, on a terminal alone."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
