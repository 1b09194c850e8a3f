"""The figure of what a scenario prescribes: its numbers, its marks, its words."""

from pathlib import Path
from typing import Any

import pytest

from simulation.plots import drivers, look
from simulation.plots.files import save
from simulation.plots.look import AnyChart
from simulation.scenario.resolve import load_scenario
from tests.plots.test_figures import rows_with, table_of

MONTHS = 4
JUNE = 2023 * 12 + 5
TENTH = 1.2815515655446004


def chart_of(*overrides: str) -> AnyChart:
    """The figure of a short scenario."""
    return drivers(load_scenario("baseline", [f"months={MONTHS}", *overrides]))


def rows(chart: AnyChart, code: str) -> list[dict[str, Any]]:
    """The months of one challenger."""
    return [row for row in rows_with(chart, "tempo", "country") if row["country"] == code]


def test_a_step_is_drawn_month_by_month_to_the_end_of_the_last():
    chart = chart_of("threats.PRK={profile: step, from: 10, to: 70, at: 2023-08}")
    drawn = rows(chart, "PRK")
    assert [row["tempo"] for row in drawn] == [10.0, 10.0, 70.0, 70.0, 70.0]
    assert [row["t"] for row in drawn] == [look.milliseconds(JUNE + m) for m in range(MONTHS + 1)]
    assert not any("low" in row for row in drawn)
    layers = chart.to_dict()["vconcat"][0]["layer"]
    assert all(layer["mark"]["interpolate"] == "step-after" for layer in layers[:4])


def test_a_walk_is_a_fan_that_opens_toward_its_band_in_the_long_run():
    walk = "{profile: walk, base: 40, persistence: 0.6, sd: 20, low: 30}"
    drawn = rows(chart_of(f"threats.PRK={walk}"), "PRK")
    assert [row["tempo"] for row in drawn] == [40.0] * 5
    first, second = drawn[:2]
    assert first["high"] == pytest.approx(40.0 + TENTH * 16.0)
    assert second["high"] == pytest.approx(40.0 + TENTH * (0.36 * 256.0 + 256.0) ** 0.5)
    assert [row["low"] for row in drawn] == [30.0] * 5
    assert [row["highest"] for row in drawn] == pytest.approx([40.0 + TENTH * 20.0] * 5)
    assert [row["lowest"] for row in drawn] == [30.0] * 5


def test_the_fan_of_a_walk_in_a_sum_follows_the_sum_and_ends_at_zero():
    parts = "[{profile: ramp, from: 0, to: 30, over: 3}, {profile: walk, base: 0, persistence: 0, sd: 10}]"
    drawn = rows(chart_of(f"threats.PRK={{profile: sum, parts: {parts}}}"), "PRK")
    assert [row["tempo"] for row in drawn] == [0.0, 10.0, 20.0, 30.0, 30.0]
    half = TENTH * 10.0
    assert [row["low"] for row in drawn[:4]] == pytest.approx([0.0, 0.0, 20.0 - half, 30.0 - half])
    assert [row["high"] for row in drawn[:4]] == pytest.approx([10.0 * m + half for m in range(4)])


def test_what_happens_at_a_date_has_a_lane_and_a_mark():
    ruling = "event: court_ruling, country: KOR, partner: JPN"
    chart = chart_of(
        f"events=[{{at: 2023-07, {ruling}}}, {{at: 2023-09, {ruling}}}]",
        "commitment.USA.KOR={value: 0.4, from: 2023-08}",
    )
    marks = rows_with(chart, "lane")
    assert [(row["kind"], row["lane"], row["t"]) for row in marks] == [
        ("event", "court ruling KOR JPN", look.milliseconds(JUNE + 1)),
        ("event", "court ruling KOR JPN", look.milliseconds(JUNE + 3)),
        ("setting", "commitment.USA.KOR = 0.4", look.milliseconds(JUNE + 2)),
    ]


def test_new_terms_are_ticks_in_the_months_in_which_elections_take_effect():
    scenario = load_scenario("baseline")
    marks = rows_with(drivers(scenario), "lane")
    assert {row["lane"] for row in marks} == {"new term South Korea", "new term United States"}
    for row in marks:
        code = "KOR" if "Korea" in row["lane"] else "USA"
        election = scenario.world.countries[code].election
        assert election is not None
        month = next(m for m in range(JUNE, JUNE + 60) if look.milliseconds(m) == row["t"])
        assert (month - election.first) % election.every == 0
    rest = rows_with(drivers(load_scenario("baseline", ["without=[USA]"])), "lane")
    assert {row["lane"] for row in rest} == {"new term South Korea"}


def test_files_hold_labelled_axes_and_names(tmp_path: Path):
    svg, png = save(drivers(load_scenario("us_retrenchment")), tmp_path, "drivers")
    text = svg.read_text(encoding="utf-8")
    for words in ("tempo (acts a year)", ">month<", "North Korea", "commitment.USA.KOR = 0.43", "prescribes"):
        assert words in text
    assert "runs of a walk" not in text
    assert png.read_bytes().startswith(b"\x89PNG")


FORKED = """\
format: 1
title: Forked
extends: baseline
months: 6
forks:
  at: 2023-08
  branches:
    storm:
      threats: {PRK: 90}
      forks:
        at: 2023-10
        branches: {calms: {threats: {PRK: {profile: ramp, from: 90, to: 30, over: 2}}}}
    talk: {events: [{at: 2023-09, event: summit, country: JPN, partner: KOR}], choice.pace: 0.1}
"""


def test_every_branch_is_drawn_from_its_fork_on_and_named(tmp_path: Path):
    path = tmp_path / "forked.yaml"
    path.write_text(FORKED, encoding="utf-8")
    chart = drivers(load_scenario(path))
    spec = chart.to_dict()
    layers = spec["vconcat"][0]["layer"]
    dashed = [one for one in layers if one["mark"].get("strokeDash") in map(list, look.DASHES)]
    lines = [[(row["t"], row["tempo"]) for row in table_of(spec, one)] for one in dashed]
    august, october, end = (look.milliseconds(JUNE + m) for m in (2, 4, 6))
    assert [(line[0], line[-1]) for line in lines] == [
        ((august, 90.0), (end, 90.0)),
        ((october, 90.0), (end, 60.0)),
    ]
    assert len({tuple(one["mark"]["strokeDash"]) for one in dashed}) == 2
    names = {row["name"] for row in rows_with(chart, "name", "branch") if row["branch"]}
    assert names == {"North Korea: storm", "North Korea: storm/calms"}
    lanes = {row["lane"] for row in rows_with(chart, "lane")}
    assert {"summit JPN KOR (talk)", "choice.pace = 0.1 (talk)"} <= lanes
    assert {row["fork"] for row in rows_with(chart, "fork")} == {"fork 2023-08", "fork 2023-10"}


def test_one_month_is_drawn_too(tmp_path: Path):
    assert len(save(drivers(load_scenario("baseline", ["months=1"])), tmp_path, "drivers")) == 2


def test_a_scenario_that_prescribes_nothing_has_no_figure():
    with pytest.raises(LookupError, match="no challenger, no event and no term of office"):
        drivers(load_scenario("baseline", ["without=[PRK, CHN, RUS]", "months=1"]))
