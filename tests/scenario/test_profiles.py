"""Profiles, by hand and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.profiles import FIELDS, Constant, Profile, Pulse, Ramp, Step, make_profile

JAN = 2023 * 12  # January 2023


def test_a_constant_is_the_same_in_every_month():
    assert Constant(40.0).tempo(JAN, 4) == [40.0, 40.0, 40.0, 40.0]


def test_a_step_changes_in_its_month():
    assert Step(first=10.0, to=70.0, at=JAN + 2).tempo(JAN, 5) == [10.0, 10.0, 70.0, 70.0, 70.0]


def test_a_ramp_begins_with_the_scenario_and_arrives_after_its_months():
    assert Ramp(first=68.0, to=120.0, over=4).tempo(JAN, 6) == [68.0, 81.0, 94.0, 107.0, 120.0, 120.0]


def test_a_ramp_may_begin_later_and_fall():
    assert Ramp(first=20.0, to=0.0, over=2, at=JAN + 1).tempo(JAN, 5) == [20.0, 20.0, 10.0, 0.0, 0.0]


def test_a_pulse_lasts_its_width():
    assert Pulse(base=40.0, peak=90.0, at=JAN + 1, width=2).tempo(JAN, 5) == [40.0, 90.0, 90.0, 40.0, 40.0]


def test_a_pulse_of_one_month_in_the_last_month():
    assert Pulse(base=1.0, peak=2.0, at=JAN + 2, width=1).tempo(JAN, 3) == [1.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("profile", "seen"),
    [
        (Step(1.0, 2.0, JAN + 3), Constant(1.0)),
        (Pulse(1.0, 2.0, JAN + 3, 4), Constant(1.0)),
        (Ramp(1.0, 2.0, 4, JAN + 3), Constant(1.0)),
        (Ramp(1.0, 2.0, 4), Ramp(1.0, 2.0, 4)),
        (Step(1.0, 2.0, JAN + 2), Step(1.0, 2.0, JAN + 2)),
        (Constant(1.0), Constant(1.0)),
    ],
)
def test_what_a_horizon_never_shows_is_left_out(profile: Profile, seen: Profile):
    assert profile.within(JAN + 3) == seen
    assert profile.tempo(JAN, 3) == seen.tempo(JAN, 3)


tempi = st.floats(0, 1000)
months = st.integers(JAN - 24, JAN + 1300)
lengths = st.integers(1, 1200)
profiles = st.one_of(
    st.builds(Constant, tempi),
    st.builds(Step, tempi, tempi, months),
    st.builds(Ramp, tempi, tempi, lengths, st.one_of(st.none(), months)),
    st.builds(Pulse, tempi, tempi, months, lengths),
)


def ends(profile: Profile) -> list[float]:
    tempo_fields = {row.key for row in FIELDS[profile.shape] if row.kind == "tempo"}
    return [value for key, value in profile.written() if key in tempo_fields and isinstance(value, float)]


@given(profiles, lengths)
def test_a_tempo_has_the_right_length_and_stays_between_its_ends(profile: Profile, length: int):
    tempo = profile.tempo(JAN, length)
    assert len(tempo) == length
    assert min(ends(profile)) <= min(tempo)
    assert max(tempo) <= max(ends(profile))


@given(profiles, lengths, lengths)
def test_a_shorter_horizon_shows_the_beginning_of_a_longer_one(profile: Profile, one: int, other: int):
    short, long = sorted((one, other))
    assert profile.tempo(JAN, long)[:short] == profile.tempo(JAN, short)


@given(profiles, lengths)
def test_cutting_at_the_end_changes_no_month_before_it(profile: Profile, length: int):
    assert profile.within(JAN + length).tempo(JAN, length) == profile.tempo(JAN, length)


@given(profiles)
def test_what_is_written_makes_the_same_profile(profile: Profile):
    written = {key: value for key, value in profile.written() if value is not None}
    assert make_profile(profile.shape, written) == profile


@given(st.builds(Ramp, tempi, tempi, lengths, st.just(JAN)), lengths)
def test_a_ramp_only_rises_or_only_falls(ramp: Ramp, length: int):
    tempo = ramp.tempo(JAN, length)
    assert tempo in (sorted(tempo), sorted(tempo, reverse=True))
