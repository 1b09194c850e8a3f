"""Seconds that `entente check` takes for a scenario of 500 lines, beyond start-up.

    python benchmarks/checking.py

The scenario sets many paths, has many events and a profile for each challenger; it is checked as it is and
with a fault in every line that can hold one. Start-up is the same command on a file of one line that is no
scenario, so that the world is not read. What is printed is the difference of medians over repeats: by the
clock, and of processor time, which other work on the machine does not lengthen; the latter is judged.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from simulation.world import load_world

LINES = 500
REPEATS = 5
WANTED = 0.5  # seconds


def scenario_text(lines: int, wrong: bool = False) -> str:
    """A scenario of that many lines; with `wrong`, every value but those of its head is at fault."""
    world = load_world("northeast_asia")
    paths = [
        path
        for path in world.paths()
        if path != "anchor.rest" and (path.startswith("weights.article.") or not path.startswith("weights."))
    ]
    text = ["format: 1", "title: Long", "extends: baseline", "months: 240", "threats:"]
    text += [f"  {code}: {{profile: ramp, from: low, to: high, over: 24}}" for code in ("PRK", "CHN", "RUS")]
    text.append("set:")
    some = paths[: lines // 2]
    text += [f"  {path}{'x' * wrong}: {world.value(path).value}" for path in some]
    text.append("events:")
    event = "scandl" if wrong else "scandal"
    while len(text) < lines:
        month = f"{2024 + len(text) % 16}-{len(text) % 12 + 1:02d}"
        text.append(f"  - {{at: {month}, event: {event}, country: KOR, size: {len(text) / 10_000}}}")
    return "\n".join(text) + "\n"


def seconds(path: Path) -> tuple[float, float]:
    """The median time of the command on that file: by the clock, and of the processor."""
    took: list[tuple[float, float]] = []
    for _ in range(REPEATS):
        began, before = time.perf_counter(), _processor()
        subprocess.run(
            [sys.executable, "-m", "simulation", "check", str(path)], capture_output=True, check=False
        )
        took.append((time.perf_counter() - began, _processor() - before))
    clock, processor = zip(*took, strict=True)
    return statistics.median(clock), statistics.median(processor)


def _processor() -> float:
    """Seconds of the processor that all children so far have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print the seconds; 2 if they are more than wanted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "nothing.yaml").write_text("nothing\n", encoding="utf-8")
        (folder / "small.yaml").write_text("format: 1\ntitle: S\nextends: baseline\n", encoding="utf-8")
        (folder / "good.yaml").write_text(scenario_text(LINES), encoding="utf-8")
        (folder / "wrong.yaml").write_text(scenario_text(LINES, wrong=True), encoding="utf-8")
        start = seconds(folder / "nothing.yaml")
        took = {name: seconds(folder / f"{name}.yaml") for name in ("small", "good", "wrong")}
    print(f"start-up: {start[0]:.2f} s ({start[1]:.2f} s of the processor); beyond it, median of {REPEATS}:")
    what = {
        "small": "3 lines (the world is read)",
        "good": f"{LINES} lines, all good",
        "wrong": f"{LINES} lines, nearly each at fault",
    }
    for name, words in what.items():
        clock, processor = (a - b for a, b in zip(took[name], start, strict=True))
        print(f"  {words}: {clock:.2f} s ({processor:.2f} s of the processor)")
    return 0 if took["good"][1] - start[1] < WANTED else 2


if __name__ == "__main__":
    sys.exit(main())
