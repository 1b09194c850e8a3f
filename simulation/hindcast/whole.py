"""Everything that `entente hindcast` says of a record, in one mapping."""

from collections.abc import Callable
from typing import Any

from simulation.document import month_text
from simulation.hindcast.ground import Ground, Setup, ground_of
from simulation.hindcast.opinion import opinion
from simulation.hindcast.shocks import event_study
from simulation.hindcast.study import FEWER, Study
from simulation.hindcast.theories import theories
from simulation.record import CODINGS

STEPS = ("fixed", "rolling", "ablation", "codings", "theories", "events", "opinion")


def hindcast(ground: Ground, threads: int, told: Callable[[int, int], None]) -> dict[str, Any]:
    """The study of a record; `told` hears how many of its parts are done."""
    study = Study(ground, threads)
    names = [name for name in CODINGS if name != ground.observed.coding]
    others = {name: ground_of(ground.world, ground.record, name) for name in names}
    parts: dict[str, Callable[[], Any]] = {
        "fixed": study.fixed,
        "rolling": study.rolling,
        "ablation": study.ablation,
        "codings": lambda: study.codings(others),
        "theories": lambda: theories(study),
        "events": lambda: event_study(ground, FEWER // 2, threads),
        "opinion": lambda: opinion(ground, FEWER, threads),
    }
    first, last = ground.protocol.training
    joint = ground.world.joint
    found: dict[str, Any] = {
        "world": ground.world.name,
        "record": ground.record.folder.name,
        "coding": ground.observed.coding,
        "training": [month_text(first), month_text(last)],
        "rng_seed": Setup().rng_seed,
        "parameters": "each varies by itself" if joint is None else f"{len(joint.rows)} joint draws",
    }
    for number, name in enumerate(STEPS):
        told(number, len(STEPS))
        found[name] = parts[name]()
    told(len(STEPS), len(STEPS))
    return found
