"""A sweep loses nothing: stopped anywhere, gone on with, extended, reused, to the same bytes."""

import re
import shutil
from pathlib import Path

import pytest

from simulation.engines.ensemble import Block, run_block
from simulation.engines.plan import Plan
from simulation.errors import CheckFailed, StoreError
from simulation.results import parts
from simulation.results.intervals import mean_interval
from simulation.results.store import write_table
from simulation.results.sweeping import Goal, Task, compute
from simulation.results.sweeps import Swept, ask_more, begin, resume, task_of
from simulation.sweep.design import load_sweep

SWEEP = """\
format: 1
title: A small one
scenario: baseline
design: grid
vary:
  threats.PRK: [calm, high, {profile: ramp, from: 20, to: 80, over: 6}]
  commitment.USA.KOR: {from: 0.3, to: 0.9, steps: 2}
"""
RUNS = 7


def quiet(done: int, total: int) -> None:
    pass


def begun(out: Path, runs: int = RUNS, most: int = 10, text: str = SWEEP) -> Path:
    out.mkdir(exist_ok=True)
    (out / "small.yaml").write_text(text)
    sweep, cases = load_sweep(out / "small.yaml", [f"runs={runs}", "months=12"])
    return begin(Task(sweep, cases, most), out)


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a whole sweep but the clock's."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in ("manifest.json", ".lock")
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return resume(begun(tmp_path_factory.mktemp("whole")), 1, quiet).folder


def test_it_holds_the_reference_and_every_case(undisturbed: Path) -> None:
    swept = Swept(undisturbed)
    assert swept.whole
    assert swept.cases["role"].tolist() == ["reference"] + ["case"] * 6
    assert swept.cases["threats.PRK"].tolist()[:4] == ["", "calm", "calm", "high"]
    assert swept.cases["threats.PRK"].tolist()[6] == "{profile: ramp, from: 20, to: 80, over: 6}"
    assert swept.cases["ok"].tolist() == [RUNS] * 7
    runs = swept.table("runs")
    assert list(zip(runs["case"], runs["run"], strict=True)) == [
        (c, r) for c in range(7) for r in range(RUNS)
    ]
    assert not (undisturbed / "blocks").exists()


@pytest.mark.parametrize(("threads", "most"), [(2, 1), (3, 7), (2, 1000)])
def test_the_bytes_depend_on_neither_threads_nor_blocks(
    tmp_path: Path, undisturbed: Path, threads: int, most: int
) -> None:
    assert held(resume(begun(tmp_path, most=most), threads, quiet).folder) == held(undisturbed)


