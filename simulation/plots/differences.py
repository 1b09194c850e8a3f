"""Scenarios side by side: what each differs by from what stands beside it, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from simulation.analysis.compare import Difference
from simulation.analysis.sets import Entry
from simulation.plots import look
from simulation.plots.context import Context, caption

_NAMES, _INDEX, _TRACK = 240, 270, 92  # widths: names, panel of the index, panel of a track
_ROW, _TALL = 27, 40  # height of a row, and of one whose name says what it stands beside
_MARGIN = 1.08  # of an axis, beyond the end of the longest interval
COLOURS = {"up": look.FOCUS, "down": "#d55e00", "not distinguishable at this n": "#8b959d", "none": "#8b959d"}
_KEY = ("up", "down", "not distinguishable at this n")


def differences(entries: Sequence[Entry], contexts: Sequence[Context]) -> look.AnyChart:
    """A row a scenario, in the order given: the mean difference of the index and of the rung on each track.

    `contexts` are those of the same scenarios. Raises LookupError when no entry has a known difference.
    """
    known = [one for one in entries if one.known]
    if not known:
        raise LookupError("no difference is known")
    against = list(dict.fromkeys(one.index.against for one in known))
    labels = _labels(known, len(against) > 1)
    height = (_TALL if len(against) > 1 else _ROW) * len(known)
    found = {"cooperation index": [one.index for one in known]}
    for track in known[0].tracks:
        if all(track in one.tracks for one in known):
            found[f"{track} track"] = [one.tracks[track] for one in known]
    reach = {title: _reach(those) for title, those in found.items()}
    rungs = max((reach[title] for title in found if title != "cooperation index"), default=1.0)
    panels = [
        _panel(title, labels, those, reach[title] if number == 0 else rungs, number == 0)
        .properties(width=_INDEX if number == 0 else _TRACK, height=height)
        for number, (title, those) in enumerate(found.items())
    ]  # fmt: skip
    dyads = " / ".join(dict.fromkeys(one.dyad for one in contexts))
    beside = f", less {against[0]}" if len(against) == 1 else ""
    title = look.title(
        f"What each scenario changes for {dyads}",
        f"Difference in the last month{beside}, sorted by the index",
        caption(contexts, "dot: mean over runs; bar: its 95 % Monte Carlo interval"),
    )
    title.frame = "bounds"  # the names of the rows stand under it too
    return look.finish(alt.hconcat(*panels, spacing=16).properties(title=title))


def _labels(entries: Sequence[Entry], against: bool) -> list[str]:
    """What each row is called, below its number, which keeps rows of one title apart."""
    titles = [one.title for one in entries]
    names = [one.title if titles.count(one.title) == 1 else f"{one.title} ({one.name})" for one in entries]
    return [
        "\n".join((str(number), name, *([f"less {one.index.against}"] if against else ())))
        for number, (name, one) in enumerate(zip(names, entries, strict=True))
    ]


def _reach(found: Sequence[Difference]) -> float:
    """How far from 0 an axis has to go for these intervals."""
    ends = [abs(end) for one in found for end in (one.mean, one.low, one.high) if end == end]  # noqa: PLR0124
    return _MARGIN * max(ends, default=0.0) or 1.0


def _panel(
    title: str, labels: Sequence[str], found: Sequence[Difference], reach: float, first: bool
) -> look.AnyChart:
    """One measure: a bar from end to end of each interval, a dot at the mean, and a line at 0."""
    rows: list[look.Row] = [
        {
            "label": label,
            "mean": one.mean,
            "low": one.low if one.low == one.low else one.mean,
            "high": one.high if one.high == one.high else one.mean,
            "verdict": _KEY[-1] if one.verdict == "none" else one.verdict,
        }
        for label, one in zip(labels, found, strict=True)
    ]
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    signed = "datum.value > 0 ? '+' + datum.label : datum.label"
    unit = "points" if first else "rungs"
    axis = alt.Axis(tickCount=7 if first else 3, format="~f", labelExpr=signed)
    names = alt.Axis(
        title=None,
        labelLimit=_NAMES,
        labelFontSize=12,
        labelColor=look.INK,
        labelExpr="slice(split(datum.label, '\\n'), 1)",
    )
    y = alt.Y("label:N", sort=list(labels), axis=names if first else None)
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=list(_KEY), range=[COLOURS[word] for word in _KEY]),
        legend=alt.Legend(orient="bottom", symbolType="circle", symbolSize=90, symbolOpacity=1)
        if first
        else None,
    )
    base = alt.Chart(look.data(rows)).encode(y=y, color=colour)
    x = alt.X("mean:Q", scale=scale, axis=axis, title=f"{title} ({unit})" if first else [title, f"({unit})"])
    bar = base.mark_rule(strokeWidth=6, opacity=0.5, aria=False)
    dot = base.mark_circle(size=36, opacity=1, aria=False)
    zero = alt.Chart(look.data([{"zero": 0.0}])).mark_rule(color=look.QUIET, strokeWidth=1, aria=False)
    return alt.layer(
        zero.encode(x=alt.X("zero:Q", scale=scale)),
        bar.encode(x=alt.X("low:Q", scale=scale), x2="high:Q"),
        dot.encode(x=x),
    )
