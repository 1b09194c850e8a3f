"""The look that all figures share: font, colours, time axis, title; and how a table becomes a chart's data.

Liberation Sans travels inside vl-convert and has the metrics of Arial, which stands behind it for browsers:
text is as wide as it was measured wherever the SVG is opened.
"""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterable, Sequence
from itertools import pairwise
from textwrap import wrap
from typing import TypeAlias

import altair as alt
import pandas as pd

from simulation.plots.context import Context

Row: TypeAlias = dict[str, float | int | str | None]
AnyChart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH = 900
"""Width of a figure, in pixels of the SVG."""
FIT = alt.AutoSizeParams(type="fit", contains="padding")
"""Axes, labels and padding count into the width."""
INK, QUIET, FAINT = "#1f2933", "#5b6770", "#dde2e6"
FOCUS = "#0072b2"
# Okabe and Ito's colours, strongest contrast with white first; their yellow is too faint for a line.
OKABE_ITO = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
BRANCHES = tuple(colour for colour in OKABE_ITO if colour != FOCUS)
DASHES = ((8, 3), (4, 2), (10, 3, 2, 3), (5, 4), (12, 2, 5, 2))
"""Dashes of branches: no factor in common with the count of colours, so that pairs of both repeat late."""
BETWEEN = 15
"""Pixels between the names of lines."""
# ColorBrewer YlGnBu without its palest class: sequential, safe for colour-blind readers, prints in grey.
SEQUENCE = ("#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#253494", "#081d58")
EMPTY = "#e9e6e0"
"""Colour of the lowest rung: nothing there."""

_TICK_STEPS = (1, 3, 6, 12, 24, 60, 120, 240)


