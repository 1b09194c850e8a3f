"""What a scenario prescribes, drawn before anything runs: tempi, dated events, terms of office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import altair as alt
import pandas as pd

from simulation.document import month_text, number_text
from simulation.model import provocation
from simulation.plots import look
from simulation.plots.context import Context
from simulation.scenario.events import EventInstance
from simulation.scenario.forks import named_ways
from simulation.scenario.profiles import HIGHEST_TEMPO, Profile, prescribed, walk_of
from simulation.scenario.scenario import Scenario
from simulation.scenario.settings import Setting

_PLOT, _NAMES = 616, 210  # widths of a panel and of the names beside it: at most 900 with all else
_HEIGHT, _ROW = 380, 19
_TENTH = 1.2815515655446004  # standard deviations from the middle of a normal number to its outer tenths
_STEPS: Final = "step-after"  # a tempo holds for its whole month


def drivers(scenario: Scenario) -> look.AnyChart:
    """Tempo of each challenger by month, a walk as a fan; below it dated events, settings and new terms.

    What a branch of a fork prescribes is drawn too, from its month on.

    Raises LookupError when the scenario prescribes nothing.
    """
    context = _context(scenario)
    panels = [panel for panel in (_tempi(scenario, context), _dated(scenario, context)) if panel is not None]
    if not panels:
        raise LookupError("the scenario has no challenger, no event and no term of office")
    walks = any(walk_of(profile) is not None for profile in scenario.threats.values())
    fan = ["Band: 80 % of runs of a walk (normal approximation); dotted: the same in the long run"]
    chart = alt.vconcat(*panels, spacing=16).properties(
        title=look.title(
            f"{scenario.title}: what the scenario prescribes",
            "Hostile acts a year that each challenger is set to; below, what happens at a date",
            *(fan if walks else ()),
            *(["Dashed: the tempo in a branch, from its fork on"] if _branches(scenario) else []),
        )
    )
    return look.finish(chart)


def _context(scenario: Scenario) -> Context:
    world = scenario.world
    return Context(
        title=scenario.title,
        runs=scenario.runs,
        uncertainty=scenario.uncertainty,
        theory=", ".join(scenario.theory),
        start=scenario.start,
        rungs={track.name: tuple(track.rungs) for track in world.tracks},
        countries={code: world.countries[code].name for code in world.codes},
        focus=scenario.focus,
        cases={0: "scenario"},
    )


def _time(scenario: Scenario, context: Context, labels: bool) -> alt.X:
    """The axis of months, to the end of the last one."""
    after = pd.DataFrame({"case": [0], "date": [month_text(scenario.start + scenario.months)]})
    return look.time(context, after, most=8, labels=labels)


def _tempi(scenario: Scenario, context: Context) -> look.AnyChart | None:
    """One stepped line a challenger, with its name at the end and the fan of its walk; None without any."""
    if not scenario.threats:
        return None
    tables = {code: _rows(profile, scenario) for code, profile in scenario.threats.items()}
    futures = _in_branches(scenario)
    drawn = [*tables.values(), *(rows for _, _, _, rows in futures)]
    top = look.ceiling(1.04 * max(_highest(row) for rows in drawn for row in rows), HIGHEST_TEMPO)
    colours = look.colours(list(tables), context)
    places = look.spread(
        [_number(rows[-1], "tempo") for rows in drawn], look.BETWEEN / _HEIGHT * top, 0.0, top
    )
    whose = [(code, context.name(code)) for code in tables]
    whose += [(code, f"{context.name(code)}: {branch}") for code, branch, _, _ in futures]
    ends: list[look.Row] = [
        {"t": rows[-1]["t"], "at": place, "country": code, "name": name, "branch": number >= len(tables)}
        for number, ((code, name), rows, place) in enumerate(zip(whose, drawn, places, strict=True))
    ]
    data = look.data({**row, "country": code} for code, rows in tables.items() for row in rows)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    colour = alt.Color("country:N", scale=scale, legend=None)
    x = _time(scenario, context, labels=_lanes(scenario) == {})
    y = look.values("tempo (acts a year)", 0, top, "tempo").axis(tickCount=6)
    held = alt.Chart(data)
    band = held.mark_area(opacity=0.18, interpolate=_STEPS, aria=False)
    edge = held.mark_line(strokeDash=[2, 3], strokeWidth=1.2, interpolate=_STEPS, aria=False)
    line = held.mark_line(strokeWidth=2.4, interpolate=_STEPS, aria=False)
    title = y["title"]
    layers = [
        band.encode(x=x, y=alt.Y("low:Q", title=title), y2=alt.Y2("high"), color=colour),
        edge.encode(x=x, y=alt.Y("lowest:Q", title=title), color=colour),
        edge.encode(x=x, y=alt.Y("highest:Q", title=title), color=colour),
        line.encode(x=x, y=y, color=colour),
        *_dashed(futures, x, y, colour),
        *_named(ends, x, colour),
        *look.fork_marks(look.forks(_branches(scenario)), x),
    ]
    return alt.layer(*layers).properties(width=_PLOT, height=_HEIGHT)


def _branches(scenario: Scenario) -> list[tuple[str, int]]:
    """Every branch with the month in which it begins."""
    return [(name, way[-1].at) for name, way in named_ways(scenario.forks)]


def _in_branches(scenario: Scenario) -> list[tuple[str, str, int, list[look.Row]]]:
    """Challenger, branch and its number, and the tempo it gives from its month on, a walk by its base."""
    found = []
    for number, (name, way) in enumerate(named_ways(scenario.forks)):
        begun = replace(scenario, start=way[-1].at, months=scenario.start + scenario.months - way[-1].at)
        for code, profile in way[-1].threats.items():
            rows: list[look.Row] = [{"t": row["t"], "tempo": row["tempo"]} for row in _rows(profile, begun)]
            found.append((code, name, number, rows))
    return found


def _dashed(
    futures: list[tuple[str, str, int, list[look.Row]]], x: alt.X, y: alt.Y, colour: alt.Color
) -> list[alt.Chart]:
    """A line for each challenger of each branch that sets it, in the dash of that branch."""
    layers = []
    for code, _, number, rows in futures:
        dash = look.DASHES[number % len(look.DASHES)]
        chart = alt.Chart(look.data({**row, "country": code} for row in rows))
        line = chart.mark_line(strokeDash=dash, strokeWidth=2, interpolate=_STEPS, aria=False)
        layers.append(line.encode(x=x, y=y, color=colour))
    return layers


def _named(ends: list[look.Row], x: alt.X, colour: alt.Color) -> list[alt.Chart]:
    """The name of each line where it ends, the trunk's in bold."""
    base = alt.Chart(look.data(ends)).encode(x=x, y=alt.Y("at:Q"), text="name:N", color=colour)
    bold = base.mark_text(align="left", dx=8, fontSize=13, fontWeight="bold", limit=_NAMES, aria=False)
    plain = base.mark_text(align="left", dx=8, fontSize=12, limit=_NAMES, aria=False)
    return [
        bold.transform_filter(alt.datum.branch == False),  # noqa: E712 (a filter of the chart)
        plain.transform_filter(alt.datum.branch == True),  # noqa: E712 (as above)
    ]


