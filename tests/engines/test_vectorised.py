"""The NumPy rival of benchmarks/: fed with the engine's draws it has the engine's numbers."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from simulation.api import load
from simulation.engines.draws import flat_places
from simulation.engines.ensemble import run_block
from simulation.engines.kernels import draws, kernels
from simulation.engines.plan import Plan
from simulation.engines.room import make_room
from simulation.model.state import Luck

RUNS = 40
FILE = Path(__file__).parents[2] / "benchmarks" / "vectorised.py"


@pytest.fixture(scope="module")
def rival() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vectorised", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["vectorised"] = module
    spec.loader.exec_module(module)
    return module


def given(plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """The parameter vectors of the engine's runs, and those of their opening."""
    room = make_room(plan, 1)
    theory = np.zeros(1, np.int64)
    rows = []
    for run in range(RUNS):
        kernels().open_runs(run, 1, room, plan.setting, plan.vectors, plan.seed, theory)
        rows.append((room.vectors[0].copy(), room.reference_vector[0].copy()))
    drawn, own = zip(*rows, strict=True)
    return np.array(drawn), np.array(own)


def luck_of(plan: Plan, rival: ModuleType, month: int) -> object:
    """The engine's draws of a month, for all runs."""
    room = make_room(plan, 1)
    n = len(plan.codes)
    places = flat_places(n)
    shapes = {"country": (n, 12), "pair": (n, n, 4), "dyad": (n, n, 8)}
    out = {name: np.full((RUNS, *shape), 0.999) for name, shape in shapes.items()}
    for run in range(RUNS):
        room.uniforms[:] = 0.999  # what could never matter is not drawn
        draws().draw_month(room.uniforms, room.words, plan.drawn, plan.seed, run, month)
        for name, shape in shapes.items():
            flat = room.uniforms[places[name] : places[name] + int(np.prod(shape))]
            out[name][run] = flat.reshape(shape)
    return rival.Luck(**out)


@pytest.mark.parametrize("changes", [(), ("threats.PRK=high", "commitment.USA.KOR=0.3", "months=24")])
def test_the_same_draws_give_the_same_histories(rival: ModuleType, changes: tuple[str, ...]):
    plan = load("baseline", set=changes).plan
    index, rungs = rival.path(rival.Runs(plan, *given(plan)), lambda month: luck_of(plan, rival, month))
    paths = run_block(plan, 0, RUNS, keep_paths=True).paths
    assert paths is not None
    names = [one.name for one in plan.series]
    assert set(Luck._fields) == {"country", "pair", "dyad", "walk"}
    assert index == pytest.approx(paths[:, :, names.index("cooperation")], abs=1e-9)
    for a, track in enumerate(("diplomatic", "security", "economic")):
        assert (rungs[:, :, a] == paths[:, :, names.index(f"rung.{track}")]).all()


def test_its_own_draws_give_the_same_mean(rival: ModuleType):
    plan = load("baseline").plan
    index, _ = rival.simulate(plan, 1500, 7)
    names = [one.name for one in plan.measures]
    ours = run_block(plan, 0, 1500).measures[:, names.index("cooperation.final")]
    error = np.hypot(index[:, -1].std(), ours.std()) / np.sqrt(1500)
    assert abs(index[:, -1].mean() - ours.mean()) < 4 * error
