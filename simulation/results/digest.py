"""Digests: what a result depends on, in one name."""

import hashlib
import json
from pathlib import Path

from simulation.engines.ensemble import model_digest
from simulation.scenario.resolve import Scenario
from simulation.scenario.writing import canonical
from simulation.world import World


def world_digest(world: World) -> str:
    """Digest of every file of a world, and of the declarations that it follows."""
    hashed = hashlib.sha256()
    for path in sorted(world.folder.glob("*.yaml")) + [_declarations()]:
        hashed.update(path.name.encode() + path.read_bytes())
    return hashed.hexdigest()


def _declarations() -> Path:
    from simulation.library import seeds_folder

    return seeds_folder() / "parameters.yaml"


def result_digest(scenario: Scenario) -> str:
    """Digest of code, world and resolved scenario with its parent, without `runs`."""
    parent = canonical(scenario.parent, with_runs=False) if scenario.parent else None
    facts = {
        "model": model_digest(),
        "world": world_digest(scenario.world),
        "scenario": canonical(scenario, with_runs=False),
        "parent": parent,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
