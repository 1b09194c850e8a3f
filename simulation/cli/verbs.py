"""The verbs about scenarios. What is heavy is imported inside each, so that `--help` is quick."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.options import Json, Runs, Scenarios, Set, Threads, Variant, app
from simulation.errors import BadInput, Fault


@app.command()
def run(
    scenarios: Scenarios,
    runs: Runs = None,
    set_: Set = None,
    variant: Variant = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("results"),
    again: Annotated[bool, typer.Option("--again", help="Compute again and compare the bytes.")] = False,
    threads: Threads = None,
    figures: Annotated[bool, typer.Option(help="Draw the figures.")] = True,
    as_json: Json = False,
) -> None:
    """Run scenarios: table, verdict, result folder, figures."""
    from simulation.cli.running import Wanted, run_scenarios
    from simulation.cli.usage import threads_of, with_runs

    faults: list[Fault] = []
    settings, cores = with_runs(set_, runs, faults), threads_of(threads, faults)
    wanted = Wanted(settings, variant or [], out, again, cores, figures, as_json)
    run_scenarios(scenarios, wanted, faults)


@app.command()
def check(
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files, folders of them, or names.", show_default=False)
    ],
    run: Annotated[bool, typer.Option("--run", help="Run them too, and judge what they expect.")] = False,
    runs: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="With --run: runs, in place of the file's.", show_default=False),
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
    from simulation.cli.usage import with_runs

    faults: list[Fault] = []
    run_expectations(scenarios, with_runs(set_, runs, faults), out, as_json, faults)


@app.command()
def new(
    name: Annotated[
        str | None, typer.Argument(help="Name of the scenario: the file is NAME.yaml.", show_default=False)
    ] = None,
    world: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Begin a world instead, in worlds/NAME.", show_default=False),
    ] = None,
) -> None:
    """Write a commented scenario that runs as it is, in the working directory; or a world with one."""
    from simulation.cli.starting import write_new, write_world

    if world is None:
        write_new("my_scenario" if name is None else name)
    elif name is None:
        write_world(world)
    else:
        raise BadInput(
            [Fault("a world comes with a scenario of its own name", hint=f"entente new --world {world}")]
        )


@app.command()
def plan(
    scenarios: Scenarios,
    runs: Runs = None,
    set_: Set = None,
    variant: Variant = None,
    threads: Threads = None,
    as_json: Json = False,
) -> None:
    """What running scenarios would take: cases, runs, months, time, rows, MB."""
    from simulation.cli.planning import plan_scenarios
    from simulation.cli.usage import threads_of, with_runs

    faults: list[Fault] = []
    settings, cores = with_runs(set_, runs, faults), threads_of(threads, faults)
    plan_scenarios(scenarios, settings, variant or [], cores, as_json, faults)


World = Annotated[str, typer.Option(help="World by name or folder.")]


@app.command()
def plot(
    scenarios: Scenarios,
    set_: Set = None,
    variant: Variant = None,
    out: Annotated[Path, typer.Option(help="Folder for the figures.")] = Path("results/figures"),
) -> None:
    """Draw what scenarios prescribe: tempi, dated events, terms, branches. Nothing is run."""
    from simulation.cli.plotting import plot_scenarios

    plot_scenarios(scenarios, set_ or [], variant or [], out)


@app.command()
def compare(
    scenarios: Scenarios,
    theories: Annotated[
        bool, typer.Option("--theories", help="Each scenario under every theory of its world.")
    ] = False,
    runs: Runs = None,
    set_: Set = None,
    variant: Variant = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("results"),
    threads: Threads = None,
    figures: Annotated[bool, typer.Option(help="Draw the figure.")] = True,
    as_json: Json = False,
) -> None:
    """Scenarios side by side: what each changes, with intervals, sorted; what was run is found again."""
    from simulation.cli.running import Wanted
    from simulation.cli.sets import compare_scenarios, compare_theories
    from simulation.cli.usage import threads_of, with_runs

    faults: list[Fault] = []
    settings, cores = with_runs(set_, runs, faults), threads_of(threads, faults)
    wanted = Wanted(settings, variant or [], out, False, cores, figures, as_json)
    (compare_theories if theories else compare_scenarios)(scenarios, wanted, faults)


@app.command()
def explain(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or a name of the library.")],
    path: Annotated[
        str | None,
        typer.Argument(help="A path such as threats.PRK; without one, all that was set.", show_default=False),
    ] = None,
    set_: Set = None,
    variant: Annotated[
        list[str] | None, typer.Option(help="A variant of the file, several with commas between.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Where a value comes from: evidence, files, command line, and who reads it."""
    from simulation.cli.explaining import explain_path

    explain_path(scenario, path, set_ or [], variant or [], as_json)


@app.command()
def diff(
    a: Annotated[str, typer.Argument(help="A scenario file, or a name of the library.")],
    b: Annotated[
        str | None,
        typer.Argument(help="The scenario to set beside it; left out, A itself.", show_default=False),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Set a path of B: choice.pace=0.3. May be repeated.")
    ] = None,
    variant: Annotated[
        list[str] | None, typer.Option(help="A variant of B, several with commas between.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What differs between two scenarios after resolution, and whether their runs pair.

    --set and --variant change B alone: `entente diff x.yaml --variant high` is what that variant changes.
    """
    from simulation.cli.comparing import diff_scenarios

    diff_scenarios(a, b, set_ or [], variant or [], as_json)


@app.command()
def schema(
    world: Annotated[str, typer.Option(help="World by name or folder.")] = "northeast_asia",
    reference: Annotated[
        bool, typer.Option("--reference", help="The reference page, as Markdown, in its place.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="File to write; default: standard output.")] = None,
) -> None:
    """JSON Schema of scenario files, by which an editor completes and checks them."""
    from simulation.cli.describing import write_schema

    write_schema(world, reference, out)


@app.command(name="list")
def list_(
    kind: Annotated[
        str | None,
        typer.Argument(help="parameters, events, measures, series, theories, scenarios, sweeps or worlds."),
    ] = None,
    word: Annotated[str | None, typer.Argument(help="Only what holds this word.")] = None,
    world: World = "northeast_asia",
    as_json: Json = False,
) -> None:
    """What there is to set and to read: with unit, range, meaning and evidence."""
    from simulation.cli.listing import list_kind

    list_kind(kind, word, world, as_json)


@app.command()
def events(
    word: Annotated[
        str | None, typer.Argument(help="An event, shown in full, or a word that it holds.")
    ] = None,
    world: World = "northeast_asia",
    as_json: Json = False,
) -> None:
    """What can happen: fields with unit and range, effects, evidence, and a line for a scenario."""
    from simulation.cli.happenings import show_events

    show_events(word, world, as_json)
