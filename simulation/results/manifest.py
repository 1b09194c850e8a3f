"""The manifest: what a result was made of, and when."""

import platform
import sys
import time
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from simulation.engines.plan import Plan
from simulation.engines.setting import may_act
from simulation.results.digest import code_digest, world_digest
from simulation.results.tables import Case
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import KINDS

LIBRARIES = ("mesa", "numpy", "numba", "pandas", "pyarrow", "pyyaml")


def manifest_of(
    scenario: Scenario, digest: str, cases: list[Case], countries: Mapping[str, type] | None, seconds: float
) -> dict[str, Any]:
    """Versions, digests, counts, what is uncertain, and the names that figures and tables need."""
    bad = sum(int((case.block.finite == 0).sum()) for case in cases)
    total = sum(len(case.block.finite) for case in cases)
    failed = sum(len(case.block.failed) for case in cases)
    return {
        "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": round(seconds, 3),
        **versions(),
        "digest": digest,
        "code": code_digest(),
        "world_digest": world_digest(scenario.world),
        "scenario": scenario.name,
        "title": scenario.title,
        "why": scenario.why,
        "runs": scenario.runs,
        "rng_seed": scenario.rng_seed,
        "status": {"ok": total - bad, "non-finite": bad - failed, "failed": failed},
        "uncertainty": list(scenario.uncertainty),
        "not_varied": [kind for kind in KINDS if kind not in scenario.uncertainty],
        "theory": dict(scenario.theory),
        "engine": "mesa" if countries else "ensemble",
        "engine_reason": _reason(countries),
        "world": world_words(cases[0].plan),
    }


def versions() -> dict[str, Any]:
    """What computes here: versions, processor and libm."""
    return {
        "entente": installed("entente-sim"),
        "python": platform.python_version(),
        "libraries": {name: installed(name) for name in LIBRARIES},
        "processor": processor(),
        "libm": " ".join(platform.libc_ver()),
    }


def _reason(countries: Mapping[str, type] | None) -> str | None:
    if not countries:
        return None
    return "replaced countries: " + ", ".join(
        f"{code} by {kind.__qualname__}" for code, kind in sorted(countries.items())
    )


def world_words(plan: Plan) -> dict[str, Any]:
    """Names, and where every dyad that takes part starts (index, 0 to 100)."""
    scenario, codes = plan.scenario, plan.codes
    world = scenario.world
    rungs, weight = plan.setting["rung_start"][0], plan.setting["index_weight"][0]
    index = 100 * np.sum(weight * rungs / plan.setting["top"][0], axis=-1)
    f, g = sorted(codes.index(code) for code in scenario.focus)
    present = [i for i, code in enumerate(codes) if code not in scenario.without]
    acting = may_act(plan.drivers)
    return {
        "name": world.name,
        "countries": {code: world.countries[code].name for code in codes},
        "focus": list(scenario.focus),
        "challengers": [codes[i] for i in present if acting[i]],
        "rungs": {track.name: list(track.rungs) for track in world.tracks},
        "start_rungs": {track.name: int(rungs[f, g, a]) for a, track in enumerate(world.tracks)},
        "start_index": float(index[f, g]),
        "dyads": {f"{codes[i]}.{codes[j]}": float(index[i, j]) for i in present for j in present if i < j},
    }


def processor() -> str:
    """The processor's own name for itself, as far as the system tells."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine() or sys.platform


def installed(name: str) -> str:
    """Version of an installed distribution."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
