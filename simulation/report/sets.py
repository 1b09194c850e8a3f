"""Scenarios side by side: the printed table, what --json says, and the figures."""

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from simulation.analysis.compare import Difference
from simulation.analysis.sets import Entry
from simulation.report.figures import FIGURES, context_of
from simulation.results.store import Result


def set_table(entries: Sequence[Entry]) -> Table:
    """One row a scenario or theory: the difference of its index, with interval, n and verdict."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Cooperation index, last month", no_wrap=True)
    table.add_column("less", overflow="fold")
    for column in ("mean", "95 % of the mean", "n"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("verdict", overflow="fold")
    for one in entries:
        found = one.index
        mean = "" if not one.known else f"{found.mean:+.1f}"
        interval = "" if math.isnan(found.low) or not one.known else f"{found.low:+.1f} to {found.high:+.1f}"
        paired = "" if found.paired else " (unpaired)"
        table.add_row(one.name, found.against + paired, mean, interval, f"{found.runs:,}", _verdict(found))
    return table


def set_rows(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The same as plain numbers and words, with the tracks."""
    return [
        {
            "name": one.name,
            "title": one.title,
            "cooperation.final": _row(one.index),
            **{f"final.{track}": _row(found) for track, found in one.tracks.items()},
        }
        for one in entries
    ]


def draw_differences(entries: Sequence[Entry], results: Sequence[Result], out: Path) -> list[Path]:
    """The figure of a set; its name is that of the results it is drawn from. Empty where there is none."""
    from simulation.plots.differences import differences
    from simulation.plots.files import save

    contexts = [context_of(one) for one in results if len(one.ok(0))]
    try:
        chart = differences(entries, contexts)
    except LookupError:
        return []
    return save(chart, out / FIGURES, f"differences-{_digest(results)}")


def draw_theories(
    entries: Sequence[Entry], results: Sequence[Result], beside: Sequence[Result | None], out: Path
) -> list[Path]:
    """The figure of one scenario under several theories; empty where a run of none is ok."""
    from simulation.plots.files import save
    from simulation.plots.theories import Panel, theories

    panels = [
        Panel(entry, one.bands, context_of(one), None if other is None else other.bands)
        for entry, one, other in zip(entries, results, beside, strict=True)
        if len(one.ok(0))
    ]
    if not panels:
        return []
    name = str(results[0].cases["name"][0])
    return save(theories(panels), out / FIGURES, f"{name}-{_digest(results)}-theories")


def _verdict(found: Difference) -> str:
    return "not distinguishable" if found.verdict.startswith("not dist") else found.verdict


def _row(found: Difference) -> dict[str, Any]:
    return {
        "against": found.against,
        "paired": found.paired,
        "mean": found.mean,
        "mean95": [found.low, found.high],
        "runs": found.runs,
        "verdict": found.verdict,
    }


def _digest(results: Sequence[Result]) -> str:
    """What keeps the figures of different sets apart: their folders, in order, and their numbers of runs."""
    words = "\n".join(f"{one.folder.name} {one.manifest['runs']}" for one in results)
    return hashlib.sha256(words.encode()).hexdigest()[:10]
