"""What the challengers do, and the threat that the focal dyad feels from them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from simulation.plots import look
from simulation.plots.context import Context
from simulation.results.intervals import student

_HEIGHT = 520  # with the title
_GAP = 0.05  # between labels, as a share of the axis
LEAST_THREAT = 0.02  # a country that the median run never feels as a threat draws no line


def threats(bands: pd.DataFrame, context: Context) -> look.AnyChart:
    """Threat felt from each country, mean of the focal dyad: median of runs and 80 % band.

    Raises LookupError when no country is felt as a threat.
    """
    tables = {code: _rows(bands, context, f"threat.{code}") for code in _sources(bands, context, "threat")}
    tables = {code: rows for code, rows in tables.items() if rows["q50"].max() >= LEAST_THREAT}
    if not tables:
        raise LookupError("no country is felt as a threat")
    chart = _lines(
        tables, context, bands, look.values("threat felt (0 to 1)", 0, 1), 1.0, ("q10", "q50", "q90")
    )
    return look.finish(
        chart.properties(
            title=look.title(
                f"{context.title}: the threat that {context.dyad} feel",
                "By source, mean of the two countries",
                context.caption("lines: median of runs; bands: 80 % of runs"),
            )
        )
    )


def acts(bands: pd.DataFrame, context: Context) -> look.AnyChart:
    """Hostile acts of each challenger, as a yearly rate: 12 times the mean over runs of each month.

    The band is the 95 % Monte Carlo interval of that mean. Raises LookupError when nobody acts.
    """
    tables = {
        code: _yearly(_rows(bands, context, f"acts.{code}"), context.runs)
        for code in _sources(bands, context, "acts")
    }
    if not tables:
        raise LookupError("no country commits acts")
    top = look.ceiling(max(float(rows["high"].max()) for rows in tables.values()))
    y = look.values("acts a year (12 x monthly mean)", 0, top, "middle")
    chart = _lines(tables, context, bands, y, top, ("low", "middle", "high"))
    return look.finish(
        chart.properties(
            title=look.title(
                f"{context.title}: acts of the challengers",
                "Mean over runs of each month, as a yearly rate; single runs scatter more (bursts)",
                context.caption("bands: 95 % Monte Carlo interval of the mean"),
            )
        )
    )


def _sources(bands: pd.DataFrame, context: Context, kind: str) -> list[str]:
    held = set(bands.loc[bands["case"] == context.case, "series"])
    return [code for code in context.countries if f"{kind}.{code}" in held and code not in context.focus]


def _rows(bands: pd.DataFrame, context: Context, series: str) -> pd.DataFrame:
    return look.table(bands, context.case, series)


def _yearly(rows: pd.DataFrame, runs: int) -> pd.DataFrame:
    error = student(runs - 1) * rows["sd"].fillna(0.0) / runs**0.5
    return rows.assign(
        middle=12 * rows["mean"],
        low=12 * (rows["mean"] - error).clip(lower=0),
        high=12 * (rows["mean"] + error),
    )


def _lines(
    tables: dict[str, pd.DataFrame],
    context: Context,
    bands: pd.DataFrame,
    y: alt.Y,
    top: float,
    columns: tuple[str, str, str],
) -> look.AnyChart:
    """One coloured line a country with its band, and its name where the line ends."""
    low, middle, high = columns
    axis = y["title"]
    colours = look.colours(list(tables), context)
    x = look.time(context, bands)
    rows: list[look.Row] = []
    ends: list[look.Row] = []
    places = look.spread([float(table[middle].iloc[-1]) for table in tables.values()], _GAP * top, 0.0, top)
    for (code, table), place in zip(tables.items(), places, strict=True):
        own = look.records(table, columns)
        rows += [{**row, "country": code} for row in own]
        ends.append({"t": own[-1]["t"], "at": place, "country": code, "name": context.name(code)})
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    colour = alt.Color("country:N", scale=scale, legend=None)
    held = look.data(rows)
    band = alt.Chart(held).mark_area(opacity=0.18, aria=False)
    line = alt.Chart(held).mark_line(strokeWidth=2.4, aria=False)
    name = alt.Chart(look.data(ends)).mark_text(
        align="left", dx=8, fontSize=13, fontWeight="bold", aria=False
    )
    return alt.layer(
        band.encode(x=x, y=alt.Y(f"{low}:Q", title=axis), y2=alt.Y2(high), color=colour),
        line.encode(x=x, y=y, color=colour),
        name.encode(x=x, y=alt.Y("at:Q"), text="name:N", color=colour),
    ).properties(width=look.WIDTH, height=_HEIGHT, autosize=look.FIT)
