"""The verbs about the record. What is heavy is imported inside, so that `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.options import Json, Threads, app


@app.command()
def record(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder of a record; default: that of the world.", show_default=False),
    ] = None,
    world: Annotated[str, typer.Option(help="World by name or folder.")] = "northeast_asia",
    coding: Annotated[
        str, typer.Option(help="How rungs are read: stricter, standard or looser.")
    ] = "standard",
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a row a month and track.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for a figure; without one, none.", show_default=False)
    ] = None,
) -> None:
    """What happened: the rung of each track by month, and the rows of the record that put it there."""
    from simulation.cli.recording import show_record

    show_record(folder, world, coding, as_json, as_csv, out)


RecordFolder = Annotated[
    Path | None,
    typer.Option("--record", help="Folder of a record; default: that of the world.", show_default=False),
]
World = Annotated[str, typer.Option(help="World by name or folder.")]


@app.command()
def hindcast(
    record: RecordFolder = None,
    world: World = "northeast_asia",
    threads: Threads = None,
    as_json: Json = False,
    page: Annotated[
        Path | None,
        typer.Option(help="Write a page with figures, such as docs/validation.md.", show_default=False),
    ] = None,
) -> None:
    """The model against the record: scores beside rivals, ablation, theories, shocks and opinion."""
    from simulation.cli.hindcasting import show_hindcast

    show_hindcast(world, record, threads, as_json, page)


@app.command()
def calibrate(
    record: RecordFolder = None,
    world: World = "northeast_asia",
    threads: Threads = None,
    out: Annotated[Path, typer.Option(help="Folder for the posterior and what it rests on.")] = Path(
        "results/calibration"
    ),
    install: Annotated[
        bool, typer.Option("--install", help="Also put the posterior into the folder of the world.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Learn the uncertain mechanisms from the training years of the record."""
    from simulation.cli.hindcasting import show_calibration

    show_calibration(world, record, threads, out, install, as_json)
