"""The figures hold the numbers of the table, say what they must, and are files that open."""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
import vl_convert

from simulation.plots.challengers import acts, threats
from simulation.plots.context import Context
from simulation.plots.cooperation import fan, rungs
from simulation.plots.files import GRAMMAR, draw_all, packed
from simulation.plots.look import WIDTH, AnyChart, ceiling, milliseconds, spread
from tests.plots import frames

FIGURES: list[Callable[[pd.DataFrame, Context], AnyChart]] = [fan, rungs, threats, acts]


def values_of(node: Any) -> Iterator[list[dict[str, Any]]]:
    """Every inline table of a chart's specification."""
    if isinstance(node, dict):
        if isinstance(node.get("values"), list) and node["values"] and isinstance(node["values"][0], dict):
            yield node["values"]
        for item in node.values():
            yield from values_of(item)
    elif isinstance(node, list):
        for item in node:
            yield from values_of(item)


def rows_with(chart: AnyChart, *keys: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    tables = [*spec.get("datasets", {}).values(), *values_of(spec)]
    return next(table for table in tables if table and set(keys) <= set(table[-1]))


def table_of(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that a layer draws."""
    named = layer["data"].get("name")
    rows: list[dict[str, Any]] = spec["datasets"][named] if named else layer["data"]["values"]
    return rows


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: one.__name__)
def test_a_figure_says_its_runs_its_uncertainty_and_its_theory(
    figure: Callable[[pd.DataFrame, Context], AnyChart],
) -> None:
    spec = figure(frames.bands(), frames.context()).to_dict()
    words = " ".join(str(line) for line in spec["title"]["subtitle"])
    assert "n = 1,000 runs" in words
    assert "uncertainty: chance, parameters; theory: article" in words
    assert " ".join(spec["title"]["text"]).startswith("Washington steps back:")


def test_the_fan_holds_the_quantiles_of_the_table() -> None:
    bands = frames.bands()
    table = bands[(bands["case"] == 0) & (bands["series"] == "cooperation")].sort_values("month")
    rows = rows_with(fan(bands, frames.context()), "q10", "q25", "q50", "q75", "q90")
    for quantile in ("q10", "q25", "q50", "q75", "q90"):
        assert [row[quantile] for row in rows] == pytest.approx(list(table[quantile]))


def test_the_fan_of_a_root_has_no_parent() -> None:
    spec = str(fan(frames.bands(parent=False), frames.context(parent=False)).to_dict())
    assert "parent" not in spec
    assert "parent, median" in str(fan(frames.bands(), frames.context()).to_dict())


def test_the_key_of_the_fan_is_dashed_where_its_line_is() -> None:
    layers = fan(frames.bands(), frames.context()).to_dict()["layer"]
    lines = [layer for layer in layers if layer["mark"]["type"] == "line"]
    assert [layer["encoding"]["stroke"]["legend"]["symbolDash"] for layer in lines] == [[2, 3], [1, 0]]
    assert all(
        layer["mark"]["strokeDash"] == layer["encoding"]["stroke"]["legend"]["symbolDash"] for layer in lines
    )


def test_each_branch_of_a_fan_has_its_own_line_and_its_name_where_that_ends() -> None:
    names = ["calm", "storm", "storm/test", "storm/talk", "summit", "ruling"]
    bands = frames.bands()
    copies = [bands[bands["case"] == 0].assign(case=2 + number) for number in range(len(names))]
    forks = {2 + n: (name, "2026-01" if "/" in name else "2025-01") for n, name in enumerate(names)}
    context = frames.context(
        branches=forks, cases={0: "scenario", 1: "parent"} | dict.fromkeys(forks, "branch")
    )
    chart = fan(pd.concat([bands, *copies], ignore_index=True), context)
    spec = chart.to_dict()
    lines = [one for one in spec["layer"] if one["mark"]["type"] == "line"][2:]
    assert [table_of(spec, one)[0]["t"] for one in lines] == [
        milliseconds(2025 * 12 + (11 if "/" in name else -1)) for name in names
    ]
    looks = {(one["mark"]["color"], *one["mark"]["strokeDash"]) for one in lines}
    assert len(looks) == len(names)
    assert not any("#6b7780" in each or each[1:] == (2, 3) for each in looks)  # the parent's
    ends = rows_with(chart, "name", "at")
    assert {row["name"] for row in ends} == set(names)
    places = sorted(row["at"] for row in ends)
    assert all(after - before > 3.3 for before, after in pairwise(places))  # points: fifteen pixels
    svg = vl_convert.vegalite_to_svg(spec, vl_version=GRAMMAR)
    assert float(re.findall(r'width="([0-9.]+)"', svg)[0]) <= WIDTH


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: one.__name__)
def test_a_single_month_is_drawn_with_a_width(
    figure: Callable[[pd.DataFrame, Context], AnyChart],
) -> None:
    bands = frames.bands(months=1)
    spec = figure(bands, frames.context()).to_dict()
    rows = next(table for table in [*spec.get("datasets", {}).values(), *values_of(spec)] if "t" in table[0])
    assert {row["t"] for row in rows} == {milliseconds(frames.START), milliseconds(frames.START + 1)}


@pytest.mark.parametrize("count", [2, 5, 9])
def test_rungs_of_any_ladder_sum_to_one(count: int) -> None:
    ladders = {track: tuple(f"step {k}" for k in range(count)) for track in frames.RUNGS}
    chart = rungs(frames.bands(rungs=ladders), frames.context(rungs=ladders))
    rows = rows_with(chart, "rung", "p")
    months = {row["t"] for row in rows}
    assert len(months) == 60
    for month in months:
        assert sum(row["p"] for row in rows if row["t"] == month) == pytest.approx(1)


def test_acts_are_twelve_times_the_monthly_mean_with_its_own_error() -> None:
    bands = frames.bands()
    table = bands[(bands["case"] == 0) & (bands["series"] == "acts.PRK")].sort_values("month")
    rows = [
        row
        for row in rows_with(acts(bands, frames.context()), "middle", "country")
        if row["country"] == "PRK"
    ]
    assert [row["middle"] for row in rows] == pytest.approx(list(12 * table["mean"]))
    width = 12 * 1.9623415 * table["sd"] / 1000**0.5
    assert [row["high"] - row["middle"] for row in rows] == pytest.approx(list(width))


def test_a_source_that_is_never_felt_draws_no_line() -> None:
    bands = frames.bands()
    bands.loc[bands["series"] == "threat.RUS", ["q10", "q50", "q90"]] = 0.0
    countries = {row["country"] for row in rows_with(threats(bands, frames.context()), "country", "q50")}
    assert countries == {"PRK", "CHN"}


def test_all_figures_are_files_that_open(tmp_path: Path) -> None:
    drawn = draw_all(frames.bands(), frames.context(), tmp_path)
    assert sorted(path.name for path in drawn) == sorted(
        f"{name}.{kind}"
        for name in ("cooperation", "rungs", "threat", "acts", "network")
        for kind in ("svg", "png")
    )
    for path in drawn:
        if path.suffix == ".svg":
            root = ET.fromstring(path.read_text(encoding="utf-8"))
            assert root.tag.endswith("svg")
            assert "Washington steps back" in "".join(root.itertext())
            assert 800 <= int(root.attrib["width"]) <= 900
        else:
            head = path.read_bytes()[:24]
            assert head.startswith(b"\x89PNG")
            assert struct.unpack(">I", head[16:20])[0] >= 1600
    assert sorted(tmp_path.iterdir()) == sorted(drawn)


def pixels(png: bytes) -> bytes:
    at, found = 8, b""
    while at < len(png):
        length = struct.unpack(">I", png[at : at + 4])[0]
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + content)
        found += content if kind == b"IDAT" else b""
        at += 12 + length
    return zlib.decompress(found)


def test_a_picture_is_packed_and_loses_nothing() -> None:
    square = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="9" height="9"/></svg>'
    )
    loose = bytes(vl_convert.svg_to_png(square))
    tight = packed(loose)
    assert pixels(tight) == pixels(loose)
    assert tight[:33] == loose[:33]
    assert len(tight) < len(loose)


def test_without_challengers_the_figures_that_can_be_drawn_are_drawn(tmp_path: Path) -> None:
    bands = frames.bands()
    quiet = bands[~bands["series"].str.startswith(("acts.", "threat."))]
    drawn = {path.stem for path in draw_all(quiet, frames.context(), tmp_path)}
    assert drawn == {"cooperation", "rungs", "network"}


def test_labels_keep_their_distance_and_stay_inside() -> None:
    placed = spread([0.5, 0.51, 0.52, 0.99], 0.1, 0.0, 1.0)
    assert placed == pytest.approx([0.5, 0.6, 0.7, 0.99])
    assert spread([0.95, 1.0], 0.1, 0.0, 1.0) == pytest.approx([0.9, 1.0])


def test_an_axis_ends_at_a_round_number() -> None:
    assert ceiling(64.0) == 80.0
    assert ceiling(0.0) == 1.0


def test_a_figure_needs_a_run() -> None:
    with pytest.raises(ValueError, match="at least 1 run that is ok, got 0"):
        frames.context(runs=0)
