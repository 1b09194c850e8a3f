"""The command `entente`: its verbs, and how they end.

Exit codes: 0 done, 1 an expectation or a verification failed, 2 bad input, 3 some runs not ok, 4 disk or
lock, 130 interrupted. What is heavy is imported inside the verbs, so that `--help` is quick.
"""

import json
import math
import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from simulation.errors import BadInput, EntenteError, Fault

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
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Run the command; every fault of ours ends in a message and an exit code, not a traceback."""
    try:
        command = typer.main.get_command(app)  # its own main() would turn Ctrl-C and `| head` into codes
        with command.make_context("entente", sys.argv[1:] or ["--help"]) as context:
            command.invoke(context)
        sys.stdout.flush()
    except EntenteError as error:
        _stop(str(error), error.exit_code)
    except KeyboardInterrupt:
        _stop(
            "interrupted: results of scenarios that were finished are kept, of this one nothing is written",
            130,
        )
    except typer.Exit as leaving:  # --help has been printed
        sys.exit(leaving.exit_code)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        _forget_output()
        sys.exit(0)
    except OSError as error:
        _forget_output()
        _stop(f"cannot read or write {error.filename or 'the output'}: {error.strerror or error}", 4)
    except Exception as error:
        shown = getattr(error, "format_message", None)  # what typer says of a wrong command line
        if shown is None:
            raise
        path = getattr(getattr(error, "ctx", None), "command_path", "entente")
        _stop(f"{shown()}\n  try: {path} --help", 2)


def _forget_output() -> None:
    """Send what is still to be written to nowhere, so that leaving does not fail once more."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _stop(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)


@app.command()
def run(
    scenarios: Scenarios,
    runs: Annotated[
        int | None, typer.Option(min=1, max=10_000_000, help="Runs, in place of the file's.")
    ] = None,
    set_: Set = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("results"),
    again: Annotated[bool, typer.Option("--again", help="Compute again and compare the bytes.")] = False,
    threads: Annotated[int | None, typer.Option(min=1, max=256, help="Threads; default: all cores.")] = None,
    figures: Annotated[bool, typer.Option(help="Draw the figures.")] = True,
    as_json: Json = False,
) -> None:
    """Run scenarios: table, verdict, result folder, figures."""
    from simulation.cli.running import Wanted, run_scenarios

    settings = [f"runs={runs}"] if runs is not None else []
    run_scenarios(scenarios, Wanted([*settings, *(set_ or [])], out, again, threads, figures, as_json))


@app.command()
def check(
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files, folders of them, or names.", show_default=False)
    ],
    run: Annotated[bool, typer.Option("--run", help="Run them too, and judge what they expect.")] = False,
    runs: Annotated[
        int | None, typer.Option(min=1, max=10_000_000, help="With --run: runs, in place of the file's.")
    ] = None,
    set_: Set = None,
    out: Annotated[Path, typer.Option(help="With --run: folder for results.")] = Path("results"),
    as_json: Json = False,
) -> None:
    """Find every fault in scenarios; with --run, see whether what they expect holds."""
    from simulation.cli.checking import check_scenarios

    if not run:
        if runs is not None:
            raise BadInput([Fault("--runs says how often to run, and `check` runs nothing without --run")])
        check_scenarios(scenarios, set_ or [], as_json)
        return
    from simulation.cli.expecting import run_expectations

    settings = [f"runs={runs}"] if runs is not None else []
    run_expectations(scenarios, [*settings, *(set_ or [])], out, as_json)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario: the file is NAME.yaml.")] = "my_scenario",
) -> None:
    """Write a commented scenario that runs as it is, in the working directory."""
    from simulation.cli.starting import write_new

    write_new(name)


@app.command()
def plan(
    scenarios: Scenarios,
    runs: Annotated[
        int | None, typer.Option(min=1, max=10_000_000, help="Runs, in place of the file's.")
    ] = None,
    set_: Set = None,
    threads: Annotated[int | None, typer.Option(min=1, max=256, help="Threads; default: all cores.")] = None,
    as_json: Json = False,
) -> None:
    """What running scenarios would take: cases, runs, months, time, rows, MB."""
    from simulation.cli.planning import plan_scenarios

    settings = [f"runs={runs}"] if runs is not None else []
    plan_scenarios(scenarios, [*settings, *(set_ or [])], threads, as_json)


@app.command(name="list")
def list_(
    kind: Annotated[
        str, typer.Argument(help="parameters, events, theories, scenarios, measures, series or worlds.")
    ],
    word: Annotated[str | None, typer.Argument(help="Only what holds this word.")] = None,
    world: Annotated[str, typer.Option(help="World by name or folder.")] = "northeast_asia",
    as_json: Json = False,
) -> None:
    """What there is to set and to read: with unit, range, meaning and evidence."""
    from simulation.cli.listing import list_kind

    list_kind(kind, word, world, as_json)


def print_json(value: Any) -> None:
    """Print a value as JSON; what is no number is null."""
    print(json.dumps(_plain(value), indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
