"""The store: one folder a result, written beside its place and moved there whole, never overwritten."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    """A result folder; what is in it is read when first asked for. StoreError where it cannot be.

    cases: one row a case; runs: one row a run with every measure; bands: one row a case, series and
    month; reasons: what moved each dyad's utility since the start, by term.
    """

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Versions, digests, counts and what is uncertain."""
        try:
            loaded: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            loaded["runs"] = int(loaded["runs"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(self.folder / MANIFEST) from error
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

    def with_role(self, role: str) -> list[int]:
        """The numbers of the cases that have a role: scenario, parent or branch."""
        return [int(case) for case in self.cases.loc[self.cases["role"] == role, "case"]]

    @property
    def parent(self) -> int | None:
        """The number of the parent's case; None for a root."""
        return next(iter(self.with_role("parent")), None)

    def ok(self, case: int) -> pd.DataFrame:
        """The rows of a case whose status is ok: what every number is drawn from."""
        return self.runs[(self.runs["case"] == case) & (self.runs["status"] == "ok")]

    def _table(self, name: str) -> pd.DataFrame:
        path = self.folder / f"{name}.parquet"
        try:
            table: pd.DataFrame = pq.read_table(path).to_pandas()
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path) from error
        return table


def held_at(folder: Path) -> Result | None:
    """The result in that folder, or None."""
    return Result(folder) if folder.exists() else None


def ensure_writable(folder: Path) -> None:
    """Make a folder for results, and see that it takes a file. StoreError where the disk refuses."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StoreError(
            f"cannot write under {folder}: {why(error)}; name another folder with --out"
        ) from error


@contextmanager
def staged(
    folder: Path, manifest: dict[str, Any], scenario: str, tables: dict[str, pd.DataFrame]
) -> Iterator[Result]:
    """A result written under a hidden name beside `folder`; removed at the end unless it was published."""
    beside = folder.with_name(f".{folder.name}-{os.getpid()}-{time.monotonic_ns()}")
    try:
        try:
            beside.mkdir()
            for name, table in tables.items():
                write_table(beside / f"{name}.parquet", table)
            (beside / SCENARIO).write_text(scenario, encoding="utf-8")
            (beside / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise StoreError(f"cannot write {folder}: {why(error)}; nothing there was changed") from error
        yield Result(beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def publish(fresh: Result, folder: Path) -> Result:
    """Move a staged result to its folder, which must not exist."""
    try:
        fresh.folder.rename(folder)
    except OSError as error:
        if folder.exists():
            raise StoreError(
                f"{folder} was written by another process meanwhile; run again to see it"
            ) from error
        raise StoreError(f"cannot write {folder}: {why(error)}; nothing there was changed") from error
    return Result(folder)


def replace_by(fresh: Result, folder: Path) -> Result:
    """Put a staged result with more runs in the place of the one whose rows it holds."""
    old = folder.with_name(f".{folder.name}-{os.getpid()}-before")
    try:
        folder.rename(old)
        fresh.folder.rename(folder)
    except BaseException as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        if isinstance(error, OSError):
            raise StoreError(f"cannot write {folder}: {why(error)}; nothing there was changed") from error
        raise
    shutil.rmtree(old, ignore_errors=True)
    return Result(folder)


def write_table(path: Path, table: pd.DataFrame) -> None:
    """A Parquet file that depends on the rows alone: no pandas metadata, row groups of one size."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(arrow, path, row_group_size=ROW_GROUP, compression="zstd")


def differing(one: Path, other: Path) -> list[str]:
    """Names of the files that differ or are missing in one of two folders, the clock aside."""
    names = (*(f"{table}.parquet" for table in TABLES), SCENARIO)
    differ = [name for name in names if _bytes(one / name) != _bytes(other / name)]
    return differ if _timeless(one) == _timeless(other) else [*differ, MANIFEST]


def why(error: OSError) -> str:
    """What the system says of an error, in its own few words."""
    return os.strerror(error.errno) if error.errno else str(error)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _timeless(folder: Path) -> object:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {key: value for key, value in manifest.items() if key not in CLOCK}
    except (OSError, ValueError, AttributeError):
        return None


def _damaged(path: Path) -> StoreError:
    kind = "it is damaged" if path.exists() else "it is not there"
    return StoreError(
        f"cannot read {path}: {kind}; --again says which files differ, another --out computes anew"
    )
