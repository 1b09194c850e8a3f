"""The figures of a result folder, drawn from its tables."""

import os
import shutil
from pathlib import Path

from simulation.errors import StoreError
from simulation.plots.context import Context
from simulation.results.store import Result, why

FIGURES = "figures"
DRAWN = ".drawn"  # names the files of a whole folder of figures


def context_of(result: Result) -> Context:
    """What the figures say beside their numbers. ValueError where no run is ok."""
    manifest, cases = result.manifest, result.cases
    world = manifest["world"]
    start = str(cases["start"][0])
    known = [int(case) for case in cases["case"] if len(result.ok(int(case)))]
    return Context(
        title=manifest["title"],
        runs=len(result.ok(0)),
        uncertainty=tuple(manifest["uncertainty"]),
        theory=str(cases["theory"][0]),
        start=int(start[:4]) * 12 + int(start[5:]) - 1,
        rungs={track: tuple(names) for track, names in world["rungs"].items()},
        countries=world["countries"],
        focus=(world["focus"][0], world["focus"][1]),
        cases={case: str(cases["role"][case]) for case in known},
        parent=str(cases["title"][result.parent]) if result.parent in known else None,
        branches={
            case: (str(cases["branch"][case]), str(cases["fork"][case]))
            for case in result.with_role("branch")
            if case in known
        },
        dyads=world["dyads"],
    )


def figures_of(result: Result) -> list[Path]:
    """The figures of a result, drawn where they are missing; none where no run is ok.

    StoreError where they cannot be written: the result itself is safe then.
    """
    if not len(result.ok(0)):
        return []
    folder = result.folder / FIGURES
    listed = folder / DRAWN
    try:
        names = listed.read_text(encoding="utf-8").split("\n") if listed.exists() else []
        if names and all((folder / name).is_file() for name in names):
            return [folder / name for name in names]
        return draw(result)
    except OSError as error:
        raise StoreError(
            f"{folder}: the figures cannot be written: {why(error)}; the result is saved"
        ) from error


def draw(result: Result) -> list[Path]:
    """Draw every figure anew, beside its place first: a folder of figures is whole or not there."""
    from simulation.plots.files import draw_all

    folder = result.folder / FIGURES
    beside = result.folder / f".{FIGURES}-{os.getpid()}"
    try:
        drawn = draw_all(result.bands, context_of(result), beside)
        names = [path.name for path in drawn]
        (beside / DRAWN).write_text("\n".join(names), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [folder / name for name in names]
