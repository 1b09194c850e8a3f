"""`entente compare`: differences side by side, and theories as small multiples."""

import json
from pathlib import Path

FAMILY = """format: 1
title: Family
extends: baseline
months: 12
variants:
  high: {threats.PRK: high}
  calm: {threats.PRK: calm}
"""


def test_scenarios_stand_side_by_side_and_are_found_again(entente, tmp_path: Path):
    words = ("compare", "nk_moratorium", "no_russia", "--runs", 12)
    first = entente(*words)
    assert first.code == 0
    rows = [line.split() for line in first.out.splitlines()]
    (head,) = [row for row in rows if row[:2] == ["Cooperation", "index,"]]
    assert head[-1] == "verdict"
    assert {row[0]: row[1] for row in rows if row and row[0] in words} == {
        "nk_moratorium": "baseline", "no_russia": "baseline",
    }  # fmt: skip
    figure = Path(first.out.splitlines()[-1].removeprefix("  figure "))
    assert figure.parent.as_posix() == "results/figures"
    assert (tmp_path / figure).read_bytes().startswith(b"\x89PNG")
    made = sorted(each.name for each in (tmp_path / "results").iterdir())
    stamps = [(tmp_path / "results" / name / "manifest.json").stat().st_mtime_ns for name in made[1:]]
    assert entente(*words).out == first.out
    assert sorted(each.name for each in (tmp_path / "results").iterdir()) == made
    assert [(tmp_path / "results" / name / "manifest.json").stat().st_mtime_ns for name in made[1:]] == stamps


def test_variants_stand_beside_the_file_that_has_them(entente, tmp_path: Path):
    (tmp_path / "family.yaml").write_text(FAMILY, encoding="utf-8")
    ended = entente("compare", "family.yaml", "--variant", "all", "--runs", 12, "--no-figures", "--json")
    said = json.loads(ended.out)
    rows = {row["name"]: row["cooperation.final"] for row in said["differences"]}
    assert {name: row["against"] for name, row in rows.items()} == {
        "family+high": "family", "family+calm": "family",
    }  # fmt: skip
    assert {"final.diplomatic", "final.security", "final.economic"} < set(said["differences"][0])
    means = [row["mean"] for row in rows.values()]
    assert means == sorted(means, reverse=True)
    assert said["figures"] == []


def test_every_theory_has_a_row_beside_the_parent_under_the_same_theory(entente, tmp_path: Path):
    ended = entente("compare", "us_retrenchment", "--theories", "--runs", 6, "--set", "months=24", "--json")
    said = json.loads(ended.out)
    assert said["of"] == "us_retrenchment: Washington halves its commitment"
    assert [row["name"] for row in said["differences"]] == [
        "article", "quasi_alliance", "net_threat", "balance_of_threat", "two_level", "liberal",
    ]  # fmt: skip
    for row in said["differences"]:
        found = row["cooperation.final"]
        assert (found["against"], found["paired"], found["runs"]) == ("baseline", True, 6)
    assert [Path(each).name.split("-")[-1] for each in said["figures"]] == ["theories.svg", "theories.png"]
    folders = [each.name.split("-")[0] for each in (tmp_path / "results").iterdir()]
    assert (folders.count("us_retrenchment"), folders.count("baseline")) == (6, 6)


def test_a_mixture_stands_under_each_of_its_theories_alone(entente, tmp_path: Path):
    text = "format: 1\ntitle: Mixed\nextends: nk_moratorium\nmonths: 3\n"
    mixed = "theory: {article: 0.5, liberal: 0.5}\nuncertainty: [chance, parameters, theory]\n"
    (tmp_path / "mixed.yaml").write_text(text + mixed, encoding="utf-8")
    words = ("compare", "mixed.yaml", "--theories", "--runs", 3, "--no-figures", "--json")
    for more in ((), ("--set", "uncertainty=[theory, chance]")):
        ended = entente(*words, *more)
        assert ended.code == 0, ended.err
        found = [row["cooperation.final"] for row in json.loads(ended.out)["differences"]]
        assert {(one["against"], one["paired"]) for one in found} == {("nk_moratorium", True)}


def test_what_cannot_be_compared_is_said_and_has_no_numbers(entente):
    ended = entente("compare", "baseline", "since_2022", "--runs", 4, "--set", "theory=liberal")
    assert ended.code == 0
    row = next(line for line in ended.out.splitlines() if line.startswith("since_2022"))
    assert row.split()[:5] == ["since_2022", "baseline", "(unpaired)", "4", "not"]
    assert "figure" not in ended.out


def test_one_root_alone_has_nothing_to_stand_beside(entente, tmp_path: Path):
    ended = entente("compare", "baseline")
    assert ended.code == 2
    assert "baseline extends nothing: there is nothing to compare it with" in ended.err
    assert "name a second one, or say --theories" in ended.err
    assert not (tmp_path / "results").exists()


def test_a_theory_on_the_command_line_is_at_odds_with_all_of_them(entente):
    ended = entente("compare", "baseline", "--theories", "--set", "theory=liberal")
    assert ended.code == 2
    assert '"theory" is set twice on the command line' in ended.err
