"""What a shock does: on record after each kind of event from outside, and in the model with it and without.

On record the change of the index over half a year from before the event, less its mean change over all half
years. In the model the mean difference between runs that hear of the event and the same runs that do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulation.document import month_text
from simulation.hindcast.chance import luck
from simulation.hindcast.ground import Ground, Setup
from simulation.hindcast.history import histories, plan_of
from simulation.hindcast.scores import Floats, index_of
from simulation.record import Event

AFTER = 6  # months
REDRAWN = 2000  # times that the months of events are drawn at random


@dataclass(frozen=True)
class Kind:
    """Events of one origin and sign."""

    name: str
    events: tuple[Event, ...]


def kinds(ground: Ground) -> list[Kind]:
    """The events from outside that move a run, by origin and sign, with room before and after them."""
    told: dict[str, list[Event]] = {}
    first = ground.record.first + AFTER
    for event in ground.record.events:
        stands = event.key in ground.protocol.named or event.kind in ground.protocol.events
        if event.outside and event.sign and stands and first <= event.month <= ground.end - AFTER:
            told.setdefault(f"{event.origin} {'for' if event.sign > 0 else 'against'}", []).append(event)
    return [Kind(name, tuple(events)) for name, events in sorted(told.items())]


def event_study(ground: Ground, runs: int, threads: int) -> list[dict[str, Any]]:
    """By kind: mean response on record and in the model, in points of the index, with its 80 % interval.

    The interval of the record is that of as many months at random: within it the response is what chance
    would show.
    """
    tops = tuple(track.top for track in ground.world.tracks)
    weights = tuple(track.weight.value for track in ground.world.tracks)
    index = 100.0 * index_of(ground.rungs, tops, weights)
    change = index[AFTER:] - index[:-AFTER]
    usual = change - change.mean()
    found = []
    for kind in kinds(ground):
        at = np.array([event.month - 1 - ground.record.first for event in kind.events])
        rng = luck(Setup().rng_seed, "shocks", kind.name)
        chance = usual[rng.integers(0, len(usual), (REDRAWN, len(at)))].mean(axis=1)
        responses = np.array(list(_responses(ground, kind.events, runs, threads, tops, weights)))
        found.append(
            {
                "kind": kind.name,
                "n": len(at),
                "record": float(usual[at].mean()),
                "by chance 80 %": [float(x) for x in np.quantile(chance, (0.1, 0.9))],
                "model": float(responses.mean()),
                "model 80 %": [float(x) for x in np.quantile(responses.mean(axis=0), (0.1, 0.9))],
                "events": [f"{event.key} {month_text(event.month)}" for event in kind.events],
            }
        )
    return found


def _responses(
    ground: Ground,
    events: Sequence[Event],
    runs: int,
    threads: int,
    tops: tuple[int, ...],
    weights: tuple[float, ...],
) -> Iterator[Floats]:
    """By event: points of the index that each run has more with it than without it, half a year on."""
    for event in events:
        ends = []
        for setup in (Setup(), replace(Setup(), skipped=(event.key,))):
            plan = plan_of(ground, event.month, AFTER, setup)
            last = histories(plan, event.month, runs, threads)[:, -1]
            ends.append(100.0 * index_of(last, tops, weights))
        yield ends[0] - ends[1]
