"""`entente check`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from simulation.cli.main import fault_rows, print_json
from simulation.cli.notes import print_notes
from simulation.document import counted
from simulation.errors import BadInput, Fault, quoted
from simulation.scenario.resolve import load_scenario


def check_scenarios(names: Sequence[str], settings: Sequence[str], as_json: bool) -> None:
    """Load scenarios (a folder stands for its files) and say every fault. BadInput where there is any."""
    faults: list[Fault] = []
    good = []
    for name in named(names, faults):
        try:
            scenario = load_scenario(name, overrides=settings)
        except BadInput as error:
            faults += error.faults
        else:
            good.append((name, scenario))
    if as_json:
        notes = [note for _, scenario in good for note in scenario.notes]
        said = {"faults": fault_rows(BadInput(faults).faults), "notes": fault_rows(notes)}
        print_json({"good": [name for name, _ in good], **said})
        if faults:
            raise SystemExit(BadInput.exit_code)
        return
    for name, scenario in good:
        size = f"{counted(scenario.months, 'months')}, {counted(scenario.runs, 'runs')}"
        print(f"{name}: good. {scenario.title} ({size})")
    print_notes(scenario for _, scenario in good)
    if faults:
        raise BadInput(faults)


def named(names: Sequence[str], faults: list[Fault]) -> Iterator[str]:
    """The names, with the files of a folder (`*.yaml`) in its place; a fault where a folder has none."""
    for name in names:
        path = Path(name)
        if name and path.is_dir():
            files = [str(each) for each in sorted(path.glob("*.yaml"))]
            if not files:
                faults.append(Fault(f"the folder {quoted(name)} holds no scenario (*.yaml)", file=name))
            yield from files
        else:
            yield name
