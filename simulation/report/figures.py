"""The figures of a result folder, drawn from its tables."""

from pathlib import Path

from simulation.plots.context import Context
from simulation.results.store import Result

FIGURES = "figures"


def context_of(result: Result) -> Context:
    """What the figures say beside their numbers."""
    manifest, cases = result.manifest, result.cases
    world = manifest["world"]
    start = str(cases["start"][0])
    ok = result.runs[(result.runs["case"] == 0) & (result.runs["status"] == "ok")]
    return Context(
        title=manifest["title"],
        runs=len(ok),
        uncertainty=tuple(manifest["uncertainty"]),
        theory=str(cases["theory"][0]),
        start=int(start[:4]) * 12 + int(start[5:]) - 1,
        rungs={track: tuple(names) for track, names in world["rungs"].items()},
        countries=world["countries"],
        focus=(world["focus"][0], world["focus"][1]),
        cases={int(row.case): str(row.role) for row in cases.itertuples()},
        parent=str(cases["title"][1]) if len(cases) > 1 else None,
    )


def draw(result: Result) -> list[Path]:
    """Draw the figures into the result folder; their paths. Nothing where no run is ok."""
    context = context_of(result)
    if context.runs == 0:
        return []
    from simulation.plots.files import draw_all

    return draw_all(result.bands, context, result.folder / FIGURES)
