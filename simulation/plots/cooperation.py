"""How far the focal dyad cooperates: the index as a fan, and the rungs it stands on."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from simulation.plots import look
from simulation.plots.context import Context

PANEL = 150
"""Height of a track's panel, in pixels."""
_PLOT, _KEY = 610, 172  # widths of a track's panel and of the names in its key: at most 900 with all else
_FAN, _ENDS = 450, 190  # height of the fan, and the width of the names of branches beside it
_SWATCH = "M-1,-0.6H1V0.6H-1Z"  # as wide as a line's symbol: the entries of the key stand level
_SYMBOL = 420
_OVERLAID = 1 - (1 - 0.22) * (1 - 0.36)  # how dense the band of 50 % looks, lying on that of 80 %


def fan(bands: pd.DataFrame, context: Context) -> look.AnyChart:
    """The cooperation index (0 to 100) over time: median and bands of runs, the parent behind.

    Raises LookupError when the table has no `cooperation` series of a case.
    """
    own = look.data(
        look.records(look.table(bands, context.case, "cooperation"), ("q10", "q25", "q50", "q75", "q90"))
    )
    y = look.values("cooperation index (0 to 100)", 0, 100)
    x = look.time(context, bands)
    layers = _parent_layers(bands, context, x, y)
    layers += [
        _band(own, x, "q10", "q90", "80 % of runs", look.FOCUS, 0.22),
        _band(own, x, "q25", "q75", "50 % of runs", look.FOCUS, 0.36, _OVERLAID),
        _line(own, x, y, "median", "#00456e", [1, 0], 2.6),
        *_branch_layers(bands, context, x, y),
    ]
    against = f", beside its parent: {context.parent}" if context.parent_case is not None else ""
    against += "; dashed: medians of its branches" if context.branches else ""
    # The names of branches stand outside the plot, where a figure of fixed width has no room.
    room = (
        {"width": look.WIDTH - _ENDS - 90}
        if context.branches
        else {"width": look.WIDTH, "autosize": look.FIT}
    )
    chart = (
        alt.layer(*layers)
        .resolve_scale(fill="independent", stroke="independent")
        .properties(
            height=_FAN,
            title=look.title(
                f"{context.title}: how far {context.dyad} cooperate",
                f"Index of all tracks, month by month{against}",
                context.caption("bands: 50 % and 80 % of runs around the median"),
            ),
            **room,
        )
    )
    return look.finish(chart)


