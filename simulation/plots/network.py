"""Every dyad at once: how far each has come at the start, half way and in the last month."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import altair as alt
import pandas as pd

from simulation.document import month_text
from simulation.plots import look
from simulation.plots.context import Context
from simulation.results.intervals import student

_SIDE, _HEIGHT = 278, 232  # of a panel: three of them and their spacing make the width of a figure
_WIDE, _HIGH = 1.5, 1.25  # from the middle of a panel to its edge, where the circle's radius is 1
_NODE = 330  # area of a country's disc, in square pixels
_THIN, _THICK = 0.8, 13.0  # width of the line of a dyad without any cooperation, and at index 100
_OFF_CENTRE = 0.34  # where the number of a line through the centre stands: others have theirs half way
_LEVEL, _BESIDE = 0.01, 0.205  # countries above that level have their name over them, so far; others under
RISE, FALL, SAME = "higher than at the start", "lower", "not distinguishable from the start"
_COLOURS = {RISE: look.FOCUS, FALL: "#d55e00", SAME: "#a3adb5"}


def network(bands: pd.DataFrame, context: Context) -> look.AnyChart:
    """The index of every dyad (mean over runs) before the first month, half way and in the last month.

    A line is as wide as the index is high; its colour says whether the mean has risen or fallen since the
    start, by its 95 % Monte Carlo interval. Raises LookupError when the table holds no second dyad.
    """
    codes = [code for code in context.countries if any(code in pair.split(".") for pair in context.dyads)]
    if len(codes) < 3:
        raise LookupError("a network needs three countries")
    last = int(bands.loc[bands["case"] == context.case, "month"].max())
    panels = [_panel(f"start: before {month_text(context.start)}", _start(codes, context), codes, context)]
    for title, month in {"half way": last // 2, "end": last}.items():
        rows = _held(bands, codes, context, month)
        panels.append(_panel(f"{title}: {month_text(context.start + month)}", rows, codes, context))
    chart = alt.hconcat(*panels, spacing=8).properties(
        title=look.title(
            f"{context.title}: who cooperates with whom",
            "Cooperation index (0 to 100) of every dyad: the number, and the width of its line",
            context.caption("mean of runs; colour: by the 95 % interval of the mean's change"),
        )
    )
    return look.finish(chart)


def _start(codes: list[str], context: Context) -> list[look.Row]:
    return [_row(pair, context.dyads[".".join(pair)], SAME) for pair in combinations(codes, 2)]


def _held(bands: pd.DataFrame, codes: list[str], context: Context, month: int) -> list[look.Row]:
    """One row a dyad: its mean index in a month, and which way it has gone."""
    now = bands[(bands["case"] == context.case) & (bands["month"] == month)].set_index("series")
    rows = []
    for pair in combinations(codes, 2):
        name = "cooperation" if set(pair) == set(context.focus) else f"cooperation.{pair[0]}.{pair[1]}"
        mean, sd = float(now["mean"][name]), float(now["sd"][name])
        half = student(context.runs - 1) * sd / context.runs**0.5
        change = mean - context.dyads[".".join(pair)]
        rows.append(_row(pair, mean, RISE if change > half else FALL if change < -half else SAME))
    return rows


def _row(pair: tuple[str, str], index: float, change: str) -> look.Row:
    width = _THIN + (_THICK - _THIN) * index / 100
    return {"a": pair[0], "b": pair[1], "index": index, "change": change, "width": width}


def _places(codes: list[str]) -> dict[str, tuple[float, float]]:
    """The countries on a circle in the order of the world, the first two on top."""
    step = 2 * math.pi / len(codes)
    angles = {code: math.pi / 2 + step * (0.5 - number) for number, code in enumerate(codes)}
    return {code: (math.cos(at), math.sin(at)) for code, at in angles.items()}


def _panel(title: str, rows: list[look.Row], codes: list[str], context: Context) -> look.AnyChart:
    places = _places(codes)
    wide, high = (alt.Scale(domain=[-edge, edge], nice=False) for edge in (_WIDE, _HIGH))
    x, y = alt.X("x:Q", scale=wide, axis=None), alt.Y("y:Q", scale=high, axis=None)
    placed = [_placed(row, places) for row in sorted(rows, key=lambda row: float(row["index"] or 0))]
    colour = alt.Color(
        "change:N",
        scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
        legend=alt.Legend(orient="bottom", symbolType="stroke", symbolStrokeWidth=5, direction="horizontal"),
    )
    width = alt.StrokeWidth("width:Q", scale=None)
    base = alt.Chart(look.data(placed))
    lines = base.mark_rule(strokeCap="round", opacity=0.85, aria=False).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=width, color=colour
    )
    tx, ty = alt.X("tx:Q", scale=wide, axis=None), alt.Y("ty:Q", scale=high, axis=None)
    numbers = _haloed(base.encode(x=tx, y=ty, text="text:N"), fontSize=11)
    ends: list[look.Row] = [
        {"x": x, "y": y, "name": context.name(code), "beside": y + math.copysign(_BESIDE, y - _LEVEL)}
        for code, (x, y) in places.items()
    ]
    disc = alt.Chart(look.data(ends)).encode(x=x)
    name = disc.encode(y=alt.Y("beside:Q", scale=high, axis=None), text="name:N")
    names = _haloed(name, fontSize=12, fontWeight="bold")
    circle = disc.encode(y=y).mark_circle(size=_NODE, color=look.INK, opacity=1, aria=False)
    return alt.layer(lines, *numbers, circle, *names).properties(
        width=_SIDE, height=_HEIGHT, title=alt.TitleParams(title, anchor="middle", fontSize=13, offset=4)
    )


def _haloed(chart: alt.Chart, **look_of: Any) -> list[alt.Chart]:
    """Text that stays readable on a line: its outline in white, and itself on top."""
    outline: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [chart.mark_text(aria=False, color=look.INK, **look_of, **more) for more in (outline, {})]


def _placed(row: look.Row, places: dict[str, tuple[float, float]]) -> look.Row:
    """A dyad's line from country to country, with the place of its number on it."""
    (x, y), (x2, y2) = places[str(row["a"])], places[str(row["b"])]
    middle = math.hypot(x + x2, y + y2) < 0.5
    share = _OFF_CENTRE if middle else 0.5
    at = {"tx": x + share * (x2 - x), "ty": y + share * (y2 - y)}
    return {**row, "x": x, "y": y, "x2": x2, "y2": y2, **at, "text": f"{float(row['index'] or 0):.0f}"}
