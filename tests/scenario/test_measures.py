"""The ranges that measures declare are those that runs keep."""

import numpy as np
import pytest

from simulation.engines.ensemble import run_ensemble
from simulation.engines.plan import build_plan
from simulation.scenario.measures import NEVER, measures_in, telling
from simulation.scenario.resolve import load_scenario


@pytest.mark.parametrize("overrides", [[], ["focus=[KOR, USA]", "threats.PRK=1000", "months=7"]])
def test_no_run_leaves_the_range_of_a_measure(overrides: list[str]):
    plan = build_plan(load_scenario("baseline", overrides))
    values = run_ensemble(plan, 100).measures
    for one in plan.measures:
        known = values[:, one.slot][~np.isnan(values[:, one.slot])]
        assert np.all(known >= one.low), one.name
        assert np.all(known <= one.high), one.name
        assert known.size == 100 or one.name.startswith(NEVER), one.name


def test_the_measures_of_a_scenario_are_those_of_its_plan():
    scenario = load_scenario("baseline", ["focus=[KOR, USA]", "without=[RUS]", "threats.CHN=1"])
    found = measures_in(scenario.world, scenario.focus, scenario.without)
    assert list(found.values()) == telling(build_plan(scenario).measures, ["RUS"])
    assert "acts.RUS" not in found
    assert "gestures.USA" in found
    assert all(name == one.name for name, one in found.items())
