"""A sweep that is killed, runs out of disk, or may not write: nothing is lost, nothing stands twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.errors import StoreError
from simulation.results import parts
from simulation.results.sweeps import Swept, begin, resume, task_of
from tests.results.test_sweeps import begun, held, quiet

# One process loads and compiles; its children sweep, and are killed at a random moment each.
KILLED = """
import os, random, shutil, signal, sys, time
from pathlib import Path
from simulation.engines.ensemble import run_block
from simulation.results import parts
from simulation.results.sweeps import Swept, begin, resume, task_of, task_of

begun, folder = Path(sys.argv[1]), Path(sys.argv[2])
run_block(task_of(begun).cases.plan(1), 0, 2)
moments = random.Random(20230601)
shutil.copytree(begun, folder)
kills = ends = 0
while kills < 20:
    child = os.fork()
    if child == 0:
        resume(folder, 2, lambda done, total: None)
        os._exit(0)
    time.sleep(moments.uniform(0.0, 0.6))
    os.kill(child, signal.SIGKILL)
    kills += os.waitpid(child, 0)[1] == signal.SIGKILL
    if Swept(folder).whole:
        folder.rename(folder.with_name(f"end-{ends}"))
        shutil.copytree(begun, folder)
        ends += 1
"""


def test_killed_at_twenty_moments_it_ends_the_same(tmp_path: Path) -> None:
    fresh = begun(tmp_path, most=2)
    alone = tmp_path / "alone"
    shutil.copytree(fresh, alone)
    whole = held(resume(alone, 2, quiet).folder)
    folder = tmp_path / "killed"
    subprocess.run([sys.executable, "-W", "ignore", "-c", KILLED, str(fresh), str(folder)], check=True)
    for each in (*tmp_path.glob("end-*"), resume(folder, 2, quiet).folder):
        assert held(each) == whole, each.name


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """A file system of 100 kB; skipped where this process may mount none."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(place)]
    if os.geteuid() or shutil.which("mount") is None or subprocess.run(words, check=False).returncode:
        pytest.skip("this process may mount no file system")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_on_a_full_disk_what_is_finished_is_kept(small_disk: Path, tmp_path: Path) -> None:
    folder = begun(small_disk, most=1)
    said = r"No space left on device; what is finished is kept \((\d+) blocks?\), and `entente resume"
    with pytest.raises(StoreError, match=said):
        resume(folder, 2, quiet)
    kept = parts.finished(folder)
    assert not Swept(folder).whole
    with pytest.raises(StoreError, match=said):
        resume(folder, 2, quiet)
    assert kept <= parts.finished(folder)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert held(resume(folder, 2, quiet).folder) == held(resume(begun(tmp_path / "o"), 2, quiet).folder)


def test_a_folder_that_takes_no_files_is_told(small_disk: Path) -> None:
    folder = begun(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreError, match=f"cannot write in {folder}: Read-only file system"):
        resume(folder, 2, quiet)
    with pytest.raises(StoreError, match=f"cannot write under {small_disk}: Read-only file system; name ano"):
        begin(task_of(folder), small_disk)
