"""Cycle, walk, series and sum: by hand and by property, from a file and back."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import BadInput
from simulation.scenario.profiles import (
    FIELDS,
    HIGHEST_TEMPO,
    LONGEST,
    Constant,
    Cycle,
    Part,
    Profile,
    Pulse,
    Ramp,
    Series,
    Step,
    Sum,
    Walk,
    make_profile,
    prescribed,
    walk_of,
)
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.scenario.writing import canonical, to_yaml
from tests.scenario.files import ROOT, child, write

JAN = 2023 * 12  # January 2023
JUNE = JAN + 5


# -- by hand -------------------------------------------------------------------------


def test_a_cycle_of_four_months_is_at_its_crest_when_the_scenario_starts():
    assert Cycle(40.0, 10.0, 4).tempo(JAN, 6) == pytest.approx([50.0, 40.0, 30.0, 40.0, 50.0, 40.0])


def test_a_cycle_has_its_crest_in_the_month_that_it_names_and_a_period_later_and_earlier():
    assert Cycle(40.0, 10.0, 4, JAN + 5).tempo(JAN, 6) == pytest.approx([40.0, 50.0, 40.0, 30.0, 40.0, 50.0])


def test_a_cycle_wider_than_its_base_rests_at_zero():
    wide = Cycle(10.0, 30.0, 4)
    assert wide.tempo(JAN, 4) == pytest.approx([40.0, 10.0, 0.0, 10.0])
    assert wide.swing(JAN, 4)[2] == pytest.approx(-20.0)


def test_a_walk_is_prescribed_at_its_base_and_spreads_toward_its_sd():
    walk = Walk(40.0, 0.6, 20.0, 10.0, 90.0)
    assert walk.tempo(JAN, 3) == [40.0, 40.0, 40.0]
    assert walk.shock == pytest.approx(16.0)  # 20 * sqrt(1 - .36)
    assert walk.reach == (-30.0, 50.0)
    assert walk.spread(0) == pytest.approx(16.0)
    assert walk.spread(1) == pytest.approx(math.sqrt(0.36 * 256.0 + 256.0))
    assert walk.spread(60) == pytest.approx(20.0)


def test_a_walk_without_memory_or_bounds():
    walk = Walk(40.0, 0.0, 20.0)
    assert (walk.shock, walk.spread(0), walk.reach) == (20.0, 20.0, (-HIGHEST_TEMPO, HIGHEST_TEMPO))


def test_a_series_says_its_months_and_no_others():
    series = Series((1.0, 2.0, 3.0, 4.0), JAN)
    assert series.tempo(JAN + 1, 2) == [2.0, 3.0]
    assert series.cut(JAN + 1, JAN + 3) == Series((2.0, 3.0), JAN + 1)
    for start, months in ((JAN - 1, 2), (JAN + 3, 2)):
        with pytest.raises(ValueError, match="does not cover"):
            series.tempo(start, months)


def test_a_sum_adds_month_by_month():
    parts = (Constant(5.0), Step(0.0, 10.0, JAN + 1), Walk(20.0, 0.5, 3.0))
    assert Sum(parts).tempo(JAN, 3) == [25.0, 35.0, 35.0]


def test_a_sum_is_held_at_zero_as_a_whole_and_not_part_by_part():
    whole = Sum((Constant(10.0), Cycle(0.0, 15.0, 4)))
    assert whole.tempo(JAN, 4) == pytest.approx([25.0, 10.0, 0.0, 10.0])
    assert whole.swing(JAN, 4)[2] == pytest.approx(-5.0)


def test_what_is_prescribed_below_a_walk_may_lie_below_zero():
    cycle, walk = Cycle(0.0, 15.0, 4), Walk(0.0, 0.5, 3.0)
    assert prescribed(Sum((cycle, walk)), JAN, 3)[2] == pytest.approx(-15.0)
    assert prescribed(Sum((cycle,)), JAN, 3)[2] == 0.0
    assert prescribed(cycle, JAN, 3)[2] == 0.0
    assert (walk_of(Sum((cycle, walk))), walk_of(walk), walk_of(cycle)) == (walk, walk, None)


def test_a_horizon_cuts_the_parts_of_a_sum():
    late = Sum((Step(1.0, 2.0, JAN + 3), Cycle(1.0, 1.0, 12, JAN + 9)))
    assert late.within(JAN + 3) == Sum((Constant(1.0), Cycle(1.0, 1.0, 12, JAN + 9)))


# -- by property ---------------------------------------------------------------------

tempi = st.floats(0, 1000)
months = st.integers(JAN - 24, JAN + 1300)
lengths = st.integers(1, LONGEST)
cycles = st.builds(Cycle, tempi, tempi, st.integers(2, LONGEST), st.one_of(st.none(), months))
walks = st.builds(Walk, tempi, st.floats(0, 0.999), tempi)
parts = st.one_of(
    st.builds(Constant, tempi),
    st.builds(Step, tempi, tempi, months),
    st.builds(Ramp, tempi, tempi, lengths, st.one_of(st.none(), months)),
    st.builds(Pulse, tempi, tempi, months, lengths),
    cycles,
)
sums = st.builds(lambda some: Sum(tuple(some)), st.lists(parts, min_size=1, max_size=4))
profiles = st.one_of(cycles, walks, sums)


@given(profiles, lengths)
def test_a_tempo_has_the_right_length_and_stays_within_its_bounds(profile: Profile, length: int):
    tempo = profile.tempo(JAN, length)
    assert len(tempo) == length
    assert min(tempo) >= 0.0
    assert max(tempo) <= HIGHEST_TEMPO


@given(profiles, lengths, lengths)
def test_a_shorter_horizon_shows_the_beginning_of_a_longer_one(profile: Profile, one: int, other: int):
    short, long = sorted((one, other))
    assert profile.tempo(JAN, long)[:short] == profile.tempo(JAN, short)


@given(profiles, lengths)
def test_cutting_at_the_end_changes_no_month_before_it(profile: Profile, length: int):
    assert profile.within(JAN + length).tempo(JAN, length) == profile.tempo(JAN, length)


@given(profiles)
def test_what_is_written_makes_the_same_profile(profile: Profile):
    assert make_profile(profile.shape, dict(profile.written())) == profile


@given(cycles, st.integers(0, 100))
def test_a_cycle_comes_again(cycle: Cycle, month: int):
    tempo = cycle.swing(JAN, month + 1 + cycle.period)
    assert tempo[month] == tempo[month + cycle.period]
    assert max(tempo) <= cycle.base + cycle.amplitude
    assert min(tempo) >= cycle.base - cycle.amplitude


@given(st.lists(parts, min_size=1, max_size=4), lengths)
def test_a_sum_does_not_depend_on_the_order_of_its_parts(some: list[Part], length: int):
    assert Sum(tuple(some)).swing(JAN, length) == Sum(tuple(reversed(some))).swing(JAN, length)


@given(walks, st.integers(0, 300))
def test_a_walk_only_spreads_and_never_beyond_its_sd(walk: Walk, month: int):
    assert 0.0 <= walk.spread(month) <= walk.spread(month + 1) <= walk.sd
    # The variance after a month is what persists of the last, and the shock's.
    kept = walk.persistence * walk.spread(month)
    assert walk.spread(month + 1) == pytest.approx(math.hypot(kept, walk.shock), rel=1e-9, abs=1e-9)


def test_every_field_of_a_number_has_its_unit_and_bounds():
    for shape, rows in FIELDS.items():
        for row in rows:
            dated = row.kind in ("month", "phase", "text")
            assert (row.unit is None) == (row.high is None) == dated, (shape, row.key)


# -- from a file and back ------------------------------------------------------------

ALL = """\
threats:
  PRK:
    profile: sum
    parts:
      - medium
      - {profile: pulse, base: 0, peak: 12.5, at: 2023-08, width: 2}
      - {profile: walk, base: 0, persistence: 0.8, sd: 12, high: 40}
      - {profile: cycle, base: 3, amplitude: 10, period: 12, at: 2021-03}
      - {profile: series, file: more.csv, column: PRK}
  CHN: {profile: walk, base: medium, persistence: 0.9, sd: 15, low: 20}
  RUS: {profile: series, file: more.csv, column: RUS}
