"""Propensities of runs, and how sure the blocs of their mean are."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.engines.ensemble import run_ensemble
from simulation.engines.plan import Plan, build_plan
from simulation.engines.reference import AllianceModel
from simulation.landscape.energy import Floats
from simulation.landscape.of_runs import PAIR_TERMS, Drawn, drawn
from simulation.landscape.sureness import mean_landscape
from simulation.model.decision import terms
from simulation.model.state import DIPLOMATIC
from simulation.scenario.resolve import load_scenario
from simulation.world.whole import TERMS

MONTHS = 30


def plan_of(*overrides: str, months: int = MONTHS) -> Plan:
    return build_plan(load_scenario("baseline", [f"months={months}", *overrides]))


def found(plan: Plan, runs: int, months: int = MONTHS) -> Drawn:
    return drawn(plan, runs, months, lambda _: None)


@pytest.mark.parametrize("theory", ["article", "two_level"])
def test_propensities_are_the_terms_of_the_model_that_rest_on_the_pair(theory: str) -> None:
    """Against the function by which countries decide, in plain Python, of the same runs in Mesa."""
    plan = plan_of(f"theory={theory}")
    both = found(plan, 2, months=9)
    for run in range(2):
        model = AllianceModel(plan, run)
        for _ in range(9):
            model.step()
        s, p, n = model.state, model.parameters, len(plan.codes)
        own = {
            (i, j): sum(
                p.weights[TERMS.index(name)] * terms(i, j, DIPLOMATIC, s, p)[TERMS.index(name)]
                for name in PAIR_TERMS
            )
            for i in range(n)
            for j in range(n)
            if i != j
        }
        for (i, j), value in own.items():
            assert both.propensities[run, i, j] == pytest.approx((value + own[j, i]) / 2, abs=1e-12)
        assert both.sizes[run] == pytest.approx(p.capability)
    assert np.diagonal(both.propensities, axis1=1, axis2=2).max() == 0.0


def test_a_month_does_not_know_what_comes_after_it() -> None:
    long, short = found(plan_of(), 150, months=12), found(plan_of(months=12), 150, months=12)
    assert (long.propensities == short.propensities).all()
    later = found(plan_of(), 150)
    assert (later.propensities != long.propensities).any()
    assert (later.propensities[:120] == found(plan_of(), 120).propensities).all()


def test_a_run_is_the_run_of_the_ensemble() -> None:
    """Where trust alone weighs, the propensity of the dyad in focus is the mean trust of its results."""
    nothing = [f"weights.article.{name}=0" for name in PAIR_TERMS if name != "trust"]
    plan = plan_of(*nothing, "weights.article.trust=0.5")
    trust = [series.name for series in plan.series].index("trust.JPN")
    paths = run_ensemble(plan, 3, threads=1, keep_paths=True).paths
    assert paths is not None
    i, j = plan.codes.index("JPN"), plan.codes.index("KOR")
    mean = (paths[:, -1, trust] + paths[:, -1, trust + 1]) / 2
    assert found(plan, 3).propensities[:, i, j] == pytest.approx(0.5 * mean)


def test_a_country_left_out_and_one_without_capability_stand_nowhere() -> None:
    gone = found(plan_of("without=[RUS]"), 3)
    assert gone.names == ("JPN", "KOR", "USA", "PRK", "CHN")
    assert gone.propensities.shape == (3, 5, 5)
    powerless = found(plan_of("capability.RUS=0"), 3)
    assert (powerless.names, powerless.weightless) == (gone.names, ("RUS",))


def drawn_by_hand(*signs: tuple[float, float, float]) -> Drawn:
    """Runs of A, B and C with the propensities of AB, AC and BC."""
    propensities: Floats = np.zeros((len(signs), 3, 3))
    for run, (ab, ac, bc) in enumerate(signs):
        for i, j, value in ((0, 1, ab), (0, 2, ac), (1, 2, bc)):
            propensities[run, i, j] = propensities[run, j, i] = value
    return Drawn(("A", "B", "C"), np.ones((len(signs), 3)), propensities, (), 0)


def test_sureness_counts_runs() -> None:
    """Three runs in which A and B stand against C, and one in which B and C stand against A.

    There AB against C is no minimum: B would lower the energy by leaving A for C.
    """
    two = (1.0, -1.0, -1.0)
    mean, sure = mean_landscape(drawn_by_hand(two, two, two, (-1.0, -1.0, 1.0)), 0)
    assert [one.sides for one in mean.minima] == [(1, 1, -1)]
    assert (sure.runs, sure.held, sure.lowest) == (4, (3,), (3,))
    assert sure.others == (((1, -1, -1), 1),)


def test_a_minimum_may_be_one_in_a_run_without_being_its_lowest() -> None:
    """All are rivals, of one rivalry in the first run and B and C of a greater one in the second.

    In the first each country alone against two is a minimum, and as low. In the second B and C part: A with
    either is a minimum, and as low; A alone is none.
    """
    mean, sure = mean_landscape(drawn_by_hand((-1.0, -1.0, -1.0), (-1.0, -1.0, -1.1)), 0)
    assert sorted(one.sides for one in mean.minima) == [(1, -1, 1), (1, 1, -1)]
    assert sure.held == (2, 2)
    assert sure.lowest is not None
    assert sum(sure.lowest) + sum(count for _, count in sure.others) == 2


def test_where_every_run_would_take_too_long_the_lowest_is_not_told() -> None:
    one = drawn_by_hand((1.0, -1.0, -1.0))
    n, runs = 20, 300
    propensities = np.ones((runs, n, n)) - np.eye(n)
    many = replace(one, names=tuple(map(str, range(n))), sizes=np.ones((runs, n)), propensities=propensities)
    mean, sure = mean_landscape(many, 0)
    assert len(mean.minima) == 1
    assert (sure.held, sure.lowest) == ((runs,), None)
