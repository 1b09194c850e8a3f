"""`entente check`."""

from collections.abc import Sequence
from pathlib import Path

from simulation.cli.main import print_json
from simulation.errors import BadInput, Fault, quoted
from simulation.scenario.resolve import load_scenario


def check_scenarios(names: Sequence[str], settings: Sequence[str], as_json: bool) -> None:
    """Load scenarios (a folder stands for its files) and say every fault. BadInput where there is any."""
    faults: list[Fault] = []
    good = []
    for name in named(names):
        try:
            scenario = load_scenario(name, overrides=settings)
        except BadInput as error:
            faults += error.faults
        else:
            good.append((name, scenario))
    if as_json:
        print_json({"good": [name for name, _ in good], "faults": [_row(fault) for fault in faults]})
        if faults:
            raise SystemExit(BadInput.exit_code)
        return
    for name, scenario in good:
        print(f"{name}: good. {scenario.title} ({scenario.months} months, {scenario.runs:,} runs)")
    if faults:
        raise BadInput(faults)


def named(names: Sequence[str]) -> list[str]:
    """The names, with the files of a folder (`*.yaml`) in its place. BadInput where a folder has none."""
    found: list[str] = []
    for name in names:
        path = Path(name)
        files = [str(each) for each in sorted(path.glob("*.yaml"))] if path.is_dir() else [name]
        if not files:
            raise BadInput([Fault(f"there is no scenario (*.yaml) in the folder {quoted(name)}")])
        found += files
    return found


def _row(fault: Fault) -> dict[str, object]:
    place = fault.place
    return {
        "message": fault.message,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "hint": fault.hint,
    }
