"""Figures of a sweep: lines along one axis, heat maps over two, small multiples, dots, bars of indices."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt

from simulation.analysis.swept import levels_of, lines_of, short
from simulation.plots import look

Said = dict[str, Any]
_COLUMNS = 3  # of small multiples
_WIDTH, _SMALL = 700, 215  # of a panel that stands alone, and of one of several
_HEIGHT = 340
_CELL, _LOWEST = 34, 130  # height of a cell, and of the lowest panel: its axis has a name
_LEADING = 20  # axes of a figure of indices
_ROW = 22
_DARK = 0.5  # of the scale, from where on white letters are read better
_MOST = 12  # panels
_DOTS, _DENSE = 1000, 200  # dots of a panel, and from how many on each is fainter


def sweep_figure(said: Said) -> look.AnyChart:
    """The figure that suits the axes of a sweep. LookupError where none does."""
    if said["indices"]:
        return look.finish(_bars(said))
    if not said["cases"] or not said["axes"]:
        raise LookupError("a figure needs cases and axes")
    if len(said["axes"]) > (3 if said["design"] == "grid" else 1):
        return look.finish(_of_all(said))
    by = _panel_axis(said)
    panels = [""] if by is None else levels_of(said, by)
    if len(panels) > _MOST:
        raise LookupError("too many panels")
    rest = [axis for axis in said["axes"] if axis != by]
    charts = [
        (_lines if len(rest) == 1 else _cells)(
            said, _of(said, by, level), rest, Place(number, len(panels), _heading(by, level))
        )
        for number, level in enumerate(panels)
    ]
    return look.finish(_multiples(charts, look.title(said["title"], _what(said), _caption(said, by))))


def _multiples(charts: list[look.AnyChart], title: alt.TitleParams) -> look.AnyChart:
    """Panels in rows, under one title."""
    rows = [alt.hconcat(*charts[at : at + _COLUMNS], spacing=26) for at in range(0, len(charts), _COLUMNS)]
    title.frame = "bounds"
    chart: look.AnyChart = alt.vconcat(*rows, spacing=26).properties(title=title)
    return chart


def _of_all(said: Said) -> look.AnyChart:
    """A panel for each axis, a dot in it for each case: the others vary too."""
    axes, every = said["axes"][:_MOST], [one for one in said["cases"][1:] if one["mean"] == one["mean"]]
    cases = every[:: -(-len(every) // _DOTS)] if every else []
    charts = [_dots(said, cases, axis, Place(k, len(axes), "")) for k, axis in enumerate(axes)]
    reference = _factor(said) * said["cases"][0]["mean"]
    notes = [
        f"a dot: a case; dashed: {said['reference']}: {reference:.{0 if reference >= 10 else 1}f}",
        *([f"{len(cases):,} of {len(every):,} cases"] if len(cases) < len(every) else []),
        *([f"{len(axes)} of {len(said['axes'])} axes"] if len(axes) < len(said["axes"]) else []),
    ]
    return _multiples(charts, look.title(said["title"], _what(said), "; ".join([*notes, _n(said)])))


def _dots(said: Said, cases: list[Said], axis: str, place: Place) -> look.AnyChart:
    """What is shown of each case, by its value on one axis."""
    rows: list[look.Row] = [{"x": _at(said, one, axis), "mean": _factor(said) * one["mean"]} for one in cases]
    y = alt.Y("mean:Q", scale=_upright(said), title=_shown(said) if place.left else None)
    dots = alt.Chart(look.data(rows)).encode(x=_along(said, axis), y=y)
    opacity = 0.7 if len(rows) < _DENSE else 0.35
    return _panel(
        alt.layer(dots.mark_circle(color=look.FOCUS, size=22, opacity=opacity, aria=False), _dashed(said)),
        place, _SMALL,
    )  # fmt: skip


class Place(NamedTuple):
    """Which panel it is, of how many, and the value of the axis by which there are several."""

    number: int
    panels: int
    level: str

    @property
    def left(self) -> bool:
        """Whether it stands in the first column, which alone names the vertical axis."""
        return self.number % _COLUMNS == 0


def _panel_axis(said: Said) -> str | None:
    """The axis by which there are small multiples: the theory, or the first of three."""
    axes = said["axes"]
    if len(axes) > 1 and "theory" in axes:
        return "theory"
    return str(axes[0]) if len(axes) == 3 else None


def _heading(by: str | None, level: str) -> str:
    """What stands above a panel: the value of its axis, named where it is no theory."""
    return level if by in (None, "theory") else f"{'.'.join(str(by).split('.')[-2:])}: {short(level)}"


def _of(said: Said, by: str | None, level: str) -> list[Said]:
    return [one for one in said["cases"][1:] if by is None or one["values"][by] == level]


def _scale(said: Said) -> tuple[float, float]:
    """From the lowest to the highest end that is shown, the same in all panels; shares in percent."""
    ends = [end for one in said["cases"] for end in (one["mean"], *one["mean95"]) if end == end]  # noqa: PLR0124
    low, high = _factor(said) * min(ends), _factor(said) * max(ends)
    return (low, high) if low < high else (low - 1, high + 1)


def _factor(said: Said) -> float:
    return 1.0 if said["shown"]["relation"] is None else 100.0


def _unit(said: Said) -> str:
    return str(said["shown"]["unit"]) if said["shown"]["relation"] is None else "% of runs"


def _named(said: Said, axis: str) -> list[str]:
    """The path in short lines, with the unit of its numbers."""
    unit = said["units"].get(axis) if _numeric(said, axis) else ""
    return [*lines_of(axis), *([f"({unit})"] if unit else [])]


def _numeric(said: Said, axis: str) -> bool:
    return all(_is_number(each) for each in levels_of(said, axis))


def _is_number(text: str) -> bool:
    return short(text) != text or text.lstrip("-").replace(".", "", 1).isdigit()


def _lines(said: Said, cases: list[Said], axes: list[str], place: Place) -> look.AnyChart:
    """What is shown along one axis with its 95 % interval; dashed, the reference."""
    axis, factor = axes[0], _factor(said)
    numeric = _numeric(said, axis)
    rows: list[look.Row] = [
        {
            "x": _at(said, one, axis),
            "mean": factor * one["mean"], "low": factor * one["mean95"][0], "high": factor * one["mean95"][1],
        }
        for one in cases
    ]  # fmt: skip
    scale = _upright(said)
    y = alt.Y("mean:Q", scale=scale, title=_shown(said) if place.left else None)
    base = alt.Chart(look.data(rows)).encode(x=_along(said, axis))
    ends = {"y": alt.Y("low:Q", scale=scale), "y2": "high:Q"}
    layers = [base.mark_area(color=look.FOCUS, opacity=0.22, aria=False).encode(**ends)] if numeric else []
    if numeric:
        layers.append(base.mark_line(color=look.FOCUS, strokeWidth=2).encode(y=y))
    else:
        layers.append(base.mark_rule(color=look.FOCUS, strokeWidth=6, opacity=0.4, aria=False).encode(**ends))
    layers.append(base.mark_circle(color=look.FOCUS, size=36, opacity=1, aria=False).encode(y=y))
    return _panel(alt.layer(*layers, _dashed(said)), place, _HEIGHT if place.panels == 1 else _SMALL)


def _at(said: Said, one: Said, axis: str) -> float | str:
    """Where a case lies along an axis."""
    value = one["values"][axis]
    return float(value) if _numeric(said, axis) else short(value)


def _along(said: Said, axis: str) -> alt.X:
    """The axis of a sweep across a panel."""
    if _numeric(said, axis):
        scale = alt.Scale(nice=False, zero=False)
        return alt.X("x:Q", title=" ".join(_named(said, axis)), scale=scale, axis=alt.Axis(grid=False))
    return alt.X("x:O", title=_named(said, axis), sort=None, axis=alt.Axis(labelAngle=0))


def _upright(said: Said) -> alt.Scale:
    return alt.Scale(domain=list(_scale(said)), nice=True, zero=False)


def _shown(said: Said) -> str:
    return f"{said['shown']['measure']} ({_unit(said)})"


def _dashed(said: Said) -> alt.Chart:
    """The reference as a dashed line."""
    reference = alt.Chart(look.data([{"reference": _factor(said) * said["cases"][0]["mean"]}]))
    y = alt.Y("reference:Q", scale=_upright(said))
    chart: alt.Chart = reference.mark_rule(color=look.QUIET, strokeDash=[5, 4], aria=False).encode(y=y)
    return chart


def _cells(said: Said, cases: list[Said], axes: list[str], place: Place) -> look.AnyChart:
    """A cell for each two values: its colour and its number are what is shown."""
    down, across = axes
    low, high = _means(said)
    digits = 0 if high - low >= 10 else 1 if high - low >= 1 else 2
    rows: list[look.Row] = []
    for one in cases:
        value = _factor(said) * one["mean"]
        mark = {"up": "+", "down": "\u2212"}.get(one["difference"]["verdict"], "")
        rows.append({
            "down": short(one["values"][down]), "across": short(one["values"][across]), "value": value,
            "text": f"{value:.{digits}f}{mark}", "dark": int((value - low) / (high - low) > _DARK),
        })  # fmt: skip
    order = [short(each) for each in levels_of(said, down)]
    upward = _numeric(said, down)
    y = alt.Y(
        "down:O", sort=order[::-1] if upward else order,
        axis=alt.Axis(title=_named(said, down)) if place.left else alt.Axis(title=None, labels=False),
    )  # fmt: skip
    x = alt.X(
        "across:O",
        sort=None,
        title=_named(said, across),
        axis=alt.Axis(labelAngle=0, domain=False, ticks=False),
    )
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(domain=[low, high], range=list(look.SEQUENCE)),
        legend=alt.Legend(title=_unit(said), orient="right") if place.number == 0 else None,
    )
    base = alt.Chart(look.data(rows)).encode(x=x, y=y)
    cell = base.mark_rect(stroke="white", strokeWidth=1).encode(color=colour)
    white = alt.condition("datum.dark == 1", alt.value("white"), alt.value(look.INK))
    word = base.mark_text(fontSize=12 if place.panels == 1 else 11, aria=False).encode(
        text="text:N", color=white
    )
    return _panel(alt.layer(cell, word), place, max(_LOWEST, _CELL * len(order)))


def _means(said: Said) -> tuple[float, float]:
    found = [_factor(said) * one["mean"] for one in said["cases"][1:] if one["mean"] == one["mean"]]
    low, high = min(found), max(found)
    return (low, high) if low < high else (low, low + 1.0)


def _panel(chart: look.AnyChart, place: Place, height: int) -> look.AnyChart:
    sized: look.AnyChart = chart.properties(width=_WIDTH if place.panels == 1 else _SMALL, height=height)
    if place.panels > 1:
        sized = sized.properties(title=alt.TitleParams(place.level, fontSize=13, offset=6, frame="group"))
    return sized


def _bars(said: Said) -> look.AnyChart:
    """The leading indices as bars with their 95 % intervals; a second bar is what an axis makes alone."""
    sobol = said["design"] == "saltelli"
    found = said["indices"][:_LEADING]
    rows: list[look.Row] = [
        {"axis": one["axis"], "whole": one["whole"], "low": one["low"], "high": one["high"],
         "first": max(0.0, one["first"]) if sobol else one["first"]}
        for one in found
    ]  # fmt: skip
    y = alt.Y(
        "axis:N", sort=[one["axis"] for one in found],
        axis=alt.Axis(title=None, labelLimit=320, labelColor=look.INK),
    )  # fmt: skip
    name = "share of the variance between cases" if sobol else f"effect of a step ({_unit(said)})"
    base = alt.Chart(look.data(rows)).encode(y=y)
    bar = base.mark_bar(color=look.FOCUS, opacity=0.35, height=13).encode(x=alt.X("whole:Q", title=name))
    alone = base.mark_bar(color=look.FOCUS, height=6).encode(x="first:Q")
    ends = base.mark_rule(color=look.INK, strokeWidth=1.2, aria=False).encode(x="low:Q", x2="high:Q")
    what = (
        "Sobol indices: wide bar, the share in which the parameter has a part (line: 95 %); narrow bar, alone"
        if sobol
        else "Elementary effects of two thirds of a range: wide bar, mean size (line: 95 %); narrow bar, mean"
    )
    more = len(said["indices"]) - len(found)
    rest = f"; {more} more have smaller ones" if more > 0 else ""
    title = look.title(said["title"], _what(said), f"{what}{rest}", _n(said))
    title.frame = "bounds"
    chart: look.AnyChart = alt.layer(bar, alone, ends)
    return chart.properties(width=560, height=_ROW * len(found), title=title)


def _what(said: Said) -> str:
    shown = said["shown"]
    if shown["relation"] is None:
        return f"{shown['meaning']}: mean over runs ({shown['unit']})"
    bound = f"{shown['bound']:g}"
    return f"{shown['meaning']} {shown['relation']} {bound}: share of runs (%)"


def _caption(said: Said, by: str | None) -> str:
    flat = len(said["axes"]) - (by is not None) == 1
    reference = _factor(said) * said["cases"][0]["mean"]
    of = f"{said['reference']}: {reference:.{0 if reference >= 10 else 1}f}"
    marks = (
        f"band: 95 % of the mean; dashed: {of}"
        if flat
        else f"+ and \u2212: above and below {of} (95 %, paired)"
    )
    return f"{marks}; {_n(said)}"


def _n(said: Said) -> str:
    counts = [one["runs"] for one in said["cases"]] or [said["runs"]]
    runs = f"{min(counts):,}" if min(counts) == max(counts) else f"{min(counts):,} to {max(counts):,}"
    kinds = ", ".join(said["uncertainty"]) or "none"
    return f"{said['count'] - 1:,} cases, n = {runs} runs each; uncertainty: {kinds}"
