"""What a worker of a cluster does for a sweep: it computes slices that it is handed, and writes nothing.

The scheduler reads these names too, to hand work on: what is heavy is imported by workers alone.
"""

import os
import pickle
import platform
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simulation.results.sweeping import Piece, Task
    from simulation.sweep.blocks import Slice

_one = Lock()  # threads of a worker that are handed their first slices wait for one to prepare


class Worker(NamedTuple):
    """Who a worker is: machine and process, the digest of its sources, its versions and its processor."""

    name: str
    code: str
    by: Mapping[str, Any]


class Answer(NamedTuple):
    """What a worker says to the slices of a block: without a piece where its sources are others."""

    worker: Worker
    pieces: "tuple[Piece, ...]"


@cache
def this_worker() -> Worker:
    """Who this process is."""
    from simulation.results.digest import code_digest
    from simulation.results.manifest import versions

    return Worker(f"{platform.node()}, process {os.getpid()}", code_digest(), versions())


def packed(task: "Task") -> bytes:
    """A sweep as it travels: its resolved scenario and its cases, without what lies in folders here."""
    from dataclasses import replace

    return pickle.dumps(replace(task, known={}, cases=replace(task.cases)))


def handed(plan: bytes) -> bytes:
    """The sweep itself, so that workers have it from each other, and again where one of them died."""
    return plan


def answer(plan: bytes, code: str, whole: int, slices: "Sequence[Slice]") -> Answer:
    """Compute slices of a packed sweep for sources of that digest; a whole case has `whole` runs."""
    me = this_worker()
    if me.code != code:
        return Answer(me, ())
    from simulation.results.sweeping import computed

    with _one:
        task = _unpacked(plan)
    return Answer(me, tuple(computed(task, whole, piece) for piece in slices))


@lru_cache(maxsize=1)
def _unpacked(plan: bytes) -> "Task":
    """The sweep, once a process, with the engine compiled for it."""
    from simulation.engines.kernels import compile_kernels

    task: Task = pickle.loads(plan)  # noqa: S301 (of this very scheduler, which could hand over any code)
    one = task.cases.plan(0)
    compile_kernels(len(one.codes), len(one.scenario.world.camps), one.vectors.base.size)
    return task
