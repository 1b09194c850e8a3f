"""The summary says what the tables hold, in the terms of the bands."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.analysis.summary import spread, summary_of
from simulation.api import loaded
from simulation.results.store import Result

RUNS = 60


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return loaded("us_retrenchment").run(runs=RUNS, out=tmp_path_factory.mktemp("out")).result


@pytest.fixture(scope="module")
def summary(result: Result) -> dict[str, Any]:
    return summary_of(result)


def test_a_spread_by_hand() -> None:
    found = spread(pd.Series([3.0, 1.0, 2.0, 4.0, float("nan"), 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]))
    assert (found["runs"], found["mean"], found["median"], found["interval80"]) == (10, 5.5, 5.0, [1.0, 9.0])
    half = 2.2621572 * np.sqrt(55 / 6 / 10)  # t of 9 degrees
    assert found["mean95"] == pytest.approx([5.5 - half, 5.5 + half], abs=1e-6)


def test_the_table_and_the_fan_agree(result: Result, summary: dict[str, Any]) -> None:
    bands = result.bands
    for case, said in ((0, summary["cooperation"]), (1, summary["parent"]["cooperation"])):
        rows = bands[(bands["case"] == case) & (bands["series"] == "cooperation")]
        last = rows.iloc[-1]
        assert last["date"] == summary["horizon"]
        assert [last["q10"], last["q50"], last["q90"]] == pytest.approx(
            [said["interval80"][0], said["median"], said["interval80"][1]], abs=1e-9
        )
        assert last["mean"] == pytest.approx(said["mean"], abs=1e-9)


def test_rungs_are_those_of_the_bands(result: Result, summary: dict[str, Any]) -> None:
    bands = result.bands[result.bands["case"] == 0]
    assert list(summary["tracks"]) == ["diplomatic", "security", "economic"]
    for track, one in summary["tracks"].items():
        last = bands[bands["series"] == f"rung.{track}"].iloc[-1]
        assert [row["probability"] for row in one["rungs"]] == pytest.approx(
            [last[f"p{row['rung']}"] for row in one["rungs"]]
        )


def test_milestones_stand_above_the_start_alone(result: Result, summary: dict[str, Any]) -> None:
    runs = result.ok(0)
    for track, one in summary["tracks"].items():
        for row in one["rungs"]:
            assert (row["reached"] is None) == (row["rung"] <= one["start"])
            if row["reached"] is not None:
                reached = runs[f"highest.{track}"] >= row["rung"]
                assert row["reached"]["probability"] == pytest.approx(reached.mean())


def test_every_dyad_names_its_start_its_end_and_its_reasons(result: Result, summary: dict[str, Any]) -> None:
    assert len(summary["dyads"]) == 15
    assert summary["dyads"]["JPN.KOR"]["start"] == summary["start"]
    for dyad, one in summary["dyads"].items():
        assert one["final"]["mean"] == pytest.approx(result.ok(0)[f"final.{dyad}"].mean())
        sizes = [abs(change) for change in one["moved_by"].values()]
        assert sizes == sorted(sizes, reverse=True)
    assert all(one["moved_by"] for dyad, one in summary["dyads"].items() if "KOR" in dyad)


def test_the_difference_is_the_one_of_the_runs(result: Result, summary: dict[str, Any]) -> None:
    runs = result.runs
    mine, theirs = (runs.loc[runs["case"] == case, "cooperation.final"].to_numpy() for case in (0, 1))
    assert summary["difference"]["mean"] == pytest.approx((mine - theirs).mean())
    assert summary["difference"]["against"] == "baseline"
    assert summary["difference"]["runs"] == RUNS


def test_a_world_without_someone_says_nothing_of_it(tmp_path: Path) -> None:
    summary = loaded("no_russia").run(runs=5, out=tmp_path).summary()
    assert not [dyad for dyad in summary["dyads"] if "RUS" in dyad]
    assert list(summary["acts"]) == ["PRK", "CHN"]
