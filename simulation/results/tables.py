"""The tables of a result, from what the engine yields."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.document import month_text
from simulation.engines.ensemble import Block
from simulation.engines.plan import Plan
from simulation.model.tally import FIXED
from simulation.results.bands import bands_of
from simulation.scenario.measures import Measure, telling
from simulation.world.whole import TERMS


@dataclass(frozen=True)
class Case:
    """One case of a result: its plan, its role (scenario, parent, branch or case), and what its runs yielded.

    A branch has a name (outer/inner) and the month of its fork. `first` is the number of its first run.
    """

    number: int
    role: str
    plan: Plan
    block: Block
    branch: str = ""
    fork: int | None = None
    first: int = 0


def kept_measures(plan: Plan) -> list[Measure]:
    """The measures that say anything: none of a country that takes no part."""
    return telling(plan.measures, plan.scenario.without)


def tables_of(cases: list[Case]) -> dict[str, pd.DataFrame]:
    """cases, runs, bands and reasons of these cases."""
    return {
        "cases": pd.DataFrame([_case_row(case) for case in cases]),
        "runs": pd.concat([runs_of(case) for case in cases], ignore_index=True),
        "bands": pd.concat(
            [bands_of(case.plan, case.block, case.number) for case in cases], ignore_index=True
        ),
        "reasons": pd.concat([reasons_of(case) for case in cases], ignore_index=True),
    }


def _case_row(case: Case) -> dict[str, object]:
    scenario = case.plan.scenario
    return {
        "case": case.number,
        "name": scenario.name,
        "role": case.role,
        "variant": "+".join(scenario.chosen) if case.role != "parent" else "",
        "branch": case.branch,
        "fork": "" if case.fork is None else month_text(case.fork),
        "title": scenario.title,
        "world": scenario.world.name,
        "start": month_text(scenario.start),
        "months": scenario.months,
        "end": month_text(scenario.start + scenario.months - 1),
        "focus": " and ".join(scenario.focus),
        "rng_seed": scenario.rng_seed,
        "theory": " + ".join(
            f"{name} {share:g}" if share < 1 else name for name, share in scenario.theory.items()
        ),
        "uncertainty": ", ".join(scenario.uncertainty),
        "without": ", ".join(scenario.without),
    }


def runs_of(case: Case) -> pd.DataFrame:
    """A row a run, with every measure."""
    block, plan = case.block, case.plan
    count = len(block.theory)
    ok = block.finite > 0
    status = np.where(ok, "ok", "non-finite").astype(object)
    reason = np.where(ok, "", "a series took a value that is not a finite number").astype(object)
    for run, why in block.failed.items():
        status[run - case.first], reason[run - case.first] = "failed", why
    columns: dict[str, object] = {
        "case": np.full(count, case.number),
        "run": np.arange(case.first, case.first + count),
        "draw": np.arange(case.first, case.first + count),
        "theory": [plan.theories[k] for k in block.theory],
        "status": status,
        "reason": reason,
    }
    for one in kept_measures(plan):
        columns[one.name] = np.where(ok, block.measures[:, one.slot], math.nan)
    return pd.DataFrame(columns)


def reasons_of(case: Case) -> pd.DataFrame:
    """Mean change of each weighted term from the start to the last month, by dyad and track."""
    codes, runs = case.plan.codes, max(1, int(case.block.finite.sum()))
    tracks = [track.name for track in case.plan.scenario.world.tracks]
    pairs = [(a, b) for i, a in enumerate(codes) for b in codes[i + 1 :]]
    rows = [
        {"case": case.number, "dyad": f"{a}.{b}", "track": track, "term": term,
         "change": float(case.block.moved[d, t, k]) / FIXED / runs}
        for d, (a, b) in enumerate(pairs)
        if not {a, b} & set(case.plan.scenario.without)
        for t, track in enumerate(tracks)
        for k, term in enumerate(TERMS)
    ]  # fmt: skip
    return pd.DataFrame(rows)
