"""Where the names of sweeps lead: to a file, or to one of the library."""

import re
from pathlib import Path

from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.library import sweeps_folder
from simulation.scenario.search import ENDINGS, find_scenario, leads_out

_DESIGN = re.compile(r"^(?:design|vary)[ \t]*:", re.MULTILINE)
_LOOKED_AT = 100_000  # bytes of a file that say whether it is a sweep


def sweep_names() -> list[str]:
    """The sweeps of the library."""
    return sorted(each.stem for each in sweeps_folder().glob(f"*{ENDINGS[0]}"))


def find_sweep(name: str) -> Path:
    """The file of a sweep, by path or by its name in the library. BadInput where there is none."""
    path = Path(name)
    if path.is_dir():
        hint = "`entente resume` goes on with the folder of a sweep"
        raise BadInput([Fault(f"{quoted(name)} is a folder, not the file of a sweep", hint=hint, file=name)])
    if name.endswith(ENDINGS) or path.is_file():
        return path
    if name not in sweep_names():
        near = suggestion(name, sweep_names())
        raise BadInput([Fault(f"there is no sweep {quoted(name)}", hint=near, file=name)])
    return sweeps_folder() / f"{name}{ENDINGS[0]}"


def sweep_meant(name: str) -> Path | None:
    """The file of the sweep that a word means; None where it may be a scenario."""
    path, here = Path(name), Path.cwd()
    if path.is_file():
        try:
            text = path.read_bytes()[:_LOOKED_AT].decode("utf-8", "replace")
        except OSError:
            return None
        return path if _DESIGN.search(text) else None
    if name not in sweep_names() or (not leads_out(name, here) and find_scenario(name, here) is not None):
        return None
    return sweeps_folder() / f"{name}{ENDINGS[0]}"
