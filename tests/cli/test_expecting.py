"""`entente check --run`, and what `entente run` says of expectations."""

import json
from pathlib import Path

import pytest

from simulation import api
from simulation.engines.ensemble import run_ensemble
from simulation.library import scenarios_folder
from tests.cli.conftest import Entente

HEAD = "format: 1\nextends: baseline\nruns: 40\nmonths: 12\n"
HOLDS = "  - {measure: cooperation.final, mean: {between: [1, 99]}}\n"
FAILS = "  - {measure: cooperation.final, above: 99, in: 0.9}\n"
OPEN = "  - {measure: cooperation.final, above: 0, in: 1}\n"  # nobody can show it of all runs


def write(name: str, *expected: str) -> None:
    Path(f"{name}.yaml").write_text(
        f"{HEAD}title: The {name}\n" + ("expect:\n" if expected else "") + "".join(expected)
    )


def test_all_that_holds_ends_with_0(entente: Entente) -> None:
    write("good", HOLDS, OPEN)
    ended = entente("check", "--run", "good.yaml")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[1] == "good: The good"
    assert lines[2].split() == ["Expected", "verdict", "estimate", "95", "%", "n"]
    assert lines[3].startswith("mean of cooperation.final between 1 and 99 ")
    assert lines[3].split()[-6] == "holds"
    assert lines[3].split()[-1] == "40"
    assert lines[4].startswith("cooperation.final above 0 in at least 100 % of")
    assert "  not decided at this n  " in lines[4]
    assert lines[-1] == "2 expectations: 1 holds, 1 is not decided at this n; more runs may decide"
    assert max(map(len, lines)) <= 100


def test_one_that_fails_ends_with_1_and_says_where(entente: Entente) -> None:
    Path("folder").mkdir()
    write("folder/good", HOLDS)
    write("folder/none")
    write("folder/other", HOLDS, FAILS)
    ended = entente("check", "--run", "folder")
    assert ended.code == 1
    assert ended.err == (
        "folder/other.yaml:8:5: fails: cooperation.final above 99 in at least 90 % of runs\n"
    )
    assert "\nnone: expects nothing\n" in ended.out
    assert ended.out.endswith("\n3 expectations: 2 hold, 1 fails\n")
    assert {path.name.split("-")[0] for path in Path("results").iterdir()} == {"good", "other"}


def test_each_variant_is_judged_by_what_it_expects_itself(entente: Entente) -> None:
    write("family", HOLDS)
    with Path("family.yaml").open("a") as file:
        own = FAILS.strip().removeprefix("- ")
        file.write(f"variants:\n  high: {{threats.PRK: 140, expect: [{own}]}}\n  low: {{threats.PRK: 5}}\n")
    ended = entente("check", "--run", "family.yaml")
    assert (ended.code, ended.err.split(": ")[1]) == (1, "fails")
    assert ended.err.startswith("family.yaml:9:37: ")
    assert "\nfamily+high: The family (high)\n" in ended.out
    assert ended.out.count("\nVariants that say no expectation of their own: low\n") == 1
    assert ended.out.endswith("\n2 expectations: 1 holds, 1 fails\n")


def test_json(entente: Entente) -> None:
    write("other", HOLDS, FAILS)
    ended = entente("check", "--run", "--json", "other.yaml", "--runs", 20, "--out", "kept")
    assert ended.code == 1
    (said,) = json.loads(ended.out)
    assert said["scenario"] == "other"
    assert [(one["verdict"], one["runs"]) for one in said["expectations"]] == [("holds", 20), ("fails", 20)]
    assert said["expectations"][1]["estimate"] == 0.0
    assert said["expectations"][1]["place"] == "other.yaml:8:5"
    assert Path("kept").is_dir()


def test_nothing_is_run_where_a_file_is_at_fault(entente: Entente, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "run_ensemble", None)
    write("good", HOLDS)
    write("bad", "  - {measure: cooperation.finl, above: 99, in: 0.9}\n")
    ended = entente("check", "--run", "good.yaml", "bad.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert 'bad.yaml:7:15: unknown measure "cooperation.finl"' in ended.err
    assert 'did you mean "cooperation.final"?' in ended.err


def test_runs_that_are_not_ok_end_with_3(entente: Entente, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: object, **named: object) -> object:
        block = run_ensemble(*words, **named)  # type: ignore[arg-type]
        block.finite[:] = 0
        return block

    monkeypatch.setattr(api, "run_ensemble", broken)
    write("good", HOLDS)
    ended = entente("check", "--run", "good.yaml", "--runs", 3)
    assert ended.code == 3
    assert "no run ok" in ended.out
    assert "6 runs are not ok" in ended.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["baseline", "--runs", "3"], "--runs says how often to run, and `check` runs nothing without --run"),
        (["empty"], 'the folder "empty" holds no scenarios'),
        (["--run", "empty"], 'the folder "empty" holds no scenarios'),
        (["--run", "basline"], 'there is no scenario "basline"'),
    ],
)
def test_bad_input(entente: Entente, words: list[str], message: str) -> None:
    Path("empty").mkdir()
    ended = entente("check", *words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(message)


def test_a_run_says_them_below_its_table_and_ends_with_0(entente: Entente) -> None:
    write("other", HOLDS, FAILS)
    ended = entente("run", "other.yaml", "--no-figures")
    assert ended.code == 0
    table, _, below = ended.out.partition("Expected ")
    assert "Hostile acts a year" in table
    assert "cooperation.final above 99 in at least 90 % of runs  fails" in below
    assert below.splitlines()[-1].startswith("Saved: ")
    said = json.loads(entente("run", "other.yaml", "--no-figures", "--json").out)
    assert [one["verdict"] for one in said["expectations"]] == ["holds", "fails"]


def test_what_is_expected_does_not_change_the_result(entente: Entente) -> None:
    write("one", HOLDS)
    entente("run", "one.yaml", "--no-figures")
    write("one", HOLDS, FAILS)
    ended = entente("run", "one.yaml", "--no-figures", "--again")
    assert ended.code == 0
    assert "Computed again, the same bytes" in ended.out
    assert "Expected " in ended.out
    assert len(list(Path("results").iterdir())) == 1


def test_nothing_that_the_library_expects_fails(entente: Entente) -> None:
    ended = entente("check", "--run", scenarios_folder(), "--runs", 200)
    assert (ended.code, ended.err) == (0, "")
    assert "expects nothing" not in ended.out
    assert int(ended.out.splitlines()[-1].split()[0]) >= 2 * len(list(scenarios_folder().glob("*.yaml")))
