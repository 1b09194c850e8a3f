"""The rungs of a record by month: what the codings see, and what the world has by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt

from simulation.document import month_text
from simulation.plots import look
from simulation.record import Observed, Record
from simulation.record.against import by_hand_at
from simulation.world import Track, World

_WIDTH, _ROW = 700, 26
_STEPS: Final = "step-after"  # a rung holds for its whole month


def rungs_on_record(record: Record, three: Mapping[str, Observed], world: World) -> look.AnyChart:
    """A panel a track: the standard coding, the band from stricter to looser, and dotted the world's own."""
    last = record.first + record.months
    years = [month for month in range(record.first, last + 1) if month % 12 == 0]
    panels = [_panel(track, record, three, world, years, track is world.tracks[-1]) for track in world.tracks]
    a, b = (world.countries[code].name for code in world.focus)
    title = look.title(
        f"{a} and {b} on record, {month_text(record.first)} to {month_text(last - 1)}",
        "Rung of each track by month. Line: standard coding; band: from the stricter to the looser one; "
        "dotted: the rungs set by hand in relations.yaml",
    )
    return look.finish(alt.vconcat(*panels, spacing=10).properties(title=title))


def _panel(
    track: Track,
    record: Record,
    three: Mapping[str, Observed],
    world: World,
    years: list[int],
    labels: bool,
) -> look.AnyChart:
    """One track, with the names of its rungs."""
    rows: list[look.Row] = []
    for number in [*range(record.months), record.months]:
        at = min(number, record.months - 1)  # the last month lasts until the next begins
        by_hand = by_hand_at(world, world.focus, track.name, record.first + at)
        row: look.Row = {"t": look.milliseconds(record.first + number), "by_hand": by_hand}
        rows.append(row | {name: each.rungs(track.name)[at] for name, each in three.items()})
    names = "[" + ",".join(f"'{rung}'" for rung in track.rungs) + "]"
    axis = alt.Axis(values=list(range(track.top + 1)), labelExpr=f"{names}[datum.value]", labelLimit=190)
    scale = alt.Scale(domain=[0, track.top], nice=False)
    time = alt.Axis(
        values=[look.milliseconds(month) for month in years], format="%Y", grid=False, labels=labels
    )
    ends = [look.milliseconds(record.first), look.milliseconds(record.first + record.months)]
    x = alt.X("t:T", scale=alt.Scale(type="utc", domain=ends, nice=False), axis=time, title=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title=f"{track.name} track")

    base = alt.Chart(look.data(rows)).encode(x=x)
    band = base.mark_area(color=look.FOCUS, opacity=0.18, interpolate=_STEPS, aria=False)
    line = base.mark_line(color=look.FOCUS, strokeWidth=2.4, interpolate=_STEPS, aria=False)
    hand = base.mark_line(color=look.INK, strokeWidth=1.4, strokeDash=[2, 3], interpolate=_STEPS, aria=False)
    layers = (
        band.encode(y=y("stricter"), y2=alt.Y2("looser")),
        line.encode(y=y("standard")),
        hand.encode(y=y("by_hand")),
    )
    return alt.layer(*layers).properties(width=_WIDTH, height=_ROW * track.top)
