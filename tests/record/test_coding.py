"""Rungs read off a record: months by hand, and what holds for any record."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.record import CODINGS, Agreement, Event, Observed, Record, load_record, observe, runs_of
from simulation.record.against import by_hand_at, differences
from tests.record import tiny

PAIR = ("JPN", "KOR")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return tiny.tiny(tmp_path_factory.mktemp("tiny"))


def observed(record: Record, coding: str) -> Observed:
    return observe(record, record.protocol.codings[coding], PAIR)


def months(*runs: tuple[int, int]) -> tuple[int, ...]:
    """So many months of each rung."""
    return tuple(rung for rung, count in runs for _ in range(count))


BY_HAND = {
    # Relations alone; the meeting of February; the visit of May; the ambassador home in August; the visits of
    # October and March, in turn once the custom is agreed on in 2021.
    ("diplomatic", "standard"): months((1, 1), (3, 3), (4, 3), (1, 2), (4, 5), (5, 10)),
    # A visit counts six months, visits in turn twelve: October's until September 2021.
    ("diplomatic", "stricter"): months((1, 1), (3, 3), (4, 3), (1, 2), (4, 5), (5, 7), (1, 3)),
    ("diplomatic", "looser"): months((1, 1), (3, 3), (4, 3), (1, 2), (4, 5), (5, 10)),
    # From 15 March; suspended on the last of June, and again from September.
    ("security", "standard"): months((0, 2), (3, 3), (0, 3), (3, 16)),
    ("security", "looser"): months((0, 2), (3, 22)),
    # Trust; curbs from April to the last of July, a day on which they are over.
    ("economic", "standard"): months((3, 3), (0, 3), (3, 18)),
    ("economic", "looser"): months((3, 3), (1, 3), (3, 18)),
}


@pytest.mark.parametrize(("track", "coding"), BY_HAND)
def test_months_by_hand(record: Record, track: str, coding: str) -> None:
    assert observed(record, coding).rungs(track) == BY_HAND[track, coding]


def test_each_run_names_what_began_it(record: Record) -> None:
    runs = [run for run in runs_of(observed(record, "standard")) if run.track == "diplomatic"]
    assert [
        (run.since - tiny.FIRST, run.until - tiny.FIRST, run.held.rows, run.held.after) for run in runs
    ] == [
        (0, 0, ("A1",), ()),
        (1, 3, ("V1",), ()),
        (4, 6, ("V2",), ()),
        (7, 8, ("A1",), ("V3",)),
        (9, 13, ("V4",), ()),
        (14, 23, ("A2", "V5", "V4"), ()),
    ]


def test_what_ended_a_rung_is_named(record: Record) -> None:
    def after(track: str, coding: str) -> list[tuple[str, ...]]:
        return [run.held.after for run in runs_of(observed(record, coding)) if run.track == track]

    assert after("security", "standard") == [(), (), ("A3 suspended",), ()]
    assert after("economic", "standard") == [(), ("A4",), ("A4 ended",)]
    assert after("diplomatic", "stricter")[-1] == ("V4 no longer counts",)


def test_the_index_weighs_tracks_as_the_world_does(record: Record) -> None:
    index = observed(record, "standard").index(tiny.world().tracks)
    assert index[0] == pytest.approx(100 * (0.35 * 1 / 6 + 0.4 * 0 / 6 + 0.25 * 3 / 5))
    assert index[23] == pytest.approx(100 * (0.35 * 5 / 6 + 0.4 * 3 / 6 + 0.25 * 3 / 5))


def test_courts_and_missiles_move_no_rung(record: Record) -> None:
    without = replace(record, events=tuple(each for each in record.events if each.key not in ("V6", "V7")))
    for coding in CODINGS:
        assert observed(without, coding) == observed(record, coding)


def test_the_shipped_record_beside_the_rungs_set_by_hand() -> None:
    world = tiny.world()
    shipped = load_record(world)
    seen = observe(shipped, shipped.protocol.codings["standard"], world.focus)
    apart = differences(seen, world)
    assert {each.track for each in apart} == {"diplomatic", "economic"}
    for track in seen.tracks:
        told = {m for each in apart if each.track == track for m in range(each.since, each.until + 1)}
        assert told == {
            shipped.first + m
            for m, rung in enumerate(seen.rungs(track))
            if rung != by_hand_at(world, world.focus, track, shipped.first + m)
        }
    reference = world.reference - shipped.first
    assert [seen.rungs(track)[reference] for track in seen.tracks] == [5, 3, 2]


KINDS = {
    "events": [
        "leader_visit", "leader_visit_at_gathering", "summit_at_margins", "trilateral_summit", "encounter",
        "ministers_meeting", "exercise", "defence_talks", "ambassador_recalled", "meeting_refused",
        "defence_refused", "agreement_set_aside",
    ],
    "agreements": [
        "relations", "shuttle", "settlement", "defence_exchanges", "restricted_sharing", "trade_curb",
        "intelligence_agreement", "exercise_framework", "trilateral_pledge", "trusted_status", "swap_line",
        "supply_chain_scheme", "annual_summits",
    ],
}  # fmt: skip
DAYS = st.integers(0, 729).map(lambda day: date(2020, 1, 1) + timedelta(days=day))
EVENTS = st.builds(
    lambda day, kind, turned: Event(
        f"V{day}{kind}", day, "day", ("KOR", "JPN") if turned else PAIR, "pair", kind, "government", 0, 0,
        "010", 0.0, "", (), "recalled", "yes",
    ),
    DAYS, st.sampled_from(KINDS["events"]), st.booleans(),
)  # fmt: skip


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    start, *rest = sorted(draw(st.sets(DAYS, min_size=4, max_size=4)))
    kind, pauses, ends = draw(st.tuples(st.sampled_from(KINDS["agreements"]), st.booleans(), st.booleans()))
    pause = ((rest[0], rest[1]),) if pauses else ()
    end = rest[2] if ends else None
    notice = draw(st.booleans())
    return Agreement(f"A{start}{kind}", "", PAIR, kind, start, pause, notice, end, "", (), "recalled")


@settings(max_examples=60)
@given(st.lists(EVENTS, max_size=12), st.lists(agreements(), max_size=8), st.randoms(use_true_random=False))
def test_any_record(record: Record, events: list[Event], held: list[Agreement], shuffler: Random) -> None:
    some = replace(record, events=tuple(events), agreements=tuple(held))
    three = [observed(some, coding) for coding in CODINGS]
    for track in three[0].tracks:
        for rungs in zip(*(each.rungs(track) for each in three), strict=True):
            assert list(rungs) == sorted(rungs), "a stricter coding sees no higher rung"
    # What comes later changes no month before, and the order of rows none at all.
    early = replace(some, launches=some.launches[:12])
    shuffled = list(events)
    shuffler.shuffle(shuffled)
    turned = replace(some, events=tuple(shuffled))
    for track in three[1].tracks:
        assert observed(early, "standard").rungs(track) == three[1].rungs(track)[:12]
        assert observed(turned, "standard").rungs(track) == three[1].rungs(track)


def test_a_folder_of_the_users_is_read(tmp_path: Path) -> None:
    folder = tiny.written(tmp_path / "mine", {"events.csv": ("2020-02-10", "2020-01-10")})
    assert observed(load_record(tiny.world(), folder), "standard").rungs("diplomatic")[0] == 3
