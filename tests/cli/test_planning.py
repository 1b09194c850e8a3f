"""`entente plan`: counts are those of the result, and estimates are said to be such."""

import json
import time
from pathlib import Path

import pandas as pd
import pytest

from simulation.analysis import cost
from simulation.analysis.cost import cost_of
from simulation.cli.planning import duration
from simulation.scenario.resolve import load_scenario
from tests.cli.conftest import Entente

TABLES = ("cases", "runs", "bands", "reasons")


@pytest.mark.parametrize("name", ["baseline", "no_russia"])
def test_rows_are_those_of_the_result(entente: Entente, name: str) -> None:
    (said,) = json.loads(entente("plan", name, "--runs", 30, "--json").out)
    entente("run", name, "--runs", 30, "--no-figures")
    folder = next(Path("results").iterdir())
    rows = {table: len(pd.read_parquet(folder / f"{table}.parquet")) for table in TABLES}
    assert said["rows"] == rows
    assert said["cases"] == [name, "baseline"][: rows["cases"]]
    assert (said["runs"], said["months"]) == (30, 60)
    assert said["total"]["rows"] == sum(rows.values())
    written = sum((folder / f"{table}.parquet").stat().st_size for table in TABLES) / 1e6
    assert said["total"]["megabytes"] == pytest.approx(written, rel=0.6)


def test_it_prints_a_row_a_scenario_and_writes_nothing(entente: Entente) -> None:
    ended = entente("plan", "baseline", "all_peak", "--runs", 50)
    assert (ended.code, ended.err) == (0, "")
    head, one, two, whole, _, *rest = ended.out.splitlines()
    assert head.split() == ["Scenario", "cases", "runs", "a", "case", "months", "time", "rows", "MB"]
    assert one.split()[:4] == ["baseline", "1", "50", "60"]
    assert two.split()[:4] == ["all_peak", "2", "50", "60"]
    assert whole.split()[:2] == ["all", "3"]
    assert " ".join(" ".join(rest).split()).startswith("Time and MB are estimates, from probes of ")
    assert " ".join(" ".join(rest).split()).endswith(
        "compiling the engine and drawing figures are not counted."
    )
    assert not list(Path().iterdir())


def test_time_grows_with_runs_and_months(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))  # every look at it is a second later
    monkeypatch.setattr(time, "perf_counter", lambda: float(next(clock)))
    monkeypatch.setattr(cost, "PROBE", 2.0)
    # 20 runs take a second, and so do 40: 100 take 2.5 times the second; the tables take one more
    root = load_scenario("baseline", ["runs=100"])
    assert cost_of(root, 1).seconds == pytest.approx(2.5 + 1)
    assert cost_of(root, 1).probe == 40
    child = load_scenario("no_russia", ["runs=100", "months=120"])
    assert cost_of(child, 1).seconds == pytest.approx(2 * 2 * 3.5)


def test_what_does_not_grow_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.0, 0.0, 1.0, 1.0, 2.5, 9.0, 9.0])  # 20 runs: 1 s; 40 runs: 1.5 s; the tables: none
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(cost, "PROBE", 2.0)
    # 25 ms a run and half a second once
    assert cost_of(load_scenario("baseline", ["runs=100"]), 1).seconds == pytest.approx(0.5 + 100 * 0.025)


def test_a_long_scenario_is_probed_in_its_first_months(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(
        "format: 1\ntitle: Long\nextends: baseline\nmonths: 300\nruns: 5\n"
        "set: {commitment.USA.KOR: {value: 0.5, from: 2040-01}}\n"
        "events: [{at: 2040-01, event: scandal, country: KOR}]\n"
    )
    found = cost_of(load_scenario(path), 1)
    assert found.months == 300
    assert found.rows["bands"] % (300 + 60) == 0  # the parent has 60
    assert found.probe == 5


def test_bad_input(entente: Entente) -> None:
    ended = entente("plan", "basline")
    assert (ended.code, ended.out) == (2, "")
    assert 'did you mean "baseline"?' in ended.err


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "under 0.1 s"), (0.1, "0.1 s"), (59.94, "59.9 s"), (59.96, "1 min 0 s"), (3599.6, "1 h 0 min")],
)
def test_a_duration(seconds: float, text: str) -> None:
    assert duration(seconds) == text
