"""A resolved scenario written out: the same again when read, the same text in every process."""

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.document import as_text, read_text
from simulation.errors import Fault
from simulation.library import scenarios_folder
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.scenario.writing import canonical, to_yaml

LIBRARY = sorted(path.stem for path in scenarios_folder().glob("*.yaml"))
STEP = "{at: 2024-01, event: step, country: USA, partner: KOR, track: security, steps: 2}"
RICH = [
    "theory={article: 0.1, liberal: 0.9}",
    "uncertainty=[theory, chance]",
    "threats.PRK={profile: pulse, base: 1, peak: 0.1, at: 2024-01, width: 3}",
    "commitment.USA.KOR={value: 0.4, from: 2025-01}",
    "intent.half_life={value: 9, low: 6, high: 12.5}",
    "choice.pace=1e-05",
    "events=[" + STEP + ", {at: 2023-07, event: court_ruling, country: KOR, partner: JPN}]",
    "focus=[KOR, JPN]",
    "background=0",
]
RICH_1969 = [
    "theory={hub: 0.1, net_threat: 0.9}",
    "intent.half_life={value: 9, low: 6, high: 12.5}",
    "events=[{at: 1980-12, event: history_dispute, country: JPN, partner: KOR}]",
    "uncertainty=[theory, chance]",
    *RICH[-2:],
]


def again(scenario: Scenario, folder: Path) -> Scenario:
    """The scenario read back from its own text."""
    path = folder / "scenario.yaml"
    path.write_text(to_yaml(scenario), encoding="utf-8")
    return load_scenario(path)


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("overrides", [[], RICH], ids=["as it is", "with all there is"])
def test_a_scenario_comes_back_from_its_text(name: str, overrides: list[str], tmp_path: Path):
    if overrides and load_scenario(name).world.name != "northeast_asia":
        pytest.skip("the overrides are those of another world")
    early = name in ("since_2022", "no_gesture")  # they end before the months of some overrides
    wanted = [one for one in overrides if "2025" not in one or not early]
    there = load_scenario(name).world.name == "northeast_asia"
    written = load_scenario(name, wanted if there or not overrides else RICH_1969)
    read = again(written, tmp_path)
    assert read == written
    assert read.parent is None
    assert to_yaml(read) == to_yaml(written)
    assert canonical(read, with_runs=True) == canonical(written, with_runs=True)


def test_the_text_in_full():
    assert to_yaml(load_scenario("baseline", RICH)) == (
        """\
format: 1
title: "June 2023, as the article leaves it"
why: "Does the rapprochement of Japan and South Korea last when the threats of mid 2023 go on as they are?"
world: northeast_asia
start: 2023-06
months: 60
runs: 1000
rng_seed: 20230601
theory: {article: 0.1, liberal: 0.9}
uncertainty: [chance, theory]
background: 0
without: []
threats:
  PRK: {profile: pulse, base: 1, peak: 0.1, at: 2024-01, width: 3}
  CHN: 60
  RUS: 24
set:
  choice.pace: 1e-05
  commitment.USA.KOR: {value: 0.4, from: 2025-01}
  intent.half_life: {value: 9, low: 6, high: 12.5}
events:
  - {at: 2023-07, event: court_ruling, country: KOR, partner: JPN}
  - {at: 2024-01, event: step, country: USA, partner: KOR, track: security, steps: 2}
focus: [KOR, JPN]
expect:
  - {measure: acts.PRK, mean: {between: [26, 33]}}
  - {measure: regime.frozen, below: 0.5, in: 0.8}
"""
    )


def test_the_canonical_text_in_full():
    assert canonical(load_scenario("us_retrenchment"), with_runs=False) == (
        '{"background":1.0,"events":[],"focus":["JPN","KOR"],"format":1,"months":60,"rng_seed":20230601,'
        '"set":{"commitment.USA.JPN":{"from":"2025-01","high":0.43,"low":0.43,"value":0.43},'
        '"commitment.USA.KOR":{"from":"2025-01","high":0.43,"low":0.43,"value":0.43}},'
        '"start":"2023-06","theory":{"article":1.0},'
        '"threats":{"CHN":{"base":60.0,"profile":"constant"},"PRK":{"base":33.0,"profile":"constant"},'
        '"RUS":{"base":24.0,"profile":"constant"}},"uncertainty":["chance","parameters"],"without":[],'
        '"world":"northeast_asia"}'
    )


def test_runs_title_and_question_are_no_part_of_what_the_numbers_rest_on():
    plain = load_scenario("baseline")
    other = load_scenario("baseline", ["runs=800", "title=Other", "why=Why"])
    assert canonical(plain, with_runs=False) == canonical(other, with_runs=False)
    assert canonical(plain, with_runs=True) != canonical(other, with_runs=True)


@pytest.mark.parametrize(
    "override", [one for one in RICH if "uncertainty" not in one and "theory" not in one]
)
def test_every_assumption_is_a_part_of_it(override: str):
    plain, other = load_scenario("baseline"), load_scenario("baseline", [override])
    assert canonical(plain, with_runs=False) != canonical(other, with_runs=False)


def test_zero_has_one_text():
    below, above = (load_scenario("baseline", [f"response.PRK={zero}"]) for zero in ("-0", "0"))
    assert canonical(below, with_runs=True) == canonical(above, with_runs=True)


def test_the_text_does_not_depend_on_the_hash_seed():
    code = (
        "from simulation.scenario.resolve import load_scenario as load\n"
        "from simulation.scenario.writing import canonical, to_yaml\n"
        f"one = load('baseline', {RICH!r})\n"
        "print(canonical(one, with_runs=True)); print(to_yaml(one)); print(list(one.places))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(texts) == 1


printable = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    lambda one: one.strip()
)


@given(printable)
def test_any_title_comes_back(title: str):
    faults: list[Fault] = []
    read = read_text(to_yaml(replace(baseline(), title=title, why=title)), "x.yaml", faults)
    assert read is not None
    assert [as_text(node, faults) for key, node in read.entries if key.text in ("title", "why")] == [
        title
    ] * 2
    assert not faults


@cache
def baseline() -> Scenario:
    return load_scenario("baseline")
