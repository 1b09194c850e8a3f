"""The store: one folder a result, written beside its place and moved there whole, never overwritten."""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import StoreError

ROW_GROUP = 65_536
TABLES = ("cases", "runs", "bands", "reasons")
MANIFEST = "manifest.json"
SCENARIO = "scenario.yaml"
CLOCK = ("created", "seconds")  # what a manifest says of the hour, not of the result


@dataclass(frozen=True)
class Result:
    """A result folder; tables are read when first asked for.

    cases: one row a case; runs: one row a run with every measure; bands: one row a case, series and
    month; reasons: what moved each dyad's utility since the start, by term.
    """

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Versions, digests, counts and what is uncertain."""
        loaded: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        return loaded

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row a case."""
        return self._table("cases")

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run."""
        return self._table("runs")

    @cached_property
    def bands(self) -> pd.DataFrame:
        """One row a case, series and month."""
        return self._table("bands")

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """One row a case, dyad, track and term."""
        return self._table("reasons")

    def _table(self, name: str) -> pd.DataFrame:
        return pq.read_table(self.folder / f"{name}.parquet").to_pandas()


def write_result(
    folder: Path, manifest: dict[str, Any], scenario: str, tables: dict[str, pd.DataFrame]
) -> Result:
    """Write a result and move it to `folder`, which must not exist. StoreError where the disk refuses."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        beside.chmod(0o755)
    except OSError as error:
        raise StoreError(f"cannot write under {folder.parent}: {error.strerror}; name another folder with --out") from error
    try:
        for name, table in tables.items():
            write_table(beside / f"{name}.parquet", table)
        (beside / SCENARIO).write_text(scenario, encoding="utf-8")
        (beside / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        os.rename(beside, folder)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise StoreError(f"cannot write {folder}: {error.strerror}; nothing there was changed") from error
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Result(folder)


def replace_result(folder: Path, fresh: Path) -> Result:
    """Put a result with more runs in the place of the one whose rows it holds; figures are drawn anew."""
    old = folder.with_name(f".{folder.name}-before-{os.getpid()}")
    os.rename(folder, old)
    os.rename(fresh, folder)
    shutil.rmtree(old, ignore_errors=True)
    return Result(folder)


def write_table(path: Path, table: pd.DataFrame) -> None:
    """A Parquet file that depends on the rows alone: no pandas metadata, row groups of one size."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(arrow, path, row_group_size=ROW_GROUP, compression="zstd")


def same_bytes(one: Path, other: Path) -> list[str]:
    """Names of the files of two result folders that differ, the clock of the manifest aside."""
    differ = []
    for name in (*(f"{table}.parquet" for table in TABLES), SCENARIO):
        if (one / name).read_bytes() != (other / name).read_bytes():
            differ.append(name)
    manifests = [json.loads((folder / MANIFEST).read_text(encoding="utf-8")) for folder in (one, other)]
    bare = [{key: value for key, value in each.items() if key not in CLOCK} for each in manifests]
    return differ if bare[0] == bare[1] else [*differ, MANIFEST]
