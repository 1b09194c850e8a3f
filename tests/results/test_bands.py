"""Bands against NumPy on the whole paths."""

import numpy as np
import pytest

from simulation.api import loaded
from simulation.engines.ensemble import Block, empty_block, run_block
from simulation.engines.plan import Plan
from simulation.model.catalogue import BINS, INDEX, REAL, RUNG
from simulation.results.bands import QUANTILES, bands_of, rank, shown

RUNS = 150


@pytest.fixture(scope="module")
def plan() -> Plan:
    return loaded("us_retrenchment").plan


@pytest.fixture(scope="module")
def block(plan: Plan) -> Block:
    return run_block(plan, 0, RUNS, keep_paths=True)


def test_quantiles_are_those_of_the_paths(plan: Plan, block: Block) -> None:
    bands = bands_of(plan, block, 0)
    assert block.paths is not None
    for one in shown(plan):
        rows = bands[bands["series"] == one.name]
        width = (one.high - one.low) / BINS if one.kind == REAL else 0.0
        for q in QUANTILES:
            expected = np.quantile(block.paths[:, :, one.slot], q, axis=0, method="inverted_cdf")
            found = rows[f"q{round(100 * q):02d}"].to_numpy()
            assert np.abs(found - expected).max() <= width + 1e-9, (one.name, q)


def test_means_and_deviations_are_those_of_the_paths(plan: Plan, block: Block) -> None:
    bands = bands_of(plan, block, 0)
    assert block.paths is not None
    for one in shown(plan):
        rows, paths = bands[bands["series"] == one.name], block.paths[:, :, one.slot]
        assert rows["mean"].to_numpy() == pytest.approx(paths.mean(axis=0), abs=1e-5), one.name
        sd = paths.std(axis=0, ddof=1)
        exact = one.kind in (INDEX, RUNG)
        known = (sd > 0.05 * (one.high - one.low) / 100) | exact
        assert rows["sd"].to_numpy()[known] == pytest.approx(sd[known], abs=1e-9 if exact else 1e-5), one.name
        assert rows["sd"].to_numpy()[~known] == pytest.approx(sd[~known], abs=1.5e-3), one.name


def test_probabilities_of_rungs_are_shares_and_sum_to_one(plan: Plan, block: Block) -> None:
    bands = bands_of(plan, block, 0)
    columns = [f"p{k}" for k in range(10)]
    assert block.paths is not None
    for one in shown(plan):
        rows = bands[bands["series"] == one.name]
        if one.kind != RUNG:
            assert rows[columns].isna().all(axis=None)
            continue
        assert rows[columns].sum(axis=1).to_numpy() == pytest.approx(1.0)
        for k in range(one.bins):
            shares = (block.paths[:, :, one.slot] == k).mean(axis=0)
            assert rows[f"p{k}"].to_numpy() == pytest.approx(shares)


def test_rows_follow_months_by_their_date(plan: Plan, block: Block) -> None:
    bands = bands_of(plan, block, 3)
    rows = bands[bands["series"] == "cooperation"]
    assert set(bands["case"]) == {3}
    assert list(rows["month"]) == list(range(60))
    assert (rows["date"].iloc[0], rows["date"].iloc[-1]) == ("2023-06", "2028-05")


def test_no_run_that_is_ok_leaves_rows_without_numbers(plan: Plan) -> None:
    block = empty_block(plan, 3)
    block.finite[:] = 0
    bands = bands_of(plan, block, 0)
    assert bands[["mean", "sd", "q05", "q50", "q95", "p0"]].isna().all(axis=None)


def test_a_single_run_has_no_deviation(plan: Plan) -> None:
    bands = bands_of(plan, run_block(plan, 0, 1), 0)
    assert bands["sd"].isna().all()
    assert (bands["q05"] == bands["q95"]).all()


def test_series_of_a_country_left_out_are_not_shown() -> None:
    names = [one.name for one in shown(loaded("no_russia").plan)]
    assert not [name for name in names if "RUS" in name]
    assert "acts.PRK" in names
    assert "acts.USA" not in names


@pytest.mark.parametrize("q", QUANTILES)
def test_the_rank_of_a_quantile_is_numpys(q: float) -> None:
    for runs in range(1, 301):
        expected = int(np.quantile(np.arange(1, runs + 1), q, method="inverted_cdf"))
        assert rank(q, runs) == expected, runs
