"""`entente compare`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.analysis.sets import Entry, entries, entry
from simulation.api import Loaded, loaded
from simulation.cli.printing import print_json
from simulation.cli.running import Wanted, check_ok, computed, console, count_bad, load_all, unfit
from simulation.document import month_text
from simulation.errors import BadInput, Fault
from simulation.report.sets import draw_differences, draw_theories, set_rows, set_table
from simulation.results.store import Result


def compare_scenarios(names: Sequence[str], wanted: Wanted, found: Sequence[Fault] = ()) -> None:
    """Set scenarios side by side. BadInput before the first run, RunsNotOk after the last."""
    loaded = load_all(names, wanted.settings, wanted.variants, [*found, *unfit(wanted.out)])
    if len(loaded) == 1 and loaded[0].scenario.parent is None:
        hint = "name a second one, or say --theories"
        message = f"{loaded[0].scenario.name} extends nothing: there is nothing to compare it with"
        raise BadInput([Fault(message, hint=hint)])
    results = [computed(one, wanted).result for one in loaded]
    made = entries(results)
    files = draw_differences(made, results, wanted.out) if wanted.figures else []
    _say([("", made, files)], wanted)
    check_ok(sum(map(count_bad, results)))


@dataclass(frozen=True)
class _Pair:
    """A scenario under one theory, and its parent under the same; None for a root."""

    theory: str
    title: str
    scenario: Loaded
    parent: Loaded | None


def compare_theories(names: Sequence[str], wanted: Wanted, found: Sequence[Fault] = ()) -> None:
    """Set each scenario under every theory of its world side by side. Ends as `compare_scenarios` does."""
    loaded = load_all(names, wanted.settings, wanted.variants, [*found, *unfit(wanted.out)])
    families = [_family(one, wanted.settings) for one in loaded]
    held: list[Result] = []
    said: list[tuple[str, list[Entry], list[Path]]] = []
    for one, family in zip(loaded, families, strict=True):
        results = [computed(pair.scenario, wanted).result for pair in family]
        beside = [None if pair.parent is None else computed(pair.parent, wanted).result for pair in family]
        made = [
            entry(result, other, pair.theory, pair.title)
            for pair, result, other in zip(family, results, beside, strict=True)
        ]
        files = draw_theories(made, results, beside, wanted.out) if wanted.figures else []
        said.append((f"{one.scenario.name}: {one.scenario.title}", made, files))
        held += [*results, *(other for other in beside if other is not None)]
    _say(said, wanted)
    check_ok(sum(map(count_bad, held)))


def _family(one: Loaded, settings: Sequence[str]) -> list[_Pair]:
    """The scenario under each theory of its world; its parent with what pairs their runs."""
    scenario, parent = one.scenario, one.scenario.parent
    assert scenario.path is not None, "what the command line names is a file"
    frame = (
        f"start={month_text(scenario.start)}", f"months={scenario.months}", f"runs={scenario.runs}",
        f"rng_seed={scenario.rng_seed}",
    )  # fmt: skip
    others = [one for one in settings if one.partition("=")[0].strip() != "uncertainty"]
    family = []
    for name, theory in scenario.world.theories.items():
        # Where the scenario mixes theories, it varies one kind more than it does under each.
        under = (f"theory={name}", f"uncertainty=[{', '.join(scenario.luck)}]")
        mine = loaded(scenario.path, [*others, *under], scenario.chosen)
        theirs = None if parent is None or parent.path is None else loaded(parent.path, [*frame, *under])
        family.append(_Pair(name, theory.title, mine, theirs))
    return family


def _say(said: Sequence[tuple[str, list[Entry], list[Path]]], wanted: Wanted) -> None:
    """Print the tables and where the figures are, or the same as JSON."""
    if wanted.as_json:
        rows: list[dict[str, Any]] = [
            {"of": title or None, "differences": set_rows(made), "figures": [str(path) for path in files]}
            for title, made, files in said
        ]
        print_json(rows if len(rows) > 1 else rows[0])
        return
    screen = console()
    for title, made, files in said:
        screen.print(f"\n{title}" if title else "", style="bold", markup=False)
        screen.print(set_table(made))
        for path in files:
            if path.suffix == ".png":
                print(f"  figure {path}")
