"""The patterns of docs/patterns.md, held against the model: all at its central values, some at some draws."""

import re

import numpy as np
import pytest

from simulation.engines.ensemble import run_block
from simulation.engines.plan import build_plan
from simulation.scenario.resolve import load_scenario
from tests.model.laboratory import CENTRAL, Bench, Case, at_draw, plan_of
from tests.model.patterns import PATTERNS
from tests.model.patterns_page import DRAWS, ENOUGH, PAGE, at, judge, reasons

RENEW = "renew it: .venv/bin/python -m tests.model.patterns_page"
SOME = range(100, 105)  # draws that the page does not use
NUMBER = r"[+-]\d+(?:\.\d+)?"


def rows() -> list[list[str]]:
    """The cells of the page's table of patterns."""
    table = PAGE.read_text(encoding="utf-8").partition("<!-- patterns -->")[2].partition("<!-- end")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.strip().splitlines()[2:]]


def hits(row: list[str]) -> tuple[int, int]:
    """In how many draws of how many the page says that a pattern holds."""
    held, of = re.findall(r"\d+", row[4])[:2]
    return int(held), int(of)


def test_the_page_tells_of_every_pattern_and_of_all_draws():
    named = [[str(k), one.says, one.theory] for k, one in enumerate(PATTERNS, 1)]
    assert [row[:3] for row in rows()] == named, RENEW
    assert {hits(row)[1] for row in rows()} == {DRAWS}, RENEW


def test_what_fails_says_why_and_nothing_else_does():
    failing = [row[7] == "fails" for row in rows()]
    assert failing == [hits(row)[0] < ENOUGH * DRAWS for row in rows()]
    assert failing == [bool(one.reason) for one in PATTERNS]
    page = PAGE.read_text(encoding="utf-8")
    assert "\n".join(reasons()) in page, RENEW


def test_margins_at_the_central_values_are_those_of_the_page():
    (now,) = at(PATTERNS, [CENTRAL], batches=5, runs=50)
    for row, one in zip(rows(), now, strict=True):
        margin, low, high = (float(each) for each in re.findall(NUMBER, row[3])[:3])
        noise = (high - low) / 2 + (one.high - one.low) / 2
        assert abs(margin - one.margin) <= 1.5 * noise, f"{row[1]}: {one.margin}; {RENEW}"


def test_what_holds_on_the_page_holds_at_other_draws():
    wanted = [one for one, row in zip(PATTERNS, rows(), strict=True) if row[7] == "holds" and one.times == 1]
    found = at(wanted, SOME, batches=2, runs=60)
    shares = [sum(draw[k].holds for draw in found) / len(SOME) for k in range(len(wanted))]
    assert min(shares) >= 0.6, dict(zip((one.says for one in wanted), shares, strict=True))
    assert sum(shares) / len(shares) >= ENOUGH


@pytest.mark.parametrize(
    "case",
    [
        Case("no_washington_declaration"),  # a range of the scenario's own
        Case("court_ruling", ("cool_seoul",), ("theory=liberal",), "rulings"),  # amounts of events
        Case("us_retrenchment"),  # values from a month on
    ],
)
def test_a_draw_is_the_one_that_a_run_takes(case: Case):
    plan = plan_of(case)
    for draw in (0, 7):
        ours, theirs = (run_block(one, draw, 1) for one in (at_draw(plan, draw), plan))
        assert np.array_equal(ours.measures, theirs.measures, equal_nan=True)


def test_central_values_are_those_of_a_scenario_without_uncertain_parameters():
    fixed = build_plan(load_scenario("nk_moratorium", ["uncertainty=[chance]"]))
    ours, theirs = run_block(at_draw(plan_of(Case("nk_moratorium")), CENTRAL), 0, 5), run_block(fixed, 0, 5)
    assert np.array_equal(ours.measures, theirs.measures, equal_nan=True)


def test_a_bench_gives_means_of_batches_of_the_runs_of_a_case():
    case = Case("baseline")
    block = run_block(at_draw(plan_of(case), CENTRAL), 0, 6, keep_paths=True)
    assert block.paths is not None
    last = block.paths[:, -1].reshape(2, 3, -1).mean(axis=1)
    slots = {one.name: one.slot for one in plan_of(case).series}
    bench = Bench(CENTRAL, 2, 3)
    assert bench.mean(case, "cooperation.final") == pytest.approx(last[:, slots["cooperation"]])
    assert bench.mean(case, "threat.CHN") == pytest.approx(last[:, slots["threat.CHN"]])


def test_a_pattern_is_as_good_as_its_worst_margin():
    good = judge((np.array([1.0, 1.2]), np.array([2.0, 3.0])))
    bad = judge((np.array([1.0, 1.2]), np.array([-2.0, -2.1])))
    assert good.margin == pytest.approx(1.1)
    assert bad.margin == pytest.approx(-2.05)
    assert (good.holds, good.shown, good.denied) == (True, False, False)
    assert (bad.holds, bad.shown, bad.denied) == (False, False, True)


def test_one_margin_that_is_open_keeps_a_pattern_from_being_shown():
    same = judge((np.ones(3), np.array([0.5, -0.1, 0.4])))
    assert (same.holds, same.shown, same.denied) == (True, False, False)
