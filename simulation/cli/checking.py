"""`entente check`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from simulation.cli.notes import print_notes
from simulation.cli.printing import fault_rows, print_json
from simulation.document import counted
from simulation.errors import BadInput, Fault, quoted
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import ENDINGS, find_scenario, leads_out
from simulation.sweep.design import load_sweep
from simulation.sweep.search import sweep_meant


def check_scenarios(names: Sequence[str], settings: Sequence[str], as_json: bool) -> None:
    """Load scenarios (a folder stands for its files) and say every fault. BadInput where there is any."""
    faults: list[Fault] = []
    good = []
    for name in named(names, faults):
        try:
            good.append(_read(name, settings))
        except BadInput as error:
            faults += error.faults
    if as_json:
        notes = [note for _, scenario, _ in good for note in scenario.notes]
        said = {"faults": fault_rows(BadInput(faults).faults), "notes": fault_rows(notes)}
        print_json({"good": [name for name, _, _ in good], **said})
        if faults:
            raise SystemExit(BadInput.exit_code)
        return
    for name, _, says in good:
        print(f"{name}: good. {says}")
    print_notes(scenario for _, scenario, _ in good)
    if faults:
        raise BadInput(faults)


def _read(name: str, settings: Sequence[str]) -> tuple[str, Scenario, str]:
    """The name, its scenario (of a sweep the one that it sweeps), and what there is of it in a line."""
    path = sweep_meant(name)
    if path is None:
        scenario = load_scenario(name, overrides=settings)
        size = f"{counted(scenario.months, 'months')}, {counted(scenario.runs, 'runs')}"
        return name, scenario, f"{scenario.title} ({size})"
    sweep, cases = load_sweep(path, settings)
    size = f"{counted(len(cases) - 1, 'cases')} of {cases.base.name}, {counted(cases.base.runs, 'runs')} each"
    return name, cases.base, f"{sweep.title} ({sweep.design}: {size})"


def named(names: Sequence[str], faults: list[Fault]) -> Iterator[str]:
    """The names, with the scenarios in a folder in its place; a fault where it has none.

    A folder without any may bear the name of a scenario, which is meant then.
    """
    for name in names:
        path = Path(name)
        files = _files(path) if name else []
        if files or not (name and path.is_dir()) or _is_scenario(name):
            yield from files or [name]
            continue
        below = [each.name for each in sorted(path.iterdir()) if each.is_dir() and _files(each)]
        hint = f"there are some in {', '.join(below)}" if below else "their names end in .yaml or .yml"
        faults.append(Fault(f"the folder {quoted(name)} holds no scenarios", hint=hint, file=name))


def _files(folder: Path) -> list[str]:
    """The files in a folder that are scenarios by their names."""
    return [str(each) for each in sorted(folder.glob("*")) if each.suffix in ENDINGS and each.is_file()]


def _is_scenario(name: str) -> bool:
    here = Path.cwd()
    return not leads_out(name, here) and find_scenario(name, here) is not None
