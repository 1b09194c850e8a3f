"""The figures of sets and of all dyads: the numbers they draw, what they say, and files that open."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from simulation.analysis.compare import Difference
from simulation.analysis.sets import Entry
from simulation.plots.differences import differences
from simulation.plots.files import save
from simulation.plots.look import AnyChart
from simulation.plots.network import FALL, RISE, SAME, network
from simulation.plots.theories import Panel, changed, theories
from tests.plots import frames

T999 = 1.9623415  # Student's t at 0.975 with 999 degrees of freedom


def entry(
    name: str, mean: float, half: float = 1.0, against: str = "baseline", unlike: str = "", runs: int = 1000
) -> Entry:
    """An entry whose tracks move by a tenth of its index."""

    def less(measure: str, size: float, width: float) -> Difference:
        return Difference(measure, size, size - width, size + width, runs, against, True, unlike)

    tracks = {track: less(f"final.{track}", mean / 10, half / 10) for track in frames.RUNGS}
    return Entry(name, f"The {name}", less("cooperation.final", mean, half), tracks)


def panels_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The panels of a figure, row by row."""
    inner = spec.get("vconcat") or spec.get("hconcat")
    return [panel for each in inner for panel in panels_of(each)] if inner else [spec]


def tables_of(chart: AnyChart, *keys: str) -> list[list[dict[str, Any]]]:
    """Of each panel the table that has these columns, where one has."""
    spec = chart.to_dict()
    held = [
        [spec["datasets"][each["name"]] if "name" in each else each["values"] for each in data_of(panel)]
        for panel in panels_of(spec)
    ]
    found = [[table for table in tables if set(keys) <= set(table[0])] for tables in held]
    return [tables[0] for tables in found if tables]


def data_of(node: Any) -> list[dict[str, Any]]:
    """What a panel and its layers draw."""
    own = [node["data"]] if "data" in node else []
    return own + [each for layer in node.get("layer", ()) for each in data_of(layer)]


def said(chart: AnyChart) -> str:
    title = chart.to_dict()["title"]
    return " ".join([*title["text"], *title["subtitle"]])


def test_a_row_of_each_measure_holds_mean_and_interval():
    chart = differences([entry("rise", 4.0), entry("noise", 0.5), entry("fall", -3.0)], [frames.context()])
    panels = tables_of(chart, "mean", "low", "high")
    assert [[row["mean"] for row in panel] for panel in panels] == [[4.0, 0.5, -3.0]] + 3 * [
        [0.4, 0.05, -0.3]
    ]
    assert [(row["low"], row["high"]) for row in panels[0]] == [(3.0, 5.0), (-0.5, 1.5), (-4.0, -2.0)]
    assert [row["verdict"] for row in panels[0]] == ["up", "not distinguishable at this n", "down"]
    assert [row["label"] for row in panels[0]] == ["0\nThe rise", "1\nThe noise", "2\nThe fall"]
    words = said(chart)
    assert "less baseline" in words
    assert "n = 1,000 runs; " in words
    assert "uncertainty: chance, parameters; theory: article" in words


def test_axes_are_as_wide_on_both_sides_and_their_labels_are_plain_numbers():
    spec = differences([entry("a", 20.0), entry("b", -5.0)], [frames.context()]).to_dict()
    axes = [panel["layer"][-1]["encoding"]["x"] for panel in panels_of(spec)]
    assert [axis["scale"]["domain"] for axis in axes] == [[-21.0 * 1.08, 21.0 * 1.08]] + 3 * [
        [-2.1 * 1.08, 2.1 * 1.08]
    ]
    assert {axis["axis"]["format"] for axis in axes} == {"~f"}  # `g` would write 10 as 1e+1


def test_rows_say_what_they_stand_beside_where_that_differs():
    chart = differences([entry("a", 1.0), entry("b", 0.0, against="since_2022")], [frames.context()] * 2)
    (index, *_) = tables_of(chart, "mean", "low", "high")
    assert [row["label"] for row in index] == ["0\nThe a\nless baseline", "1\nThe b\nless since_2022"]
    assert "less" not in said(chart)


def test_what_cannot_be_compared_is_not_drawn():
    odd = [entry("other", 50.0, unlike="the parent ends in 2030-01"), entry("empty", math.nan, runs=0)]
    (index, *_) = tables_of(differences([entry("a", 1.0), *odd], [frames.context()]), "mean", "low", "high")
    assert [row["label"] for row in index] == ["0\nThe a"]
    with pytest.raises(LookupError, match="no difference is known"):
        differences(odd, [frames.context()])


def test_rows_of_one_title_stand_apart_by_their_names():
    made = [replace(entry(name, 3.0), title="One") for name in ("a", "b", "b")]
    index = tables_of(differences(made, [frames.context()]), "label", "mean")[0]
    assert [row["label"] for row in index] == ["0\nOne (a)", "1\nOne (b)", "2\nOne (b)"]


def test_what_differs_between_results_is_all_said():
    contexts = [frames.context(runs=10), frames.context(runs=500, theory="liberal", uncertainty=("chance",))]
    words = said(differences([entry("a", 1.0), entry("b", 0.0)], contexts))
    assert "n = 10 to 500 runs each; " in words
    assert "uncertainty: chance, parameters / chance; theory: article / liberal" in words


def panel(name: str, mean: float, beside: bool = True) -> Panel:
    bands = frames.bands()
    against = "baseline" if beside else "the start"
    parent = bands[bands["case"] == 1].assign(case=0) if beside else None
    return Panel(entry(name, mean, against=against), bands, frames.context(theory=name), parent)


