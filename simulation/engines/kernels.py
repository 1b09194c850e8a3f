"""The compiled engine's three kernels: runs open, live month by month, and are reckoned up.

They are three because two can be compiled side by side, and compiling is most of what a first run
waits for.
"""

import hashlib
import math
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from simulation.engines.draws import Addresses, Together, Uncertain, Words, fill_month, pick_theory
from simulation.engines.room import Room, room_of
from simulation.engines.vectors import Vectors, change, prepare
from simulation.model.arrays import filled
from simulation.model.catalogue import Layout
from simulation.model.month import run_month
from simulation.model.opening import open_run
from simulation.model.outputs import measure, record, weighed_terms
from simulation.model.rule import rule
from simulation.model.state import Drivers, Floats, Integers, Setting, run_sizes
from simulation.model.tally import add_moved, tally
from simulation.scenario.measures import REGIMES
from simulation.scenario.profiles import HIGHEST_TEMPO
from simulation.world.whole import TERMS


class Outcome(NamedTuple):
    """Where a chunk of runs leaves what it yields; the first three a row a run."""

    measures: Floats
    theory: Integers
    finite: Integers
    counts: Integers
    sums: Integers
    moved: Integers


@rule
def all_finite(path: Floats) -> int:
    """1 where every value of a path is a finite number."""
    for m in range(path.shape[0]):
        for k in range(path.shape[1]):
            if not math.isfinite(path[m, k]):
                return 0
    return 1


def _opening(digest: int) -> Callable[..., int]:
    def open_runs(
        first: int, runs: int, room: Room, setting: NDArray[np.void], given: Vectors, seed: Integers,
        theory: Integers,
    ) -> int:  # fmt: skip
        w = setting[0]
        for r in range(runs):
            s, p, reference = room.states[r], room.parameters[r], room.reference[0]
            theory[r] = pick_theory(given.shares, room.words, seed, first + r)
            prepare(first + r, theory[r], given, room.reference_vector[0], room.vectors[r], room.words, seed)
            open_run(s, p, reference, w)
            weighed_terms(room.shift[r], -1.0, s, p, w)
        return digest

    return open_runs


def _living(digest: int) -> Callable[..., int]:
    def live_runs(
        first: int, runs: int, room: Room, setting: NDArray[np.void], d: Drivers, drawn: Addresses,
        given: Vectors, seed: Integers, theory: Integers,
    ) -> int:  # fmt: skip
        w, luck = setting[0], room.luck[0]
        for r in range(runs):
            s, p, v, path = room.states[r], room.parameters[r], room.vectors[r], room.paths[r]
            run = first + r if given.chance > 0 else 0
            for m in range(path.shape[0]):
                change(m, theory[r], given, v)
                fill_month(room.uniforms, room.words, drawn, seed, run, m)
                run_month(m, s, p, v, w, d, luck)
                record(m, path, s, w)
        return digest

    return live_runs


def _reckoning(digest: int) -> Callable[..., int]:
    def reckon_runs(runs: int, room: Room, setting: NDArray[np.void], x: Layout, out: Outcome) -> int:
        w = setting[0]
        for r in range(runs):
            s, p, path = room.states[r], room.parameters[r], room.paths[r]
            measure(out.measures[r], path, s, p, w)
            out.finite[r] = all_finite(path)
            if out.finite[r] > 0:
                weighed_terms(room.shift[r], 1.0, s, p, w)
                add_moved(out.moved, room.shift[r])
        tally(out.counts, out.sums, room.paths[:runs], out.finite, w, x)
        return digest

    return reckon_runs


class Kernels(NamedTuple):
    """The three kernels, compiled when first called, and kept on disk where that can be written."""

    open_runs: Any
    live_runs: Any
    reckon_runs: Any


class Draws(NamedTuple):
    """Chance, compiled, for the engine that runs in plain Python: the three that it asks for."""

    draw_theory: Any
    draw_vector: Any
    draw_month: Any


def draw_theory(shares: Floats, words: Words, seed: Integers, draw: int) -> int:
    """`pick_theory`."""
    return pick_theory(shares, words, seed, draw)


def draw_vector(
    draw: int, theory: int, given: Vectors, ours: Floats, v: Floats, words: Words, seed: Integers
) -> None:
    """`prepare`."""
    prepare(draw, theory, given, ours, v, words, seed)


def draw_month(luck: Floats, words: Words, drawn: Addresses, seed: Integers, run: int, month: int) -> None:
    """`fill_month`."""
    fill_month(luck, words, drawn, seed, run, month)


# What rules of the model take from elsewhere, and compiled code holds as constants.
COMPILED_IN = {"HIGHEST_TEMPO": HIGHEST_TEMPO, "REGIMES": REGIMES, "TERMS": TERMS}