def test_one_damaged_block_is_named(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    task = task_of(folder)
    with parts.held(folder):
        compute(task, folder, 2, lambda done: None)
    (folder / "blocks" / "00000002" / "runs.arrow").write_bytes(b"torn")
    with pytest.raises(
        StoreError, match=r"00000002/runs\.arrow: it is damaged; delete its folder and resume"
    ):
        resume(folder, 2, quiet)
    shutil.rmtree(folder / "blocks" / "00000002")
    assert resume(folder, 2, quiet).whole


def test_more_runs_leave_the_first_as_they_are(tmp_path: Path, undisturbed: Path) -> None:
    folder = tmp_path / "small"
    shutil.copytree(undisturbed, folder)
    ask_more(folder, RUNS + 5)
    assert not Swept(folder).whole
    longer = resume(folder, 2, quiet)
    assert longer.manifest["runs"] == RUNS + 5
    assert "before" not in longer.manifest
    runs = longer.table("runs")
    first = runs[runs["run"] < RUNS].reset_index(drop=True)
    assert first.equals(Swept(undisturbed).table("runs"))
    assert held(folder) == held(resume(begun(tmp_path / "anew", RUNS + 5), 2, quiet).folder)


def test_rows_that_come_out_otherwise_are_not_replaced(tmp_path: Path, undisturbed: Path) -> None:
    folder = tmp_path / "small"
    shutil.copytree(undisturbed, folder)
    runs = Swept(folder).table("runs")
    runs["cooperation.final"] = runs["cooperation.final"].where(runs.index != 9, 50.25)
    write_table(folder / "runs" / "00000.parquet", runs)
    before = held(folder)
    ask_more(folder, RUNS + 1)
    with pytest.raises(CheckFailed, match=f"the first {RUNS} runs of a case from 1 to 1 differ"):
        resume(folder, 2, quiet)
    assert {name: data for name, data in held(folder).items() if not name.startswith("blocks/")} == before


def test_what_another_sweep_has_computed_is_read(
    tmp_path: Path, undisturbed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    shutil.copytree(undisturbed, out / undisturbed.name)
    edited = SWEEP.replace("[calm, high,", "[calm, low, high,")
    folder = begun(out, text=edited)
    computed = []

    def noted(plan: Plan, first: int, runs: int) -> Block:
        computed.append(plan)
        return run_block(plan, first, runs)

    monkeypatch.setattr("simulation.results.sweeping.run_block", noted)
    found = held(resume(folder, 1, quiet).folder)
    assert len(computed) == 2  # what is new: low, at two commitments
    assert found == held(resume(begun(tmp_path / "alone", text=edited), 1, quiet).folder)


def test_with_a_goal_each_case_has_the_runs_that_it_takes(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SWEEP)
    sweep, cases = load_sweep(tmp_path / "small.yaml", ["months=12"])
    goal = Goal("cooperation.final", 0.95, 350)
    assert goal.looks == (100, 200, 350)
    narrow, other = (Task(sweep, cases, most, goal) for most in (150, 1000))
    swept = resume(begin(narrow, tmp_path / "a"), 2, quiet)
    counts = dict(zip(swept.cases["case"], swept.cases["runs"], strict=True))
    assert set(counts.values()) <= {100, 200, 350}
    assert len(set(counts.values())) > 1
    runs = swept.table("runs", ["case", "run", "cooperation.final"])
    for case, count in counts.items():
        values = runs.loc[runs["case"] == case, "cooperation.final"].to_numpy(float)
        assert len(values) == count
        for look in (100, 200):
            mean, low, _ = mean_interval(values[:look])
            assert (mean - low <= 0.95) == (count <= look)
    assert held(swept.folder) == held(resume(begin(other, tmp_path / "b"), 1, quiet).folder)


def test_another_world_or_code_is_told(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    text = (folder / "sweep.yaml").read_text()
    (folder / "sweep.yaml").write_text(text.replace("0.3", "0.35"))
    with pytest.raises(StoreError, match=f"{re.escape(str(folder))} was begun by another version"):
        resume(folder, 1, quiet)


def test_a_file_that_a_value_names_travels_with_the_results_and_its_content_counts(tmp_path: Path) -> None:
    text = (
        "format: 1\ntitle: Files\nscenario: baseline\ndesign: list\nvary:\n"
        "  threats.PRK: [{profile: series, file: data/s.csv, column: prk}, calm]\n"
    )

    def swept(tempo: int) -> Path:
        rows = "".join(f"{2023 + (5 + k) // 12}-{(5 + k) % 12 + 1:02d},{tempo}\n" for k in range(12))
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / "s.csv").write_text("date,prk\n" + rows)
        return begun(tmp_path, runs=3, text=text)

    quieter, louder = swept(1), swept(90)
    assert quieter != louder
    shutil.rmtree(tmp_path / "data")
    away = tmp_path / "away" / "copy"
    shutil.copytree(louder, away)
    assert held(resume(away, 1, quiet).folder) == held(resume(louder, 1, quiet).folder)
    bands = [resume(each, 1, quiet).case_rows("bands", 1) for each in (quieter, louder)]
    assert not bands[0].equals(bands[1])
