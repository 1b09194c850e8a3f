"""How runs are carried out changes none of them: threads, blocks, counts of runs and months, processes."""

import ast
import hashlib
import importlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import from_dtype

from simulation.describe.readers import model_files
from simulation.engines.ensemble import Block, run_block, run_ensemble
from simulation.engines.kernels import COMPILED_IN, draws, kernels
from simulation.engines.plan import Plan, build_plan
from simulation.engines.reference import AllianceModel
from simulation.model.arrays import filled, record_type, views
from simulation.model.catalogue import COUNT, REAL, RUNG
from simulation.model.state import Luck, Setting, State, run_sizes
from simulation.scenario.resolve import load_scenario
from simulation.world import load_world

ROOT = "format: 1\ntitle: Test\nworld: northeast_asia\nmonths: 24\nrng_seed: 42\n"
MIXTURE = "theory: {article: 0.5, quasi_alliance: 0.3, liberal: 0.2}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("execution")


def plan_of(folder: Path, text: str = "", *overrides: str) -> Plan:
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:8]}.yaml"
    path.write_text(ROOT + text, encoding="utf-8")
    return build_plan(load_scenario(path, overrides))


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    return plan_of(folder, MIXTURE)


@pytest.fixture(scope="module")
def whole(plan: Plan) -> Block:
    return run_ensemble(plan, 1000, threads=1, block=1000, keep_paths=True)


