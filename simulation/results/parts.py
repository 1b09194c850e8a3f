"""The folder of a sweep while it is computed: finished blocks, each moved into place whole.

    results/<sweep>-<digest>/
      blocks/000012/    the tables of a finished block, until the sweep is whole
      runs/ bands/ reasons/    the tables of the sweep, in parts of at most PART rows
      owner             who holds the folder while it computes

Whoever is stopped at any moment leaves finished blocks and hidden names that nobody reads.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyarrow import ipc

from simulation.document import counted
from simulation.errors import StoreError
from simulation.results.store import ROW_GROUP, why

PART = 16 * ROW_GROUP  # rows of a file: what one reads at a time
BLOCKS = "blocks"
ARRAYS = "arrays.npz"
OWNER = "owner"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder alone. StoreError, with the process that has it, where another does."""
    from filelock import FileLock, Timeout

    lock, owner = FileLock(folder / ".lock"), folder / OWNER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        text = owner.read_text(encoding="utf-8").strip() if owner.exists() else "another"
        raise StoreError(f"{folder} is being computed by process {text}: wait for it, or stop it") from None
    except OSError as error:
        raise StoreError(f"cannot write in {folder}: {why(error)}") from error
    try:
        with _said(folder):
            owner.write_text(f"{os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """What the disk refuses, as a StoreError that says what is safe."""
    try:
        yield
    except OSError as error:
        kept = len(finished(folder))
        raise StoreError(
            f"cannot write in {folder}: {why(error)}; what is finished is kept ({counted(kept, 'blocks')}),"
            f" and `entente resume {folder}` goes on from there"
        ) from error


def finished(folder: Path) -> set[int]:
    """The numbers of the blocks that are there whole."""
    place = folder / BLOCKS
    names = (each.name for each in place.iterdir()) if place.is_dir() else ()
    return {int(name) for name in names if name.isdecimal()}


def finished_runs(folder: Path) -> int:
    """How many runs the finished blocks hold."""
    return sum(block_table(folder, number, "runs").num_rows for number in finished(folder))


def put(
    folder: Path,
    number: int,
    tables: Mapping[str, pa.Table],
    arrays: Mapping[str, NDArray[np.generic]] | None = None,
) -> None:
    """Keep the tables (and arrays) of a block: all of them, or none. StoreError where the disk refuses."""
    place = folder / BLOCKS / f"{number:08d}"
    beside = place.with_name(f".{place.name}-{os.getpid()}")
    with _said(folder):
        try:
            beside.mkdir(parents=True)
            for name, table in tables.items():
                packed = ipc.IpcWriteOptions(compression="zstd")
                with ipc.new_file(beside / f"{name}.arrow", table.schema, options=packed) as file:
                    file.write_table(table)
            if arrays:
                np.savez_compressed(beside / ARRAYS, allow_pickle=False, **arrays)
            beside.rename(place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def block_table(folder: Path, number: int, name: str) -> pa.Table:
    """A table of a finished block."""
    path = folder / BLOCKS / f"{number:08d}" / f"{name}.arrow"
    try:
        with pa.memory_map(str(path)) as file:
            return ipc.open_file(file).read_all()
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"cannot read {path}: it is damaged; delete its folder and resume") from error


def block_arrays(folder: Path, number: int) -> dict[str, NDArray[np.generic]]:
    """The arrays of a finished block."""
    path = folder / BLOCKS / f"{number:08d}" / ARRAYS
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot read {path}: it is damaged; delete its folder and resume") from error


def merge(folder: Path, name: str, tables: Iterator[pa.Table]) -> None:
    """Write tables that follow each other as one: parts of PART rows, in row groups of one size.

    The bytes depend on the rows alone, and not on how they were cut into tables.
    """
    beside = folder / f".{name}-{os.getpid()}"
    with _said(folder):
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        writer: pq.ParquetWriter | None = None
        groups = 0
        try:
            for group in _groups(tables):
                if groups % (PART // ROW_GROUP) == 0:
                    if writer is not None:
                        writer.close()
                    part = beside / f"{groups // (PART // ROW_GROUP):05d}.parquet"
                    writer = pq.ParquetWriter(part, group.schema, compression="zstd")
                assert writer is not None
                writer.write_table(group, row_group_size=ROW_GROUP)
                groups += 1
        finally:
            if writer is not None:
                writer.close()
        shutil.rmtree(folder / name, ignore_errors=True)
        beside.rename(folder / name)


def _groups(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The rows of tables, in tables of ROW_GROUP rows."""
    waiting: list[pa.Table] = []
    count = 0
    for table in tables:
        waiting.append(table)
        count += table.num_rows
        while count >= ROW_GROUP:
            whole = pa.concat_tables(waiting).combine_chunks()
            yield whole.slice(0, ROW_GROUP)
            waiting, count = [whole.slice(ROW_GROUP)], count - ROW_GROUP
    if count or waiting:
        yield pa.concat_tables(waiting).combine_chunks()


def clear(folder: Path) -> None:
    """Take away what a whole sweep needs no more, and what someone who was stopped left behind."""
    shutil.rmtree(folder / BLOCKS, ignore_errors=True)
    for left in folder.glob(".*-[0-9]*"):
        shutil.rmtree(left, ignore_errors=True)
