"""A plan: a scenario resolved once into arrays, so that runs and cases never read YAML again."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.arrays import filled, shapes, views
from simulation.model.happening import EFFECTS
from simulation.model.outputs import Layout, Measure, Series, layout_of, measures_of, series_of
from simulation.model.state import Drivers, Floats, Integers, Setting, run_sizes
from simulation.model.vector import TRACKS, Parameters, named, offsets, sizes_of
from simulation.scenario.resolve import EventInstance, Scenario
from simulation.world import Dated, Value, World
from simulation.world.whole import TERMS


class Uncertain(NamedTuple):
    """Slots that vary with the draw: places, digests of their paths, (low, value, high)."""

    slots: Integers  # (k,)
    keys: Integers  # (k, 2)
    ranges: Floats  # (k, 3)


class Vectors(NamedTuple):
    """How the parameter vector of a draw is made, and how it changes over a run."""

    base: Floats  # (slots,) the world's central values
    world: Uncertain
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


@dataclass(frozen=True)
class Plan:
    """Everything an engine needs of a scenario. `slots` names the places of every settable path."""

    scenario: Scenario
    codes: tuple[str, ...]
    theories: tuple[str, ...]
    setting: NDArray[np.void]  # one record of `Setting`
    drivers: Drivers
    vectors: Vectors
    layout: Layout
    series: list[Series]
    measures: list[Measure]
    seed: Integers
    slots: dict[str, tuple[int, ...]]


def build_plan(scenario: Scenario) -> Plan:
    """Resolve a scenario into arrays."""
    world = scenario.world
    codes = world.codes
    theories = tuple(world.theories)
    tracks = tuple(track.name for track in world.tracks)
    tops = tuple(track.top for track in world.tracks)
    focus = (codes.index(scenario.focus[0]), codes.index(scenario.focus[1]))
    series = series_of(codes, tracks, tops, focus)
    measures = measures_of(codes, tracks, tops, focus)
    slots = slots_of(world)
    vectors, drivers = _vectors(scenario, slots), _drivers(scenario, slots)
    return Plan(
        scenario=scenario,
        codes=codes,
        theories=theories,
        setting=_setting(scenario, focus, possible(vectors, len(codes), len(world.camps)), drivers),
        drivers=drivers,
        vectors=vectors,
        layout=layout_of(series, len(measures)),
        series=series,
        measures=measures,
        seed=np.array([scenario.rng_seed & 0xFFFFFFFF, scenario.rng_seed >> 32], np.int64),
        slots=slots,
    )


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
    end = begins[""] + len(theories) * len(TERMS)
    for event in world.events.values():
        for field in event.fields.values():
            if field.value is not None:
                places[f"events.{event.name}.{field.name}"] = [end]
                end += 1
    return {path: tuple(at) for path, at in places.items()}


def _product(axes: list[list[str]]) -> list[str]:
    names = [""]
    for axis in axes:
        names = [f"{name}.{word}" if name else word for name in names for word in axis]
    return names


def _vectors(scenario: Scenario, slots: dict[str, tuple[int, ...]]) -> Vectors:
    world = scenario.world
    begins = offsets(len(world.codes), len(world.camps))
    sized = shapes(Parameters, sizes_of(len(world.codes), len(world.camps)))
    size = 1 + max(place for places in slots.values() for place in places)
    base = np.zeros(size)
    for path, declaration in world.declarations.items():
        if declaration.default is not None:
            name = path.replace(".", "_")
            begin = begins[name]
            base[begin : begin + int(np.prod(sized[name]))] = declaration.default
    values = dict(world.values) | event_amounts(world)
    for path, value in values.items():
        base[list(slots[canonical_path(path, slots)])] = value.value
    ranged = {canonical_path(path, slots): (v.low, v.value, v.high) for path, v in values.items()}
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
        world=_uncertain(ranged, slots),
        scenario=_uncertain(replaced, slots),
        fixed_slots=np.array([place for path in fixed for place in slots[path]], np.int64),
        fixed_values=np.array([value for path, value in fixed.items() for _ in slots[path]], float),
        change_months=np.array([month for month, _, _ in changes], np.int64),
        change_slots=np.array([place for _, place, _ in changes], np.int64),
        change_values=np.array([value for _, _, value in changes], float),
        shares=np.cumsum(shares),
        weights=begins["weights"],
        table=begins[""],
        chance=int("chance" in scenario.uncertainty),
        varies=int("parameters" in scenario.uncertainty),
    )


def canonical_path(path: str, slots: dict[str, tuple[int, ...]]) -> str:
    """The path as the vector names it: a dyad may be written either way round."""
    if path in slots:
        return path
    head, first, second = path.rsplit(".", 2)
    return f"{head}.{second}.{first}"


def event_amounts(world: World) -> dict[str, Value]:
    """Default amounts of event types, by path: events.<type>.<field>."""
    return {
        f"events.{event.name}.{field.name}": field.value
        for event in world.events.values()
        for field in event.fields.values()
        if field.value is not None
    }


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


def possible(vectors: Vectors, countries: int, camps: int) -> Parameters:
    """The largest value that each parameter takes anywhere in a scenario: what is 0 here can never matter."""
    most = vectors.base.copy()
    for uncertain in (vectors.world, vectors.scenario):
        np.maximum.at(most, uncertain.slots, uncertain.ranges[:, 2])
    np.maximum.at(most, vectors.fixed_slots, vectors.fixed_values)
    np.maximum.at(most, vectors.change_slots, vectors.change_values)
    return views(Parameters, named(most, countries, camps))


def _setting(
    scenario: Scenario, focus: tuple[int, int], most: Parameters, drivers: Drivers
) -> NDArray[np.void]:
    world, codes = scenario.world, scenario.world.codes
    active = np.array([code not in scenario.without for code in codes], np.int64)
    camps = [country for country, _ in world.camps]
    weights = np.array([track.weight.value for track in world.tracks])
    given = Setting(
        active=active,
        acts_drawn=active * (drivers.tempo.max(axis=1) > 0),
        vote_drawn=active * (np.array([camps.count(code) for code in codes]) > 1),
        pair_drawn=_pairs_drawn(most, active),
        first_camp=np.array([camps.index(code) for code in codes], np.int64),
        camp_count=np.array([camps.count(code) for code in codes], np.int64),
        top=np.array([track.top for track in world.tracks], np.int64),
        index_weight=weights / weights.sum(),
        focus=np.array(focus, np.int64),
        sharing=world.sharing,
        background=scenario.background,
        rung_start=_rungs(world, scenario.start, active),
        rung_reference=_rungs(world, world.reference, active),
        camp_start=_camps(world, scenario.start),
        camp_reference=_camps(world, world.reference),
        war_start=_wars(world, scenario.start) * active,
        war_reference=_wars(world, world.reference) * active,
    )
    return filled(Setting, run_sizes(len(codes)), given._asdict())


def _pairs_drawn(most: Parameters, active: Integers) -> Integers:
    """1 for i, j where i can be shocked by j, can concede to j, or can strike j."""
    strikes = (most.coercion_rate[:, None] * most.leverage > 0) & (most.exposure.T > 0)
    drawn = (most.shock_rate > 0) | (most.gesture_rate[:, None] > 0) | strikes
    np.fill_diagonal(drawn, False)
    return drawn.astype(np.int64) * active[:, None] * active[None, :]


def _drivers(scenario: Scenario, slots: dict[str, tuple[int, ...]]) -> Drivers:
    event, amount = _events(scenario, slots)
    return Drivers(_tempo(scenario), _elections(scenario), event, amount)


def latest(dated: Iterable[Dated[Any]], month: int) -> str | float | None:
    """What a dated list says of a month: its latest entry at or before it."""
    held = None
    for entry in dated:
        if entry.since <= month:
            held = entry.value
    return held


def _tempo(scenario: Scenario) -> Floats:
    world = scenario.world
    rows = []
    for code in world.codes:
        if code in scenario.without:
            rows.append([0.0] * scenario.months)
        elif code in scenario.threats:
            rows.append(scenario.threats[code].tempo(scenario.start, scenario.months))
        else:
            rows.append([world.value(f"tempo.reference.{code}").value] * scenario.months)
    return np.array(rows, float)


def _elections(scenario: Scenario) -> Integers:
    held = np.zeros((len(scenario.world.codes), scenario.months), np.int64)
    for i, code in enumerate(scenario.world.codes):
        election = scenario.world.countries[code].election
        if election is not None:
            for m in range(scenario.months):
                held[i, m] = (scenario.start + m - election.first) % election.every == 0
    return held


def _rungs(world: World, month: int, active: Integers) -> Integers:
    n = len(world.codes)
    rungs = np.zeros((n, n, TRACKS), np.int64)
    for (a, b), tracks in world.rungs.items():
        i, j = world.codes.index(a), world.codes.index(b)
        for t, track in enumerate(world.tracks):
            rung = latest(tracks[track.name], month)
            rungs[i, j, t] = rungs[j, i, t] = int(rung or 0) * active[i] * active[j]
    return rungs


def _camps(world: World, month: int) -> Integers:
    held = []
    for code in world.codes:
        camp = latest(world.countries[code].government, month)
        held.append(world.camps.index((code, str(camp))))
    return np.array(held, np.int64)


def _wars(world: World, month: int) -> Floats:
    return np.array([float(latest(world.countries[code].war, month) or 0.0) for code in world.codes])


def _events(scenario: Scenario, slots: dict[str, tuple[int, ...]]) -> tuple[Integers, Floats]:
    rows: list[list[int]] = []
    amounts: list[tuple[float, float]] = []
    for instance in sorted(scenario.events, key=lambda one: one.month):
        for row, amount in _effects(instance, scenario, slots):
            rows.append([instance.month - scenario.start, *row])
            amounts.append(amount)
    return np.array(rows, np.int64).reshape(len(rows), 6), np.array(amounts, float).reshape(len(rows), 2)


def _effects(
    instance: EventInstance, scenario: Scenario, slots: dict[str, tuple[int, ...]]
) -> Iterable[tuple[list[int], tuple[float, float]]]:
    """Rows (kind, i, j, track or camp, slot) and (amount, sign) of one event."""
    world = scenario.world
    tracks = [track.name for track in world.tracks]
    for effect in world.events[instance.event].effects:
        of = str(instance.fields[effect.of])
        toward = str(instance.fields[effect.toward]) if effect.toward else of
        where, slot, amount = 0, -1, 1.0
        if effect.track:
            where = tracks.index(
                effect.track if effect.track in tracks else str(instance.fields[effect.track])
            )
        if effect.kind == "camp":
            where = world.camps.index((of, str(instance.fields[str(effect.amount)])))
        elif effect.amount and effect.amount in instance.fields:
            amount = float(instance.fields[effect.amount])
        elif effect.amount:
            slot = slots[f"events.{instance.event}.{effect.amount}"][0]
        places = [world.codes.index(of), world.codes.index(toward)]
        yield [EFFECTS.index(effect.kind), *places, where, slot], (amount, float(effect.sign))
