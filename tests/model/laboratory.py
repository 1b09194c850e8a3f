"""Means of scenarios at one draw of the parameters, chance averaged: what patterns are judged by.

A draw is the one that a scenario's runs would take: the same values of the world's parameters in every
case, whatever the case sets on top. Chance is that of the runs 0, 1 and so on in every case, so that all
differences between cases at a draw are paired.
"""

import threading
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from simulation.api import load
from simulation.engines.ensemble import run_block
from simulation.engines.kernels import draws
from simulation.engines.plan import Plan, build_plan
from simulation.engines.room import make_room
from simulation.model.state import Floats
from simulation.scenario.futures import futures

CENTRAL = -1  # in place of the number of a draw: the world's central values
THREATS = "threat."


@dataclass(frozen=True)
class Case:
    """A scenario of the library, with variants, values set on top, and the branch of its fork."""

    name: str
    variants: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    branch: str = ""

    def under(self, *settings: str) -> "Case":
        """The same with these values set on top of it."""
        return replace(self, settings=self.settings + settings)


_PLANS = threading.Lock()  # threads wait for a plan, and do not make it twice


def plan_of(case: Case) -> Plan:
    """The plan of a case, made once."""
    with _PLANS:
        return _plan(case)


@cache
def _plan(case: Case) -> Plan:
    scenario = load(case.name, case.settings, case.variants).scenario
    if case.branch:
        scenario = next(one for name, _, one in futures(scenario) if name == case.branch)
    return build_plan(scenario)


def at_draw(plan: Plan, draw: int) -> Plan:
    """The plan with its parameters as this draw has them, in every run; or at their central values."""
    given = plan.vectors
    if draw == CENTRAL:
        return replace(plan, vectors=given._replace(varies=0))
    room = make_room(plan, 1)
    theory = int(np.searchsorted(given.shares, 1.0))
    draws().draw_vector(draw, theory, given, room.reference_vector[0], room.vectors[0], room.words, plan.seed)
    fixed = room.vectors[0][given.fixed_slots]
    return replace(
        plan, vectors=given._replace(base=room.reference_vector[0].copy(), fixed_values=fixed, varies=0)
    )


@dataclass(frozen=True)
class Bench:
    """Cases at one draw: the same runs of each, in batches, whose means tell the Monte Carlo error."""

    draw: int
    batches: int
    runs: int  # in a batch
    known: dict[tuple[Case, bool], dict[str, Floats]] = field(default_factory=dict)

    def mean(self, case: Case, measure: str) -> Floats:
        """Mean of a measure in each batch of runs; of the threat felt from a country, in the last month."""
        threat = measure.startswith(THREATS)
        if (case, threat) not in self.known:
            plan = at_draw(plan_of(case), self.draw)
            block = run_block(plan, 0, self.batches * self.runs, keep_paths=threat)
            assert block.finite.all()
            values = block.measures if block.paths is None else block.paths[:, -1]
            means = values.reshape(self.batches, self.runs, -1).mean(axis=1)
            slots = {one.name: one.slot for one in (plan.series if threat else plan.measures)}
            self.known[case, threat] = {name: means[:, slot] for name, slot in slots.items()}
        return self.known[case, threat][measure]
