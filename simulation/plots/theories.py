"""One scenario under several theories: the index as a fan in each, as small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from simulation.analysis.sets import Entry
from simulation.plots import look
from simulation.plots.context import Context, caption

_COLUMNS = 3
_WIDTH, _HEIGHT = 244, 170  # of a panel


@dataclass(frozen=True)
class Panel:
    """One theory: its bands and words, the bands of what stands beside it, and the difference."""

    entry: Entry
    bands: pd.DataFrame
    context: Context
    beside: pd.DataFrame | None


def theories(panels: Sequence[Panel]) -> look.AnyChart:
    """A fan of the index for each theory, in the order given, and over it what the scenario changes.

    Raises LookupError when the table has no `cooperation` series of a case.
    """
    first = panels[0]
    charts = [_panel(one, number) for number, one in enumerate(panels)]
    rows = [alt.hconcat(*charts[at : at + _COLUMNS], spacing=22) for at in range(0, len(charts), _COLUMNS)]
    against = first.entry.index.against
    beside = f"; dashed: median of {against}" if first.beside is not None else ""
    words = f"line and bands: median, 50 % and 80 % of runs{beside}"
    title = look.title(
        f"{first.context.title}: {first.context.dyad}, by theory",
        f"Index (0 to 100) by month; above it the mean change in the last month against {against} (95 %)",
        caption([one.context for one in panels], words).rpartition("; theory:")[0],
    )
    title.frame = "bounds"
    chart = alt.vconcat(*rows, spacing=22).properties(title=title)
    return look.finish(chart)


def _panel(one: Panel, number: int) -> look.AnyChart:
    """The fan of one theory; the panels of the first column alone name the axis."""
    left = number % _COLUMNS == 0
    x = look.time(one.context, one.bands, most=4).title(None)
    axis = alt.Axis(
        title="index" if left else None, labels=left, values=[0, 25, 50, 75, 100], labelFlush=True
    )
    scale = alt.Scale(domain=[0, 100], nice=False)
    own = look.table(one.bands, one.context.case, "cooperation")
    held = alt.Chart(look.data(look.records(own, ("q10", "q25", "q50", "q75", "q90")))).encode(x=x)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    layers = [
        held.mark_area(color=look.FOCUS, opacity=0.22, aria=False).encode(y=y("q10"), y2="q90"),
        held.mark_area(color=look.FOCUS, opacity=0.36, aria=False).encode(y=y("q25"), y2="q75"),
    ]
    if one.beside is not None:
        rows = look.records(look.table(one.beside, 0, "cooperation"), ("q50",))
        dashed = alt.Chart(look.data(rows)).mark_line(
            color=look.INK, strokeDash=[5, 4], strokeWidth=1.6, aria=False
        )
        layers.append(dashed.encode(x=x, y=y("q50")))
    layers.append(held.mark_line(color="#00456e", strokeWidth=2.4, aria=False).encode(y=y("q50")))
    title = alt.TitleParams(
        one.entry.title, subtitle=changed(one.entry), anchor="start", frame="group", fontSize=13,
        subtitleFontSize=12, subtitlePadding=3, offset=6,
    )  # fmt: skip
    return alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT, title=title)


def changed(entry: Entry) -> str:
    """The difference as a panel says it: mean, interval and, where it is so, that nothing can be told."""
    found = entry.index
    if not entry.known:
        return "no difference is known"
    interval = "" if found.low != found.low else f" ({found.low:+.1f} to {found.high:+.1f})"
    open_ = "" if found.verdict in ("up", "down") else ", not distinguishable"
    return f"{found.mean:+.1f} points{interval}{open_}".replace("-", "\u2212")
