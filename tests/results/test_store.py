"""Folders are whole or not there, and depend on their rows alone."""

import json
from pathlib import Path

import pandas as pd
import pytest

from simulation.errors import StoreError
from simulation.results.store import (
    TABLES,
    Result,
    differing,
    ensure_writable,
    held_at,
    publish,
    replace_by,
    staged,
)

ROWS = pd.DataFrame(
    {"case": [0, 0], "run": [0, 1], "status": ["ok", "non-finite"], "x": [0.25, float("nan")]}
)


def _write(folder: Path, runs: int = 2, tables: dict[str, pd.DataFrame] | None = None) -> Result:
    given = tables or dict.fromkeys(TABLES, ROWS)
    with staged(folder, {"created": "now", "seconds": 1.0, "runs": runs}, "title: a\n", given) as fresh:
        return publish(fresh, folder)


def _hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    result = _write(tmp_path / "a")
    pd.testing.assert_frame_equal(result.runs, ROWS)
    assert list(result.ok(0)["run"]) == [0]
    assert result.manifest["runs"] == 2
    assert not _hidden(tmp_path)


def test_tables_are_read_when_asked_for(tmp_path: Path) -> None:
    result = _write(tmp_path / "a")
    (tmp_path / "a" / "bands.parquet").unlink()
    assert len(result.runs) == 2
    with pytest.raises(StoreError, match=r"cannot read .*bands\.parquet: it is not there"):
        _ = result.bands


@pytest.mark.parametrize("name", ["manifest.json", "runs.parquet"])
def test_damage_is_named(tmp_path: Path, name: str) -> None:
    _write(tmp_path / "a")
    (tmp_path / "a" / name).write_text("{")
    result = held_at(tmp_path / "a")
    assert result is not None
    with pytest.raises(StoreError, match=rf"cannot read .*{name}: it is damaged"):
        _ = (result.manifest, result.runs)


def test_what_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), staged(tmp_path / "a", {}, "", dict.fromkeys(TABLES, ROWS)):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_a_disk_that_refuses_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulation.results.store.write_table", full)
    with pytest.raises(
        StoreError, match=r"cannot write .*: No space left on device; nothing there was changed"
    ):
        _write(tmp_path / "a")
    assert not list(tmp_path.iterdir())


def test_a_file_is_no_folder_for_results(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"cannot write under .*file: .*; name another folder with --out"):
        ensure_writable(tmp_path / "file")


def test_two_processes_do_not_overwrite_each_other(tmp_path: Path) -> None:
    _write(tmp_path / "a", 2)
    with pytest.raises(StoreError, match="written by another process"):
        _write(tmp_path / "a", 3)
    assert Result(tmp_path / "a").manifest["runs"] == 2
    assert not _hidden(tmp_path)


def test_more_runs_take_the_place_of_fewer(tmp_path: Path) -> None:
    _write(tmp_path / "a", 2)
    (tmp_path / "a" / "figures").mkdir()
    with staged(tmp_path / "a", {"runs": 3}, "", dict.fromkeys(TABLES, ROWS)) as fresh:
        assert replace_by(fresh, tmp_path / "a").manifest["runs"] == 3
    assert not (tmp_path / "a" / "figures").exists()
    assert not _hidden(tmp_path)


def test_a_replacement_that_fails_puts_the_old_back(tmp_path: Path) -> None:
    _write(tmp_path / "a", 2)
    with pytest.raises(StoreError, match="nothing there was changed"):
        replace_by(Result(tmp_path / "gone"), tmp_path / "a")
    assert Result(tmp_path / "a").manifest["runs"] == 2


def test_only_the_clock_may_differ(tmp_path: Path) -> None:
    one, other = _write(tmp_path / "a").folder, _write(tmp_path / "b").folder
    manifest = json.loads((other / "manifest.json").read_text())
    (other / "manifest.json").write_text(json.dumps(manifest | {"created": "later", "seconds": 9}))
    assert differing(one, other) == []
    (other / "manifest.json").write_text(json.dumps(manifest | {"runs": 3}))
    (other / "runs.parquet").unlink()
    (other / "scenario.yaml").write_text("title: b\n")
    assert differing(one, other) == ["runs.parquet", "scenario.yaml", "manifest.json"]
