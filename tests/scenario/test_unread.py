"""What no run reads, and is noted."""

import pytest

from simulation.scenario.resolve import load_scenario
from tests.scenario.files import child

RANGE = "set: {choice.pace: {value: 0.1, low: 0.05, high: 0.2}}\n"
UNDRAWN = (
    "no run draws choice.pace from its range: `uncertainty` does not name parameters, and every run takes 0.1"
)
SHOCK = "no run reads shock.size: `background: 0` switches off what it is about"
IDLE = "USA is committed to JPN and KOR and brokers nothing between them: `effort` of its camps is 0"
EFFORT = "effort.USA.internationalist: 0, effort.USA.transactional: "
BRANCH = "forks: {at: 2025-01, branches: {a: {effort.USA.transactional: 0.2}}}\n"


def notes(name: str, *overrides: str) -> list[str]:
    return [note.message for note in load_scenario(name, overrides).notes]


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        (RANGE, []),
        ("uncertainty: [chance]\n" + RANGE, [UNDRAWN]),
        ("uncertainty: [chance]\nset: {choice.pace: 0.1}\n", []),
        ("background: 0\nset: {shock.size: 0.4}\n", [SHOCK]),
        ("background: 0.1\nset: {shock.size: 0.4}\n", []),
        (
            "background: 0\nforks: {at: 2025-01, branches: {a: {shock.size: 0.4}}}\n",
            [SHOCK],
        ),
        (f"set: {{{EFFORT}0}}\n", [IDLE]),
        (f"set: {{{EFFORT}0.1}}\n", []),
        (f"set: {{{EFFORT}{{value: 0.2, from: 2025-01}}}}\n", []),
        (f"theory: quasi_alliance\nset: {{{EFFORT}0}}\n", []),
        (f"set: {{{EFFORT}0, commitment.USA.KOR: 0}}\n", []),
        (f"set: {{{EFFORT}0}}\n{BRANCH}", []),
    ],
)  # fmt: skip
def test_it_is_noted(text: str, noted: list[str]):
    child("x", "baseline", text)
    assert notes("x") == noted


def test_what_a_higher_layer_switches_off_is_not():
    child("old", "baseline", RANGE + "background: 0.5\n")
    child("young", "old", "uncertainty: [chance]\n")
    assert notes("young") == []
    assert notes("old", "uncertainty=[chance]") == []
    assert notes("young", "choice.pace={value: 0.1, low: 0.05, high: 0.2}") == [UNDRAWN]


def test_what_a_parent_says_is_noted_where_it_is_written():
    child("old", "baseline", "uncertainty: [chance]\n" + RANGE)
    child("young", "old")
    assert (notes("old"), notes("young")) == ([UNDRAWN], [])
