"""A tempo that walks: its luck is its own, the same in both engines, and nothing is drawn for nobody."""

from pathlib import Path

import numpy as np
import pytest

from simulation.engines.draws import WALK
from simulation.engines.ensemble import run_ensemble
from simulation.engines.kernels import draws
from simulation.engines.plan import Plan, build_plan
from simulation.engines.reference import AllianceModel
from simulation.model.arrays import filled, views
from simulation.model.domestic import normal
from simulation.model.provocation import walked
from simulation.model.state import Luck, run_sizes
from simulation.scenario.resolve import load_scenario
from simulation.scenario.shapes import Walk

WALKING = "{profile: walk, base: 40, persistence: 0.8, sd: 20}"
MONTHS = 12


def plan_of(*overrides: str) -> Plan:
    return build_plan(load_scenario("baseline", [f"months={MONTHS}", *overrides]))


def luck_of(plan: Plan, run: int, month: int) -> Luck:
    record = filled(Luck, run_sizes(len(plan.codes)), dict.fromkeys(Luck._fields, np.nan))
    room = np.zeros((4, plan.drawn.address.size), np.uint32)
    draws().draw_month(record.view(np.float64), room, plan.drawn, plan.seed, run, month)
    return views(Luck, record)


def tempi(plan: Plan, code: str, run: int = 0) -> list[float]:
    """Tempo of a challenger in each month of a run."""
    model, found = AllianceModel(plan, run), []
    for _ in range(MONTHS):
        model.step()
        found.append(float(model.state.tempo[plan.codes.index(code)]))
    return found


def test_a_walk_by_hand():
    plan = plan_of(f"threats.PRK={WALKING}")
    slot, deviation, wanted = plan.codes.index("PRK"), 0.0, []
    for month in range(MONTHS):
        shock = normal(*luck_of(plan, 5, month).walk[slot])
        deviation = 0.8 * deviation + 12.0 * shock  # 20 * sqrt(1 - 0.64)
        wanted.append(max(0.0, 40.0 + deviation))
    found = tempi(plan, "PRK", run=5)
    assert found == pytest.approx(wanted, abs=1e-9)
    assert len(set(found)) == MONTHS


def test_a_walk_stays_within_its_bounds_and_comes_off_them():
    bounded = tempi(plan_of(f"threats.PRK={WALKING[:-1]}, low: 38, high: 45}}"), "PRK")
    free = tempi(plan_of(f"threats.PRK={WALKING}"), "PRK")
    assert bounded == pytest.approx([min(45.0, max(38.0, one)) for one in free], abs=1e-9)
    assert {38.0, 45.0} & set(bounded)


def test_a_walk_in_a_sum_is_added_to_the_rest_and_the_sum_held_at_zero():
    plain = "{profile: sum, parts: [{profile: ramp, from: 0, to: 30, over: 6}, %s]}"
    alone = tempi(plan_of("threats.PRK={profile: walk, base: 500, persistence: 0.8, sd: 20}"), "PRK")
    walk = "{profile: walk, base: 0, persistence: 0.8, sd: 20}"
    added = tempi(plan_of(f"threats.PRK={plain % walk}"), "PRK")
    ramp = [min(30.0, 5.0 * month) for month in range(MONTHS)]
    wanted = [max(0.0, part + one - 500.0) for part, one in zip(ramp, alone, strict=True)]
    assert added == pytest.approx(wanted, abs=1e-9)
    assert 0.0 in added


def test_a_low_bound_of_the_walk_holds_for_its_part_of_the_sum():
    part = "{profile: walk, base: 10, persistence: 0.5, sd: 200, low: 10, high: 10}"
    found = tempi(plan_of(f"threats.PRK={{profile: sum, parts: [30, {part}]}}"), "PRK")
    assert found == [40.0] * MONTHS


def test_the_luck_of_a_walk_is_its_own():
    one = tempi(plan_of(f"threats.PRK={WALKING}"), "PRK")
    others = [
        plan_of(f"threats.PRK={WALKING}", f"threats.CHN={WALKING}"),
        plan_of(f"threats.PRK={WALKING}", "without=[RUS]"),
        plan_of(f"threats.PRK={WALKING}", "background=0", "theory=liberal"),
        build_plan(load_scenario("baseline", ["months=30", f"threats.PRK={WALKING}"])),
    ]
    assert all(tempi(other, "PRK") == one for other in others)
    assert tempi(others[0], "CHN") != one
    assert tempi(plan_of(f"threats.PRK={WALKING}"), "PRK", run=1) != one
    assert tempi(plan_of(f"threats.PRK={WALKING}", "rng_seed=7"), "PRK") != one


def test_without_chance_a_walk_is_the_same_in_every_run():
    plan = plan_of(f"threats.PRK={WALKING}", "uncertainty=[parameters]")
    assert tempi(plan, "PRK", run=0) == tempi(plan, "PRK", run=9)


@pytest.mark.parametrize("threat", ["medium", "{profile: walk, base: 40, persistence: 0.8, sd: 0}"])
def test_a_walk_that_nobody_uses_draws_nothing(threat: str):
    plan = plan_of(f"threats.PRK={threat}")
    walking = plan_of(f"threats.PRK={WALKING}")
    assert WALK not in plan.drawn.purpose
    assert np.count_nonzero(walking.drawn.purpose == WALK) == 1
    assert walking.drawn.address.size == plan.drawn.address.size + 1


def test_a_country_that_takes_no_part_does_not_walk(tmp_path: Path):
    head = "format: 1\ntitle: X\nextends: "
    (tmp_path / "old.yaml").write_text(f"{head}baseline\nthreats: {{RUS: {WALKING}}}\n")
    (tmp_path / "young.yaml").write_text(f"{head}old\nwithout: [RUS]\n")
    old, young = (build_plan(load_scenario(tmp_path / f"{name}.yaml")) for name in ("old", "young"))
    assert np.count_nonzero(old.drawn.purpose == WALK) == 1
    assert WALK not in young.drawn.purpose
    assert not young.drivers.walk.any()


def test_a_walk_from_nothing_commits_acts():
    walk = "{profile: walk, base: 0, persistence: 0.5, sd: 100}"
    plan = plan_of(f"threats.PRK={walk}")
    block = run_ensemble(plan, 50)
    column = [one.name for one in plan.measures].index("acts.PRK")
    assert np.median(block.measures[:, column]) > 10.0
    assert np.unique(block.measures[:, column]).size > 25


def test_walks_spread_as_the_fan_says():
    """Seeded: over 2,000 runs the deviation has mean 0, the sd of each month, and 80 % within its tenths."""
    plan, walk = plan_of(f"threats.PRK={WALKING}"), Walk(40.0, 0.8, 20.0)
    slot, found = plan.codes.index("PRK"), np.zeros((2000, MONTHS))
    for run in range(2000):
        deviation = 0.0
        for month in range(MONTHS):
            deviation = walked(deviation, 0.8, walk.shock, normal(*luck_of(plan, run, month).walk[slot]))
            found[run, month] = deviation
    spread = np.array([walk.spread(month) for month in range(MONTHS)])
    assert found.mean(axis=0) == pytest.approx(np.zeros(MONTHS), abs=1.5)
    assert found.std(axis=0) == pytest.approx(spread, rel=0.05)
    inside = (np.abs(found) < 1.2816 * spread).mean(axis=0)
    assert inside == pytest.approx(np.full(MONTHS, 0.8), abs=0.03)
    after = np.corrcoef(found[:, -2], found[:, -1])[0, 1]
    assert after == pytest.approx(0.8, abs=0.03)
