"""`entente blocs`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from simulation.api import Loaded
from simulation.cli.interrupts import heed
from simulation.cli.printing import print_json
from simulation.cli.running import bar_of, load_all, unfit
from simulation.document import as_month, month_text, read_value
from simulation.engines.kernels import is_compiled
from simulation.errors import BadInput, Fault, RunsNotOk, quoted
from simulation.landscape.blocs import Blocs, Origin
from simulation.landscape.compiled import is_compiled as is_kept
from simulation.landscape.enumerated import MOST, scan
from simulation.landscape.landscape import landscape_of
from simulation.landscape.of_runs import drawn
from simulation.landscape.sampled import STARTS, descend_all
from simulation.landscape.sureness import mean_landscape
from simulation.landscape.tables import FEWEST, read_tables
from simulation.report.blocs import blocs_lines, blocs_record
from simulation.results.digest import result_digest
from simulation.scenario.scenario import Scenario

MOST_HELD = 1 << 25  # propensities, of all runs together: 270 MB
MOMENT = 21  # countries that are enumerated within a second


@dataclass(frozen=True)
class Asked:
    """What the words of `entente blocs` ask for."""

    scenario: str | None
    at: str | None
    sizes: Path | None
    propensities: Path | None
    settings: Sequence[str]
    variants: Sequence[str]
    out: Path
    figures: bool
    as_json: bool


def show_blocs(asked: Asked, found: Sequence[Fault]) -> None:
    """Print, and draw, the landscape of a scenario's variants or of two tables. BadInput before either."""
    faults = [*found, *unfit(asked.out), *_misplaced(asked)]
    if asked.scenario is None:
        if faults:
            raise BadInput(faults)
        held = [_of_tables(asked)]
    else:
        month = _month(asked.at, faults)
        loaded = load_all([asked.scenario], asked.settings, asked.variants, faults)
        months = [_months(one.scenario, month) for one in loaded]
        held = [_of_scenario(one, count) for one, count in zip(loaded, months, strict=True)]
    said: list[dict[str, Any]] = []
    for number, one in enumerate(held):
        if not asked.as_json:
            print("\n".join(["", *blocs_lines(one)] if number else blocs_lines(one)))
        drawn_files = [str(path) for path in _draw(one, asked.out)] if asked.figures else []
        said.append(blocs_record(one) | {"figures": drawn_files})
        if not asked.as_json:
            print("".join(f"figure {path}\n" for path in drawn_files), end="")
    if asked.as_json:
        print_json(said if len(said) > 1 else said[0])


def _misplaced(asked: Asked) -> Iterator[Fault]:
    """What cannot stand beside what else was said."""
    tables = {"--sizes": asked.sizes, "--propensities": asked.propensities}
    if asked.scenario is not None:
        for option, value in tables.items():
            if value is not None:
                yield Fault(
                    f"{option} cannot stand beside a scenario", hint="name one or the other", file=option
                )
        return
    if asked.sizes is None and asked.propensities is None:
        hint = "name a scenario, or two tables: --sizes sizes.csv --propensities propensities.csv"
        yield Fault("there is nothing to find blocs in", hint=hint)
        return
    for option, value in tables.items():
        if value is None:
            yield Fault(f"{option} is missing: blocs follow from sizes and propensities", file=option)
    of_a_scenario = {"--at": asked.at, "--variant": asked.variants, "--set (or --runs)": asked.settings}
    for option, given in of_a_scenario.items():
        if given:
            yield Fault(
                f"{option} says something of a scenario, and tables have none", file=option.split()[0]
            )


def _month(at: str | None, faults: list[Fault]) -> int | None:
    """The month that --at says."""
    if at is None:
        return None
    line = f"--at {at}"
    node = read_value(line, len("--at") + 1, line, faults)
    return None if node is None else as_month(node, faults)


def _months(scenario: Scenario, at: int | None) -> int:
    """How many months the scenario lives through up to the end of that one."""
    end = scenario.start + scenario.months
    if at is None:
        return scenario.months
    if not scenario.start <= at < end:
        hint = f"from {month_text(scenario.start)} to {month_text(end - 1)}"
        message = f"--at {month_text(at)} is no month of {quoted(scenario.name)}"
        raise BadInput([Fault(message, hint=hint, file="--at")])
    return at - scenario.start + 1


def _of_tables(asked: Asked) -> Blocs:
    assert asked.sizes is not None
    assert asked.propensities is not None
    table = read_tables(asked.sizes, asked.propensities)
    _announce(len(table.names))
    found = landscape_of(table.names, table.sizes, table.propensities)
    return Blocs(found, {name: name for name in table.names}, None, None, asked.propensities.stem)


def _of_scenario(one: Loaded, months: int) -> Blocs:
    """Run the scenario so far, and find the blocs of its mean."""
    scenario = one.scenario
    most = MOST_HELD // len(scenario.world.codes) ** 2
    if scenario.runs > most:
        message = f"{scenario.name}: {scenario.runs:,} runs are more than blocs hold in memory"
        raise BadInput([Fault(message, hint=f"at most {most:,} of {len(scenario.world.codes)} countries")])
    errors = Console(stderr=True, highlight=False)
    if not is_compiled():
        errors.print("compiling the engine, once")
    with bar_of(errors) as bar:
        task = bar.add_task(scenario.name, total=scenario.runs)

        def told(count: int) -> None:
            heed()
            bar.update(task, advance=count)

        found = drawn(one.plan, scenario.runs, months, told)
    if len(found.names) < FEWEST:
        raise BadInput([Fault(f"{scenario.name}: blocs need two countries or more that have a capability")])
    if not len(found.sizes):
        raise RunsNotOk(f"{scenario.name}: no run ended well")
    _announce(len(found.names))
    mean, sure = mean_landscape(found, scenario.rng_seed)
    names = {code: f"{scenario.world.countries[code].name} ({code})" for code in found.names}
    at = month_text(scenario.start + months - 1)
    origin = Origin(
        scenario.name,
        scenario.title,
        at,
        scenario.uncertainty,
        scenario.theory,
        found.weightless,
        found.left_out,
    )
    return Blocs(mean, names, origin, sure, f"{scenario.name}-{result_digest(scenario)[:10]}-{at}")


def _announce(countries: int) -> None:
    """Say on standard error what will take more than a moment."""
    errors = Console(stderr=True, highlight=False)
    exact = countries <= MOST
    if not is_kept(scan if exact else descend_all):
        errors.print("compiling the landscape, once")
    if errors.is_terminal and (not exact or countries > MOMENT):
        count = f"{1 << (countries - 1):,} configurations" if exact else f"{STARTS:,} descents"
        errors.print(f"looking at {count} of {countries} countries")


def _draw(one: Blocs, out: Path) -> list[Path]:
    from simulation.plots.files import save
    from simulation.plots.landscape import landscape

    return save(landscape(one), out, f"{one.file}-blocs")