"""
MORE = "date,PRK,RUS\n" + "".join(f"2023-{n:02d},{n},{n / 8}\n" for n in range(1, 13))


def record(text: str = MORE, name: str = "more.csv") -> None:
    (Path("scenarios") / name).write_text(text, encoding="utf-8")


def whole() -> Scenario:
    record()
    write("all", ROOT + "months: 6\n" + ALL)
    return load_scenario("all")


def test_every_profile_from_a_file():
    got = whole()
    medium = {code: got.world.levels[code]["medium"].value for code in ("PRK", "CHN")}
    assert got.threats == {
        "PRK": Sum(
            (
                Constant(medium["PRK"]),
                Pulse(0.0, 12.5, JUNE + 2, 2),
                Walk(0.0, 0.8, 12.0, None, 40.0),
                Cycle(3.0, 10.0, 12, JAN - 22),
                Series((6.0, 7.0, 8.0, 9.0, 10.0, 11.0), JUNE),
            )
        ),
        "CHN": Walk(medium["CHN"], 0.9, 15.0, 20.0),
        "RUS": Series((0.75, 0.875, 1.0, 1.125, 1.25, 1.375), JUNE),
    }


def test_every_profile_comes_back_from_its_text_without_the_files_that_it_was_read_from():
    written = whole()
    write("again", to_yaml(written))
    (Path("scenarios") / "more.csv").unlink()
    read = load_scenario("again")
    assert read == written
    assert to_yaml(read) == to_yaml(written)
    assert canonical(read, with_runs=True) == canonical(written, with_runs=True)
    line = "  RUS: {profile: series, at: 2023-06, values: [0.75, 0.875, 1, 1.125, 1.25, 1.375]}\n"
    assert line in to_yaml(read)


@pytest.mark.parametrize("kind", ["file", "values"])
def test_what_the_numbers_rest_on_is_the_values_and_not_the_file(kind: str):
    texts: list[str] = []
    for values in ((1, 2), (1, 2), (1, 3)):
        name = f"record{len(texts)}.csv"
        record(f"date,PRK\n2023-06,{values[0]}\n2023-07,{values[1]}\n", name)
        said = f"file: {name}, column: PRK"
        if kind == "values":
            said = f"at: 2023-06, values: [{values[0]}, {values[1]}]"
        write("one", f"{ROOT}months: 2\nthreats: {{PRK: {{profile: series, {said}}}}}\n")
        texts.append(canonical(load_scenario("one"), with_runs=False))
    assert texts[0] == texts[1] != texts[2]


def test_a_saved_series_may_start_later_on_the_command_line():
    write("again", to_yaml(whole()))
    later = load_scenario("again", ["start=2023-08", "months=3"])
    assert later.threats["RUS"] == Series((1.0, 1.125, 1.25), JUNE + 2)


@pytest.mark.parametrize(
    "text",
    [
        '\ufeffdate,"PRK"\r\n"2023-06", 5 \r\n\r\n2023-07,6\r\n',
        "PRK,other,date\n5,x,2023-06\n6,,2023-07",
        "date, PRK\n2023-04,1\n2023-05,2\n2023-06,5\n2023-07,6\n2023-08,7\n\n",
    ],
    ids=["as a spreadsheet writes it", "columns in any order", "more months than the scenario"],
)
def test_a_record_is_read(text: str):
    record(text)
    write("one", ROOT + "months: 2\nthreats: {PRK: {profile: series, file: more.csv, column: PRK}}\n")
    assert load_scenario("one").threats["PRK"] == Series((5.0, 6.0), JUNE)


def test_a_record_may_lie_below_the_scenario_and_is_found_from_the_file_that_names_it():
    (Path("scenarios") / "data").mkdir()
    record("date,PRK\n2023-06,5\n2023-07,6\n", "data/prk.csv")
    (Path("scenarios") / "deep").mkdir()
    threats = "{PRK: {profile: series, file: ../data/prk.csv, column: PRK}}"
    write("deep/one", f"{ROOT}months: 2\nthreats: {threats}\n")
    child("young", "deep/one", "runs: 3\n")
    assert load_scenario("young").threats["PRK"] == Series((5.0, 6.0), JUNE)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    (tmp_path / "secret.csv").write_text("date,PRK\n2023-06,5\n")
    (Path("scenarios") / "link.csv").symlink_to(tmp_path / "secret.csv")
    write("one", ROOT + "months: 1\nthreats: {PRK: {profile: series, file: link.csv, column: PRK}}\n")
    with pytest.raises(BadInput, match="leads out of the folder"):
        load_scenario("one")


def test_what_is_no_text_or_too_large_is_a_fault():
    (Path("scenarios") / "more.csv").write_bytes(b"date,PRK\n2023-06,\xff\n")
    (Path("scenarios") / "large.csv").write_text("date,PRK\n" + "x" * 1_000_000)
    write(
        "one",
        ROOT + "threats:\n  PRK: {profile: series, file: more.csv, column: PRK}\n"
        "  CHN: {profile: series, file: large.csv, column: PRK}\n",
    )
    with pytest.raises(BadInput) as caught:
        load_scenario("one")
    assert str(caught.value) == (
        "scenarios/large.csv is larger than 1,000,000 bytes\n  leave data out of it\n"
        "scenarios/more.csv is not UTF-8\n  save the file in the encoding UTF-8"
    )


# -- one field of a profile ----------------------------------------------------------

OLD = """\
threats:
  PRK: {profile: ramp, from: 10, to: 20, over: 3}
  CHN: {profile: sum, parts: [medium, {profile: pulse, base: 0, peak: 9, at: 2024-01, width: 2}]}
