"""What a scenario gives every run of it: masks, the state at start and reference, and what it prescribes."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.engines.draws import Addresses, addresses
from simulation.model.arrays import filled
from simulation.model.happening import EFFECTS
from simulation.model.state import FREE, Drivers, Floats, Integers, Setting, run_sizes
from simulation.model.vector import TRACKS, Parameters
from simulation.scenario.events import EventInstance
from simulation.scenario.profiles import Walk, prescribed, walk_of
from simulation.scenario.scenario import Scenario
from simulation.world import Dated, World


def setting_of(scenario: Scenario, focus: tuple[int, int]) -> NDArray[np.void]:
    """The record of `Setting` of a scenario with this focal dyad."""
    world, codes = scenario.world, scenario.world.codes
    active = _active(scenario)
    camps = [country for country, _ in world.camps]
    weights = np.array([track.weight.value for track in world.tracks])
    given = Setting(
        active=active,
        everyone=np.ones_like(active),
        first_camp=np.array([camps.index(code) for code in codes], np.int64),
        camp_count=np.array([camps.count(code) for code in codes], np.int64),
        top=np.array([track.top for track in world.tracks], np.int64),
        index_weight=weights / weights.sum(),
        focus=np.array(focus, np.int64),
        sharing=world.sharing,
        background=scenario.background,
        rung_start=_rungs(world, scenario.start, active),
        rung_reference=_rungs(world, world.reference, np.ones_like(active)),
        camp_start=_camps(world, scenario.start),
        camp_reference=_camps(world, world.reference),
        war_start=_wars(world, scenario.start) * active,
        war_reference=_wars(world, world.reference),
    )
    return filled(Setting, run_sizes(len(codes)), given._asdict())


def addresses_of(scenario: Scenario, most: Parameters, drivers: Drivers) -> Addresses:
    """What a month of a scenario draws: `most` holds the largest value of each parameter anywhere in it."""
    active = _active(scenario)
    camps = [country for country, _ in scenario.world.camps]
    several = np.array([camps.count(code) > 1 for code in scenario.world.codes])
    walk = active * (drivers.walk[:, :, 1] > 0).any(axis=1)
    return addresses(active, active * may_act(drivers), active * several, walk, _pairs_drawn(most, active))


def may_act(drivers: Drivers) -> Integers:
    """1 where a country may commit acts: where its tempo is above 0 in some month, or may walk there."""
    acting = (drivers.tempo.max(axis=1) > 0) | (drivers.walk[:, :, 1] > 0).any(axis=1)
    return np.asarray(acting, np.int64)


def _active(scenario: Scenario) -> Integers:
    return np.array([code not in scenario.without for code in scenario.world.codes], np.int64)


def _pairs_drawn(most: Parameters, active: Integers) -> Integers:
    """1 for i, j where i can be shocked by j, can concede to j, or can strike j."""
    strikes = (most.coercion_rate[:, None] * most.leverage > 0) & (most.exposure.T > 0)
    drawn = (most.shock_rate > 0) | (most.gesture_rate[:, None] > 0) | strikes
    np.fill_diagonal(drawn, False)
    return drawn.astype(np.int64) * active[:, None] * active[None, :]


def drivers_of(scenario: Scenario, slots: dict[str, tuple[int, ...]]) -> Drivers:
    """What a scenario prescribes over time."""
    event, amount = _events(scenario, slots)
    free = np.full((scenario.months, TRACKS), FREE, np.int64)
    return Drivers(_tempo(scenario), _elections(scenario), event, amount, _walk(scenario), free)


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
            rows.append(prescribed(scenario.threats[code], scenario.start, scenario.months))
        else:
            rows.append([world.value(f"tempo.reference.{code}").value] * scenario.months)
    tempo = np.array(rows, float)
    for at, profiles in scenario.later:
        for code, profile in profiles.items():
            left = scenario.start + scenario.months - at
            tempo[world.codes.index(code), -left:] = prescribed(profile, at, left)
    return tempo


def _walk(scenario: Scenario) -> Floats:
    codes = scenario.world.codes
    rows = np.zeros((len(codes), scenario.months, 4))
    for at, profiles in ((scenario.start, scenario.threats), *scenario.later):
        for code, profile in profiles.items():
            first = at - scenario.start
            rows[codes.index(code), first:] = _steps(walk_of(profile))
            rows[codes.index(code), first, 0] = 0.0  # a walk begins at its base, whatever went before
    return rows


def _steps(walk: Walk | None) -> tuple[float, float, float, float]:
    """What a walk says of each month, as `Drivers` has it."""
    return (0.0, 0.0, 0.0, 0.0) if walk is None else (walk.persistence, walk.shock, *walk.reach)


def _elections(scenario: Scenario) -> Integers:
    held = np.zeros((len(scenario.world.codes), scenario.months), np.int64)
    for i, code in enumerate(scenario.world.codes):
        election = scenario.world.countries[code].election
        if election is not None:
            for month in election.within(scenario.start, scenario.months):
                held[i, month - scenario.start] = 1
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
