"""Amounts of events that a scenario sets: who reads them, and what becomes of them in a plan."""

import numpy as np
import pytest

from simulation.engines.plan import build_plan
from simulation.errors import BadInput
from simulation.scenario.resolve import load_scenario
from tests.scenario.files import ROOT, child, write

SUMMIT = "{at: 2024-01, event: summit, country: JPN, partner: KOR}"
FORK = """\
forks:
  at: 2025-01
  branches:
    talk: {events: [{at: 2025-06, event: apology, country: JPN, partner: KOR}]}
    wait: {}
"""


def test_a_number_a_range_and_a_change_reach_the_vector():
    write(
        "amounts",
        ROOT + "set:\n  events.summit.steps: 2\n  events.summit.faith: {value: 0.1, low: 0, high: 0.2}\n"
        "  events.apology.price: {value: 0.05, from: 2024-02}\n"
        f"events:\n  - {SUMMIT}\n  - {{at: 2024-02, event: apology, country: JPN, partner: KOR}}\n",
    )
    plan = build_plan(load_scenario("amounts"))
    (steps,), (faith,), (price,) = (
        plan.slots[f"events.{path}"] for path in ("summit.steps", "summit.faith", "apology.price")
    )
    fixed = dict(zip(plan.vectors.fixed_slots.tolist(), plan.vectors.fixed_values.tolist(), strict=True))
    assert (fixed[steps], fixed[faith]) == (2, 0.1)
    assert plan.vectors.scenario.slots.tolist() == [faith]
    assert plan.vectors.scenario.ranges.tolist() == [[0, 0.1, 0.2]]
    changes = plan.vectors
    assert (changes.change_months.tolist(), changes.change_slots.tolist()) == ([8], [price])
    assert changes.change_values.tolist() == [0.05]
    rows = plan.drivers.event[:, 5]
    assert np.isin([steps, faith, price], rows).all()


def test_an_event_of_a_branch_reads_what_the_trunk_sets():
    write("fork", ROOT + FORK + "set: {events.apology.relief: 0.3}\n")
    assert [one.path for one in load_scenario("fork").settings] == ["events.apology.relief"]


def test_an_event_of_the_trunk_reads_what_a_branch_sets():
    text = (
        ROOT + FORK.replace("wait: {}", "wait: {set: {events.summit.steps: 2}}") + f"events:\n  - {SUMMIT}\n"
    )
    write("fork", text.replace("2024-01", "2026-01"))
    assert load_scenario("fork").events[0].event == "summit"
    write("fork", text)
    with pytest.raises(BadInput) as caught:
        load_scenario("fork")
    assert str(caught.value).splitlines()[0] == (
        "scenarios/fork.yaml:8:18: the last event summit that leaves steps out is in 2024-01, "
        "before 2025-01: nothing would read this"
    )


def test_what_a_child_cuts_off_is_no_fault_of_its_parent():
    write("long", ROOT + f"set: {{events.summit.steps: 2}}\nevents:\n  - {SUMMIT}\n")
    child("short", "long", "months: 3\n")
    assert load_scenario("short").events == ()
    child("quiet", "long", "set: {events.apology.relief: 0.1}\n")
    with pytest.raises(BadInput, match="no event apology happens here, and nothing would read this"):
        load_scenario("quiet")


def test_the_command_line_may_set_an_amount():
    write("long", ROOT + f"events:\n  - {SUMMIT}\n")
    (setting,) = load_scenario("long", ["events.summit.steps=2"]).settings
    assert (setting.path, setting.value, setting.low, setting.high) == ("events.summit.steps", 2, 2, 2)
    with pytest.raises(BadInput, match=r'unknown path "events.summit.step"\n.*\n.*\n.*"events.summit.steps"'):
        load_scenario("long", ["events.summit.step=2"])
