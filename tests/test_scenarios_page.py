"""scenarios/README.md: question and figures of each scenario, and by hand a sentence that reads them.

To renew the figures: `.venv/bin/python -m tests.test_scenarios_page`. What stands outside the marks is left
as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from simulation.analysis.compare import START, Difference
from simulation.api import loaded
from simulation.engines.ensemble import run_ensemble
from simulation.engines.plan import build_plan
from simulation.library import scenarios_folder
from simulation.model.state import Floats
from simulation.results.intervals import mean_interval
from simulation.scenario.futures import futures
from simulation.scenario.scenario import Scenario
from tests.golden.make import FOLDER

PAGE = Path(__file__).parents[1] / "scenarios" / "README.md"
NAMES = sorted(path.stem for path in scenarios_folder().glob("*.yaml"))
INDEX, CHANGE = "cooperation.final", "cooperation.change"
WITHIN = 0.15  # another processor may turn one run in some thousands another way
PAIR = 2  # variants of which both are taken together too
TABLE = ["| | of | difference | 95 % | n | verdict |", "| --- | --- | --- | --- | --- | --- |"]

Measured = dict[str, Floats]  # by measure, a value a run


@dataclass(frozen=True)
class Compared:
    """One line of a table: two scenarios, by what they are called; without another, against the start."""

    called: str
    mine: Scenario
    against: str
    theirs: Scenario | None
    measure: str

    @property
    def label(self) -> str:
        """The first two cells."""
        return f"| {self.called}, less {self.against} | {self.measure} |"


@cache
def file_of(name: str) -> Scenario:
    """A scenario of the library as its file has it."""
    return loaded(name).scenario


def compared(name: str) -> Iterator[Compared]:
    """Of a file, of each variant (of both together where there are two), and of each branch."""
    file = file_of(name)
    asked = [one.measure for one in file.expectations if one.than_parent and one.share is None]
    together = [file.variants] if len(file.variants) == PAIR else []
    for chosen in ((), *((one,) for one in file.variants), *together):
        scenario = loaded(name, variants=chosen).scenario if chosen else file
        called, parent = " + ".join((name, *chosen)), scenario.parent
        against = START if parent is None else parent.name
        for measure in dict.fromkeys([INDEX, *asked]):
            yield Compared(called, scenario, against, parent, measure)
        for branch, _, future in futures(scenario):
            yield Compared(f"{called}: {branch}", future, called, scenario, INDEX)


def measured(called: str, scenario: Scenario, known: dict[str, Measured]) -> Measured:
    """Every measure of the runs of a scenario, which are run once."""
    if called not in known:
        plan = build_plan(scenario)
        block = run_ensemble(plan, scenario.runs)
        assert block.finite.all()
        known[called] = {one.name: block.measures[:, one.slot] for one in plan.measures}
    return known[called]


def difference(one: Compared, known: dict[str, Measured]) -> Difference:
    """Its mean difference, run by run."""
    mine = measured(one.called, one.mine, known)
    if one.theirs is None:
        values = mine[CHANGE]
    else:
        values = mine[one.measure] - measured(one.against, one.theirs, known)[one.measure]
    return Difference(one.measure, *mean_interval(values), len(values), one.against, paired=True)


def number(value: float, digits: int) -> str:
    """A difference with its sign, in full."""
    return f"{value:+.{digits}f}" if round(value, digits) else f"{0:.{digits}f}"


def row(one: Compared, known: dict[str, Measured]) -> str:
    """A line of a table."""
    found = difference(one, known)
    digits = 1 if one.measure.startswith("cooperation") or one.measure.count(".") > 1 else 2
    mean, low, high = (number(each, digits) for each in (found.mean, found.low, found.high))
    return f"{one.label} {mean} | {low} to {high} | {found.runs:,} | {found.verdict} |"


def head(name: str) -> list[str]:
    """What is said of a scenario above its figures."""
    scenario = file_of(name)
    return [f"### {name}: {scenario.title}", "", scenario.why, "", *TABLE]


def section(name: str, known: dict[str, Measured]) -> list[str]:
    """What is made of a scenario: its title, its question, its figures."""
    return [*head(name), *(row(one, known) for one in compared(name))]


def parts(text: str) -> list[tuple[str, list[str], str]]:
    """Name, lines between the marks, and the reading after them of each scenario of the page."""
    found = re.findall(r"<!-- (\w+) -->\n(.*?)\n?<!-- end of \1 -->\n(.*?)(?=<!--|\n## |\Z)", text, re.DOTALL)
    return [(name, made.split("\n"), reading.strip()) for name, made, reading in found]


def renewed(text: str) -> str:
    """The page with its figures made anew."""
    known: dict[str, Measured] = {}
    for name, _, _ in parts(text):
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        text = before + begin + "\n".join(section(name, known)) + "\n" + end + rest.partition(end)[2]
    return text


def numbers(lines: list[str]) -> list[float]:
    """Mean, ends of the interval and n of each line."""
    cells = [line.split("|")[3:6] for line in lines]
    return [
        float(each) for mean, span, n in cells for each in (mean, *span.split(" to "), n.replace(",", ""))
    ]


WRITTEN = {name: (made, reading) for name, made, reading in parts(PAGE.read_text(encoding="utf-8"))}
RENEW = "renew it: .venv/bin/python -m tests.test_scenarios_page"


def test_every_scenario_of_the_library_stands_on_the_page():
    assert sorted(WRITTEN) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_what_the_file_asks_and_reads_the_answer(name: str):
    made, reading = WRITTEN[name]
    above = head(name)
    assert made[: len(above)] == above, RENEW
    lines = made[len(above) :]
    assert ["|".join(line.split("|")[:3]) + "|" for line in lines] == [one.label for one in compared(name)], (
        RENEW
    )
    assert reading.endswith("."), "write below the figures what they say"


@pytest.mark.parametrize("name", NAMES)
def test_the_first_figure_is_that_of_the_golden_results(name: str):
    """Free of charge: both are of the same 1,000 runs."""
    first = next(compared(name))
    index = golden_index(name)
    if first.theirs is not None:
        index -= golden_index(first.against)
    else:
        index -= at_start(first.mine)
    mean = numbers([WRITTEN[name][0][len(head(name))]])[0]
    assert mean == pytest.approx(index, abs=WITHIN), RENEW


def golden_index(name: str) -> float:
    """Mean index of the last month."""
    said, row, *_ = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert said.startswith(INDEX)
    return float(row.split()[0])


def at_start(scenario: Scenario) -> float:
    """Index of the scenario's focal dyad at its start."""
    setting = build_plan(scenario).setting[0]
    rungs = setting["rung_start"][tuple(setting["focus"])]
    return float(100.0 * (setting["index_weight"] * rungs / setting["top"]).sum())


def test_the_figures_of_variants_and_branches_are_those_of_their_runs():
    made, now = WRITTEN["court_ruling"][0], section("court_ruling", {})
    assert numbers(made[len(head("court_ruling")) :]) == pytest.approx(
        numbers(now[len(head("court_ruling")) :]), abs=WITHIN
    ), RENEW


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