def _parent_layers(bands: pd.DataFrame, context: Context, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    if context.parent_case is None:
        return []
    rows = look.data(
        look.records(look.table(bands, context.parent_case, "cooperation"), ("q10", "q50", "q90"))
    )
    return [
        _band(rows, x, "q10", "q90", "parent, 80 %", "#6b7780", 0.2),
        _line(rows, x, y, "parent, median (dotted)", "#6b7780", [2, 3], 2),
    ]


def _branch_layers(bands: pd.DataFrame, context: Context, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The median of each branch, from the last month that it shares on, with its name where it ends."""
    layers = look.fork_marks(
        look.forks((name, look.month_of(at)) for name, at in context.branches.values()), x
    )
    ends: list[look.Row] = []
    for number, (case, (name, fork)) in enumerate(context.branches.items()):
        colour = look.BRANCHES[number % len(look.BRANCHES)]
        dash = look.DASHES[number % len(look.DASHES)]
        rows = look.table(bands, case, "cooperation")
        own = look.records(rows[rows["date"].shift(-1, fill_value="9999") >= fork], ("q50",))
        line = alt.Chart(look.data(own)).mark_line(strokeDash=dash, strokeWidth=2.4, color=colour, aria=False)
        layers.append(line.encode(x=x, y=y))
        ends.append({**own[-1], "name": name, "colour": colour})
    wanted = [float(end["q50"] or 0) for end in ends]
    places = look.spread(wanted, 100 * look.BETWEEN / _FAN, 0, 100)
    named = look.data({**end, "at": place} for end, place in zip(ends, places, strict=True))
    words = alt.Chart(named).mark_text(align="left", dx=8, fontSize=12, limit=_ENDS, aria=False)
    colour_of = alt.Color("colour:N", scale=None, legend=None)
    return [*layers, words.encode(x=x, y=alt.Y("at:Q"), text="name:N", color=colour_of)] if ends else []


def _band(
    rows: alt.InlineData,
    x: alt.X,
    low: str,
    high: str,
    label: str,
    colour: str,
    opacity: float,
    in_key: float | None = None,
) -> alt.Chart:
    shown = opacity if in_key is None else in_key
    legend = alt.Legend(
        orient="top", symbolType=_SWATCH, symbolSize=_SYMBOL, symbolStrokeWidth=0, symbolOpacity=shown
    )
    fill = alt.Fill("label:N", scale=alt.Scale(domain=[label], range=[colour]), legend=legend)
    area = alt.Chart(rows).mark_area(opacity=opacity, aria=False).transform_calculate(label=repr(label))
    chart: alt.Chart = area.encode(x=x, y=alt.Y(f"{low}:Q"), y2=alt.Y2(high), fill=fill)
    return chart


def _line(
    rows: alt.InlineData,
    x: alt.X,
    y: alt.Y,
    label: str,
    colour: str,
    dash: Sequence[float],
    width: float,
) -> alt.Chart:
    legend = alt.Legend(
        orient="top", symbolType="stroke", symbolSize=_SYMBOL, symbolStrokeWidth=width, symbolDash=dash
    )
    stroke = alt.Stroke("label:N", scale=alt.Scale(domain=[label], range=[colour]), legend=legend)
    line = alt.Chart(rows).mark_line(strokeDash=dash, strokeWidth=width, aria=False)
    chart: alt.Chart = line.transform_calculate(label=repr(label)).encode(x=x, y=y, stroke=stroke)
    return chart


def rungs(bands: pd.DataFrame, context: Context) -> look.AnyChart:
    """Probability of each rung over time, one panel a track, stacked from the lowest.

    Raises LookupError when the table has no `rung.<track>` series of the scenario's case.
    """
    tracks = list(context.rungs)
    x, bare = look.time(context, bands), look.time(context, bands, labels=False)
    panels = [_panel(bands, context, track, x if track == tracks[-1] else bare) for track in tracks]
    chart = (
        alt.vconcat(*panels, spacing=18)
        .resolve_scale(color="independent")
        .properties(
            title=look.title(
                f"{context.title}: on which rung {context.dyad} stand",
                "Share of runs on each rung of each track, month by month",
                context.caption("height of a colour: probability of that rung"),
            )
        )
    )
    return look.finish(chart)


def _panel(bands: pd.DataFrame, context: Context, track: str, x: alt.X) -> alt.Chart:
    names = context.rungs[track]
    columns = [f"p{k}" for k in range(len(names))]
    rows = look.records(look.table(bands, context.case, f"rung.{track}"), columns)
    labels = [f"{k} {name}" for k, name in enumerate(names)]
    long: list[look.Row] = [
        {"t": row["t"], "rung": label, "order": k, "p": row[f"p{k}"]}
        for row in rows
        for k, label in enumerate(labels)
    ]
    colour = alt.Color(
        "rung:N",
        scale=alt.Scale(domain=labels, range=look.sequence(len(names))),
        sort=labels,
        legend=alt.Legend(
            orient="right",
            title=f"{track} track",
            symbolType="square",
            offset=14,
            labelLimit=_KEY,
            values=labels[::-1],  # highest on top, as in the stack
        ),
    )
    y = alt.Y("p:Q", stack="zero", title="share of runs", scale=alt.Scale(domain=[0, 1], nice=False),
              axis=alt.Axis(format="%", tickCount=5))  # fmt: skip
    area = alt.Chart(look.data(long)).mark_area(aria=False)
    encoded: alt.Chart = area.encode(x=x, y=y, color=colour, order=alt.Order("order:Q")).properties(
        width=_PLOT, height=PANEL
    )
    return encoded
