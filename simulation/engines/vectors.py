"""The parameter vector of a draw: its slots, and how it is made and changed."""

import hashlib
from typing import NamedTuple

import numpy as np

from simulation.engines.draws import Together, Uncertain, Words, vary, vary_together
from simulation.model.arrays import shapes, views
from simulation.model.rule import rule
from simulation.model.state import Floats, Integers
from simulation.model.vector import Parameters, adopt, named, offsets, sizes_of
from simulation.scenario.scenario import Scenario
from simulation.world import World
from simulation.world.whole import TERMS

# Compiled code holds the length of the vector. Rounded up, worlds with as many countries and camps share it
# though they differ in theories and events, and an event added to a world compiles nothing anew.
SLOTS_BY = 256


class Vectors(NamedTuple):
    """How the parameter vector of a draw is made, and how it changes over a run."""

    base: Floats  # (slots,) the world's central values, and zeros that nothing reads
    world: Uncertain
    joint: Together  # slots of the world that vary by its table instead
    scenario: Uncertain  # slots whose range the scenario replaces
    fixed_slots: Integers
    fixed_values: Floats
    change_months: Integers
    change_slots: Integers
    change_values: Floats
    shares: Floats  # (theories,) cumulative
    weights: int  # where rules read the weights of the theory of the run
    table: int  # where the weights of all theories begin
    chance: int  # 1 where chance differs from run to run
    varies: int  # 1 where parameters differ from draw to draw


def slots_of(world: World) -> dict[str, tuple[int, ...]]:
    """Places in the vector of every settable path of a world; a dyad's path holds two."""
    n, camps, theories = len(world.codes), world.camps, tuple(world.theories)
    begins = offsets(n, len(camps))
    axes: dict[str, list[list[str]]] = {
        "none": [],
        "country": [list(world.codes)],
        "pair": [list(world.codes), list(world.codes)],
        "dyad": [list(world.codes), list(world.codes)],
        "camp": [[f"{country}.{camp}" for country, camp in camps]],
        "camp_country": [[f"{country}.{camp}" for country, camp in camps], list(world.codes)],
        "track": [[track.name for track in world.tracks]],
        "term": [list(theories), list(TERMS)],
    }
    places: dict[str, list[int]] = {}
    for path, declaration in world.declarations.items():
        names = _product(axes[declaration.by])
        for at, written in enumerate(names):
            name = written
            if declaration.by == "dyad":
                name = ".".join(sorted(written.split("."), key=world.codes.index))
            full = f"{path}.{name}" if name else path
            begin = begins[""] if path == "weights" else begins[path.replace(".", "_")]
            places.setdefault(full, []).append(begin + at)
    for at, path in enumerate(world.amounts):
        places[path] = [begins[""] + len(theories) * len(TERMS) + at]
    return {path: tuple(at) for path, at in places.items()}


def _product(axes: list[list[str]]) -> list[str]:
    names = [""]
    for axis in axes:
        names = [f"{name}.{word}" if name else word for name in names for word in axis]
    return names


