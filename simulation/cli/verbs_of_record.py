"""The verb about the record. What is heavy is imported inside, so that `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.options import Json, app


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
