"""The verb about blocs. What is heavy is imported inside, so that `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.options import Json, Runs, Set, Variant, app


@app.command()
def blocs(
    scenario: Annotated[
        str | None, typer.Argument(help="A scenario file, or a name of the library.", show_default=False)
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help="After this month; default: the last.", show_default=False),
    ] = None,
    sizes: Annotated[
        Path | None, typer.Option(help="In place of a scenario: CSV, country,size.", show_default=False)
    ] = None,
    propensities: Annotated[
        Path | None, typer.Option(help="And CSV, a square matrix with names.", show_default=False)
    ] = None,
    runs: Runs = None,
    set_: Set = None,
    variant: Variant = None,
    out: Annotated[Path, typer.Option(help="Folder for the figure.")] = Path("results/figures"),
    figures: Annotated[bool, typer.Option(help="Draw the figure.")] = True,
    as_json: Json = False,
) -> None:
    """Stable alignments in two blocs (landscape theory), of a scenario's runs or of any table."""
    from simulation.cli.blocs import Asked, show_blocs
    from simulation.cli.usage import with_runs
    from simulation.errors import Fault

    faults: list[Fault] = []
    settings = with_runs(set_, runs, faults)
    show_blocs(
        Asked(scenario, at, sizes, propensities, settings, variant or [], out, figures, as_json), faults
    )