"""


def test_the_command_line_sets_one_field_and_leaves_the_rest():
    write("old", ROOT + OLD)
    fields = ["PRK.to=140", "CHN.parts.1.peak=high", "PRK.at=2023-09"]
    got = load_scenario("old", [f"threats.{field}" for field in fields])
    assert got.threats["PRK"] == Ramp(10.0, 140.0, 3, JUNE + 3)
    levels = got.world.levels["CHN"]
    assert got.threats["CHN"] == Sum(
        (Constant(levels["medium"].value), Pulse(0.0, levels["high"].value, JUNE + 7, 2))
    )
    assert {key: str(place) for key, place in got.places.items() if key.startswith("threats")} == {
        "threats.PRK": "scenarios/old.yaml:5:3",
        "threats.CHN": "scenarios/old.yaml:6:3",
        "threats.PRK.to": "--set threats.PRK.to=140:1:1",
        "threats.CHN.parts.1.peak": "--set threats.CHN.parts.1.peak=high:1:1",
        "threats.PRK.at": "--set threats.PRK.at=2023-09:1:1",
    }


@pytest.mark.parametrize(
    "said",
    ["threats: {PRK.to: 30, CHN.parts.0: 5}", "set: {threats.PRK.to: 30, threats.CHN.parts.0: 5}"],
)
def test_a_child_sets_one_field_under_threats_or_set(said: str):
    write("old", ROOT + OLD)
    child("young", "old", f"{said}\n")
    got = load_scenario("young")
    assert got.threats["PRK"] == Ramp(10.0, 30.0, 3)
    assert got.threats["CHN"] == Sum((Constant(5.0), Pulse(0.0, 9.0, JUNE + 7, 2)))
    assert got.settings == ()
    assert got.parent is not None
    assert got.parent.threats["PRK"] == Ramp(10.0, 20.0, 3)


def test_the_higher_layer_wins_field_by_field():
    write("old", ROOT + OLD)
    child("middle", "old", "threats: {PRK.to: 30, PRK.over: 5, CHN.parts.1.peak: 7}\n")
    step = "{profile: step, from: 1, to: 2, at: 2024-02}"
    child("young", "middle", f"threats: {{PRK.to: 40, CHN.parts.1: {step}}}\n")
    got = load_scenario("young", ["threats.PRK.from=1", "threats.CHN.parts.1.to=3"])
    assert got.threats["PRK"] == Ramp(1.0, 40.0, 5)
    assert got.threats["CHN"] == Sum(
        (Constant(got.world.levels["CHN"]["medium"].value), Step(1.0, 3.0, JUNE + 8))
    )


def test_a_whole_profile_in_a_higher_layer_replaces_every_field_below():
    write("old", ROOT + OLD)
    child("middle", "old", "threats: {PRK.to: 30, CHN.parts.1.peak: 7}\n")
    child("young", "middle", "threats: {PRK: {profile: ramp, from: 1, to: 2, over: 3}, CHN: 8}\n")
    got = load_scenario("young")
    assert (got.threats["PRK"], got.threats["CHN"]) == (Ramp(1.0, 2.0, 3), Constant(8.0))
    assert "threats.PRK.to" not in got.places


def test_fields_of_a_country_that_a_child_takes_out_fall_away():
    write("old", ROOT + "threats: {RUS: {profile: ramp, from: 1, to: 2, over: 3}}\n")
    child("middle", "old", "threats: {RUS.to: 30}\n")
    child("young", "middle", "without: [RUS]\n")
    got = load_scenario("young")
    assert set(got.threats) == {"PRK", "CHN"}
    assert not [key for key in got.places if key.startswith("threats.RUS")]


def test_the_file_of_a_series_is_looked_for_from_the_layer_that_names_it():
    record("date,PRK\n2023-06,5\n2023-07,6\n", "old.csv")
    Path("mine.csv").write_text("date,PRK,USE\n2023-06,7,9\n2023-07,8,9\n", encoding="utf-8")
    write("old", ROOT + "months: 2\nthreats: {PRK: {profile: series, file: old.csv, column: PRK}}\n")
    assert load_scenario("old").threats["PRK"] == Series((5.0, 6.0), JUNE)
    assert load_scenario("old", ["threats.PRK.file=mine.csv"]).threats["PRK"] == Series((7.0, 8.0), JUNE)
