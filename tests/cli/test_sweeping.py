"""The verbs about sweeps, as one types them: what they print, and how they end."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.engines.ensemble import Block, run_block
from simulation.engines.plan import Plan
from tests.cli.conftest import Entente
from tests.results.test_sweeps import held

GRID = """\
format: 1
title: Tempo by commitment
scenario: baseline
changes: {months: 6}
design: grid
runs: 8
vary:
  commitment.USA.KOR: [0.2, 0.9]
  threats.PRK: [calm, peak]
"""


@pytest.fixture
def grid(entente: Entente) -> Entente:
    Path("grid.yaml").write_text(GRID)
    return entente


def the_folder() -> Path:
    return next(Path("results").iterdir())


def test_a_grid_is_a_matrix_and_is_found_again(grid: Entente) -> None:
    ended = grid("sweep", "grid.yaml", "--no-figures")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Tempo by commitment"
    assert lines[1] == "grid of 4 cases of baseline, 8 runs each; uncertainty: chance, parameters"
    assert lines[3].rstrip() == "threats.PRK across"
    assert lines[4].split() == ["commitment.USA.KOR", "calm", "peak"]
    assert [line.split()[0] for line in lines[5:7]] == ["0.2", "0.9"]
    assert all(line.count("±") == 2 for line in lines[5:7])
    text = " ".join(ended.out.split())
    assert "Mean of cooperation.final (points): Cooperation index of JPN and KOR in the last month." in text
    assert "The reference is baseline with the changes of the sweep: " in text
    assert text.endswith(f"Saved: {the_folder()}")
    again = grid("sweep", "grid.yaml", "--no-figures", "--measure", "acts.PRK", "--above", 12)
    assert "Share of runs with acts.PRK above 12: Hostile acts of PRK." in " ".join(again.out.split())
    fewer = grid("sweep", "grid.yaml", "--no-figures", "--runs", 5)
    assert fewer.err == f"{the_folder()} has 8 runs a case already, and all are shown\n"
    assert "grid of 4 cases of baseline, 8 runs each" in fewer.out
    assert len(list(Path("results").iterdir())) == 1
    whole = grid("resume", the_folder(), "--no-figures")
    assert whole.err == f"{the_folder()} is whole: nothing is computed\n"


def test_what_is_known_of_it_later(grid: Entente) -> None:
    said = json.loads(grid("sweep", "grid.yaml", "--no-figures", "--json").out)
    folder = Path(said["folder"])
    assert [one["values"] for one in said["cases"]][:2] == [
        {},
        {"commitment.USA.KOR": "0.2", "threats.PRK": "calm"},
    ]
    assert said["status"] == {"ok": 40, "non-finite": 0}
    rows = grid("query", folder, 'select "case", runs, ok from cases order by 1 limit 2', "--csv")
    assert rows.out == "case,runs,ok\n0,8,8\n1,8,8\n"
    verified = grid("verify", folder, "--share", 1)
    assert verified.out.splitlines()[0] == "same bytes: 5 of 5 cases, 40 runs"
    rerun = grid("rerun", folder, "--case", 3, "--run", 7)
    assert rerun.out.startswith("case 3, run 7: 6 months, ")
    assert "every measure as the sweep holds it" in rerun.out
    assert len((folder / "reruns" / "case-3-run-7" / "series.csv").read_text().splitlines()) == 7
    more = json.loads(grid("extend", folder, "--runs", "+4", "--no-figures", "--json").out)
    assert (more["folder"], more["runs"], more["status"]["ok"]) == (str(folder), 12, 60)


def test_more_points_of_a_sobol_design_stand_in_a_folder_beside(grid: Entente) -> None:
    vary = "  choice.pace: seeds\n  threats.PRK: {uniform: [0, 90]}\n"
    text = GRID[: GRID.index("vary:")].replace("grid", "sobol\ncases: 3")
    Path("few.yaml").write_text(f"{text}vary:\n{vary}")
    few = json.loads(grid("sweep", "few.yaml", "--no-figures", "--json").out)
    more = json.loads(grid("extend", few["folder"], "--cases", "+2", "--no-figures", "--json").out)
    assert more["folder"] != few["folder"]
    assert more["reference"] == few["reference"] == "baseline with the changes of the sweep"
    assert more["cases"][:4] == few["cases"]
    assert len(more["cases"]) == 6


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["sweep", "grdi"], 2, 'there is no sweep "grdi"'),
        (["sweep", "."], 2, '"." is a folder, not the file of a sweep\n  `entente resume` goes on with the'),
        (["sweep", "threat_matrx"], 2, 'there is no sweep "threat_matrx"\n  did you mean "threat_matrix"?'),
        (["sweep", "no.yaml"], 2, "no.yaml"),
        (["sweep", "grid.yaml", "--measure", "acts.PKR"], 2, 'did you mean "acts.PRK"?'),
        (["sweep", "grid.yaml", "--above", 1, "--below", 2], 2, "--above and --below: one of them is shown"),
        (["sweep", "grid.yaml", "--until", "acts.PRK"], 2, '--until: "" is no number above 0'),
        (["sweep", "grid.yaml", "--above", "nan"], 2, "--above is nan: a number is wanted"),
        (["sweep", "grid.yaml", "--runs", 9, "--until", "acts.PRK:1"], 2, "--runs and --until cannot stand"),
        (["sweep", "grid.yaml", "--max-runs", 9], 2, "--max-runs bounds what --until adds"),
        (["run", "grid.yaml"], 2, '"grid.yaml" is a sweep, not a scenario\n  entente sweep grid.yaml'),
        (["resume", "."], 4, "this is no folder of a sweep"),
        (["rerun", ".", "--case", 1, "--run", 1], 4, "this is no folder of a sweep"),
        (["query", "nowhere", "select 1"], 4, "there is no folder nowhere"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(grid: Entente, words: list[object], code: int, said: str) -> None:
    ended = grid(*words)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err


def test_a_query_of_any_kind_of_column_is_told_and_one_of_nothing_is_refused(grid: Entente) -> None:
    folder = json.loads(grid("sweep", "grid.yaml", "--no-figures", "--json").out)["folder"]
    found = grid("query", folder, "select date '2020-01-02' as day, [1, 2] as list, 1.5 as one", "--json")
    assert json.loads(found.out) == [{"day": "2020-01-02 00:00:00", "list": [1, 2], "one": 1.5}]
    ended = grid("query", folder, " ")
    assert (ended.code, ended.out) == (2, "")
    assert "this query asks for nothing" in ended.err
    both = grid("query", folder, "select 1", "--csv", "--json")
    assert "--json and --csv cannot stand together" in both.out


def test_what_is_wrong_with_a_whole_sweep_is_said(grid: Entente) -> None:
    grid("sweep", "grid.yaml", "--no-figures")
    folder = the_folder()
    faults = {
        ("rerun", folder, "--case", 9, "--run", 0): "there is no case 9: they are 0 to 4",
        ("rerun", folder, "--case", 1, "--run", 8): "there is no run 8: they are 0 to 7",
        ("query", folder, "select a from cases"): "tables: bands, reasons, runs, cases, points",
        ("extend", folder): "say --runs +200 or --cases +64: what is there more of",
        (
            "extend",
            folder,
            "--cases",
            4,
        ): "the design grid has no next points: only sobol",
    }
    for words, said in faults.items():
        ended = grid(*words)
        assert (ended.code, ended.out) == (2, ""), words
        assert said in ended.err


def test_runs_that_are_not_ok_are_rows_and_stop_nothing(
    grid: Entente, monkeypatch: pytest.MonkeyPatch
) -> None:
    def infinite(plan: Plan, first: int, runs: int) -> Block:
        block = run_block(plan, first, runs)
        finite = block.finite.copy()
        finite[2] = 0
        return replace(block, finite=finite)

    monkeypatch.setattr("simulation.results.sweeping.run_block", infinite)
    ended = grid("sweep", "grid.yaml", "--no-figures")
    assert ended.code == 3
    assert ended.err == "5 runs are not ok; each is a row of runs.parquet with its reason\n"
    rows = grid("query", the_folder(), "select run, reason from runs where status <> 'ok' limit 1", "--csv")
    assert rows.out.splitlines()[1] == "2,a series took a value that is not a finite number"


def test_check_and_plan_know_sweeps(grid: Entente) -> None:
    ended = grid("check", "grid.yaml", "threat_matrix", "baseline")
    assert ended.out.replace(", 1,000 runs each", "").splitlines() == [
        "grid.yaml: good. Tempo by commitment (grid: 4 cases of baseline, 8 runs each)",
        "threat_matrix: good. Pyongyang's tempo by Beijing's pressure (grid: 56 cases of baseline)",
        "baseline: good. June 2023, as the article leaves it (60 months, 1,000 runs)",
    ]
    (said,) = json.loads(grid("plan", "grid.yaml", "--json").out)
    assert (said["points"], said["runs"], said["months"]) == (4, 8, 6)
    assert said["rows"]["runs"] == 40
    assert not list(Path().glob("results/*"))


def test_another_process_with_another_hash_seed(grid: Entente) -> None:
    words = ["sweep", "grid.yaml", "--json", "--no-figures", "--out"]
    mine = grid(*words, "a").out
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONHASHSEED": "2"}
    other = [sys.executable, "-m", "simulation", *words, "b"]
    theirs = subprocess.run(other, check=True, capture_output=True, text=True, env=environment).stdout
    assert mine.replace('"a/', '"b/') == theirs
    assert held(next(Path("a").iterdir())) == held(next(Path("b").iterdir()))


def test_a_measure_that_some_runs_lack_says_in_how_many_it_has_a_value(grid: Entente) -> None:
    text = Path("grid.yaml").read_text().replace("design: grid", "design: list")
    rows = "vary:\n  commitment.USA.KOR: [0.2, 0.9]\n"
    Path("listed.yaml").write_text(text[: text.index("vary:")] + rows)
    said = grid("sweep", "listed.yaml", "--no-figures", "--measure", "months_to.security.6")
    assert "of 8 runs those in which the measure has a value" in " ".join(said.out.split())
