"""Digests: what a result depends on, in one name."""

import hashlib
import inspect
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from simulation.library import seeds_folder
from simulation.scenario.scenario import Scenario
from simulation.scenario.writing import canonical
from simulation.world import World
from simulation.world.joint import FILE as JOINT

ROOT = Path(__file__).parents[1]
# Where an edit may change a number of a result: from reading files to its tables.
SOURCES = ("parameters.py", "document", "world", "scenario", "model", "engines", "results")


def code_digest() -> str:
    """Digest of every source that the numbers of a result pass through."""
    files = (file for name in SOURCES for file in _files(ROOT / name, "*.py"))
    return _digest((str(file.relative_to(ROOT)), file.read_bytes()) for file in files)


def world_digest(world: World, learnt: bool = True) -> str:
    """Digest of every file that a world is read from (its record is none), and of the declarations.

    Without what was `learnt` of its values together, where that is asked for.
    """
    declared = seeds_folder() / "parameters.yaml"
    files = [*sorted(world.folder.glob("*.yaml")), *(world.folder.glob(JOINT) if learnt else ())]
    parts = [(file.name, file.read_bytes()) for file in files]
    return _digest([*parts, (f"../{declared.name}", declared.read_bytes())])


def result_digest(scenario: Scenario, countries: Mapping[str, type] | None = None) -> str:
    """Digest of code, world and resolved scenario with its parent, without `runs`, title and file name.

    Countries replaced by classes of the user's count with the source of these.
    """
    parent = canonical(scenario.parent, with_runs=False) if scenario.parent else None
    facts: dict[str, object] = {
        "code": code_digest(),
        "world": world_digest(scenario.world),
        "scenario": canonical(scenario, with_runs=False),
        "parent": parent,
    }
    if scenario.parent and scenario.parent.world.folder != scenario.world.folder:
        facts["parent_world"] = world_digest(scenario.parent.world)
    if countries:
        facts["countries"] = {code: class_digest(kind) for code, kind in countries.items()}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def class_digest(kind: type) -> str:
    """Digest of a class and of the bases it has outside Entente, by their source where there is one."""
    own = [
        each
        for each in kind.__mro__
        if each.__module__.split(".")[0] not in ("simulation", "mesa", "builtins")
    ]
    return _digest((each.__qualname__, _source(each).encode()) for each in own or [kind])


def _source(kind: type) -> str:
    try:
        return inspect.getsource(kind)
    except (OSError, TypeError):  # typed at a prompt: its name has to do, and the bytes are compared anyway
        return ""


def _files(place: Path, pattern: str) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob(pattern))


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    hashed = hashlib.sha256()
    for name, text in parts:
        hashed.update(f"{name}\0{len(text)}\0".encode() + text)
    return hashed.hexdigest()