def model_digest() -> str:
    """Digest of every source and every constant that compiled code holds."""
    root = Path(__file__).parents[1]
    hashed = hashlib.sha256(repr(COMPILED_IN).encode())
    for folder in ("model", "engines"):
        for source in sorted((root / folder).glob("*.py")):
            hashed.update(source.name.encode() + source.read_bytes())
    return hashed.hexdigest()


@cache
def kernels() -> Kernels:
    """The kernels of these sources: the digest is part of what compiled code is kept under."""
    return Kernels(*(_jit(make(_number())) for make in (_opening, _living, _reckoning)))


@cache
def draws() -> Draws:
    """Chance for the reference engine, compiled from these sources."""
    return Draws(*(_jit(one) for one in (draw_theory, draw_vector, draw_month)))


def _number() -> int:
    return int(model_digest()[:12], 16)


def _jit(function: Callable[..., Any]) -> Any:
    """The function, compiled when first called; the name under which it is kept tells the sources."""
    function.__qualname__ = f"{function.__name__}_{_number():x}"
    try:
        return njit(nogil=True, error_model="numpy", cache=True)(function)
    except RuntimeError:  # no place for a cache can be written
        return njit(nogil=True, error_model="numpy")(function)


def is_compiled() -> bool:
    """Whether kernels of these sources were compiled before: in this process, or in the cache."""
    return all(_kept(kernel) for kernel in kernels())


def _kept(kernel: Any) -> bool:
    kept = _kept_under(kernel)
    return bool(kernel.signatures) or (kept is not None and any(kept[0].glob(f"{kept[1]}*.nbi")))


def _kept_under(kernel: Any) -> tuple[Path, str] | None:
    """Folder and beginning of the names under which a kernel is kept; None where it cannot be."""
    kept = getattr(getattr(kernel, "_cache", None), "_impl", None)
    return None if kept is None else (Path(kept.locator.get_cache_path()), kept.filename_base)


def compile_kernels(countries: int, camps: int, slots: int) -> None:
    """Compile the kernels for worlds of these sizes, or take them from the cache.

    Where nothing was kept, a second process compiles one of them at the same time and leaves it in the
    cache.
    """
    open_runs, live_runs, reckon_runs = kernels()
    helper = None
    if not _kept(live_runs) and _kept_under(live_runs) is not None and sys.executable:
        words = [sys.executable, "-m", "simulation.engines.kernels", str(countries), str(camps), str(slots)]
        helper = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    room, setting, d, drawn, given, x, out, seed = _blank(countries, camps, slots)
    try:
        open_runs(0, 0, room, setting, given, seed, out.theory)
        reckon_runs(0, room, setting, x, out)
        if helper is not None:
            helper.wait()
    except BaseException:  # an interrupt above all: nobody waits for the other process any more
        if helper is not None:
            helper.kill()
            helper.wait()
        raise
    live_runs(0, 0, room, setting, d, drawn, given, seed, out.theory)


def _compile_living(countries: int, camps: int, slots: int) -> None:
    room, setting, d, drawn, given, _, out, seed = _blank(countries, camps, slots)
    kernels().live_runs(0, 0, room, setting, d, drawn, given, seed, out.theory)


def _blank(
    countries: int, camps: int, slots: int
) -> tuple[Room, NDArray[np.void], Drivers, Addresses, Vectors, Layout, Outcome, Integers]:
    """What the kernels take, of the types that every plan of these sizes has, with nothing to run."""

    def whole(*shape: int) -> Integers:
        return np.zeros(shape, np.int64)

    def real(*shape: int) -> Floats:
        return np.zeros(shape)

    uncertain = Uncertain(whole(0), whole(0, 2), real(0, 3))
    vectors = Vectors(
        real(slots),
        uncertain,
        Together(whole(0), real(0, 0)),
        uncertain,
        whole(0),
        real(0),
        whole(0),
        whole(0),
        real(0),
        real(1),
        0,
        0,
        0,
        0,
    )
    return (
        room_of(countries, camps, slots, 0),
        filled(Setting, run_sizes(countries), {}),
        Drivers(
            real(countries, 0),
            whole(countries, 0),
            whole(0, 6),
            real(0, 2),
            real(countries, 0, 4),
            whole(0, 3),
        ),
        Addresses(whole(0), whole(0), whole(0)),
        vectors,
        Layout(whole(0), real(0), real(0), whole(0), 0, 0),
        Outcome(real(0, 0), whole(0), whole(0), whole(0, 0), whole(0, 0, 2), whole(0, 0, 0)),
        whole(2),
    )


if __name__ == "__main__":
    _compile_living(*(int(word) for word in sys.argv[1:]))
