"""The finished blocks of a sweep as the tables of the whole."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
from numpy.typing import NDArray

from simulation.engines.ensemble import Block
from simulation.results import parts
from simulation.results.sweeping import TOLD, Task, arrow, stages
from simulation.results.tables import Case
from simulation.sweep.blocks import STAGE


def merge(task: Task, folder: Path) -> None:
    """The blocks as the tables of the whole, each case as its last stage has it."""
    last = list(last_blocks(task, folder))
    for name in task.tables:
        parts.merge(folder, name, (_table(task, folder, found, name) for found in last))


class Found(NamedTuple):
    """Cases that stand together in these blocks; several blocks have one case that was cut."""

    numbers: tuple[int, ...]
    cases: tuple[int, ...]
    whole: bool  # where the blocks hold nothing else


def last_blocks(task: Task, folder: Path) -> Iterator[Found]:
    """Where each case stands with all its runs, in the order of cases."""
    place: dict[int, tuple[int, ...]] = {}
    held: Counter[tuple[int, ...]] = Counter()
    for stage in stages(task, folder):
        for k, case in enumerate(stage.cases):
            first = stage.number * STAGE + (
                k * stage.cut if stage.cut > 1 else k // (stage.most // stage.runs)
            )
            place[case] = tuple(range(first, first + stage.cut))
            held[place[case]] += 1
    for numbers, group in groupby(sorted(place), key=place.__getitem__):
        cases = tuple(group)
        yield Found(numbers, cases, len(cases) == held[numbers])


def _table(task: Task, folder: Path, found: Found, name: str) -> pa.Table:
    """A table of these cases, from their blocks; bands of a case that was cut from the counts of all."""
    if len(found.numbers) > 1 and name in TOLD:
        block = _dense([parts.block_arrays(folder, number) for number in found.numbers])
        case = found.cases[0]
        return arrow(TOLD[name](Case(case, "case", task.cases.plan(case), block)))
    whole = pa.concat_tables([parts.block_table(folder, number, name) for number in found.numbers])
    return whole if found.whole else whole.filter(ds.field("case").isin(found.cases))


def _dense(kept: list[dict[str, NDArray[Any]]]) -> Block:
    counts = np.zeros(int(np.prod(kept[0]["shape"])), np.int64)
    for one in kept:
        counts[one["places"]] += one["counts"]
    none = np.empty(0, np.int64)
    return Block(
        measures=np.empty((0, 0)),
        theory=none,
        finite=np.concatenate([one["finite"] for one in kept]),
        counts=counts.reshape(kept[0]["shape"]),
        sums=sum((one["sums"] for one in kept[1:]), kept[0]["sums"]),
        moved=sum((one["moved"] for one in kept[1:]), kept[0]["moved"]),
        paths=None,
    )
