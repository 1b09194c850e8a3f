"""The Python face: run, find, compare, replace a country."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation import api
from simulation.api import Outcome, load
from simulation.engines.ensemble import Block, run_ensemble
from simulation.engines.plan import Plan
from simulation.errors import BadInput, CheckFailed, StoreError
from simulation.model.country import Country
from simulation.results.store import Result


class Stubborn(Country):
    """Never offers anything."""

    def gesture(self) -> None:
        """Make no gesture."""


def _run(out: Path, runs: int = 8, **more: Any) -> Outcome:
    outcome: Outcome = load("us_retrenchment").run(runs=runs, out=out, **more)
    return outcome


def test_a_result_in_one_line(tmp_path: Path) -> None:
    outcome = _run(tmp_path)
    assert repr(load("baseline")).startswith("<scenario baseline: ")
    assert repr(outcome).startswith("<result us_retrenchment-")
    assert "of 8 runs" in repr(outcome)
    assert "\n" not in repr(outcome)
    assert len(outcome.table()) == 16
    assert outcome.compare().against == "baseline"
    assert outcome.summary()["runs"] == 8


def test_the_same_question_is_answered_from_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _run(tmp_path)
    monkeypatch.setattr(api, "run_ensemble", None)  # nothing may be computed
    for runs in (8, 5):
        found = _run(tmp_path, runs)
        assert (found.computed, found.result.folder, found.asked) == (False, first.result.folder, runs)
        assert found.result.manifest["runs"] == 8


def test_again_compares_the_bytes(tmp_path: Path) -> None:
    folder = _run(tmp_path).result.folder
    assert _run(tmp_path, again=True).same
    assert _run(tmp_path, 5, again=True).same
    table = pd.read_parquet(folder / "runs.parquet")
    table["cooperation.final"] += 1
    table.to_parquet(folder / "runs.parquet", index=False)
    (folder / "bands.parquet").unlink()
    with pytest.raises(CheckFailed, match=r"these files differ: runs\.parquet, bands\.parquet$"):
        _run(tmp_path, again=True)
    with pytest.raises(CheckFailed, match="its first 8 runs differ"):
        _run(tmp_path, 9)
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(StoreError, match=r"cannot read .*manifest\.json: it is damaged"):
        _run(tmp_path)
    with pytest.raises(CheckFailed, match=r"manifest\.json"):
        _run(tmp_path, again=True)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_more_runs_keep_the_first_row_for_row(tmp_path: Path) -> None:
    fewer = _run(tmp_path, 8).table()
    more = _run(tmp_path, 11)
    assert more.computed
    assert [path.name for path in tmp_path.iterdir()] == [more.result.folder.name]
    kept = more.table()
    pd.testing.assert_frame_equal(kept[kept["run"] < 8].reset_index(drop=True), fewer)
    assert len(kept) == 22


def test_other_words_find_the_same_result(tmp_path: Path) -> None:
    folder = _run(tmp_path).result.folder
    loaded = load("us_retrenchment")
    other = api.Loaded(replace(loaded.scenario, title="Other words", why=""))
    again = other.run(runs=8, out=tmp_path, again=True)
    assert (again.same, again.result.folder) == (True, folder)


def test_other_titles_of_branches_find_the_same_result(tmp_path: Path) -> None:
    text = """format: 1
title: TITLE
extends: baseline
months: 3
forks:
  at: 2023-08
  branches:
    calm: {title: CALM, threats.PRK: 1}
    storm: {threats.PRK: 200, forks: {at: 2023-08, branches: {on: {CHN}, off: {threats.CHN: 1}}}}