def assert_same(one: Block, two: Block) -> None:
    for name in ("measures", "theory", "finite", "counts", "sums", "moved"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes(), name


@pytest.mark.parametrize(("threads", "block"), [(2, 1000), (3, 7), (2, 7), (1, 250), (3, 250)])
def test_threads_and_blocks_change_no_byte(threads: int, block: int, plan: Plan, whole: Block):
    assert_same(run_ensemble(plan, 1000, threads=threads, block=block), whole)


@pytest.mark.parametrize("threads", [1, 3])
def test_blocks_of_a_single_run(threads: int, plan: Plan):
    assert_same(
        run_ensemble(plan, 60, threads=threads, block=1), run_ensemble(plan, 60, threads=2, block=1000)
    )


def test_the_first_800_of_1000_runs_are_the_800(plan: Plan, whole: Block):
    fewer = run_ensemble(plan, 800, keep_paths=True)
    assert np.array_equal(fewer.measures, whole.measures[:800], equal_nan=True)
    assert np.array_equal(fewer.theory, whole.theory[:800])
    assert fewer.paths is not None
    assert whole.paths is not None
    assert np.array_equal(fewer.paths, whole.paths[:800])


def test_a_memory_used_before_leaves_nothing_behind(plan: Plan, whole: Block):
    """Run 999 comes out alike after 999 others and first of its block."""
    alone = run_block(plan, 999, 1, keep_paths=True)
    assert alone.paths is not None
    assert whole.paths is not None
    assert np.array_equal(alone.paths, whole.paths[999:])


def test_the_first_60_months_of_120_are_the_60(folder: Path):
    short, long = (
        run_ensemble(plan_of(folder, MIXTURE, f"months={months}"), 100, keep_paths=True)
        for months in (60, 120)
    )
    assert short.paths is not None
    assert long.paths is not None
    assert np.array_equal(short.paths, long.paths[:, :60])
    assert np.array_equal(short.counts, long.counts[:60])


def test_counts_and_sums_are_of_the_paths(plan: Plan, whole: Block):
    assert whole.paths is not None
    counted = [one.slot for one in plan.series if one.kind != RUNG]
    assert whole.counts.sum(axis=1).tolist() == [1000 * len(counted)] * 24
    summed = [one.slot for one in plan.series if one.kind in (REAL, COUNT)]
    of_paths = whole.paths.sum(axis=0)[:, summed]
    assert whole.sums[:, summed, 0] / 2.0**20 == pytest.approx(of_paths, abs=1e-3)
    for series in plan.series:
        assert whole.paths[:, :, series.slot].min() >= series.low, series.name
        assert whole.paths[:, :, series.slot].max() <= series.high, series.name


def luck_of(plan: Plan, run: int, month: int) -> Luck:
    record = filled(Luck, run_sizes(len(plan.codes)), dict.fromkeys(Luck._fields, np.nan))
    words = np.zeros((4, plan.drawn.address.size), np.uint32)
    draws().draw_month(record.view(np.float64), words, plan.drawn, plan.seed, run, month)
    return views(Luck, record)


@pytest.mark.parametrize("gone", ["RUS", "USA", "PRK"])
def test_a_scenario_without_a_country_moves_no_draw_of_the_others(gone: str, folder: Path):
    with_all, without = plan_of(folder), plan_of(folder, f"without: [{gone}]\n")
    others = [slot for slot, code in enumerate(with_all.codes) if code != gone]
    for month in range(24):
        one, two = luck_of(with_all, 3, month), luck_of(without, 3, month)
        assert np.array_equal(one.country[others], two.country[others], equal_nan=True)
        for name in ("pair", "dyad"):
            kept = np.ix_(others, others)
            assert np.array_equal(getattr(one, name)[kept], getattr(two, name)[kept], equal_nan=True)


@pytest.mark.parametrize("gone", ["RUS", "USA", "PRK"])
def test_a_country_that_takes_no_part_leaves_no_trace(gone: str, folder: Path):
    plan = plan_of(folder, f"without: [{gone}]\n")
    paths = run_ensemble(plan, 20, keep_paths=True).paths
    assert paths is not None
    there = {"support"}  # what its public thinks of its government stays at the start
    for series in plan.series:
        head, *rest = series.name.split(".")
        if gone in rest and head not in there:
            assert not paths[:, :, series.slot].any(), series.name


# -- kinds of uncertainty ------------------------------------------------------------


def test_without_chance_and_parameters_all_runs_of_a_theory_are_one(folder: Path):
    # Twelve years: in two, theories may take the very same steps under one luck.
    plan = plan_of(folder, MIXTURE + "uncertainty: [theory]\n", "months=144")
    block = run_ensemble(plan, 200, keep_paths=True)
    assert block.paths is not None
    for theory in np.unique(block.theory):
        runs = block.paths[block.theory == theory]
        assert (runs == runs[0]).all()
    whole = np.ascontiguousarray(block.paths).reshape(200, -1)
    assert np.unique(whole, axis=0).shape[0] == 3


def test_with_chance_alone_parameters_are_the_world_s(folder: Path):
    plan = plan_of(folder, "uncertainty: [chance]\n")
    for run in (0, 17):
        model = AllianceModel(plan, run)
        vector = model.vector.copy()
        start = plan.vectors.weights
        held = np.ones(vector.size, bool)
        held[start : start + 13] = False  # the weights of the run's theory, copied there
        assert np.array_equal(vector[held], plan.vectors.base[held])
    world = load_world(plan.scenario.world.folder)
    for path, value in world.values.items():
        assert (plan.vectors.base[list(plan.slots[path])] == value.value).all(), path
    assert np.unique(run_ensemble(plan, 50).measures[:, 1]).size > 25


def test_with_parameters_alone_each_draw_is_another_world_with_the_same_luck(folder: Path):
    plan = plan_of(folder, "uncertainty: [parameters]\n")
    one, two = AllianceModel(plan, 0), AllianceModel(plan, 1)
    one.step()
    two.step()
    assert np.array_equal(one.luck.country, two.luck.country)
    assert np.array_equal(one.luck.dyad, two.luck.dyad)
    for path, value in plan.scenario.world.values.items():
        drawn = {model.vector[place] for model in (one, two) for place in plan.slots[path]}
        assert all(value.low <= number <= value.high for number in drawn), path
        assert len(drawn) == (2 if value.low < value.high else 1), path
    assert np.unique(run_ensemble(plan, 50).measures[:, 1]).size > 5


def test_theories_come_near_their_shares(whole: Block, plan: Plan):
    shares = np.bincount(whole.theory, minlength=len(plan.theories)) / 1000
    wanted = [plan.scenario.theory.get(name, 0.0) for name in plan.theories]
    assert shares == pytest.approx(wanted, abs=0.05)


def test_a_theory_in_a_mixture_runs_as_it_runs_alone(folder: Path, whole: Block, plan: Plan):
    alone = run_ensemble(plan_of(folder, "theory: liberal\n"), 1000)
    liberal = whole.theory == plan.theories.index("liberal")
    assert np.array_equal(alone.measures[liberal], whole.measures[liberal], equal_nan=True)


SCRIPT = """
import hashlib, sys
from simulation.engines.ensemble import run_ensemble
from simulation.engines.plan import build_plan
from simulation.scenario.resolve import load_scenario
block = run_ensemble(build_plan(load_scenario(sys.argv[1])), 50, keep_paths=True)
parts = (block.measures, block.theory, block.counts, block.sums, block.moved, block.paths)
print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())
"""


def test_two_processes_run_alike(plan: Plan):
    path = str(plan.scenario.path)
    words = [sys.executable, "-c", SCRIPT, path]
    root = str(Path(__file__).parents[2])
    digests = {
        subprocess.run(
            words,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": root},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_what_compiles_the_kernels_has_the_types_of_a_plan(plan: Plan, whole: Block):
    """The kernels are compiled on nothing to run, so a plan of other types would compile them again."""
    before = [len(kernel.signatures) for kernel in kernels()]
    assert len(set(before)) == 1
    run_ensemble(plan, 1)
    assert [len(kernel.signatures) for kernel in kernels()] == before


COMPILES = """
import sys
from simulation.engines.kernels import compile_kernels, is_compiled, kernels
assert not is_compiled()
compile_kernels(3, 4, 300)
assert is_compiled()
print(*(sum(kernel.stats.cache_hits.values()) for kernel in kernels()))
"""


def test_a_second_process_compiles_one_kernel_at_the_same_time(tmp_path: Path):
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", COMPILES],
        env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": root},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["0", "1", "0"]


def test_record_types_of_two_sizes_never_share_a_name_in_compiled_code():
    """Numba's own names count types within a process, so cached code of one world ran another's layout."""
    names = set()
    for n in (3, 6):
        for kind in (State, Setting, Luck):
            made = from_dtype(record_type(kind, run_sizes(n)))
            names.add(made.mangling_args)
            assert made.mangling_args != ("Record", (getattr(made, "_code"),))  # noqa: B009
    assert len(names) == 6


def test_what_the_model_takes_from_elsewhere_is_in_the_digest():
    """Compiled code holds constants as they were: one that changes without its digest would go unnoticed."""
    taken: dict[str, set[str]] = {}
    for source in model_files():
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                taken.setdefault(node.module or "", set()).update(name.name for name in node.names)
            elif isinstance(node, ast.Import):
                assert not [name.name for name in node.names if name.name.startswith("simulation")], source
    ours = [
        name for name in taken if name.startswith("simulation.") and not name.startswith("simulation.model")
    ]
    assert set().union(*(taken[name] for name in ours)) == set(COMPILED_IN)
    for name in ours:
        for constant in taken[name]:
            assert COMPILED_IN[constant] is getattr(importlib.import_module(name), constant)
