"""The reference engine: the model in Mesa, in plain Python, month by month."""

from collections.abc import Callable, Mapping
from typing import Any

import mesa
import numpy as np

from simulation.engines.ensemble import Block, empty_block
from simulation.engines.kernels import all_finite, draws
from simulation.engines.plan import Plan
from simulation.engines.room import make_room
from simulation.engines.vectors import change
from simulation.model.arrays import views
from simulation.model.country import Country
from simulation.model.happening import happen
from simulation.model.opening import open_run
from simulation.model.outputs import measure, record, weighed_terms
from simulation.model.settling import relive, weigh_cooperation
from simulation.model.state import Floats, Luck, Setting, State
from simulation.model.tally import add_moved, tally
from simulation.model.vector import Parameters

STAGES = (
    "suffer_shocks",
    "provoke",
    "recall",
    "perceive",
    "feel",
    "govern",
    "commit",
    "take_stock",
    "gesture",
    "choose",
)


class AllianceModel(mesa.Model):  # type: ignore[misc]
    """One run of a plan in Mesa. `step()` runs a month; `run_all()` the rest.

    `datacollector` holds every series by name, one row a month; `agents` the countries.
    """

    def __init__(
        self, plan: Plan, run: int = 0, countries: Mapping[str, type[Country]] | None = None
    ) -> None:
        super().__init__()
        self.plan = plan
        self.run = run
        self.setting = views(Setting, plan.setting)
        self.codes = plan.codes
        self.camps = plan.scenario.world.camps
        self.tracks = [track.name for track in plan.scenario.world.tracks]
        self.month = 0
        self.months = int(plan.drivers.tempo.shape[1])
        self.room = room = make_room(plan, 1)
        self.state = views(State, room.states)
        self.luck = views(Luck, room.luck)
        self.path: Floats = room.paths[0]
        self.vector: Floats = room.vectors[0]
        self.theory = int(draws().draw_theory(plan.vectors.shares, room.words, plan.seed, run))
        draws().draw_vector(
            run, self.theory, plan.vectors, room.reference_vector[0], self.vector, room.words, plan.seed
        )
        self.parameters = views(Parameters, self.room.parameters)
        open_run(self.state, self.parameters, views(Parameters, self.room.reference), self.setting)
        kinds = countries or {}
        self.countries: list[Country | None] = [
            kinds.get(code, Country)(self, slot) if self.setting.active[slot] else None
            for slot, code in enumerate(plan.codes)
        ]
        self.datacollector = mesa.DataCollector(
            model_reporters={one.name: _reporter(one.slot) for one in plan.series}
        )

    def step(self) -> None:
        """Run one month: events, then every stage for every country, then cooperation and coercion."""
        if self.month >= self.months:
            raise IndexError(f"the scenario ends after {self.months} months")
        change(self.month, self.theory, self.plan.vectors, self.vector)
        self.parameters = views(Parameters, self.room.parameters)
        luck_of = self.run if self.plan.vectors.chance else 0
        draws().draw_month(
            self.room.uniforms, self.room.words, self.plan.drawn, self.plan.seed, luck_of, self.month
        )
        happen(self.month, self.state, self.vector, self.setting, self.plan.drivers, self.luck)
        for stage in STAGES:
            self.agents.do(stage)
        relive(self.month, self.state, self.parameters, self.setting, self.plan.drivers)
        self.agents.do("settle")
        weigh_cooperation(self.state, self.setting)
        self.agents.do("coerce")
        record(self.month, self.path, self.state, self.setting)
        self.datacollector.collect(self)
        self.month += 1

    def run_all(self) -> Floats:
        """Run every month left; the path: (months, series)."""
        while self.month < self.months:
            self.step()
        return self.path

    def measures(self) -> Floats:
        """The measures of the finished run, in the order of the plan."""
        row = np.empty(self.plan.layout.measures)
        measure(row, self.path, self.state, self.parameters, self.setting)
        return row

    def country(self, code: str) -> Country:
        """The agent of a country; KeyError where it takes no part."""
        agent = self.countries[self.plan.codes.index(code)] if code in self.plan.codes else None
        if agent is None:
            raise KeyError(code)
        return agent


def _reporter(slot: int) -> Any:
    def report(model: AllianceModel) -> float:
        return float(model.path[model.month, slot])

    return report


def block_of(
    plan: Plan, runs: int, countries: Mapping[str, type[Country]] | None, told: Callable[[int], None]
) -> Block:
    """Runs 0 .. runs - 1 of a plan in this engine, as a block like the ensemble's.

    A run that a replaced country breaks is one failed run with its reason, and stops no other.
    """
    block = empty_block(plan, runs)
    words = make_room(plan, 0).words
    for r in range(runs):
        block.theory[r] = draws().draw_theory(plan.vectors.shares, words, plan.seed, r)
        model = None
        try:
            model = AllianceModel(plan, r, countries)
            _run_into(block, r, model)
        except Exception as error:
            if not countries:
                raise
            block.finite[r] = 0
            block.measures[r] = np.nan
            block.failed[r] = f"{type(error).__name__} in month {model.month if model else 0}: {error}"
        told(1)
    return block


def _run_into(block: Block, r: int, model: AllianceModel) -> None:
    """Run a model to its end and enter it as row r of a block."""
    weighed_terms(model.room.shift[0], -1.0, model.state, model.parameters, model.setting)
    model.run_all()
    block.measures[r] = model.measures()
    block.finite[r] = all_finite(model.path)
    one = slice(r, r + 1)
    tally(block.counts, block.sums, model.room.paths, block.finite[one], model.setting, model.plan.layout)
    if block.finite[r]:
        weighed_terms(model.room.shift[0], 1.0, model.state, model.parameters, model.setting)
        add_moved(block.moved, model.room.shift[0])