"""
    file = tmp_path / "forked.yaml"
    words = [("First", "Kept", "title: Held, threats.CHN: 99"), ("Second", "Cut", "threats.CHN: 99")]
    found = []
    for title, calm, on in [*words, words[0]]:
        file.write_text(text.replace("TITLE", title).replace("CALM", calm).replace("CHN}", on + "}"))
        found.append(load(file).run(runs=4, out=tmp_path, again=True))
    assert [one.same for one in found] == [False, True, True]
    assert len({one.result.folder for one in found}) == 1
    assert list(found[1].result.cases["title"][2:]) == ["Kept", "First: storm", "Held", "First: storm: off"]


def test_a_replaced_country_runs_in_mesa_and_says_so(tmp_path: Path) -> None:
    plain = _run(tmp_path, 2)
    own = _run(tmp_path, 2, countries={"JPN": Stubborn})
    assert own.result.folder != plain.result.folder
    assert own.result.folder.name.endswith("-mesa")
    assert own.result.manifest["engine"] == "mesa"
    assert own.result.manifest["engine_reason"] == "replaced countries: JPN by Stubborn"
    assert (own.table()["gestures.JPN"] == 0).all()
    assert set(own.table()["case"]) == {0, 1}
    assert _run(tmp_path, 2, countries={"JPN": Stubborn}).same


def test_a_country_that_changes_nothing_gives_the_same_tables(tmp_path: Path) -> None:
    plain, own = _run(tmp_path, 2).result, _run(tmp_path, 2, countries={"JPN": Country}).result
    for name in ("cases", "runs", "bands", "reasons"):
        assert (plain.folder / f"{name}.parquet").read_bytes() == (
            own.folder / f"{name}.parquet"
        ).read_bytes()


def test_one_run_step_by_step() -> None:
    model = load("baseline").model(run=7)
    model.step()
    assert model.month == 1
    assert model.country("JPN") is not None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"runs": 0}, "runs is 0, and must be from 1 to 10,000,000"),
        ({"threads": -1}, "threads is -1, and must be from 1 to 256"),
        ({"countries": {"JPM": Country}}, 'there is no country "JPM" to replace\n  did you mean "JPN"?'),
    ],
)
def test_wrong_arguments_are_said(tmp_path: Path, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        load("baseline").run(out=tmp_path, **wrong)
    assert str(caught.value) == message
    assert not list(tmp_path.iterdir())


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """An engine of whose runs so many of each case do not stay finite."""

    def breaks(bad: int) -> None:
        def run(plan: Plan, runs: int, *more: Any, **named: Any) -> Block:
            good = run_ensemble(plan, runs, *more, **named)
            rest = run_ensemble(plan, runs - bad) if runs > bad else None
            shape = good.counts, good.sums, good.moved
            zero = [np.zeros_like(each) for each in shape]
            counts, sums, moved = (rest.counts, rest.sums, rest.moved) if rest else zero
            good.finite[runs - bad :] = 0
            return replace(good, counts=counts, sums=sums, moved=moved)

        monkeypatch.setattr(api, "run_ensemble", run)

    return breaks


def test_runs_that_are_not_finite_are_counted_and_left_out(
    tmp_path: Path, broken: Callable[[int], None]
) -> None:
    broken(3)
    outcome = _run(tmp_path, 10)
    table, summary = outcome.table(), outcome.summary()
    bad = table[table["status"] == "non-finite"]
    assert list(bad["run"]) == [7, 8, 9] * 2
    assert bad.filter(like=".").isna().all(axis=None)
    assert (bad["reason"] != "").all()
    assert outcome.result.manifest["status"] == {"ok": 14, "non-finite": 6, "failed": 0}
    assert (summary["ok"], summary["cooperation"]["runs"], summary["difference"]["runs"]) == (7, 7, 7)
    assert sum(row["probability"] for row in summary["tracks"]["security"]["rungs"]) == pytest.approx(1.0)


def test_no_run_that_is_ok_still_leaves_a_result(tmp_path: Path, broken: Callable[[int], None]) -> None:
    broken(4)
    outcome = _run(tmp_path, 4)
    assert "no run ended well" in repr(outcome)
    assert outcome.plot() == []
    assert outcome.compare().verdict == "not distinguishable at this n"


def test_the_manifest_says_what_was_not_varied(tmp_path: Path) -> None:
    result: Result = load("baseline", ["uncertainty=[chance]"]).run(runs=2, out=tmp_path).result
    manifest = json.loads((result.folder / "manifest.json").read_text())
    assert manifest["uncertainty"] == ["chance"]
    assert manifest["not_varied"] == ["parameters", "theory"]
    assert manifest["engine"] == "ensemble"
    assert manifest["engine_reason"] is None


class Breaking(Country):
    """A country whose decision fails in every run but those it happens not to be asked in."""

    def step_on(self, partner: str, track: str, draw: float) -> int:
        if self.slot == 1 and track == "security" and draw > 0.97:
            raise ZeroDivisionError("no precedent for this")
        return super().step_on(partner, track, draw)


def test_a_replaced_country_that_fails_costs_its_own_runs_and_no_other(tmp_path: Path) -> None:
    result = _run(tmp_path, 4, countries={"KOR": Breaking}).result
    rows = result.runs[result.runs["case"] == 0]
    assert len(rows) == 4
    failed = rows[rows["status"] == "failed"]
    assert len(failed) > 0
    assert set(failed["reason"].str.replace(r"month \d+", "month M", regex=True)) == {
        "ZeroDivisionError in month M: no precedent for this"
    }
    assert failed["cooperation.final"].isna().all()
    assert result.manifest["status"]["failed"] == (result.runs["status"] == "failed").sum()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("months: 3\n", "the parent ends in 2028-05"),
        ("focus: [USA, KOR]\n", "the parent tells of JPN and KOR"),
    ],
)
def test_there_is_no_verdict_on_another_month_or_another_dyad(tmp_path: Path, said: str, reason: str) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(f"format: 1\ntitle: Other\nextends: baseline\n{said}", encoding="utf-8")
    outcome = load(path).run(runs=4, out=tmp_path)
    assert outcome.compare().verdict == f"not comparable: {reason}"
    assert not outcome.compare().paired
