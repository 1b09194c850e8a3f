"""Throw texts at the reader of scenarios that no one would write, and count what comes of it.

    python benchmarks/fuzz.py [--inputs N] [--seconds S] [--rng-seed K]

Every input is a file of its own, loaded as `entente check` would, in a child process whose memory is
watched. Kinds: random bytes, shipped scenarios with some bytes exchanged or some words of the language put
in, deep nesting, anchors and aliases that would grow, scalars of a megabyte, very many keys. An input must
end in a scenario or in faults: exit code 2 after a traceback, an input that takes the processor 2 s or more,
or 300 MB or more. Same `--rng-seed`, same inputs.
"""

import argparse
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from simulation.errors import BadInput
from simulation.library import scenarios_folder
from simulation.scenario import ground
from simulation.scenario.resolve import load_scenario
from simulation.world import load_world

BATCH = 500
LONGEST = 2.0  # seconds
HIGHEST = 300.0  # MB
STUCK = 60.0  # seconds without an answer after which a child is given up
PER_MB = 1024  # ru_maxrss is in KiB on Linux

SIGNS = "[]{}:,-?#&*!|>%@`\"'\\ \n\t\0\x85\u2028\ufeff~<0x.e"
PIECES = (
    *SIGNS,
    *(": ", "- ", "\n  ", "\n", "---\n", "...\n", "<<: ", "&a ", "*a", "!!", "|2\n", ">-\n", "%YAML 9\n"),
    *('"\\ud800"', '"\\U00110000"', "日本", "e\u0301", "2023-06", "1e3", "null", "1e999999999", "0x", "4,5"),
    *("threats:\n", "set:\n", "events:\n", "forks:\n", "variants:\n", "expect:\n", "extends: ", "baseline"),
    *(
        "PRK: ",
        "{profile: ramp, ",
        "commitment.USA.KOR: ",
        "theory: ",
        "months: ",
        "article",
        "[RUS]",
        "40 %",
    ),
)
LINES = (
    *(
        "k{i}: 1",
        "  commitment.USA.K{i}: 0.1",
        "  weights.article.gain{i}: 2",
        "  PR{i}: low",
        "  - x",
        "a: [",
    ),
    *("  X{i}: {{profile: ramp}}", "  - {{at: 2024-01, event: scandal{i}, country: KOR}}", " bad {i}"),
    *("  - {{at: 2024-01, event: scandal, country: K{i}}}", "  - {{a{i}: 2024}}", "why: 'x' y", "k: b: {i}"),
)


@dataclass
class Seen:
    """What a batch of inputs came to."""

    inputs: int = 0
    scenarios: int = 0
    tracebacks: int = 0
    longest: float = 0.0  # s of the processor, which other work on the machine does not lengthen
    clock: float = 0.0
    peak: float = 0.0
    worst: str = ""


def random_bytes(rng: random.Random) -> bytes:
    """Any bytes at all."""
    return rng.randbytes(rng.randint(0, 400))


def pieces(rng: random.Random) -> bytes:
    """Signs and words of YAML and of scenarios, in any order."""
    return "".join(rng.choices(PIECES, k=rng.randint(1, 120))).encode("utf-8", "surrogatepass")


def mutated(rng: random.Random) -> bytes:
    """A shipped scenario with a few places exchanged."""
    text = rng.choice(SHIPPED)
    for _ in range(rng.randint(1, 4)):
        at, size = rng.randint(0, len(text)), rng.choice((0, 0, 1, 2, 8, 40))
        text = text[:at] + rng.choice((rng.choice(PIECES), "", rng.choice(text or " "))) + text[at + size :]
    return text.encode("utf-8", "surrogatepass")


def moved(rng: random.Random) -> bytes:
    """A shipped scenario with lines moved, said twice, indented or joined."""
    lines = rng.choice(SHIPPED).split("\n")
    for _ in range(rng.randint(1, 4)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        change = rng.randrange(4)
        if change == 0:
            lines.insert(other, lines.pop(at))
        elif change == 1:
            lines.insert(other, lines[at])
        elif change == 2:
            lines[at] = " " * rng.randint(0, 6) + lines[at].lstrip()
        else:
            lines[at] += lines[other]
    return "\n".join(lines).encode()


def deep(rng: random.Random) -> bytes:
    """Nested far deeper than anyone reads."""
    opening = rng.choice(("[", "{a: ", "- ", "? ", "a:\n ", "[{"))
    return (rng.choice(("", HEAD, "key:\n ")) + opening * rng.choice((10, 39, 41, 1_000, 200_000))).encode()


def bomb(rng: random.Random) -> bytes:
    """Aliases of aliases, which would grow into gigabytes."""
    wide, long = rng.randint(2, 12), rng.randint(2, 60)
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * wide)}]" for i in range(1, long)]
    return (rng.choice(("", HEAD)) + "\n".join(lines)).encode()


