"""Figures of sweeps: which one a sweep has, what stands in it, and that its chart is a chart."""

from typing import Any

import pytest

from simulation.plots.sweeps import sweep_figure

LEVELS = {"theory": ["article", "liberal"], "choice.pace": ["0.1", "0.2"], "threats.PRK": ["calm", "peak"]}


def said(*axes: str, design: str = "grid", indices: Any = (), **shown: Any) -> dict[str, Any]:
    values: list[dict[str, str]] = [{}]
    for axis in axes:
        values = [one | {axis: level} for one in values for level in LEVELS[axis]]
    cases: list[dict[str, Any]] = [
        {
            "case": number, "values": one, "mean": 40.0 + number, "mean95": [38.0 + number, 42.0 + number],
            "runs": 50, "difference": {"verdict": "up" if number > 1 else "none"},
        }
        for number, one in enumerate([{}, *values])
    ]  # fmt: skip
    about = {
        "measure": "cooperation.final", "relation": None, "bound": 0.0, "meaning": "Index of A and B",
        "says": "mean of cooperation.final", "unit": "points",
    }  # fmt: skip
    return {
        "title": "A sweep", "axes": list(axes), "design": design, "cases": cases, "indices": list(indices),
        "scenario": "baseline", "reference": "baseline as it is", "count": len(cases), "runs": 50,
        "uncertainty": ["chance"],
        "shown": about | shown, "units": {"choice.pace": "share/month", "threats.PRK": "acts/year"},
    }  # fmt: skip


def texts(value: Any) -> set[str]:
    """Every text in a chart."""
    if isinstance(value, dict):
        return {text for each in value.values() for text in texts(each)}
    if isinstance(value, list | tuple):
        return {text for each in value for text in texts(each)}
    return {value} if isinstance(value, str) else set()


def rows_of(chart: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of data in a chart."""
    return [row for rows in chart["datasets"].values() for row in rows]


def test_one_axis_is_a_line_with_its_reference() -> None:
    chart = sweep_figure(said("choice.pace")).to_dict()
    rows = rows_of(chart)
    assert {"x": 0.1, "mean": 41.0, "low": 39.0, "high": 43.0} in rows
    assert {"reference": 40.0} in rows
    assert {"choice.pace (share/month)", "cooperation.final (points)"} <= texts(chart)
    shown = " ".join(texts(chart))
    assert "dashed: baseline as it is: 40" in shown
    assert "2 cases, n = 50 runs each; uncertainty: chance" in shown


def test_two_axes_are_cells_and_shares_are_percent() -> None:
    chart = sweep_figure(said("choice.pace", "threats.PRK", relation="above", bound=3.0)).to_dict()
    rows = rows_of(chart)
    cells = [row for row in rows if "down" in row]
    assert [row["value"] for row in cells] == [4100.0, 4200.0, 4300.0, 4400.0]
    assert [row["text"] for row in cells] == ["4100", "4200+", "4300+", "4400+"]
    assert [row["dark"] for row in cells] == [0, 0, 1, 1]
    assert "Index of A and B above 3: share of runs (%)" in texts(chart)


@pytest.mark.parametrize("axes", [("theory", "choice.pace"), ("choice.pace", "threats.PRK", "theory")])
def test_theories_stand_side_by_side(axes: tuple[str, ...]) -> None:
    assert {"article", "liberal"} <= texts(sweep_figure(said(*axes)).to_dict())


def test_indices_are_bars_the_largest_first() -> None:
    indices = [
        {"axis": name, "first": 0.1, "whole": whole, "low": 0.0, "high": 0.9, "sd": 0.0}
        for name, whole in (("b", 0.5), ("a", 0.2))
    ]
    chart = sweep_figure(said(design="saltelli", indices=indices)).to_dict()
    assert [row["axis"] for row in rows_of(chart)][:2] == ["b", "a"]
    assert "share of the variance between cases" in texts(chart)


def test_drawn_cases_are_dots_a_panel_an_axis() -> None:
    drawn = said("choice.pace", "threats.PRK", design="lhs")
    chart = sweep_figure(drawn).to_dict()
    assert len(chart["vconcat"][0]["hconcat"]) == 2
    dots = [row for row in rows_of(chart) if "mean" in row]
    assert [row["x"] for row in dots] == [0.1, 0.1, 0.2, 0.2, "calm", "peak", "calm", "peak"]
    assert [row["mean"] for row in dots] == 2 * [41.0, 42.0, 43.0, 44.0]
    assert "a dot: a case; dashed: baseline as it is: 40" in " ".join(texts(chart))


def test_many_dots_and_axes_are_some_of_them_and_say_so() -> None:
    many = said("choice.pace", design="sobol")
    many["axes"] = [f"x{k}" for k in range(14)]
    many["cases"] = [
        many["cases"][0],
        *(one | {"values": dict.fromkeys(many["axes"], "0.5")} for one in 1200 * many["cases"][1:]),
    ]
    chart = sweep_figure(many).to_dict()
    assert sum(len(row["hconcat"]) for row in chart["vconcat"]) == 12
    assert len([row for row in rows_of(chart) if "mean" in row]) == 800  # of all panels: their rows are alike
    assert "800 of 2,400 cases; 12 of 14 axes" in " ".join(texts(chart))


def test_what_no_figure_shows_has_none() -> None:
    with pytest.raises(LookupError):
        sweep_figure(said())
