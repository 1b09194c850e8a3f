"""The compiled ensemble and the model in Mesa give the same numbers, to the last bit."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from simulation.engines.ensemble import Block, run_ensemble
from simulation.engines.plan import Plan, build_plan
from simulation.engines.reference import AllianceModel, block_of
from simulation.library import seeds_folder
from simulation.model.happening import EFFECTS
from simulation.scenario.futures import futures
from simulation.scenario.resolve import load_scenario
from simulation.world import World, load_world
from tests.engines.anything import Anything, plan_of
from tests.worlds import write_world

# Random worlds of three countries with seven camps between them, so that one compiled kernel serves them all.
SMALL = (3, 9, 11, 12, 13, 14, 17, 19, 20, 26, 33, 37, 38)
CASES = [(SMALL[k % len(SMALL)], k) for k in range(260)]
REAL_CASES = range(60)
FORKED_CASES = range(500, 526)
RUNS = 2
PROFILES = ("step,", "ramp,", "pulse,", "cycle,", "walk,", "series,", "sum,")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parity")


@pytest.fixture(scope="module")
def small(folder: Path) -> dict[int, World]:
    return {seed: load_world(write_world(folder / f"small_{seed}", 3, seed)) for seed in SMALL}


@pytest.fixture(scope="module")
def real() -> World:
    return load_world(seeds_folder() / "northeast_asia")


def assert_same(plan: Plan, one: Block, two: Block) -> None:
    for name in ("measures", "theory", "finite", "counts", "sums", "moved"):
        mine, theirs = getattr(one, name), getattr(two, name)
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs, equal_nan=name == "measures"), (name, plan.scenario.path)


def compare(plan: Plan) -> None:
    compiled = run_ensemble(plan, RUNS, threads=1, keep_paths=True)
    assert compiled.finite.all()
    assert_same(plan, compiled, block_of(plan, RUNS, None, lambda _: None))
    assert compiled.paths is not None
    path = AllianceModel(plan, RUNS - 1).run_all()
    first, column = next(iter(np.argwhere(path != compiled.paths[-1]).tolist()), (None, 0))
    assert first is None, f"month {first}, {plan.series[column].name}: {plan.scenario.path}"


@pytest.mark.parametrize(("world", "seed"), CASES)
def test_parity_in_random_worlds(world: int, seed: int, small: dict[int, World], folder: Path):
    compare(plan_of(folder, small[world], seed))


@pytest.mark.parametrize("seed", REAL_CASES)
def test_parity_in_northeast_asia(seed: int, real: World, folder: Path):
    compare(plan_of(folder, real, seed))


@pytest.mark.parametrize("seed", FORKED_CASES)
def test_parity_in_every_future_of_a_fork(seed: int, small: dict[int, World], folder: Path):
    world = small[SMALL[seed % len(SMALL)]]
    anything = Anything(world, seed)
    path = folder / f"forked_{seed}.yaml"
    path.write_text("\n".join([*anything.lines(), *anything.forks()]) + "\n", encoding="utf-8")
    found = list(futures(load_scenario(path)))
    assert [name for name, _, _ in found] == ["one", "other", "other/one", "other/other"]
    for _, _, future in found:
        compare(build_plan(future))


def test_a_longer_run_with_everything_in_it(real: World, folder: Path):
    path = folder / "longer.yaml"
    anything = Anything(real, 1)
    anything.months = 48
    path.write_text("\n".join(anything.lines()) + "\n", encoding="utf-8")
    compare(build_plan(load_scenario(path)))


def test_the_cases_hold_whatever_a_scenario_can_say(small: dict[int, World], real: World):
    """So that parity is not the parity of scenarios in which nothing happens."""
    effects: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for world, seed in [(small[w], k) for w, k in CASES] + [(real, k) for k in REAL_CASES]:
        anything = Anything(world, seed)
        text = "\n".join(anything.lines())
        said.update(word for word in (*PROFILES, "low: 40", "low:", "without: [A", "value:") if word in text)
        said.update(
            {f"{len(anything.theories)} theories": 1, text.split("uncertainty: ")[1].split("\n")[0]: 1}
        )
        for name, event in world.events.items():
            if f"event: {name}," in text:
                effects.update(effect.kind for effect in event.effects)
    assert set(effects) == set(EFFECTS)
    assert min(effects.values()) >= 20
    assert min(said[word] for word in (*PROFILES, "low: 40", "low:", "value:", "2 theories")) >= 20
    assert (
        min(said[kinds] for kinds in ("[theory]", "[chance]", "[parameters]", "[chance, parameters, theory]"))
        >= 10
    )
