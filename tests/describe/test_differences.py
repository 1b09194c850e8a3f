"""What differs between two scenarios after resolution."""

import shutil
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.describe.differences import Comparison, compare
from simulation.library import seeds_folder
from simulation.scenario.resolve import load_scenario, of_world_alone
from simulation.scenario.scenario import Scenario

POOL = (
    "", "months=12", "start=2022-12 rng_seed=5", "runs=3", "theory=liberal",
    "theory={article:0.5,liberal:0.5} uncertainty=[chance,parameters,theory]", "background=2 focus=[USA,JPN]",
    "without=[RUS]", "threats.PRK=12 threats.CHN={profile:ramp,from:5,to:low,over:3}",
    "threats.CHN={profile:ramp,from:6,to:low,over:3} choice.pace=0.2", "proximity.KOR.JPN=0.1",
    "intent.half_life={value:9,low:6,high:12} events=[{at:2023-07,event:scandal,country:KOR}]",
)  # fmt: skip


@cache
def loaded(overrides: str) -> Scenario:
    return load_scenario("baseline", [word.replace(":", ": ") for word in overrides.split()])


def rows(found: Comparison) -> dict[str, tuple[str, str]]:
    return {one.path: (one.a.text, one.b.text) for one in found.values}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(POOL), st.sampled_from(POOL))
def test_swapping_sides_swaps_and_only_equal_scenarios_differ_in_nothing(first: str, second: str):
    a, b = loaded(first), loaded(second)
    there, back = compare(a, b), compare(b, a)
    assert rows(back) == {path: (two, one) for path, (one, two) in rows(there).items()}
    assert (back.events_a, back.events_b) == (there.events_b, there.events_a)
    assert (back.unpaired, back.paired) == (there.unpaired, there.paired)
    assert there.nothing == (a == b) == (first == second)


def test_a_parent_and_its_child():
    found = compare(load_scenario("old.yaml"), load_scenario("young.yaml"))
    assert rows(found) == {
        "threats.PRK": ("33", "step: from 10, to 69, at 2024-01"),
        "forks.cold": ("none", "from 2024-06 on"),
        "forks.cold.commitment.USA.KOR": ("none", "0.2 from 2024-06 on"),
        "forks.cold.threats.PRK": ("none", "120"),
        "commitment.USA.KOR": ("0.85 (0.7 to 0.95)", "0.43 from 2025-01 on, before it 0.85 (0.7 to 0.95)"),
        "intent.half_life": ("8", "9 (6 to 12)"),
        "proximity.JPN.KOR": ("0.9 (0.8 to 1)", "0.2"),
    }
    assert [str(one.b.place) for one in found.values][-3:] == [
        "young.yaml:7:3",
        "young.yaml:6:3",
        "young.yaml:8:3",
    ]
    assert [one.a.by for one in found.values][-3:] == ["world", "scenario", "world"]
    assert [text for text, _ in found.events_b] == [
        "2025-01 summit, country JPN, partner KOR, steps 2",
        "2025-03 summit, country JPN, partner KOR",
    ]
    assert (found.unpaired, found.paired) == ((), 1000)


def test_profiles_of_one_shape_are_compared_field_by_field():
    word = "threats.CHN={profile: ramp, from: 5, to: 7, over: %d}"
    a, b = (load_scenario("baseline", [word % over]) for over in (3, 4))
    assert rows(compare(a, b)) == {"threats.CHN.over": ("3", "4")}


def test_sums_of_the_same_shapes_are_compared_part_by_part():
    word = (
        "threats.CHN={profile: sum, parts: [%d, {profile: pulse, base: 0, peak: %d, at: 2024-01, width: 3}]}"
    )
    a, b = (load_scenario("baseline", [word % each]) for each in ((4, 9), (5, 8)))
    assert rows(compare(a, b)) == {"threats.CHN.parts.0": ("4", "5"), "threats.CHN.parts.1.peak": ("9", "8")}
    other = load_scenario("baseline", ["threats.CHN={profile: sum, parts: [4, 5]}"])
    assert list(rows(compare(a, other))) == ["threats.CHN"]


def test_an_event_of_one_alone_says_where_the_other_ends_before_it():
    late = "events=[{at: 2023-07, event: scandal, country: KOR}, {at: 2025-01, event: scandal, country: KOR}]"
    long, short = load_scenario("baseline", [late]), load_scenario("baseline", ["months=12"])
    assert [text for text, _ in compare(long, short).events_a] == [
        "2023-07 scandal, country KOR",
        "2025-01 scandal, country KOR (after the end of baseline, 2024-05)",
    ]


def test_fewer_runs_pair_and_another_start_does_not():
    base = load_scenario("baseline")
    assert compare(base, load_scenario("baseline", ["runs=30"])).paired == 30
    other = compare(base, load_scenario("baseline", ["months=12", "rng_seed=3"]))
    assert (other.unpaired, other.paired) == (("months", "rng_seed"), 0)


def test_two_worlds_are_compared_by_what_both_have(folder: Path):
    there = folder / "worlds" / "other"
    shutil.copytree(seeds_folder() / "northeast_asia", there)
    file = there / "mechanisms.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("intent.half_life: {unit: months, value: 9, low: 4,") == 1
    file.write_text(text.replace("value: 9, low: 4,", "value: 10, low: 4,", 1), encoding="utf-8")
    found = compare(load_scenario("old.yaml"), load_scenario("old.yaml", ["world=other", "months=36"]))
    assert rows(found) == {"world": ("northeast_asia", "other")}  # both scenarios set the half-life
    young = folder / "bare.yaml"
    young.write_text(
        "format: 1\ntitle: Bare\nworld: other\nmonths: 36\nthreats: {PRK: 33}\n", encoding="utf-8"
    )
    found = compare(load_scenario("old.yaml"), load_scenario(young))
    assert rows(found) == {"world": ("northeast_asia", "other"), "intent.half_life": ("8", "10 (4 to 18)")}
    assert (found.unpaired, found.paired) == (("world",), 0)
    assert compare(of_world_alone(load_scenario("old.yaml")), load_scenario(young)).paths_a == ()


def test_the_world_alone_is_what_a_file_without_assumptions_says(folder: Path):
    (folder / "bare.yaml").write_text("format: 1\ntitle: Young\nworld: northeast_asia\n", encoding="utf-8")
    assert of_world_alone(load_scenario("young.yaml", variants=["loud"])) == load_scenario("bare.yaml")
