"""A sweep on a cluster: a real scheduler and workers on loopback, killed and refused, to the same bytes."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from simulation.errors import BadInput, ClusterError
from simulation.results import parts
from simulation.results.cluster import Cluster, _kept, cluster_at
from simulation.results.sweeping import Done, Known, Task
from simulation.results.sweeps import Swept, begin, resume
from simulation.results.worker import Answer, answer, packed, this_worker
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
def process(*words: str, place: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """A process of dask that ends with the test."""
    command = [sys.executable, "-m", *words, "--host", "127.0.0.1", "--no-dashboard"]
    started = subprocess.Popen(
        command,
        cwd=place,  # where it finds the package
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


def worker(address: str, place: Path = ROOT) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return process("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", place=place)


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
        left: list[int] = []

        def told(done: int, total: int) -> None:
            if done and not left:
                one.send_signal(signal.SIGKILL)
                left.append(total - done)

        resume(folder, 1, told, cluster)
        assert left[0] > 0
        assert one.wait() == -signal.SIGKILL
        assert cluster.threads == 1
    assert held(folder) == held(alone)


def test_refused_awaited_stopped_and_lost_it_ends_the_same(tmp_path: Path, alone: Path) -> None:
    folder = begun(tmp_path)
    with ExitStack() as stack:
        address, served = stack.enter_context(scheduler())
        other = stack.enter_context(worker(address, edited_copy(tmp_path)))
        until(lambda: _answers(address))
        with pytest.raises(BadInput, match=r"the worker .*, process \d+ has other sources of Entente \("):
            check_until_refused(address)
        other.kill()

        words = [sys.executable, "-m", "simulation", "resume", str(folder), "--scheduler", address]
        stopped = stack.enter_context(
            subprocess.Popen(
                words, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True
            )
        )
        assert stopped.stderr is not None
        assert stopped.stderr.readline() == f"no worker has joined {address} yet: waiting for one\n"
        stack.enter_context(worker(address))
        until(lambda: bool(parts.finished(folder)))
        stopped.send_signal(signal.SIGINT)
        said = stopped.stderr.read()
        assert said == (
            f"interrupted: what is finished is kept, and `entente resume {folder}` goes on from there\n"
        )
        assert stopped.wait() == 130
        kept = parts.finished(folder)
        assert not Swept(folder).whole

        def lose(done: int, total: int) -> None:
            if len(parts.finished(folder)) > len(kept):
                served.kill()

        cluster = stack.enter_context(joined(address, 1))
        with pytest.raises(ClusterError, match="is gone: what is finished is kept, and `entente resume"):
            resume(folder, 1, lose, cluster)
    assert len(parts.finished(folder)) > len(kept)
    assert held(resume(folder, 2, quiet).folder) == held(alone)


def edited_copy(folder: Path) -> Path:
    """A place with another version of the package."""
    place = folder / "edited"
    shutil.copytree(ROOT / "simulation", place / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("seeds", "scenarios"):
        (place / name).symlink_to(ROOT / name)
    with (place / "simulation" / "model" / "rule.py").open("a") as file:
        file.write("# edited\n")
    return place


def check_until_refused(address: str) -> None:
    """Ask for the cluster until its worker has joined."""
    began = time.monotonic()
    while time.monotonic() - began < LONGEST:
        with cluster_at(address) as cluster:
            time.sleep(0.1)
            assert cluster.threads in (0, 1)


# Its parts leave sockets open for a moment when they end in the process that began them.
in_process = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A scheduler and a worker in this process."""
    with Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None) as client:
        yield Cluster(client, "inproc")


@in_process
def test_what_another_sweep_has_computed_is_not_asked_for(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.yaml").write_text(SWEEP.replace("steps: 6", "steps: 2"))
    first = Task(*load_sweep(tmp_path / "small.yaml", ["runs=4", "months=3"]), 12)
    resume(begin(first, tmp_path), 1, quiet)
    (tmp_path / "small.yaml").write_text(SWEEP.replace("steps: 6", "steps: 3"))
    more = Task(*load_sweep(tmp_path / "small.yaml", ["runs=4", "months=3"]), 12)
    asked: list[int] = []
    submit = cluster.client.submit

    def noted(call: Any, *given: Any, **more: Any) -> Any:
        if call is answer:
            asked.extend(one.case for one in given[-1])
        return submit(call, *given, **more)

    monkeypatch.setattr(cluster.client, "submit", noted)
    found = held(resume(begin(more, tmp_path), 1, quiet, cluster).folder)
    assert sorted(asked) == [2, 5]  # the middle one of three commitments, under each threat
    apart = tmp_path / "apart"
    apart.mkdir()
    assert found == held(resume(begin(more, apart), 1, quiet).folder)


@in_process
def test_another_processor_is_named_in_the_manifest(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.yaml").write_text(SWEEP)
    task = Task(*load_sweep(tmp_path / "small.yaml", ["runs=2", "months=3"]), 4)
    here = this_worker()
    others = [{**here.by, "processor": name} for name in ("one", "another")]
    names = cycle([*others, here.by])

    def elsewhere(folder: Path, asked: Any, said: Answer) -> Done:
        return _kept(folder, asked, said._replace(worker=here._replace(by=next(names))))

    monkeypatch.setattr("simulation.results.cluster._kept", elsewhere)
    manifest = resume(begin(task, tmp_path), 1, quiet, cluster).manifest
    assert [one["processor"] for one in manifest["elsewhere"]] == ["another", "one"]
    assert manifest["processor"] == here.by["processor"]


@in_process
def test_a_worker_of_other_sources_that_joins_later_computes_nothing(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begun(tmp_path)
    monkeypatch.setattr("simulation.results.cluster.code_digest", lambda: "another")
    with pytest.raises(BadInput, match=f"process {os.getpid()} has other sources of Entente"):
        resume(folder, 1, quiet, cluster)
    assert not parts.finished(folder)


def test_a_sweep_travels_without_what_lies_in_folders_here(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SWEEP)
    task = Task(*load_sweep(tmp_path / "small.yaml", ["runs=2", "months=3"]))
    small = len(packed(task))
    task.cases.plan(1)  # what is made on the way stays at home too
    there = replace(task, known={(task.case_digest(0), 2): Known(tmp_path, 0)})
    assert len(packed(there)) == small


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.results.cluster.PATIENCE", 0.3)
    asked = f"tcp://127.0.0.1:{free_port()}"
    with (
        pytest.raises(BadInput, match=f"no dask scheduler answers at {re.escape(asked)} within"),
        cluster_at(asked),
    ):
        pass
