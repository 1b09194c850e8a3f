"""The verbs about sweeps. What is heavy is imported inside each, so that `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.options import (
    Above,
    Below,
    Figures,
    Folder,
    Json,
    Measure,
    Runs,
    Scheduler,
    Set,
    Threads,
    app,
)
from simulation.errors import BadInput, Fault

MOST_UNTIL = 5000  # runs a case where --until says no more


@app.command()
def sweep(
    file: Annotated[
        str, typer.Argument(help="A sweep file, or the name of one of the library.", show_default=False)
    ],
    runs: Runs = None,
    set_: Set = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="MEASURE:HALF",
            help="Add runs case by case until the 95 % interval of a mean is so narrow.",
            show_default=False,
        ),
    ] = None,
    max_runs: Annotated[
        int | None,
        typer.Option(help="With --until: at most so many runs; default: 5000.", min=1, show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("results"),
    threads: Threads = None,
    scheduler: Scheduler = None,
    measure: Measure = None,
    above: Above = None,
    below: Below = None,
    figures: Figures = True,
    as_json: Json = False,
) -> None:
    """Run a scenario at every point of a design; what was finished is kept, whatever happens."""
    from simulation.cli.sweeping import Wanted, run_sweep
    from simulation.cli.usage import with_runs, workforce

    faults: list[Fault] = []
    settings, force = with_runs(set_, runs, faults), workforce(threads, scheduler, faults)
    if until is not None and runs is not None:
        hint = "--max-runs says how many at most"
        faults.append(Fault("--runs and --until cannot stand together", hint=hint, file="--runs"))
    if until is None and max_runs is not None:
        faults.append(Fault("--max-runs bounds what --until adds, and it is not there", file="--max-runs"))
    if faults:
        raise BadInput(faults)
    run_sweep(
        file,
        settings,
        (until, max_runs or MOST_UNTIL),
        out,
        Wanted(force, measure, above, below, figures, as_json),
    )


@app.command()
def resume(
    folder: Folder,
    threads: Threads = None,
    scheduler: Scheduler = None,
    measure: Measure = None,
    above: Above = None,
    below: Below = None,
    figures: Figures = True,
    as_json: Json = False,
) -> None:
    """Go on with a sweep that was stopped, to the same result."""
    from simulation.cli.sweeping import Wanted, resume_sweep
    from simulation.cli.usage import workforce

    faults: list[Fault] = []
    force = workforce(threads, scheduler, faults)
    if faults:
        raise BadInput(faults)
    resume_sweep(lambda: folder, Wanted(force, measure, above, below, figures, as_json))


@app.command()
def extend(
    folder: Folder,
    runs: Annotated[int | None, typer.Option(help="So many more runs a case.", min=1)] = None,
    cases: Annotated[int | None, typer.Option(help="So many more points of a sobol design.", min=1)] = None,
    threads: Threads = None,
    scheduler: Scheduler = None,
    measure: Measure = None,
    above: Above = None,
    below: Below = None,
    figures: Figures = True,
    as_json: Json = False,
) -> None:
    """Add runs or cases to a sweep; what is there stays as it is."""
    from simulation.cli.sweeping import Wanted, resume_sweep
    from simulation.cli.swept import extend_sweep
    from simulation.cli.usage import workforce

    faults: list[Fault] = []
    force = workforce(threads, scheduler, faults)
    if faults:
        raise BadInput(faults)
    resume_sweep(
        lambda: extend_sweep(folder, runs, cases), Wanted(force, measure, above, below, figures, as_json)
    )


@app.command()
def rerun(
    folder: Folder,
    case: Annotated[int, typer.Option(help="The number of the case.", min=0)],
    run: Annotated[int, typer.Option(help="The number of the run.", min=0)],
    as_json: Json = False,
) -> None:
    """Run one run of a sweep again, in full: every series and every decision."""
    from simulation.cli.swept import rerun_one

    rerun_one(folder, case, run, as_json)


@app.command()
def verify(
    folder: Folder,
    share: Annotated[float, typer.Option(help="Share of the cases, at least one.", min=0, max=1)] = 0.05,
    as_json: Json = False,
) -> None:
    """Execute a share of a sweep again, and say whether the same comes out."""
    from simulation.cli.swept import verify_sweep

    verify_sweep(folder, share, as_json)


@app.command()
def query(
    folder: Folder,
    sql: Annotated[str, typer.Argument(help="Such as: select * from cases", show_default=False)],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Json = False,
) -> None:
    """SQL over the tables of a result: cases, runs, bands."""
    from simulation.cli.swept import query_result

    if as_csv and as_json:
        raise BadInput([Fault("--json and --csv cannot stand together", file="--csv")])
    query_result(folder, sql, as_csv, as_json)
