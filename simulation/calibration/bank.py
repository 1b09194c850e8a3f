"""A bank of simulations drawn from the priors: the parameters of each draw, the summaries of its histories.

It is computed in parts that are renamed into place when whole, so that what was interrupted goes on.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from simulation.calibration.summaries import of_histories, starts
from simulation.engines.ensemble import run_block
from simulation.engines.kernels import compile_kernels, draws
from simulation.engines.plan import Plan
from simulation.engines.room import make_room
from simulation.hindcast.forecasters import Origin
from simulation.hindcast.ground import Ground, Setup
from simulation.hindcast.history import plan_of, rungs_of
from simulation.hindcast.scores import Floats
from simulation.world import World

PART = 500  # draws in a part
FILE = "part-{:05d}.npy"
PURPOSES = 16  # addresses of luck that one forecast may use; the engine knows seven


@dataclass(frozen=True)
class Bank:
    """Draws from the priors: learnt paths, their values (draws, paths), summaries (draws, summaries)."""

    paths: tuple[str, ...]
    values: Floats
    summaries: Floats


def learnt(world: World) -> tuple[str, ...]:
    """The uncertain values that belong to no country, camp or theory: the mechanisms."""
    return tuple(
        path
        for path, value in world.values.items()
        if world.declaration(path).by in ("none", "track") and value.low < value.high
    )


class Simulator:
    """Draws parameters from the priors and simulates the training years with them."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.paths = learnt(ground.world)
        self.forecasts: list[tuple[Origin, Plan]] = [
            (at, _with_luck(number, plan_of(ground, at.month, at.ahead, Setup(prior=True))))
            for number, at in enumerate(starts(ground))
        ]

    def part(self, first: int, many: int) -> Floats:
        """Draws first .. first + many - 1: values and then summaries, a row a draw."""
        columns = [self.values(first, many)]
        for at, plan in self.forecasts:
            block = run_block(plan, first, many, keep_paths=True)
            assert block.paths is not None
            by_name = {one.name: number for number, one in enumerate(plan.series)}
            kept = [by_name[name] for name in rungs_of(plan)]
            rungs = block.paths[:, at.month - plan.scenario.start :, kept]
            before = self.ground.between(at.month - 1, at.month)[0].astype(float)
            columns.append(of_histories(before, rungs))
        return np.concatenate(columns, axis=1)

    def values(self, first: int, many: int) -> Floats:
        """The learnt values of these draws, the same in every forecast."""
        plan = self.forecasts[0][1]
        room = make_room(plan, 1)
        places = [plan.slots[path][0] for path in self.paths]
        found = np.empty((many, len(places)))
        for k in range(many):
            vector = room.vectors[0]
            draws().draw_vector(
                first + k, 0, plan.vectors, room.reference_vector[0], vector, room.words, plan.seed
            )
            found[k] = vector[places]
        return found


def _with_luck(number: int, plan: Plan) -> Plan:
    """The plan with a luck of its own: else forecasts of one draw would have theirs month for month alike."""
    drawn = plan.drawn._replace(purpose=plan.drawn.purpose + PURPOSES * number)
    return replace(plan, drawn=drawn)


def fill(ground: Ground, folder: Path, many: int, threads: int, told: Callable[[int, int], None]) -> Bank:
    """The bank with so many draws, in whole parts; parts that stand in the folder are not computed again."""
    folder.mkdir(parents=True, exist_ok=True)
    simulator = Simulator(ground)
    plan = simulator.forecasts[0][1]
    compile_kernels(len(plan.codes), len(plan.scenario.world.camps), plan.vectors.base.size)
    numbers = range(-(-many // PART))
    missing = [number for number in numbers if not (folder / FILE.format(number)).is_file()]
    done = len(numbers) - len(missing)

    def compute(number: int) -> None:
        part = simulator.part(number * PART, PART)
        beside = folder / f".{FILE.format(number)}.tmp"
        with beside.open("wb") as file:
            np.save(file, part, allow_pickle=False)
        beside.rename(folder / FILE.format(number))

    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(compute, missing):
            done += 1
            told(done * PART, len(numbers) * PART)
    whole = np.concatenate([np.load(folder / FILE.format(number), allow_pickle=False) for number in numbers])
    paths = len(simulator.paths)
    return Bank(simulator.paths, whole[:, :paths], whole[:, paths:])
