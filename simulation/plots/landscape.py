"""A landscape: how high every configuration lies, and how far from the lowest minimum."""

from __future__ import annotations

import math
from textwrap import shorten
from typing import Any

import altair as alt

from simulation.landscape.blocs import Blocs
from simulation.landscape.landscape import Landscape, Minimum
from simulation.plots import look

_WIDTH, _HEIGHT = 700, 380
_HALF = 0.42  # of the width of a column
_NAMED = 4  # minima whose sides are written out
_NUMBERED = 6  # minima that have their number beside them
_MOST = 500  # minima that are drawn
_LEAST, _AREA = 60, 1500  # square pixels of a minimum without a basin, and of one that holds everything
_LONGEST = 250  # characters of the sides of a minimum
_GAP = 0.035  # of the height, between numbers


def landscape(one: Blocs) -> look.AnyChart:
    """Configurations by moves to the lowest minimum and by energy; minima as discs, as large as basins."""
    found = one.landscape
    low, high = found.span
    pad = 0.06 * (high - low) or 1.0
    y = alt.Scale(domain=[low - pad, high + pad], nice=False)
    top = len(found.names) // 2
    x = alt.Scale(domain=[-0.5, top + 0.5], nice=False)
    layers = [*_cells(found, x, y), *_discs(one, x, y)]
    what = "shade: how many configurations lie there; " if found.shape is not None else ""
    title = look.title(
        f"Blocs: {one.title}",
        f"Energy of configurations of two blocs; {what}disc: a minimum, its area the share that ends in it",
        *(_sides(one, number) for number in range(min(_NAMED, len(found.minima)))),
        one.looked_at,
    )
    return look.finish(alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT, title=title))


def _axes(found: Landscape, x: alt.Scale, y: alt.Scale) -> tuple[alt.X, alt.Y]:
    moves = list(range(len(found.names) // 2 + 1))
    across = alt.Axis(values=moves, format="d", grid=False)
    return (
        alt.X(
            "x:Q", scale=x, axis=across, title="countries that would have to change sides to reach minimum 1"
        ),
        alt.Y("y:Q", scale=y, title="energy (size squared × propensity)"),
    )


def _cells(found: Landscape, x: alt.Scale, y: alt.Scale) -> list[alt.Chart]:
    """How many configurations lie where; nothing where they were sampled."""
    if found.shape is None:
        return []
    low, high = found.span
    step = (high - low) / found.shape.shape[1] or 1.0
    rows: list[look.Row] = [
        {
            "x": moves - _HALF, "x2": moves + _HALF, "y": low + step * level, "y2": low + step * (level + 1),
            "count": int(count),
        }
        for moves, column in enumerate(found.shape) for level, count in enumerate(column) if count
    ]  # fmt: skip
    most = max(int(found.shape.max()), 2)
    across, up = _axes(found, x, y)
    ticks = sorted({10**k for k in range(int(math.log10(most)) + 1)} | {most})
    legend = alt.Legend(title="configurations", orient="right", values=ticks, format=",d", gradientLength=160)
    shade = alt.Color(
        "count:Q",
        scale=alt.Scale(type="log", domain=[1, most], range=list(look.SEQUENCE[2:])),
        legend=legend,
    )
    base = alt.Chart(look.data(rows)).mark_rect(aria=False)
    return [base.encode(x=across, x2="x2:Q", y=up, y2="y2:Q", color=shade)]


def _discs(one: Blocs, x: alt.Scale, y: alt.Scale) -> list[alt.Chart]:
    """The minima, and the numbers of the lowest."""
    found = one.landscape
    minima = found.minima[:_MOST]
    low, high = found.span
    rows: list[look.Row] = [
        {
            "x": moves_between(each, minima[0]), "y": each.energy,
            "area": _LEAST + _AREA * (one.share(each) or 0.0),
        }
        for each in minima
    ]  # fmt: skip
    numbers: list[look.Row] = []
    for column in dict.fromkeys(row["x"] for row in rows[:_NUMBERED]):
        here = [number for number, row in enumerate(rows[:_NUMBERED]) if row["x"] == column]
        levels = look.spread([minima[number].energy for number in here], _GAP * (high - low), low, high)
        numbers += [
            {"x": column, "y": level, "number": str(number + 1)}
            for number, level in zip(here, levels, strict=True)
        ]
    across, up = _axes(found, x, y)
    disc = alt.Chart(look.data(rows)).mark_circle(
        color="#d55e00", opacity=0.75, stroke="white", strokeWidth=1.2, aria=False
    )
    size = alt.Size("area:Q", scale=None)
    word = alt.Chart(look.data(numbers)).encode(x=across, y=up, text="number:N")
    halo: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [
        disc.encode(x=across, y=up, size=size),
        *(
            word.mark_text(
                align="left", dx=24, fontSize=13, fontWeight="bold", color=look.INK, aria=False, **outline
            )
            for outline in (halo, {})
        ),
    ]


def moves_between(one: Minimum, other: Minimum) -> int:
    """How many countries must change sides to come from one configuration to the other."""
    apart = sum(a != b for a, b in zip(one.sides, other.sides, strict=True))
    return min(apart, len(one.sides) - apart)


def _sides(one: Blocs, number: int) -> str:
    """A minimum in words."""
    each = one.landscape.minima[number]
    first, other = one.both(each.sides)
    share = one.share(each)
    end = "" if share is None else f" ({share:.0%} end here)"
    sides = f"{', '.join(first)} against {', '.join(other) or 'nobody'}"
    return f"{number + 1}: {shorten(sides, _LONGEST, placeholder=' …')}{end}"
