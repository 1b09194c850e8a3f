"""Joint draws of a world: one row a draw, whatever engine, and every fault in the file."""

from pathlib import Path

import numpy as np
import pytest

from simulation.describe.explanation import explain
from simulation.engines.ensemble import run_ensemble
from simulation.engines.kernels import draws
from simulation.engines.plan import Plan, build_plan
from simulation.engines.reference import block_of
from simulation.engines.room import make_room
from simulation.errors import BadInput
from simulation.results.digest import world_digest
from simulation.scenario.resolve import load_scenario
from simulation.world import load_world
from tests.worlds import write_world

PATHS = ("choice.pace", "trust.gain")
ROWS = [(0.05 + 0.001 * k, 0.02 + 0.0005 * k) for k in range(120)]


def table(head: str = ",".join(PATHS), rows: list[str] | None = None) -> str:
    return "\n".join([head, *([f"{a},{b}" for a, b in ROWS] if rows is None else rows)]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    world = write_world(tmp_path / "small", 3, 3)  # of a size that other tests compile too
    (world / "posterior.csv").write_text(table(), encoding="utf-8")
    return world


def plan_of(folder: Path, *lines: str) -> Plan:
    path = folder.parent / "scenario.yaml"
    text = [
        "format: 1",
        "title: t",
        f"world: {folder.name}",
        "start: 2022-01",
        "months: 12",
        "runs: 40",
        *lines,
    ]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return build_plan(load_scenario(path))


def drawn(plan: Plan, draw: int) -> dict[str, float]:
    room = make_room(plan, 1)
    vector = room.vectors[0]
    draws().draw_vector(draw, 0, plan.vectors, room.reference_vector[0], vector, room.words, plan.seed)
    return {path: float(vector[plan.slots[path][0]]) for path in PATHS}


def test_a_draw_takes_one_row_for_all_its_paths(folder: Path):
    plan = plan_of(folder, "uncertainty: [chance, parameters]")
    found = [drawn(plan, k) for k in range(400)]
    rows = {tuple(each.values()) for each in found}
    assert rows <= set(ROWS)
    assert len(rows) > 100


def test_both_engines_take_the_same_rows(folder: Path):
    plan = plan_of(folder, "uncertainty: [chance, parameters]")
    compiled = run_ensemble(plan, 3, 1)
    assert np.array_equal(compiled.measures, block_of(plan, 3, None, lambda _: None).measures, equal_nan=True)


def test_without_parameters_the_values_of_the_seeds_hold_and_a_setting_goes_before_a_row(folder: Path):
    world = load_world(folder)
    plan = plan_of(folder, "uncertainty: [chance]")
    assert drawn(plan, 3) == {path: world.value(path).value for path in PATHS}
    plan = plan_of(folder, "uncertainty: [chance, parameters]", "set: {choice.pace: 0.25}")
    found = [drawn(plan, k) for k in range(20)]
    assert {each["choice.pace"] for each in found} == {0.25}
    assert {each["trust.gain"] for each in found} <= {b for _, b in ROWS}


def test_the_rows_are_part_of_what_a_result_rests_on(folder: Path):
    before = world_digest(load_world(folder))
    (folder / "posterior.csv").write_text(table(rows=[f"{a},{b}" for a, b in ROWS[::-1]]), encoding="utf-8")
    assert world_digest(load_world(folder)) != before


def test_the_same_is_read_however_it_is_written(folder: Path):
    plain = load_world(folder)
    rows = [f'"{a}", {b}' for a, b in ROWS]
    (folder / "posterior.csv").write_text(table(rows=rows), encoding="utf-8")
    assert load_world(folder) == plain
    (folder / "posterior.csv").write_text(table(rows=rows[::-1]), encoding="utf-8")
    assert load_world(folder) != plain


def test_explain_says_that_a_value_is_drawn_with_others(folder: Path):
    scenario = plan_of(folder, "uncertainty: [chance, parameters]").scenario
    (note,) = [note for note in explain(scenario, "choice.pace").notes if "posterior.csv" in note]
    assert note == (
        "Each draw takes its own value, one of 120 rows of posterior.csv, with 1 others: median 0.11, "
        "middle 80 % 0.0619 to 0.157."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (table(head="choice.pase,trust.gain"), 'unknown path "choice.pase"'),
        (table(head="choice.pace,choice.pace"), 'the path "choice.pace" stands twice'),
        (table(rows=["0.1,0.05"] * 119 + ["0.9,0.05"]), "posterior.csv:121:1"),
        (table(rows=["0.1,0.05"] * 119 + ["0.1"]), "1 cells stand here, and the first line names 2"),
        (table(rows=["0.1,0.05"] * 99), "99 draws stand here"),
        (table(rows=["0.1,a"] * 100), "posterior.csv:2:5"),
    ],
)
def test_faults_are_told_with_their_place(folder: Path, text: str, said: str):
    (folder / "posterior.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_world(folder)
    assert said in str(caught.value)
