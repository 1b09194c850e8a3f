"""A sweep on a cluster: a real scheduler and workers on loopback, killed and refused, to the same bytes."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from simulation.errors import BadInput, ClusterError
from simulation.results import parts
from simulation.results.cluster import Cluster, cluster_at
from simulation.results.sweeping import Task
from simulation.results.sweeps import Swept, begin, resume
from simulation.results.worker import answer, packed, this_worker
from simulation.sweep.blocks import Slice
from simulation.sweep.design import load_sweep

ROOT = Path(__file__).parents[2]
LONGEST = 30  # seconds that anything here may take to happen
SWEEP = """\
format: 1
title: A small one
scenario: baseline
design: grid
vary:
  threats.PRK: [calm, high]
  commitment.USA.KOR: {from: 0.3, to: 0.9, steps: 6}
"""
CASES = 13


def quiet(done: int, total: int) -> None:
    pass


def begun(out: Path) -> Path:
    """A folder in which each case is a block, but one that is cut, being of more runs than a block holds."""
    out.mkdir(exist_ok=True)
    (out / "small.yaml").write_text(SWEEP)
    sweep, cases = load_sweep(out / "small.yaml", ["runs=150", "months=12"])
    return begin(Task(sweep, cases, 100), out)


def held(folder: Path) -> dict[str, object]:
    """Every file of a whole sweep; of the manifest all but the clock."""
    files = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in ("manifest.json", ".lock")
    }
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return {**files, "manifest": {key: value for key, value in manifest.items() if key != "created"}}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def process(*words: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of dask that ends with the test."""
    command = [sys.executable, "-m", *words, "--host", "127.0.0.1", "--no-dashboard"]
    started = subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@contextmanager
def scheduler() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    with process("distributed.cli.dask_scheduler", "--port", str(port)) as started:
        yield f"tcp://127.0.0.1:{port}", started


def worker(address: str, **environment: str) -> Any:
    return process("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", **environment)


def until(happened: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < LONGEST
        time.sleep(0.01)


@contextmanager
def joined(address: str, count: int) -> Iterator[Cluster]:
    """The cluster, once so many workers have joined it."""
    until(lambda: _answers(address))
    with cluster_at(address) as cluster:
        until(lambda: cluster.threads == count)
        yield cluster


def _answers(address: str) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) == 0


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sweep as one machine computes it."""
    return resume(begun(tmp_path_factory.mktemp("alone")), 1, quiet).folder


def test_a_worker_is_killed_and_the_bytes_are_those_of_one_machine(tmp_path: Path, alone: Path) -> None:
    folder = begun(tmp_path)
    with ExitStack() as stack:
        address, _ = stack.enter_context(scheduler())
        one, _ = [stack.enter_context(worker(address)) for _ in range(2)]
        cluster = stack.enter_context(joined(address, 2))
        left = []

        def told(done: int, total: int) -> None:
            if done and not left:
                one.send_signal(signal.SIGKILL)
                left.append(total - done)

        resume(folder, 1, told, cluster)
        assert left[0] > 0
        assert one.wait() == -signal.SIGKILL
        assert cluster.threads == 1
    assert held(folder) == held(alone)