def milliseconds(month: int) -> int:
    """The first instant of a month (year * 12 + month - 1), UTC, in milliseconds since 1970."""
    return timegm((month // 12, month % 12 + 1, 1, 0, 0, 0)) * 1000


def month_of(date: str) -> int:
    """`YYYY-MM` as year * 12 + month - 1."""
    year, month = date.split("-")
    return int(year) * 12 + int(month) - 1


def table(bands: pd.DataFrame, case: int, series: str) -> pd.DataFrame:
    """Rows of one series of one case, in time. Raises LookupError when the table has none."""
    rows = bands[(bands["case"] == case) & (bands["series"] == series)]
    if rows.empty:
        raise LookupError(f"bands has no series {series!r} of case {case}")
    return rows.sort_values("month")


def records(rows: pd.DataFrame, columns: Sequence[str]) -> list[Row]:
    """Rows as a chart takes them: `month` as an instant `t`, the columns as plain floats, NaN as null.

    A single month is drawn until the next one begins: alone it would have no width.
    """
    if len(rows) == 1:
        date = month_of(rows["date"].iloc[0]) + 1
        rows = pd.concat([rows, rows.assign(date=f"{date // 12}-{date % 12 + 1}")])
    instants = [milliseconds(month_of(date)) for date in rows["date"]]
    values = [[None if pd.isna(v) else float(v) for v in rows[column]] for column in columns]
    return [
        {"t": instant, **dict(zip(columns, row, strict=True))}
        for instant, row in zip(instants, zip(*values, strict=True), strict=True)
    ]


def data(rows: Iterable[Row]) -> alt.InlineData:
    """Rows written into the chart as they are: as a tuple, which Altair does not copy at every step."""
    return alt.InlineData(values=tuple(rows))


def time(context: Context, bands: pd.DataFrame, most: int = 11, labels: bool = True) -> alt.X:
    """The axis of months: from the start to the last month of the scenario's case, at most `most` labels.

    Without `labels` only its ticks are drawn, for a panel that stands above another.
    """
    first = context.start
    last = max(month_of(date) for date in bands.loc[bands["case"] == context.case, "date"])
    span = last - first + 1
    step = next((s for s in _TICK_STEPS if span / s <= most), _TICK_STEPS[-1])
    ticks = [milliseconds(month) for month in range(first, last + 1) if month % step == 0]
    scale = alt.Scale(
        type="utc", domain=[milliseconds(first), milliseconds(max(last, first + 1))], nice=False
    )
    axis = alt.Axis(values=ticks, format="%b %Y", grid=False, labelFlush=False, labels=labels)
    return alt.X("t:T", scale=scale, axis=axis, title="month" if labels else None)


def values(title: str, low: float, high: float, field: str = "q50") -> alt.Y:
    """The vertical axis: a field on a scale from `low` to `high`."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[low, high], nice=False), title=title)


def ceiling(highest: float, bound: float = float("inf")) -> float:
    """A round number at or above the highest value, at most `bound`."""
    if not highest > 0:
        return min(1.0, bound)
    power = 1.0
    while power < highest:
        power *= 10
    while power >= highest * 10:
        power /= 10
    return min(
        next(s * power for s in (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1) if s * power >= highest), bound
    )


def title(text: str, *lines: str) -> alt.TitleParams:
    """Title and subtitle, broken where 900 pixels end."""
    subtitle = [part for line in lines for part in wrap(line, 138)]
    return alt.TitleParams(text=wrap(text, 82), subtitle=subtitle)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels: as wanted, but at least `gap` apart and inside [low, high] while they fit."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = [min(max(value, low), high) for value in wanted]
    for before, here in pairwise(order):
        places[here] = max(places[here], places[before] + gap)
    if order and places[order[-1]] > high:
        places[order[-1]] = high
        for here, after in zip(order[-2::-1], order[:0:-1], strict=False):
            places[here] = min(places[here], places[after] - gap)
    return places


def colours(codes: Sequence[str], context: Context) -> dict[str, str]:
    """One colour a country, the same in every figure of a world; the countries in focus need none."""
    others = [code for code in context.countries if code not in context.focus]
    known = others + [code for code in codes if code not in others]
    return {code: OKABE_ITO[known.index(code) % len(OKABE_ITO)] for code in codes}


def forks(branches: Iterable[tuple[str, int]]) -> list[Row]:
    """Where branches leave the line above them, from their names and months: one row a month."""
    return [
        {"t": milliseconds(month), "fork": f"fork {month // 12}-{month % 12 + 1:02d}"}
        for month in sorted({month for _, month in branches})
    ]


def fork_marks(rows: Sequence[Row], x: alt.X) -> list[alt.Chart]:
    """An upright line at every fork, with its month on top; none without a fork."""
    if not rows:
        return []
    base = alt.Chart(data(rows)).encode(x=x)
    line = base.mark_rule(color=QUIET, strokeWidth=1, opacity=0.6, aria=False)
    word = base.mark_text(align="left", baseline="top", dx=4, dy=2, fontSize=11, color=QUIET, aria=False)
    return [line, word.encode(y=alt.value(0), text="fork:N")]


def sequence(count: int) -> list[str]:
    """`count` colours for an order of rungs: a neutral one for the lowest, then light to dark."""
    if count < 2:
        return [EMPTY] * count
    steps = count - 2
    places = [i * (len(SEQUENCE) - 1) / steps for i in range(count - 1)] if steps else [len(SEQUENCE) / 2]
    return [EMPTY, *(_between(place) for place in places)]


def _between(place: float) -> str:
    left = min(int(place), len(SEQUENCE) - 2)
    share = place - left
    ends = [[int(SEQUENCE[i][c : c + 2], 16) for c in (1, 3, 5)] for i in (left, left + 1)]
    mixed = (round(a + (b - a) * share) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def finish(chart: AnyChart) -> AnyChart:
    """The common configuration: one font, quiet axes, white ground (readable where a page is dark)."""
    finished: AnyChart = (
        chart.configure(font=FONT, background="white", padding=14)
        .configure_view(stroke=None)
        .configure_title(
            anchor="start",
            frame="group",
            fontSize=19,
            fontWeight="bold",
            color=INK,
            offset=14,
            subtitleFontSize=12.5,
            subtitleColor=QUIET,
            subtitlePadding=7,
            subtitleLineHeight=17,
        )
        .configure_axis(
            labelFontSize=12,
            labelColor=QUIET,
            titleFontSize=12.5,
            titleColor=INK,
            titleFontWeight="normal",
            titlePadding=9,
            gridColor=FAINT,
            domainColor=QUIET,
            tickColor=QUIET,
            tickSize=4,
        )
        .configure_axisY(domain=False, ticks=False, labelPadding=6)
        .configure_legend(
            labelFontSize=12,
            labelColor=INK,
            title=None,
            titleFontSize=12,
            labelLimit=240,
            columnPadding=18,
        )
    )
    return finished
