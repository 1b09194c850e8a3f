"""Rivals know the training years and the rungs of the month before the origin, and no more."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.hindcast.forecasters import LAGGED, LOGIT, NAMES, Origin, Rivals, drivers
from simulation.hindcast.ground import Ground, ground_of
from simulation.record import load_record
from simulation.world import load_world

FEW = 60


@pytest.fixture(scope="module")
def ground() -> Ground:
    world = load_world("northeast_asia")
    return ground_of(world, load_record(world))


def test_no_rival_sees_the_rungs_it_is_scored_on(ground: Ground):
    at = Origin(ground.protocol.training[1] + 1, 24)
    known = at.month - ground.record.first
    otherwise = {
        track: (*months[:known], *(replace(each, rung=0) for each in months[known:]))
        for track, months in ground.observed.tracks.items()
    }
    elsewhere = replace(ground, observed=replace(ground.observed, tracks=otherwise))
    assert not np.array_equal(elsewhere.rungs, ground.rungs)
    for name in NAMES:
        blind, seeing = (Rivals(each).histories(name, at, True, FEW) for each in (elsewhere, ground))
        assert np.array_equal(blind, seeing), name


def test_only_the_logit_with_drivers_hears_of_them(ground: Ground):
    at = Origin(ground.protocol.training[1] + 1, 24)
    rivals = Rivals(ground)
    differ = []
    for name in NAMES:
        told, untold = (rivals.histories(name, at, each, FEW) for each in (True, False))
        if not np.array_equal(told, untold):
            differ.append(name)
    assert differ == [LOGIT]
    assert LAGGED in NAMES


def test_drivers_of_a_month_know_nothing_of_later_ones(ground: Ground):
    first, until = ground.record.first, ground.protocol.training[1]
    launches = tuple(
        replace(each, missiles=99) if each.month > until else each for each in ground.record.launches
    )
    elsewhere = replace(ground, record=replace(ground.record, launches=launches))
    assert np.array_equal(drivers(elsewhere, first, until + 1), drivers(ground, first, until + 1))
    later = (until + 1, until + 13)
    assert not np.array_equal(drivers(elsewhere, *later), drivers(ground, *later))
