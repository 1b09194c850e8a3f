"""Variants: a family in one file, each right by itself, several together where they do not collide."""

from pathlib import Path

import pytest

from simulation.errors import BadInput
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario

HEAD = "format: 1\ntitle: Family\nextends: baseline\n"
FAMILY = """variants:
  high: {threats.PRK: 140}
  low: {threats: {PRK: 10}, months: 24}
  retrench: {commitment.USA.KOR: 0.4, title: Washington steps back}
  crisis: {events: [{at: 2025-01, event: summit, country: JPN, partner: KOR}]}
"""


@pytest.fixture
def family(tmp_path: Path) -> Path:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + FAMILY, encoding="utf-8")
    return path


def faults(path: Path, *variants: str) -> str:
    with pytest.raises(BadInput) as caught:
        load_scenario(path, variants=variants)
    return str(caught.value).replace(f"{path.parent}/", "")


def test_without_a_choice_the_file_stands_alone(family: Path) -> None:
    one = load_scenario(family)
    assert (one.name, one.title) == ("x", "Family")
    assert one.variants == ("high", "low", "retrench", "crisis")
    assert one.parent is not None
    assert one.parent.name == "baseline"


def test_a_variant_stands_beside_its_file(family: Path) -> None:
    one = load_scenario(family, variants=["high"])
    assert (one.name, one.title) == ("x+high", "Family (high)")
    assert one.threats["PRK"].tempo(0, 2) == [140.0, 140.0]
    assert one.parent is not None
    assert one.parent == load_scenario(family)
    assert one.places["threats.PRK"].line == 5


def test_several_together_add_up(family: Path) -> None:
    one = load_scenario(family, variants=["high", "retrench", "crisis"])
    assert (one.name, one.title) == ("x+high+retrench+crisis", "Washington steps back")
    assert one.threats["PRK"].tempo(0, 1) == [140.0]
    assert [(each.path, each.value) for each in one.settings] == [("commitment.USA.KOR", 0.4)]
    assert [each.event for each in one.events] == ["summit"]


def test_a_variant_and_its_file_share_what_pairs_runs(family: Path) -> None:
    one = load_scenario(family, variants=["low"])
    assert one.months == 24
    assert one.parent is not None
    assert one.parent.months == 24


def test_the_command_line_stands_above_a_variant(family: Path) -> None:
    one = load_scenario(family, ["threats.PRK=7"], ["high"])
    assert one.threats["PRK"].tempo(0, 1) == [7.0]
    assert one.parent is not None
    assert one.parent.threats["PRK"] != one.threats["PRK"]


def test_a_child_has_its_parents_variants_and_may_replace_them(family: Path) -> None:
    child = family.with_name("y.yaml")
    child.write_text(
        "format: 1\ntitle: Child\nextends: x.yaml\nvariants: {high: {threats.PRK: 99}}\n", encoding="utf-8"
    )
    assert load_scenario(child).variants == ("high", "low", "retrench", "crisis")
    assert load_scenario(child, variants=["high"]).threats["PRK"].tempo(0, 1) == [99.0]
    assert load_scenario(child, variants=["low"]).threats["PRK"].tempo(0, 1) == [10.0]


def test_two_that_set_one_key_collide_with_both_lines(family: Path) -> None:
    assert faults(family, "high", "low") == (
        'x.yaml:6:19: "PRK" is set twice\n'
        "      low: {threats: {PRK: 10}, months: 24}\n"
        "                      ^\n"
        "  the first is at x.yaml:5:10"
    )


def test_two_spellings_of_one_path_collide(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        HEAD + "variants:\n  a: {proximity.JPN.KOR: 0.5}\n  b: {set: {proximity.KOR.JPN: 0.6}}\n",
        encoding="utf-8",
    )
    assert faults(path, "a", "b") == (
        "x.yaml:6:13: proximity.JPN.KOR is set twice\n"
        "      b: {set: {proximity.KOR.JPN: 0.6}}\n"
        "                ^\n"
        '  the first is "proximity.JPN.KOR" at x.yaml:5:7'
    )


def test_a_name_that_is_no_variant_names_the_nearest(family: Path) -> None:
    assert faults(family, "hihg") == 'x has no variant "hihg"\n  did you mean "high"?'


def test_a_fault_in_a_variant_nobody_chose_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        HEAD + "variants:\n  a: {threats.PKR: 5, extends: baseline}\n  b: {mnths: 12}\n", encoding="utf-8"
    )
    assert faults(path) == (
        'x.yaml:5:7: unknown country "PKR"\n'
        "      a: {threats.PKR: 5, extends: baseline}\n"
        "          ^\n"
        '  did you mean "PRK"?\n'
        'x.yaml:5:23: "extends" cannot be set by a variant\n'
        "      a: {threats.PKR: 5, extends: baseline}\n"
        "                          ^\n"
        "  write it in the file\n"
        'x.yaml:6:7: unknown path "mnths"\n'
        "      b: {mnths: 12}\n"
        "          ^\n"
        '  did you mean "months"?'
    )


def notes(scenario: Scenario) -> list[str]:
    return [f"{note.place.line if note.place else 0}: {note.message}" for note in scenario.notes]


def test_what_a_shorter_variant_leaves_out_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(
        HEAD
        + """threats: {PRK: {profile: step, from: 10, to: 20, at: 2026-01}}
set: {commitment.USA.KOR: {value: 0.4, from: 2025-01}}
events:
  - {at: 2024-05, event: summit, country: JPN, partner: KOR}
  - {at: 2024-06, event: summit, country: JPN, partner: KOR}
variants: {short: {months: 12}}
forks: {at: 2025-06, branches: {storm: {threats.CHN: peak}}}
""",
        encoding="utf-8",
    )
    assert notes(load_scenario(path)) == []
    left = [
        "5: the change of commitment.USA.KOR in 2025-01 falls away: the last month is 2024-05",
        "8: the event summit in 2024-06 falls away: the last month is 2024-05",
        "10: the fork in 2025-06 falls away: the last month is 2024-05",
        "4: the step of PRK falls away: it begins after the last month, 2024-05",
    ]
    assert notes(load_scenario(path, variants=["short"])) == left
    assert notes(load_scenario(path, ["months=12"])) == left
    child = tmp_path / "child.yaml"  # written by somebody who can read what it leaves out
    child.write_text("format: 1\ntitle: Child\nextends: long\nmonths: 12\n", encoding="utf-8")
    assert notes(load_scenario(child)) == []


def test_a_variant_that_changes_nothing_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    lines = ["{}", "{threats.CHN: medium}", "{threats.CHN: high}", "{title: The same}"]
    named = "".join(f"  v{number}: {line}\n" for number, line in enumerate(lines))
    path.write_text(f"{HEAD}variants:\n{named}", encoding="utf-8")
    same = [f'{line}: the variant "v{line - 5}" changes nothing' for line in (5, 6, 8)]
    assert notes(load_scenario(path)) == same
    assert notes(load_scenario(path, variants=["v1"])) == same[1:2]
    assert notes(load_scenario(path, ["background=0"], variants=["v2"])) == []
