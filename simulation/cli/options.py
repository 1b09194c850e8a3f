"""The command `entente` and the words that several of its verbs take."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Scenario simulation of alignment under threat.",
)

Scenarios = Annotated[
    list[str], typer.Argument(help="Scenario files, or names of the library.", show_default=False)
]
Set = Annotated[list[str] | None, typer.Option("--set", help="Set a path: choice.pace=0.3. May be repeated.")]
Runs = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="Runs, in place of the file's.", show_default=False)
]
Threads = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="Threads; default: all cores.", show_default=False)
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Compute on the dask cluster of this scheduler: tcp://HOST:PORT.",
        show_default=False,
    ),
]
Variant = Annotated[
    list[str] | None,
    typer.Option(help="A variant of the file, several with commas between, or all one by one."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Measure = Annotated[
    str | None,
    typer.Option(help="What to show, in place of the file's.", show_default=False),
]
Above = Annotated[
    float | None,
    typer.Option(help="The share of runs in which it lies above.", show_default=False),
]
Below = Annotated[
    float | None,
    typer.Option(help="The share of runs in which it lies below.", show_default=False),
]
Folder = Annotated[Path, typer.Argument(help="The folder of a result.", show_default=False)]
Figures = Annotated[bool, typer.Option(help="Draw the figure.")]