def huge(rng: random.Random) -> bytes:
    """One scalar that fills the file."""
    char = rng.choice(("x", "9", "日", "\u0301", '"', "\\", "1e", "a.", " ", "\n", ": "))
    size = rng.choice((1_000, 60_000, 999_000, 1_100_000)) // len(char.encode())
    key = rng.choice(
        ("title: ", "months: ", "threats: {PRK: ", "set: {", 'why: "', "why: |\n ", "extends: ", "")
    )
    return (HEAD + key + char * size).encode()


def many(rng: random.Random) -> bytes:
    """Very many keys, items or faults."""
    count = rng.choice((500, 5_000, 30_000))
    line = rng.choice(LINES)
    key = rng.choice(("threats:\n", "set:\n", "events:\n", ""))
    return (HEAD + key + "\n".join(line.format(i=i) for i in range(count))).encode()


KINDS: tuple[tuple[Callable[[random.Random], bytes], int], ...] = (
    (random_bytes, 20), (pieces, 25), (mutated, 30), (moved, 20), (deep, 1), (bomb, 1), (huge, 1), (many, 2),
)  # fmt: skip
SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(scenarios_folder().glob("*.yaml"))]
HEAD = "format: 1\ntitle: X\nextends: baseline\n"


def one_input(seed: int, number: int) -> bytes:
    """The input of that number: the same wherever it is made."""
    rng = random.Random(f"{seed}:{number}")
    makers, weights = zip(*KINDS, strict=True)
    made: bytes = rng.choices(makers, weights)[0](rng)
    return made


def batch(seed: int, first: int, count: int) -> Seen:
    """Load inputs one after another. Runs in the child."""
    seen = Seen()
    world = load_world("northeast_asia")
    ground.load_world = lambda _: world
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.yaml"
        for number in range(first, first + count):
            path.write_bytes(one_input(seed, number))
            began, clock = time.process_time(), time.perf_counter()
            try:
                load_scenario(path)
                seen.scenarios += 1
            except BadInput as error:
                str(error)
            except Exception:
                seen.tracebacks += 1
                print(f"input {number}:\n{traceback.format_exc()}", file=sys.stderr)
            took = time.process_time() - began
            seen.clock = max(seen.clock, time.perf_counter() - clock)
            if took > seen.longest:
                seen.longest, seen.worst = took, f"input {number}"
            seen.inputs += 1
    seen.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PER_MB
    return seen


def _child(seed: int, first: int, count: int, answer: str) -> None:
    Path(answer).write_text(json.dumps(asdict(batch(seed, first, count))), encoding="utf-8")


def run(inputs: int, seconds: float, seed: int) -> Seen:
    """Batches in child processes until so many inputs or seconds have passed; a child that dies counts."""
    total = Seen()
    fresh = multiprocessing.get_context("spawn")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        while total.inputs < inputs and time.perf_counter() - began < seconds:
            count = min(BATCH, inputs - total.inputs)
            answer = Path(folder) / "answer.json"
            answer.unlink(missing_ok=True)
            child = fresh.Process(target=_child, args=(seed, total.inputs, count, str(answer)))
            child.start()
            child.join(STUCK + count * LONGEST)
            if child.is_alive():
                child.kill()
                child.join()
            if answer.exists():
                _add(total, Seen(**json.loads(answer.read_text(encoding="utf-8"))))
            else:
                print(f"inputs {total.inputs} to {total.inputs + count - 1}: no answer", file=sys.stderr)
                _add(total, Seen(inputs=count, tracebacks=1))
    return total


def _add(total: Seen, part: Seen) -> None:
    total.inputs += part.inputs
    total.scenarios += part.scenarios
    total.tracebacks += part.tracebacks
    total.peak = max(total.peak, part.peak)
    total.clock = max(total.clock, part.clock)
    if part.longest > total.longest:
        total.longest, total.worst = part.longest, part.worst


def main() -> int:
    """Print the counts; 0 if all inputs ended as they should, otherwise 2."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=600.0, help="begin no further batch after these")
    parser.add_argument("--rng-seed", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    seen = run(options.inputs, options.seconds, options.rng_seed)
    print(f"inputs: {seen.inputs:,}, of which {seen.scenarios:,} are scenarios and the rest faults")
    print(f"tracebacks: {seen.tracebacks}")
    print(f"longest: {seen.longest:.2f} s of the processor ({seen.worst}); {seen.clock:.2f} s by the clock")
    print(f"peak memory of the process: {seen.peak:.0f} MB")
    print(f"{time.perf_counter() - began:.0f} s in all")
    good = not seen.tracebacks and seen.longest < LONGEST and seen.peak < HIGHEST
    return 0 if good else 2


if __name__ == "__main__":
    sys.exit(main())
