"""The tables of what a scenario file may say."""

import dataclasses

import pytest

from simulation.parameters import read_declarations
from simulation.scenario.profiles import FIELDS, HIGHEST_TEMPO
from simulation.scenario.schema import EVENT_KEYS, FRAME, KEYS, NAMES, SETTING_KEYS

EVERY_KEY = [*KEYS, *SETTING_KEYS, *EVENT_KEYS]


@pytest.mark.parametrize("key", EVERY_KEY, ids=lambda key: key.name)
def test_a_key_has_a_sentence_and_is_required_or_has_a_default(key):
    assert key.meaning.endswith(".")
    assert not (key.required and key.default)


def test_every_field_of_a_profile_has_a_sentence():
    assert all(row.meaning.endswith(".") for rows in FIELDS.values() for row in rows)


def test_a_key_stands_once_and_none_of_a_later_version_is_among_them():
    assert len(set(NAMES)) == len(NAMES)


def test_the_tables_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        KEYS[0].meaning = "Another."  # type: ignore[misc]


def test_a_pair_needs_the_same_start_months_and_rng_seed():
    assert set(FRAME) == {"start", "months", "runs", "rng_seed"}


def test_a_tempo_has_the_bounds_of_the_reference_tempo():
    reference = read_declarations([])["tempo.reference"]
    assert (reference.low, reference.high) == (0, HIGHEST_TEMPO)
