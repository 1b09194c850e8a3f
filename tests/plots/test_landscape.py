"""The figure of a landscape: the numbers it draws, and that its specification is one."""

from typing import Any

import numpy as np

from simulation.landscape.blocs import Blocs
from simulation.landscape.landscape import landscape_of
from simulation.plots.landscape import landscape


def blocs_of(count: int, sign: float) -> Blocs:
    names = tuple(f"c{i}" for i in range(count))
    chance = np.random.default_rng(count)
    half = np.triu(chance.normal(size=(count, count)), 1)
    found = landscape_of(names, chance.uniform(0.5, 1.0, count), sign * (half + half.T))
    return Blocs(found, {name: name.upper() for name in names}, None, None, "table")


def tables_of(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    held = [layer["data"] for layer in spec["layer"]]
    return [spec["datasets"][each["name"]] if "name" in each else each["values"] for each in held]


def rows_with(spec: dict[str, Any], *keys: str) -> list[dict[str, Any]]:
    return next(rows for rows in tables_of(spec) if set(keys) <= set(rows[0]))


def test_every_configuration_is_in_the_shade_and_every_minimum_a_disc() -> None:
    one = blocs_of(8, -1.0)
    spec = landscape(one).to_dict()  # checked against the schema
    assert sum(row["count"] for row in rows_with(spec, "count")) == 128
    discs = rows_with(spec, "area")
    assert [row["y"] for row in discs] == [each.energy for each in one.landscape.minima]
    assert discs[0]["x"] == 0
    assert max(row["x"] for row in discs) <= 4
    assert rows_with(spec, "number")[0]["number"] == "1"
    assert any(line.startswith("1: C0, ") for line in spec["title"]["subtitle"])
    assert "all 128 configurations of 8 countries" in spec["title"]["subtitle"]


def test_a_sample_has_discs_alone_and_says_n() -> None:
    spec = landscape(blocs_of(27, 1.0)).to_dict()
    assert all("count" not in rows[0] for rows in tables_of(spec))
    assert "20,000 descents from chance configurations of 27 countries" in spec["title"]["subtitle"]


def test_a_flat_landscape_is_drawn() -> None:
    found = landscape_of(("a", "b", "c"), np.ones(3), np.zeros((3, 3)))
    spec = landscape(Blocs(found, {name: name for name in "abc"}, None, None, "flat")).to_dict()
    assert sum(row["count"] for row in rows_with(spec, "count")) == 4