def world_part(world: World, slots: dict[str, tuple[int, ...]]) -> tuple[Floats, Uncertain]:
    """What every scenario of a world shares: its central values (slots,), and the slots that have a range."""
    sizes = len(world.codes), len(world.camps)
    begins, sized = offsets(*sizes), shapes(Parameters, sizes_of(*sizes))
    used = 1 + max(place for places in slots.values() for place in places)
    base = np.zeros(-(-used // SLOTS_BY) * SLOTS_BY)
    for path, declaration in world.declarations.items():
        if declaration.default is not None:
            name = path.replace(".", "_")
            begin = begins[name]
            base[begin : begin + int(np.prod(sized[name]))] = declaration.default
    ranges = {}
    for path, value in (world.values | world.amounts).items():
        whole = canonical_path(path, slots)
        base[list(slots[whole])] = value.value
        ranges[whole] = (value.low, value.value, value.high)
    return base, _uncertain(ranges, slots)


def vectors_of(
    scenario: Scenario, slots: dict[str, tuple[int, ...]], base: Floats, ranges: Uncertain
) -> Vectors:
    """How the vectors of a scenario are made: its world's part, and what it sets."""
    world = scenario.world
    begins = offsets(len(world.codes), len(world.camps))
    fixed: dict[str, float] = {}
    replaced: dict[str, tuple[float, float, float]] = {}
    changes: list[tuple[int, int, float]] = []
    for setting in scenario.settings:
        path = canonical_path(setting.path, slots)
        if setting.since is not None:
            changes += [(setting.since - scenario.start, place, setting.value) for place in slots[path]]
            continue
        fixed[path] = setting.value
        if setting.low < setting.high:
            replaced[path] = (setting.low, setting.value, setting.high)
    changes.sort()
    shares = np.array([scenario.theory.get(name, 0.0) for name in world.theories])
    if "theory" not in scenario.uncertainty:
        shares = (np.arange(shares.size) == int(np.argmax(shares))).astype(float)
    return Vectors(
        base=base,
        world=ranges,
        joint=joint_of(world, slots),
        scenario=_uncertain(replaced, slots),
        fixed_slots=np.array([place for path in fixed for place in slots[path]], np.int64),
        fixed_values=np.array([value for path, value in fixed.items() for _ in slots[path]], float),
        change_months=np.array([month for month, _, _ in changes], np.int64),
        change_slots=np.array([place for _, place, _ in changes], np.int64),
        change_values=np.array([value for _, _, value in changes], float),
        shares=_cumulative(shares),
        weights=begins["weights"],
        table=begins[""],
        chance=int("chance" in scenario.uncertainty),
        varies=int("parameters" in scenario.uncertainty),
    )


def joint_of(world: World, slots: dict[str, tuple[int, ...]]) -> Together:
    """The table of a world's joint draws, a column a slot; both slots of a dyad have the same."""
    if world.joint is None:
        return Together(np.empty(0, np.int64), np.empty((0, 0)))
    places = [slots[canonical_path(path, slots)] for path in world.joint.paths]
    columns = np.repeat(np.arange(len(places)), [len(each) for each in places])
    return Together(
        np.array([place for each in places for place in each], np.int64),
        np.ascontiguousarray(world.joint.rows[:, columns]),
    )


def canonical_path(path: str, slots: dict[str, tuple[int, ...]]) -> str:
    """The path as the vector names it: a dyad may be written either way round."""
    if path in slots:
        return path
    head, first, second = path.rsplit(".", 2)
    return f"{head}.{second}.{first}"


def _uncertain(ranges: dict[str, tuple[float, float, float]], slots: dict[str, tuple[int, ...]]) -> Uncertain:
    """Every slot of the paths whose range has a width; both slots of a dyad share one key."""
    rows = [
        (place, *path_key(path), *span)
        for path, span in ranges.items()
        if span[0] < span[2]
        for place in slots[path]
    ]
    return Uncertain(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1:3] for row in rows], np.int64).reshape(len(rows), 2),
        np.array([row[3:] for row in rows], float).reshape(len(rows), 3),
    )


def path_key(path: str) -> tuple[int, int]:
    """Two 32-bit words of the digest of a path: the address of its draws."""
    digest = hashlib.sha256(path.encode()).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:8], "little")


def _cumulative(shares: Floats) -> Floats:
    """Cumulative shares that end at 1 with the last theory that has one: none without a share is drawn."""
    found = np.cumsum(shares)
    found[int(np.flatnonzero(shares)[-1]) :] = 1.0
    return found


def possible(vectors: Vectors, countries: int, camps: int) -> Parameters:
    """The largest value that each parameter takes anywhere in a scenario: what is 0 here can never matter."""
    most = vectors.base.copy()
    for uncertain in (vectors.world, vectors.scenario):
        np.maximum.at(most, uncertain.slots, uncertain.ranges[:, 2])
    if len(vectors.joint.rows):
        np.maximum.at(most, vectors.joint.slots, vectors.joint.rows.max(axis=0))
    np.maximum.at(most, vectors.fixed_slots, vectors.fixed_values)
    np.maximum.at(most, vectors.change_slots, vectors.change_values)
    return views(Parameters, named(most[None, :], countries, camps))


@rule
def prepare(
    draw: int, theory: int, given: Vectors, ours: Floats, v: Floats, words: Words, seed: Integers
) -> None:
    """The vector of one draw: the world's own in `ours`, with the scenario's settings in `v`."""
    for k in range(ours.size):
        ours[k] = given.base[k]
    if given.varies > 0:
        vary(ours, words, given.world, seed, draw)
        vary_together(ours, words, given.joint, seed, draw)
    for k in range(v.size):
        v[k] = ours[k]
    for k in range(given.fixed_slots.size):
        v[given.fixed_slots[k]] = given.fixed_values[k]
    if given.varies > 0:
        vary(v, words, given.scenario, seed, draw)
    adopt(ours, given.weights, given.table, theory)
    adopt(v, given.weights, given.table, theory)


@rule
def change(m: int, theory: int, given: Vectors, v: Floats) -> None:
    """Apply the settings that begin in month m."""
    for k in range(given.change_months.size):
        if given.change_months[k] == m:
            v[given.change_slots[k]] = given.change_values[k]
            adopt(v, given.weights, given.table, theory)
