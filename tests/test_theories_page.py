"""docs/theories_1969.md: what four theories say of five periods, below what was foreseen of them.

To renew its table: `.venv/bin/python -m tests.test_theories_page`.
"""

from functools import cache
from pathlib import Path

import pytest

from simulation.api import load
from simulation.engines.ensemble import run_block
from simulation.results.intervals import mean_interval
from simulation.world import load_world
from tests.pages import with_parts

PAGE = Path(__file__).parents[1] / "docs" / "theories_1969.md"
BEGIN, END = "<!-- results -->\n", "<!-- end of results -->"
RUNS = 1000
WITHIN = 0.15  # points: another processor may turn one run in some thousands another way
PERIODS = {
    "A": ("withdrawal_plan", "1969-07", "1971-07"),
    "B": ("withdrawal_plan", "1972-01", "1974-12"),
    "C": ("withdrawal_plan", "1975-04", "1979-07"),
    "D": ("recommitment_1981", "1980-12", "1982-12"),
    "E": ("recommitment_1981", "1983-01", "1984-12"),
}
ON_RECORD = {"A": "up", "B": "down", "C": "up", "D": "down", "E": "up"}


def month(text: str) -> int:
    """Months since the year 0."""
    year, number = text.split("-")
    return 12 * int(year) + int(number) - 1


@cache
def changes(theory: str) -> dict[str, tuple[float, float, float]]:
    """By period, the mean change of the index and its 95 % interval."""
    found = {}
    for scenario in dict.fromkeys(scenario for scenario, _, _ in PERIODS.values()):
        loaded = load(scenario, set=[f"theory={theory}"])
        slot = [one.name for one in loaded.plan.series].index("cooperation")
        paths = run_block(loaded.plan, 0, RUNS, keep_paths=True).paths
        assert paths is not None
        index = paths[:, :, slot]
        for period, (of, first, last) in PERIODS.items():
            if of == scenario:
                at = [month(text) - loaded.scenario.start for text in (first, last)]
                found[period] = mean_interval(index[:, at[1]] - index[:, at[0]])
    return found


def sign(low: float, high: float) -> str:
    """Of an interval."""
    return "up" if low > 0 else "down" if high < 0 else "none"


def foreseen(text: str) -> dict[str, list[str]]:
    """By theory, the signs of the table of predictions."""
    rows = text.partition("## What each theory should say")[2].partition("\n\nA theory")[0]
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows.split("\n") if row[:1] == "|"]
    return {name: signs for name, *signs, _ in cells[2:]}


def table(text: str) -> list[str]:
    """Changes of each theory, and how many signs are as foreseen and as on record."""
    lines = [f"| theory | {' | '.join(PERIODS)} | as foreseen | as on record |", "| --- " * 8 + "|"]
    for theory, said in foreseen(text).items():
        found = changes(theory)
        signs = [sign(low, high) for _, low, high in found.values()]
        cells = [f"{mean:+.1f} ({low:+.1f} to {high:+.1f})" for mean, low, high in found.values()]
        hits = [sum(map(str.__eq__, signs, other)) for other in (said, ON_RECORD.values())]
        lines.append(f"| {theory} | {' | '.join(cells)} | {hits[0]} of 5 | {hits[1]} of 5 |")
    return lines


def renewed(text: str) -> str:
    """The page with its table made anew."""
    return with_parts(text, {"results": table(text)})


def test_every_theory_of_the_world_was_foreseen():
    assert list(foreseen(PAGE.read_text(encoding="utf-8"))) == list(load_world("korea_japan_1969").theories)


def test_a_row_is_that_of_its_runs():
    rows = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].split("\n")
    (row,) = [row for row in rows if row.startswith("| net_threat ")]
    stated = [float(cell.split()[0]) for cell in row.split("|")[2:7]]
    assert stated == pytest.approx([mean for mean, _, _ in changes("net_threat").values()], abs=WITHIN)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
