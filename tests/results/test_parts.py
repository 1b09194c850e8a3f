"""The folder of a sweep while it is computed."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import StoreError
from simulation.results import parts


def numbers(first: int, count: int) -> pa.Table:
    return pa.table({"x": np.arange(first, first + count), "name": [f"n{k % 3}" for k in range(count)]})


def test_a_block_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts.put(tmp_path, 3, {"runs": numbers(0, 5)}, {"counts": np.arange(4)})
    assert parts.finished(tmp_path) == {3}
    assert parts.block_table(tmp_path, 3, "runs").equals(numbers(0, 5))
    assert parts.block_arrays(tmp_path, 3)["counts"].tolist() == [0, 1, 2, 3]

    def full(*args: object, **words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.savez_compressed", full)
    with pytest.raises(StoreError, match=r"No space left on device; what is finished is kept \(1 block\)"):
        parts.put(tmp_path, 4, {"runs": numbers(5, 5)}, {"counts": np.arange(4)})
    assert parts.finished(tmp_path) == {3}
    assert [each.name for each in (tmp_path / "blocks").iterdir()] == ["00000003"]


@settings(max_examples=25)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=8), st.lists(st.integers(0, 12), min_size=1))
def test_the_bytes_do_not_depend_on_how_the_rows_were_cut(cuts: list[int], others: list[int]) -> None:
    total = min(sum(cuts), sum(others))

    def tables(sizes: list[int]) -> Iterator[pa.Table]:
        at = 0
        for size in sizes:
            count = min(size, total - at)
            yield numbers(0, total).slice(at, count)
            at += count

    with tempfile.TemporaryDirectory() as one, pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "ROW_GROUP", 4)
        patch.setattr(parts, "PART", 8)
        parts.merge(Path(one), "a", tables(cuts))
        parts.merge(Path(one), "b", tables(others))
        ours, theirs = (
            {each.name: each.read_bytes() for each in (Path(one) / name).iterdir()} for name in "ab"
        )
        assert ours == theirs
        assert pq.read_table(Path(one) / "a")["x"].to_pylist() == list(range(total))


def test_parts_hold_so_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROW_GROUP", 4)
    monkeypatch.setattr(parts, "PART", 8)
    parts.merge(tmp_path, "runs", iter([numbers(0, 18)]))
    files = sorted((tmp_path / "runs").iterdir())
    assert [pq.read_metadata(file).num_rows for file in files] == [8, 8, 2]
    assert pq.read_metadata(files[0]).row_group(0).num_rows == 4


HOLD = """
import sys, time
from pathlib import Path
from simulation.results.parts import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_folder_is_held_by_one_and_free_again_when_it_is_killed(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    said = f"{re.escape(str(tmp_path))} is being computed by process {other.pid}: wait for it, or stop it"
    with pytest.raises(StoreError, match=said), parts.held(tmp_path):
        pass
    os.kill(other.pid, signal.SIGKILL)
    other.communicate()
    with parts.held(tmp_path):
        assert (tmp_path / "owner").read_text() == f"{os.getpid()}\n"
    assert not (tmp_path / "owner").exists()