def _rows(profile: Profile, scenario: Scenario) -> list[look.Row]:
    """Instant, tempo and, for a walk, the band of each month; the last one again where it ends."""
    walk = walk_of(profile)
    tempo = profile.tempo(scenario.start, scenario.months)
    middle = prescribed(profile, scenario.start, scenario.months)
    rows: list[look.Row] = []
    for m in [*range(scenario.months), scenario.months]:
        at = min(m, scenario.months - 1)
        row: look.Row = {"t": look.milliseconds(scenario.start + m), "tempo": tempo[at]}
        if walk is not None:
            lowest, highest = walk.reach
            for names, sd in ((("low", "high"), walk.spread(at)), (("lowest", "highest"), walk.sd)):
                for name, side in zip(names, (-_TENTH, _TENTH), strict=True):
                    row[name] = provocation.held(middle[at], side * sd, lowest, highest)
        rows.append(row)
    return rows


def _number(row: Mapping[str, object], name: str) -> float:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _highest(row: Mapping[str, object]) -> float:
    return max(_number(row, name) for name in ("tempo", "high", "highest"))


def _dated(scenario: Scenario, context: Context) -> look.AnyChart | None:
    """A lane for everything that happens at a date, with a mark in each of its months; None without any."""
    lanes = _lanes(scenario)
    if not lanes:
        return None
    rows: list[look.Row] = [
        {"t": look.milliseconds(month), "lane": name, "kind": kind}
        for (kind, name), months in lanes.items()
        for month in months
    ]
    names = [name for _, name in lanes]
    axis = alt.Axis(orient="right", title=None, labelLimit=_NAMES, labelFontSize=11, grid=True)
    y = alt.Y("lane:N", sort=names, scale=alt.Scale(domain=names), axis=axis)
    x = _time(scenario, context, labels=True)
    base = alt.Chart(look.data(rows)).encode(x=x, y=y)
    marks = {
        "event": base.mark_point(
            shape="diamond", filled=True, opacity=1, size=90, color=look.INK, aria=False
        ),
        "setting": base.mark_point(
            shape="square", filled=True, opacity=1, size=60, color=look.FOCUS, aria=False
        ),
        "term": base.mark_tick(
            orient="vertical", size=12, thickness=2, opacity=1, color=look.QUIET, aria=False
        ),
    }
    kinds = dict.fromkeys(kind for kind, _ in lanes)
    layers = [marks[kind].transform_filter(alt.datum.kind == kind) for kind in kinds]
    return alt.layer(*layers).properties(width=_PLOT, height=_ROW * len(names) + 6)


def _lanes(scenario: Scenario) -> dict[tuple[str, str], list[int]]:
    """The months of everything dated, by its kind and name: events, settings, terms of office, branches."""
    lanes: dict[tuple[str, str], list[int]] = {}
    _add(lanes, "", scenario.events, scenario.settings)
    for code, country in scenario.world.countries.items():
        election = country.election
        if election is None or code in scenario.without:
            continue
        begun = election.within(scenario.start, scenario.months)
        if begun:
            lanes[("term", f"new term {country.name}")] = begun
    for name, way in named_ways(scenario.forks):
        _add(lanes, f" ({name})", way[-1].events, way[-1].settings)
    return lanes


def _add(
    lanes: dict[tuple[str, str], list[int]],
    branch: str,
    events: Iterable[EventInstance],
    settings: Iterable[Setting],
) -> None:
    """Add the months of events and dated settings, those of a branch with its name behind theirs."""
    for event in events:
        words = [each for each in event.fields.values() if isinstance(each, str)]
        name = " ".join([event.event.replace("_", " "), *words])
        lanes.setdefault(("event", f"{name}{branch}"), []).append(event.month)
    for setting in settings:
        if setting.since is not None:
            name = f"{setting.path} = {number_text(setting.value)}"
            lanes.setdefault(("setting", f"{name}{branch}"), []).append(setting.since)
