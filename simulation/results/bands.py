"""Bands: what the runs of a case say of each series in each month."""

import math

import numpy as np
import pandas as pd

from simulation.document import month_text
from simulation.engines.ensemble import Block
from simulation.engines.plan import Plan
from simulation.engines.setting import may_act
from simulation.model.catalogue import BINS, COUNT, INDEX, RUNG, Series
from simulation.model.state import Floats, Integers
from simulation.model.tally import FIXED

QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
MOST_RUNGS = 10


def shown(plan: Plan) -> list[Series]:
    """The series of a plan that say anything: none of a country left out, no acts of one without any."""
    absent = set(plan.scenario.without)
    acting = may_act(plan.drivers)
    quiet = {code for i, code in enumerate(plan.codes) if not acting[i]}
    kept = []
    for one in plan.series:
        words = set(one.name.split(".")[1:])
        if words & absent or (one.name.startswith(("acts.", "coalition.")) and words & quiet):
            continue
        kept.append(one)
    return kept


def bands_of(plan: Plan, block: Block, case: int) -> pd.DataFrame:
    """One row a series and month: mean, sd, quantiles, and the probability of each rung.

    Quantiles are the smallest value that at least so many runs do not exceed: exact on the lattice of
    rungs and index, to one thousandth of the range elsewhere.
    """
    months, start = np.arange(block.counts.shape[0]), plan.scenario.start
    dates = np.array([month_text(start + int(month)) for month in months], object)
    parts = [
        {
            "case": np.full(months.size, case),
            "month": months,
            "date": dates,
            "series": np.full(months.size, one.name, object),
        }
        | _numbers(plan, block, one)
        for one in shown(plan)
    ]
    return pd.DataFrame({key: np.concatenate([part[key] for part in parts]) for key in parts[0]})


def _numbers(plan: Plan, block: Block, one: Series) -> dict[str, Floats]:
    """The columns of one series, a row a month."""
    runs, counts = int(block.finite.sum()), _counts(plan, block, one)
    values, order = bin_values(one, plan)
    lattice = one.kind in (INDEX, RUNG)
    columns = _counted(counts, values, runs) if lattice else _summed(block.sums[:, one.slot], runs)
    columns |= _quantiles(counts[:, order], values[order], runs)
    for k in range(MOST_RUNGS):
        held = one.kind == RUNG and k < one.bins and runs > 0
        columns[f"p{k}"] = counts[:, k] / runs if held else np.full(len(counts), np.nan)
    return columns


def _counts(plan: Plan, block: Block, one: Series) -> Integers:
    """Runs by month and bin of a series: (months, bins)."""
    if one.kind != RUNG:
        first = int(plan.layout.first_bin[one.slot])
        return block.counts[:, first : first + one.bins]
    index = max(each.slot for each in plan.series if each.kind == INDEX and each.slot < one.slot)
    tops = plan.setting["top"][0]
    codes = _counts(plan, block, plan.series[index]).reshape(-1, *(tops + 1))
    others = tuple(1 + a for a in range(len(tops)) if a != one.slot - index - 1)
    summed: Integers = codes.sum(axis=others)
    return summed


def bin_values(one: Series, plan: Plan) -> tuple[Floats, Integers | slice]:
    """Value of each bin of a series, and the order that sorts them: all of them where they are sorted."""
    if one.kind == INDEX:
        top = plan.setting["top"][0]
        weight = plan.setting["index_weight"][0]
        rungs = np.indices(tuple(top + 1)).reshape(len(top), -1)
        values = 100.0 * sum(weight[a] * rungs[a] / top[a] for a in range(len(top)))
        return np.asarray(values), np.argsort(values, kind="stable")
    if one.kind in (RUNG, COUNT):
        values = np.arange(one.bins, dtype=float)
    else:
        values = one.low + (np.arange(BINS) + 0.5) * (one.high - one.low) / BINS
    return values, slice(None)


def rank(q: float, runs: int) -> int:
    """Which of so many sorted runs is the quantile q, from 1: the first that a share q does not exceed."""
    return max(1, math.ceil(q * runs - 1e-9))


def _counted(counts: Integers, values: Floats, runs: int) -> dict[str, Floats]:
    """Mean and sd from the counts of a lattice: nothing is rounded."""
    if runs == 0:
        return _summed(np.zeros((len(counts), 2), np.int64), runs)
    mean = counts @ values / runs
    squares = (counts * (values - mean[:, None]) ** 2).sum(axis=1)
    return {"mean": mean, "sd": np.sqrt(squares / (runs - 1)) if runs > 1 else np.full(len(counts), np.nan)}


def _summed(sums: Integers, runs: int) -> dict[str, Floats]:
    """Mean and sd from fixed-point sums of values and squares."""
    if runs == 0:
        return {"mean": np.full(len(sums), np.nan), "sd": np.full(len(sums), np.nan)}
    mean = sums[:, 0] / FIXED / runs
    spread = np.maximum(sums[:, 1] / FIXED / runs - mean**2, 0.0)
    sd = np.sqrt(spread * runs / (runs - 1)) if runs > 1 else np.full(len(sums), np.nan)
    return {"mean": mean, "sd": sd}


def _quantiles(counts: Integers, values: Floats, runs: int) -> dict[str, Floats]:
    """Each month counts on from where the month before ends: one sorted row, searched once."""
    if runs == 0:
        return {f"q{round(100 * q):02d}": np.full(len(counts), np.nan) for q in QUANTILES}
    month = np.arange(len(counts))[:, None]
    below = np.cumsum(counts, axis=1) + month * (runs + 1)
    ranks = np.array([rank(q, runs) for q in QUANTILES]) + month * (runs + 1)
    places = np.searchsorted(below.ravel(), ranks) - month * counts.shape[1]
    return {f"q{round(100 * q):02d}": values[places[:, k]] for k, q in enumerate(QUANTILES)}
