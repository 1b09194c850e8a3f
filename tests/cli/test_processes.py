"""The command line in processes of its own: hash seeds, signals, closed pipes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ENTENTE = [sys.executable, "-m", "simulation"]
ROOT = Path(__file__).parents[2]


def _environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)} | more


def test_two_processes_write_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    words = [*ENTENTE, "run", "no_russia", "--runs", "6", "--no-figures", "--out"]
    for seed in ("1", "2"):
        subprocess.run(
            [*words, str(tmp_path / seed)],
            check=True,
            capture_output=True,
            env=_environment(PYTHONHASHSEED=seed),
        )
    one, other = (next((tmp_path / seed).iterdir()) for seed in ("1", "2"))
    assert one.name == other.name
    assert sorted(path.name for path in one.iterdir()) == sorted(path.name for path in other.iterdir())
    for path in one.iterdir():
        if path.name != "manifest.json":
            assert path.read_bytes() == (other / path.name).read_bytes(), path.name
    texts = [(folder / "manifest.json").read_text() for folder in (one, other)]
    manifests = [
        {k: v for k, v in json.loads(text).items() if k not in ("created", "seconds")} for text in texts
    ]
    assert json.dumps(manifests[0]) == json.dumps(manifests[1])


def test_ctrl_c_ends_a_long_run_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "results"
    words = [*ENTENTE, "run", "baseline", "--runs", "2000000", "--out", str(out)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_environment()
    ) as run:
        while not out.exists():  # made just before the first run
            assert run.poll() is None
            time.sleep(0.1)
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        before = time.monotonic()
        printed, said = run.communicate(timeout=60)
        took = time.monotonic() - before
    # Python ends by the signal itself where the interrupt met code from a string; a shell says 130 to both.
    assert run.returncode in (130, -signal.SIGINT)
    assert printed == ""
    assert "interrupted" in said
    assert "Traceback" not in said
    assert not list(out.iterdir())
    assert took < 20  # a compilation under way has to end first


def test_a_reader_that_leaves_is_no_fault() -> None:
    words = " ".join([*ENTENTE, "list", "parameters"])
    command = f"{words} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=_environment(), check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("path")


def test_figures_are_drawn_though_the_reader_of_the_table_has_left(tmp_path: Path) -> None:
    words = " ".join([*ENTENTE, "run", "baseline", "--runs", "2", "--out", str(tmp_path)])
    command = f"{words} 2>&1 | head -n 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=_environment(), check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    drawn = next(tmp_path.glob("*/figures"))
    assert len(list(drawn.glob("*.png"))) == len(list(drawn.glob("*.svg"))) == 5
    assert not list(tmp_path.glob("*/.figures*"))


def test_a_command_without_a_place_for_its_words_ends_as_it_would_with_one() -> None:
    for words, code in ((["list", "theories"], 0), (["check", "nosuch"], 2)):
        command = f"{' '.join([*ENTENTE, *words])} >&- 2>&-"
        assert subprocess.run(["bash", "-c", command], env=_environment(), check=False).returncode == code


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['entente', '--help']\nfrom simulation.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += (
        "print([m for m in ('numpy', 'numba', 'pandas', 'mesa', 'altair', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=_environment(), check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
