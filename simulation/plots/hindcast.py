"""The model against the record: its bands beside what happened, and its scores beside its rivals'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from simulation.plots import look
from simulation.world import Track

_WIDTH, _ROW, _BAR = 700, 26, 20
_STEPS: Final = "step-after"  # a rung holds for its whole month
_RIVAL = "#9aa5ae"


def bands(found: Mapping[str, Any], tracks: Sequence[Track]) -> look.AnyChart:
    """A panel a track: the record as a line, the middle 80 % of the model as a band, its mean dashed."""
    fixed = found["fixed"]
    panels = [_panel(track, fixed["bands"], track is tracks[-1]) for track in tracks]
    title = look.title(
        f"Run on from {fixed['from']} with what came from outside, and what happened",
        "Line: rung on record; band: middle 80 % of the model's histories; dashed: their mean",
    )
    return look.finish(alt.vconcat(*panels, spacing=10).properties(title=title))


def _panel(track: Track, all_rows: Sequence[Mapping[str, Any]], labels: bool) -> look.AnyChart:
    rows: list[look.Row] = [
        {
            "t": look.milliseconds(look.month_of(each["month"])),
            **{name: each[name] for name in ("rung", "low", "high", "mean")},
        }
        for each in all_rows
        if each["track"] == track.name
    ]
    names = "[" + ",".join(f"'{rung}'" for rung in track.rungs) + "]"
    axis = alt.Axis(values=list(range(track.top + 1)), labelExpr=f"{names}[datum.value]", labelLimit=190)
    scale = alt.Scale(domain=[0, track.top], nice=False)
    time = alt.Axis(format="%Y", grid=False, labels=labels, tickCount="year")
    x = alt.X("t:T", scale=alt.Scale(type="utc", nice=False), axis=time, title=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title=f"{track.name} track")

    base = alt.Chart(look.data(rows)).encode(x=x)
    band = base.mark_area(color=look.FOCUS, opacity=0.18, interpolate=_STEPS, aria=False)
    mean = base.mark_line(color=look.FOCUS, strokeWidth=1.6, strokeDash=[5, 3], aria=False)
    line = base.mark_line(color=look.INK, strokeWidth=2.4, interpolate=_STEPS, aria=False)
    layers = (band.encode(y=y("low"), y2=alt.Y2("high")), mean.encode(y=y("mean")), line.encode(y=y("rung")))
    return alt.layer(*layers).properties(width=_WIDTH, height=_ROW * track.top)


def scores(found: Mapping[str, Any]) -> look.AnyChart:
    """A panel a question: the pooled score of everybody, the model's in colour; shorter is better."""
    asked = {f"all months from {found['fixed']['from']} on": found["fixed"]["scores"]}
    for months, each in found["rolling"]["given"]["horizons"].items():
        asked[f"{months} months ahead, origins after the training years"] = each["after_training"]["scores"]
    top = max(score["pooled"] for panel in asked.values() for score in panel.values())
    panels = [_scores(text, panel, top, text == list(asked)[-1]) for text, panel in asked.items()]
    title = look.title(
        "Ranked probability score of the model and its rivals",
        "Mean over the three tracks, as a share of the ladder: 0 is perfect",
    )
    return look.finish(alt.vconcat(*panels, spacing=12).properties(title=title))


def _scores(text: str, panel: Mapping[str, Any], top: float, labels: bool) -> look.AnyChart:
    rows: list[look.Row] = [
        {"who": who, "score": score["pooled"], "said": f"{score['pooled']:.3f}", "ours": int(who == "model")}
        for who, score in panel.items()
    ]
    names = alt.Axis(ticks=False, domain=False, labelLimit=190)
    who = alt.Y("who:N", sort=list(panel), title=None, axis=names)
    x = alt.X(
        "score:Q", scale=alt.Scale(domain=[0.0, top * 1.12], nice=False), title=None,
        axis=alt.Axis(labels=labels, grid=False, tickCount=5),
    )  # fmt: skip
    base = alt.Chart(look.data(rows), title=alt.TitleParams(text, anchor="start", fontSize=12)).encode(y=who)
    bars = base.mark_bar(height=12, aria=False).encode(
        x=x, color=alt.condition("datum.ours == 1", alt.value(look.FOCUS), alt.value(_RIVAL))
    )
    said = base.mark_text(align="left", dx=4, color=look.INK, aria=False).encode(x=x, text="said:N")
    return alt.layer(bars, said).properties(width=_WIDTH, height=_BAR * len(rows))