def dashed(chart: AnyChart) -> list[list[dict[str, Any]]]:
    """What the dashed line of each panel draws."""
    spec = chart.to_dict()
    layers = [layer for panel in panels_of(spec) for layer in panel["layer"]]
    found = [layer["data"] for layer in layers if "strokeDash" in layer["mark"]]
    return [spec["datasets"][each["name"]] if "name" in each else each["values"] for each in found]


def test_each_theory_has_its_fan_its_parent_and_its_difference():
    one = panel("article", -7.25)
    chart = theories([one, panel("liberal", 0.5)])
    table = one.bands[(one.bands["case"] == 0) & (one.bands["series"] == "cooperation")].sort_values("month")
    assert one.beside is not None
    parent = one.beside[one.beside["series"] == "cooperation"].sort_values("month")
    fans = tables_of(chart, "q10")
    for name in ("q10", "q25", "q50", "q75", "q90"):
        assert [row[name] for row in fans[0]] == pytest.approx(list(table[name]))
    drawn = dashed(chart)
    assert len(drawn) == 2
    assert [row["q50"] for row in drawn[0]] == pytest.approx(list(parent["q50"]))
    titles = [each["title"] for each in panels_of(chart.to_dict())]
    assert [(one["text"], one["subtitle"]) for one in titles] == [
        ("The article", "\u22127.2 points (\u22128.2 to \u22126.2)"),
        ("The liberal", "+0.5 points (\u22120.5 to +1.5), not distinguishable"),
    ]
    words = said(chart)
    assert "against baseline" in words
    assert "n = 1,000 runs each" in words
    assert "uncertainty: chance, parameters" in words


def test_a_root_under_theories_has_no_dashed_line():
    chart = theories([panel("article", -7.0, beside=False)])
    assert not dashed(chart)
    assert "dashed" not in said(chart)


def test_one_run_has_a_difference_without_an_interval():
    assert changed(entry("one", 2.0, half=math.nan)) == "+2.0 points, not distinguishable"
    assert changed(entry("none", math.nan, runs=0)) == "no difference is known"


def dyads(index: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """Bands of three months: mean and sd of each series in the last; before it 50 and 0."""
    rows = [
        {"case": 0, "month": m, "date": f"2023-{6 + m:02d}", "series": name,
         "mean": mean if m == 2 else 50.0, "sd": sd if m == 2 else 0.0}
        for name, (mean, sd) in index.items()
        for m in range(3)
    ]  # fmt: skip
    return pd.DataFrame(rows)


THREE = {"JPN": "Japan", "KOR": "South Korea", "USA": "United States"}


def test_lines_of_the_network_hold_index_width_and_direction():
    error = 10.0 * T999 / 1000**0.5
    last = {
        "cooperation": (50.0 + 1.01 * error, 10.0),
        "cooperation.JPN.USA": (50.0 - 1.01 * error, 10.0),
        "cooperation.KOR.USA": (50.0 + 0.99 * error, 10.0),
    }
    context = frames.context(
        countries=THREE, dyads={"JPN.KOR": 50.0, "JPN.USA": 50.0, "KOR.USA": 50.0}, focus=("KOR", "JPN")
    )
    chart = network(dyads(last), context)
    start, middle, end = tables_of(chart, "a", "b", "index", "width")
    assert {row["index"] for row in [*start, *middle]} == {50.0}
    assert {row["change"] for row in [*start, *middle]} == {SAME}
    assert [row["width"] for row in start] == pytest.approx([6.9] * 3)  # half way from 0.8 to 13
    assert {(row["a"], row["b"]): row["change"] for row in end} == {
        ("JPN", "KOR"): RISE, ("JPN", "USA"): FALL, ("KOR", "USA"): SAME,
    }  # fmt: skip
    assert sorted(row["text"] for row in end) == ["49", "51", "51"]
    titles = [each["title"]["text"] for each in chart.to_dict()["hconcat"]]
    assert titles == ["start: before 2023-06", "half way: 2023-07", "end: 2023-08"]


def test_countries_stand_where_they_stood_and_those_left_out_do_not_stand():
    context = frames.context()
    places = [
        {row["name"]: (row["x"], row["y"]) for row in table}
        for table in tables_of(network(frames.bands(), context), "name", "x", "y")
    ]
    assert set(places[0]) == set(frames.COUNTRIES.values())
    assert places[0] == places[1] == places[2]
    without = frames.context(dyads={k: v for k, v in context.dyads.items() if "RUS" not in k})
    assert "Russia" not in str(network(frames.bands(), without).to_dict())


def test_two_countries_make_no_network():
    with pytest.raises(LookupError, match="three countries"):
        network(frames.bands(), frames.context(dyads={"JPN.KOR": 48.0}))


def test_the_figures_are_files_that_open(tmp_path: Path):
    charts = {
        "differences": differences([entry("a", 1.0), entry("b", -2.0)], [frames.context()]),
        "theories": theories([panel("article", 1.0), panel("liberal", 2.0)]),
        "network": network(frames.bands(), frames.context()),
    }
    for name, chart in charts.items():
        svg, png = save(chart, tmp_path, name)
        root = ET.fromstring(svg.read_text(encoding="utf-8"))
        assert 500 <= int(root.attrib["width"]) <= 900
        assert "1,000 runs" in "".join(root.itertext())
        assert png.read_bytes().startswith(b"\x89PNG")
