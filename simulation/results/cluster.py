"""The blocks of a sweep on a dask cluster that is there already; what comes back is written here.

Only this process writes: a worker that dies loses what it had not handed over, and another computes it.
"""

import logging
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from simulation.errors import BadInput, ClusterError, Fault
from simulation.results.digest import code_digest
from simulation.results.sweeping import Done, Finished, Job, Piece, Task, keep, known
from simulation.results.worker import Answer, Worker, answer, handed, packed, this_worker
from simulation.sweep.blocks import Stage

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 5  # seconds that a scheduler has to answer
LONGEST_GREETING = 1_000_000  # bytes; who says something else first says it in letters, a large number
LEAST = 8  # blocks under way, though few workers have joined
AHEAD = 2  # blocks under way a thread of the cluster: one at work, and one that waits or travels


class _Asked(NamedTuple):
    """A block under way: what is known of it already, and the rest that was asked for."""

    number: int
    pieces: tuple[Piece | None, ...]
    runs: int


@dataclass(frozen=True)
class Cluster:
    """Workers behind a scheduler, as a crew."""

    client: "Client"
    address: str
    plans: "dict[str, Future[bytes]]" = field(default_factory=dict)  # by the digest of the sweep

    @property
    def threads(self) -> int:
        """How many blocks all workers compute at a time; 0 where none has joined yet."""
        return sum(self.client.nthreads().values())

    def finish(self, task: Task, stage: Stage, folder: Path, jobs: Iterable[Job]) -> Finished:
        """Hand out the blocks of a stage, and keep each as it comes back. ClusterError, BadInput."""
        from distributed import as_completed

        jobs = iter(jobs)
        under_way: dict[Future[Answer], _Asked] = {}
        back = as_completed(loop=self.client.loop)
        try:
            with _told(self.address, folder):
                while True:
                    room = max(LEAST, AHEAD * self.threads) - len(under_way)
                    for job in islice(jobs, room):
                        future, asked = self._ask(task, stage, job)
                        under_way[future] = asked
                        back.add(future)
                    if not under_way:
                        return
                    future = next(back)
                    yield _kept(folder, under_way.pop(future), future.result())
        finally:
            self.client.cancel(list(under_way))

    def _ask(self, task: Task, stage: Stage, job: Job) -> "tuple[Future[Answer], _Asked]":
        number, slices = job
        pieces = tuple(known(task, stage, piece) for piece in slices)
        missing = [one for one, piece in zip(slices, pieces, strict=True) if piece is None]
        plan = self._plan(task)
        future = self.client.submit(answer, plan, code_digest(), stage.runs, missing, pure=False)
        return future, _Asked(number, pieces, sum(piece.runs for piece in slices))

    def _plan(self, task: Task) -> "Future[bytes]":
        """The sweep in the memory of workers: sent once, and handed on among them."""
        if task.digest not in self.plans:
            self.plans[task.digest] = self.client.submit(handed, packed(task), pure=False)
        return self.plans[task.digest]


def _kept(folder: Path, asked: _Asked, said: Answer) -> Done:
    """Write a block of which the missing pieces have come back."""
    if not _is_fit(said.worker):
        raise BadInput([_other(said.worker, said.worker.name)])
    came = iter(said.pieces)
    keep(folder, asked.number, (next(came) if piece is None else piece for piece in asked.pieces))
    return Done(asked.runs, said.worker.by)


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """The cluster of the scheduler at an address. BadInput where nobody answers, or a worker is not fit."""
    from distributed import Client

    for name in ("distributed", "distributed.client", "tornado.application"):  # what they would say, we say
        logging.getLogger(name).setLevel(logging.CRITICAL)
    silent = Fault(
        f"no dask scheduler answers at {address} within {PATIENCE} s",
        hint="start one with `dask scheduler`; docs/cluster.md shows how",
        file=f"--scheduler {address}",
    )
    if not _answers(address):
        raise BadInput([silent])
    try:
        client = Client(address, timeout=PATIENCE, name="entente", set_as_default=False)
    except OSError as error:
        raise BadInput([silent]) from error
    try:
        _check(client)
        yield Cluster(client, address)
    finally:
        client.close(timeout=PATIENCE)


def _answers(address: str) -> bool:
    """Whether who listens there greets as dask does, its length first: `Client` would wait without end."""
    where = urlsplit(address)
    try:
        with socket.create_connection((where.hostname or "", where.port or 0), PATIENCE) as asked:
            length = asked.makefile("rb").read(8)
    except OSError:
        return False
    return len(length) == 8 and int.from_bytes(length, "little") < LONGEST_GREETING


def _check(client: "Client") -> None:
    """BadInput where the scheduler has no Entente, with a fault for each worker that has another or none."""
    try:
        client.run_on_scheduler(handed, b"")
    except (ImportError, AttributeError) as error:
        message = f"the scheduler has no Entente, or another one: {error}"
        raise BadInput([Fault(message, hint="start it in the environment in which Entente is")]) from error
    workers = client.run(this_worker, on_error="return")
    faults = [_other(found, address) for address, found in sorted(workers.items()) if not _is_fit(found)]
    if faults:
        raise BadInput(faults)


def _is_fit(found: object) -> bool:
    """Whether who answered is a worker with the sources that are here."""
    return isinstance(found, Worker) and found.code == code_digest()


def _other(found: object, address: str) -> Fault:
    """The fault of a worker with another Entente, or with none that answers."""
    if isinstance(found, Worker):
        said = f"{found.name} has other sources of Entente ({found.code[:10]}, here {code_digest()[:10]})"
    else:
        said = f"{address} cannot say which Entente it has: {found}"
    return Fault(f"the worker {said}", hint="install the same version there, and start it again")


@contextmanager
def _told(address: str, folder: Path) -> Iterator[None]:
    """What goes wrong between here and the cluster, as a ClusterError that says what is safe."""
    from distributed import KilledWorker

    try:
        yield
    except KilledWorker as error:
        said = f"{error.allowed_failures + 1} workers died, one after another, over the same block"
        raise ClusterError(f"{said}: {_safe(folder)}") from error
    except (OSError, CancelledError) as error:
        raise ClusterError(f"the scheduler at {address} is gone: {_safe(folder)}") from error


def _safe(folder: Path) -> str:
    return (
        f"what is finished is kept, and `entente resume {folder}` goes on from there,"
        " with or without --scheduler"
    )
