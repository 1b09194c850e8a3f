"""`entente check --run`."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from simulation.analysis.expect import FAILS, Judged
from simulation.api import Loaded, loaded
from simulation.cli.checking import named
from simulation.cli.printing import print_json
from simulation.cli.running import Wanted, check_ok, computed, console, count_bad, load_all
from simulation.errors import CheckFailed, Fault
from simulation.report.expectations import counted, expectations_table


def run_expectations(
    names: Sequence[str], settings: Sequence[str], out: Path, as_json: bool, faults: list[Fault]
) -> None:
    """Run the scenarios, and the variants of them, that expect something; say which expectations hold.

    BadInput before the first run; CheckFailed where an expectation fails (one that is not decided does
    not), and otherwise RunsNotOk where some runs are not ok.
    """
    wanted = Wanted(settings, (), out, again=False, threads=None, figures=False, as_json=as_json)
    whole: list[Judged] = []
    said: list[dict[str, Any]] = []
    bad = 0
    files = list(named(names, faults))
    loaded = load_all(files, settings, (), faults)
    for one, judged in _judgeable(loaded, settings):
        found, not_ok = _judge(one, wanted)
        whole += found
        bad += not_ok
        if as_json:
            said.append(_row(one, found))
        else:
            _show(one, found, judged)
    if as_json:
        print_json(said)
    else:
        print(f"\n{counted(whole)}")
    failing = [each for each in whole if each.verdict == FAILS]
    if failing:
        lines = [f"{each.expectation.place}: fails: {each.expectation}" for each in failing]
        raise CheckFailed("\n".join(lines))
    check_ok(bad)


def _judgeable(loaded: Sequence[Loaded], settings: Sequence[str]) -> Iterator[tuple[Loaded, list[str]]]:
    """Each file, with the names of its variants that are judged too, and behind it these."""
    for file in loaded:
        variants = _variants(file, settings)
        names = [one.scenario.chosen[0] for one in variants]
        yield from ((one, names) for one in (file, *variants))


def _variants(one: Loaded, settings: Sequence[str]) -> list[Loaded]:
    """The variants of a file that expect something of their own, each by itself."""
    assert one.scenario.path is not None
    each = [loaded(one.scenario.path, settings, [name]) for name in one.scenario.variants]
    return [variant for variant in each if variant.scenario.expectations]


def _judge(one: Loaded, wanted: Wanted) -> tuple[list[Judged], int]:
    """The verdicts, and how many runs are not ok; nothing is run where nothing is expected."""
    if not one.scenario.expectations:
        return [], 0
    outcome = computed(one, wanted)
    return one.judge(outcome), count_bad(outcome.result)


def _show(one: Loaded, found: list[Judged], judged: Collection[str]) -> None:
    screen = console()
    if found:
        screen.print(f"\n{one.scenario.name}: {one.scenario.title}", style="bold", markup=False)
        screen.print(expectations_table(found))
    else:
        screen.print(f"\n{one.scenario.name}: expects nothing", markup=False)
    silent = [name for name in one.scenario.variants if name not in judged]
    if silent and not one.scenario.chosen:
        screen.print(f"Variants that say no expectation of their own: {', '.join(silent)}", markup=False)


def _row(one: Loaded, found: list[Judged]) -> dict[str, Any]:
    return {
        "scenario": one.scenario.name,
        "title": one.scenario.title,
        "expectations": [each.row() for each in found],
    }
