"""A parameter that moves nothing is a promise that the model does not keep: each has to move some output."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation.engines.ensemble import Block, run_ensemble
from simulation.engines.plan import Plan, build_plan
from simulation.library import seeds_folder
from simulation.scenario.resolve import load_scenario
from simulation.world import World, load_world
from simulation.world.example import example_line

RUNS = 40
ROOT = "format: 1\ntitle: Test\nworld: northeast_asia\nmonths: 60\nrng_seed: 5\nuncertainty: [chance]\n"
# What a scenario cannot move, with the reason. The world can: that is tested too.
EXCEPTIONS = {
    "anchor.rest": "bases are anchored once, in the world's reference month, and frozen for scenarios"
}


def quarrels(*pairs: str) -> str:
    """Coercion that raises an alarm, of each of these pairs."""
    lines = [pair.split() for pair in pairs]
    return "".join(
        f"  - {{at: 2023-09, event: coercion, country: {one}, partner: {other}, alarm: 0.9}}\n"
        for one, other in lines
    )


# Some numbers are read only where something happens: a cover or an analogy in a war, leverage where there is
# threat (among friends it takes a quarrel), exposure where the other acts at all.
SCENARIOS = (
    "events:\n  - {at: 2023-08, event: declaration_of_commitment, country: USA, partner: KOR}\n",
    "events:\n  - {at: 2024-01, event: war_begins, country: CHN}\n" + quarrels("USA JPN", "USA KOR"),
    "events:\n" + quarrels("JPN KOR", "KOR JPN"),
    "set:\n  tempo.reference.KOR: 24\n",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("matter")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(seeds_folder() / "northeast_asia")


def plan_of(folder: Path, text: str) -> Plan:
    path = folder / "matter.yaml"
    path.write_text(ROOT + text, encoding="utf-8")
    return build_plan(load_scenario(path))


def run(plan: Plan, path: str | None = None, value: float = 0.0) -> Block:
    """The runs, with one path set as a scenario would set it: the world's own reference stays as it is."""
    if path is None:
        return run_ensemble(plan, RUNS, threads=1)
    places = np.array(plan.slots[path], np.int64)
    fixed = plan.vectors._replace(
        fixed_slots=np.concatenate([plan.vectors.fixed_slots, places]),
        fixed_values=np.concatenate([plan.vectors.fixed_values, np.full(places.size, value)]),
    )
    return run_ensemble(replace(plan, vectors=fixed), RUNS, threads=1)


def differs(one: Block, two: Block) -> bool:
    return not (
        np.array_equal(one.measures, two.measures, equal_nan=True)
        and np.array_equal(one.counts, two.counts)
        and np.array_equal(one.sums, two.sums)
    )


def elsewhere(value: float, low: float, high: float) -> list[float]:
    """Clearly different values in bounds: one on either side, and the bounds where they are near."""
    far = [value + 0.6 * (high - value), value - 0.6 * (value - low)]
    return [each for each in far if abs(each - value) > 1e-3 * (high - low)]


def idle(plan: Plan, world: World, paths: list[str]) -> list[str]:
    """The paths that move no measure and no band."""
    usual = run(plan)
    still = []
    for path in paths:
        one = world.declaration(path)
        tried = elsewhere(world.value(path).value, one.low, one.high)
        if not any(differs(run(plan, path, value), usual) for value in tried):
            still.append(path)
    return still


def given(world: World) -> list[str]:
    """The paths that the world gives a value, but for weights."""
    return [path for path in world.values if not path.startswith("weights.")]


def test_every_parameter_that_the_world_gives_moves_some_output(world: World, folder: Path):
    still = given(world)
    for text in SCENARIOS:
        still = idle(plan_of(folder, text), world, still)
    assert sorted(still) == sorted(EXCEPTIONS)


def test_what_no_scenario_moves_moves_with_the_world(world: World, folder: Path):
    plan = plan_of(folder, SCENARIOS[0])
    usual = run(plan)
    for path in EXCEPTIONS:
        one, base = world.declaration(path), plan.vectors.base.copy()
        base[list(plan.slots[path])] = elsewhere(world.value(path).value, one.low, one.high)[0]
        moved = run_ensemble(replace(plan, vectors=plan.vectors._replace(base=base)), RUNS, threads=1)
        assert differs(moved, usual), path


@pytest.mark.parametrize(
    "theory", ["article", "quasi_alliance", "net_threat", "balance_of_threat", "two_level", "liberal"]
)
def test_every_weight_of_a_theory_moves_some_output(theory: str, world: World, folder: Path):
    plan = plan_of(folder, f"theory: {theory}\n")
    paths = [path for path in world.values if path.startswith(f"weights.{theory}.")]
    assert len(paths) > 5
    assert idle(plan, world, paths) == []


def test_every_number_of_every_event_moves_some_output(world: World, folder: Path):
    still = []
    for name, event in world.events.items():
        numbers = [one for one in event.fields.values() if one.value is not None]
        plan = plan_of(folder, f"events:\n  {example_line(world, event)}\n")
        usual = run(plan)
        for one in numbers:
            assert one.value is not None
            assert one.bounds is not None
            path = f"events.{name}.{one.name}"
            tried = elsewhere(one.value.value, *one.bounds)
            if not any(differs(run(plan, path, value), usual) for value in tried):
                still.append(path)
    assert still == []
