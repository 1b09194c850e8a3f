"""The record as a plan: what is replayed, what is told, and what never is."""

import numpy as np
import pytest

from simulation.engines.ensemble import run_ensemble
from simulation.engines.reference import AllianceModel
from simulation.hindcast.ground import Ground, Setup, ground_of, origins
from simulation.hindcast.history import histories, plan_of, rungs_of
from simulation.hindcast.telling import Teller
from simulation.record import load_record
from simulation.world import load_world

JANUARY_2019 = 2019 * 12


@pytest.fixture(scope="module")
def ground() -> Ground:
    world = load_world("northeast_asia")
    return ground_of(world, load_record(world))


def told(ground: Ground, setup: Setup, months: int = 72) -> Teller:
    return Teller(ground, JANUARY_2019, JANUARY_2019 - 36, 36 + months, setup)


def happened(teller: Teller, since: int = JANUARY_2019) -> list[tuple[int, str]]:
    return [(each.month, each.event) for each in teller.scenario().events if each.month >= since]


def test_the_replay_is_the_record_and_what_follows_is_not(ground: Ground):
    plan = plan_of(ground, JANUARY_2019, 24, Setup())
    block = run_ensemble(plan, 40, 1, keep_paths=True)
    assert block.paths is not None
    columns = [k for k, one in enumerate(plan.series) if one.name in rungs_of(plan)]
    replayed = block.paths[:, :36, columns]
    assert (replayed == ground.between(JANUARY_2019 - 36, JANUARY_2019)).all()
    ahead = block.paths[:, 36:, columns]
    assert len(np.unique(ahead.reshape(40, -1), axis=0)) > 20
    assert (histories(plan, JANUARY_2019, 40, 1) == ahead).all()


def test_both_engines_replay_alike(ground: Ground):
    plan = plan_of(ground, JANUARY_2019, 6, Setup())
    block = run_ensemble(plan, 2, 1, keep_paths=True)
    assert block.paths is not None
    assert np.array_equal(AllianceModel(plan, 1).run_all(), block.paths[1])


def test_choices_of_the_two_are_never_told_but_with_hindsight(ground: Ground):
    given = {each.month for each in ground.record.events if each.outside}
    months = {
        month
        for month, event in happened(told(ground, Setup()))
        if event not in ("missile_test", "nuclear_test")
    }
    assert months <= given | {2022 * 12 + 1}  # the war of Russia is of the world's own table
    assert (2019 * 12 + 6, "boycott") not in happened(told(ground, Setup()))  # of Koreans, after the curbs
    coded = {event for _, event in happened(told(ground, Setup(regime="coded")))}
    assert {"export_curb", "compensation_plan", "summit", "leader_visit"} <= coded


def test_the_fund_the_curbs_and_gsomia_are_outcome(ground: Ground):
    events = {event for _, event in happened(told(ground, Setup()))}
    assert not events & {
        "compensation_plan",
        "export_curb",
        "curb_lifted",
        "gsomia_suspended",
        "summit",
        "history_settlement",
    }
    assert {
        "court_ruling",
        "claim_dismissed",
        "military_incident",
        "change_of_government",
        "war_begins",
    } <= events


def test_launches_are_told_as_they_were_counted(ground: Ground):
    scenario = told(ground, Setup()).scenario()
    tests = {
        each.month: float(each.fields["count"]) for each in scenario.events if each.event == "missile_test"
    }
    assert sum(count for month, count in tests.items() if 2022 * 12 <= month < 2023 * 12) == 69
    assert set(scenario.threats["PRK"].tempo(scenario.start, scenario.months)) == {0.0}


def test_where_nothing_is_told_nothing_of_later_years_enters(ground: Ground):
    teller = told(ground, Setup(regime="unknown"))
    assert happened(teller) == []
    scenario = teller.scenario()
    tempo = scenario.threats["PRK"].tempo(scenario.start, scenario.months)
    assert tempo[:36] == [0.0] * 36
    assert set(tempo[36:]) == {0.0}  # no missile flew in 2018
    assert len(set(scenario.threats["CHN"].tempo(JANUARY_2019, 72))) == 1
    plan = plan_of(ground, JANUARY_2019, 72, Setup(regime="unknown"))
    assert not plan.drivers.election[:, :36].any()
    assert plan.drivers.election[:, 36:].any()


@pytest.mark.parametrize(
    ("part", "gone", "left"),
    [
        ("launches", "missile_test", "court_ruling"),
        ("shocks", "court_ruling", "missile_test"),
        ("leaders", "", "court_ruling"),
        ("brokerage", "", "court_ruling"),
    ],
)
def test_an_ablation_takes_one_part_away(ground: Ground, part: str, gone: str, left: str):
    teller = told(ground, Setup(without=(part,)))  # type: ignore[arg-type]
    events = {event for _, event in happened(teller)}
    assert gone not in events
    assert left in events
    changed = {
        str(each.fields["country"])
        for each in teller.scenario().events
        if each.event == "change_of_government" and each.month >= JANUARY_2019
    }
    assert changed == {"leaders": {"USA"}, "brokerage": {"JPN", "KOR"}}.get(part, {"JPN", "KOR", "USA"})


def governed(ground: Ground, setup: Setup) -> dict[str, set[tuple[int, ...]]]:
    """By country, the camps of four runs, month by month, from the origin on."""
    plan = plan_of(ground, JANUARY_2019, 48, setup)
    found: dict[str, set[tuple[int, ...]]] = {"JPN": set(), "KOR": set(), "USA": set()}
    for run in range(4):
        model, camps = AllianceModel(plan, run), []
        while model.month < model.months:
            model.step()
            camps.append(model.state.camp.tolist())
        for code, each in found.items():
            each.add(tuple(row[plan.codes.index(code)] for row in camps[36:]))
    return found


def test_no_vote_overturns_a_government_that_is_told(ground: Ground):
    told_all = governed(ground, Setup())
    assert {code: len(each) for code, each in told_all.items()} == {"JPN": 1, "KOR": 1, "USA": 1}
    [seoul], [washington] = told_all["KOR"], told_all["USA"]
    assert [k for k in range(1, 48) if seoul[k] != seoul[k - 1]] == [40]  # Yoon, May 2022
    assert [k for k in range(1, 48) if washington[k] != washington[k - 1]] == [24]  # Biden, January 2021
    apart = governed(ground, Setup(without=("leaders",)))
    assert len(apart["USA"]) == 1
    assert len(apart["KOR"]) > 1
    assert len(governed(ground, Setup(regime="unknown"))["USA"]) > 1


def test_leaders_govern_by_what_their_platforms_said(ground: Ground):
    scenario = told(ground, Setup()).scenario()
    changes: list[tuple[int, object, object]] = [
        (each.month, each.fields["country"], each.fields["camp"])
        for each in scenario.events
        if each.event == "change_of_government"
    ]
    assert (2022 * 12 + 4, "KOR", "conservative") in changes
    assert (2021 * 12 + 9, "JPN", "conciliatory") in changes
    assert scenario.world.value("stance.KOR.conservative.JPN").value == 0.3
    assert scenario.world.reference == JANUARY_2019 - 1


def test_origins_end_where_the_record_does(ground: Ground):
    assert next(iter(origins(ground, 12))) == 2015 * 12
    assert list(origins(ground, 12))[-1] == 2024 * 12
    assert list(origins(ground, 24))[-1] == 2023 * 12
