"""docs/patterns.md: which patterns the model shows, at its central values and over draws of its parameters.

To renew the page (some minutes): `.venv/bin/python -m tests.model.patterns_page`.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from simulation.model.state import Floats
from simulation.results.intervals import mean_interval, wilson
from tests.model.laboratory import CENTRAL, Bench
from tests.model.patterns import NOISY, PATTERNS, THEORIES, Pattern, under
from tests.pages import with_parts

PAGE = Path(__file__).parents[2] / "docs" / "patterns.md"
DRAWS, BATCHES, RUNS = 60, 8, 25  # draws, and for each so many batches of so many runs
CENTRAL_BATCHES, CENTRAL_RUNS = 20, 100
ENOUGH = 0.8  # share of the draws in which a pattern is to hold
LEAVING = ("us_retrenchment", "us_leaves_korea")


class Judged(NamedTuple):
    """The smallest margin of a pattern with its 95 % interval, and which way all its margins point.

    `shown`: all intervals above 0; `denied`: one below it.
    """

    margin: float
    low: float
    high: float
    holds: bool
    shown: bool
    denied: bool


def judge(margins: tuple[Floats, ...]) -> Judged:
    """A pattern from its margins by batches of runs."""
    spans = [mean_interval(values) for values in margins]
    least = min(spans)
    return Judged(
        *least,
        holds=least[0] > 0.0,
        shown=all(low > 0.0 for _, low, _ in spans),
        denied=any(high < 0.0 for _, _, high in spans),
    )


def at_one(wanted: Sequence[Pattern], batches: int, runs: int, draw: int) -> list[Judged]:
    """Each of what is wanted at one draw; some patterns take several times the runs."""
    benches = {times: Bench(draw, batches, runs * times) for times in (1, NOISY)}
    return [judge(one.margins(benches[one.times])) for one in wanted]


def at(wanted: Sequence[Pattern], draws: Sequence[int], batches: int, runs: int) -> list[list[Judged]]:
    """The same of every draw."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(partial(at_one, wanted, batches, runs), draws))


def patterns_table(here: list[Judged], drawn: list[list[Judged]]) -> list[str]:
    """A row a pattern."""
    heads = (
        "",
        "pattern",
        "theory",
        "margin at the central values (95 %)",
        "draws in which it holds (95 %)",
        "beyond noise",
        "against, beyond noise",
        "",
    )
    rows = [f"| {' | '.join(heads)} |", "| --- " * len(heads) + "|"]
    for number, (pattern, one) in enumerate(zip(PATTERNS, here, strict=True), 1):
        column = [found[number - 1] for found in drawn]
        hits = sum(found.holds for found in column)
        low, high = wilson(hits, len(column))
        rows.append(
            f"| {number} | {pattern.says} | {pattern.theory} | {signed(one)} {pattern.unit} "
            f"| {hits} of {len(column)}: {hits / len(column):.0%} ({low:.0%} to {high:.0%}) "
            f"| {sum(found.shown for found in column)} | {sum(found.denied for found in column)} "
            f"| {'holds' if hits >= ENOUGH * len(column) else 'fails'} |"
        )
    return rows


def size(draws: int, runs: int) -> list[str]:
    """How much was run."""
    fine = ", ".join(str(number) for number, one in enumerate(PATTERNS, 1) if one.times == NOISY)
    here = CENTRAL_BATCHES * CENTRAL_RUNS
    said = f"{draws} draws of {BATCHES * runs:,} runs each, and {here:,} runs at the central values; {NOISY} "
    return [said + f"times as many where one track is set against another ({fine})."]


def theories_table(here: list[Judged], drawn: list[list[Judged]]) -> list[str]:
    """What becomes of the index when Washington steps back, by each theory."""
    rows = ["| theory | " + " | ".join(LEAVING) + " |", "| --- | --- | --- |"]
    for t, theory in enumerate(THEORIES):
        cells = []
        for k in (2 * t, 2 * t + 1):
            lower = sum(found[k].margin < 0.0 for found in drawn)
            cells.append(f"{signed(here[k])} points; lower in {lower} of {len(drawn)} draws")
        rows.append(f"| {theory} | {' | '.join(cells)} |")
    return rows


def reasons() -> list[str]:
    """Why what fails fails."""
    return [f"- **{number}.** {one.reason}" for number, one in enumerate(PATTERNS, 1) if one.reason]


def signed(one: Judged) -> str:
    """A margin with its interval."""
    digits = 3 if max(map(abs, one[:3])) < 0.1 else 2 if abs(one.margin) < 1 else 1
    return f"{one.margin:+.{digits}f} ({one.low:+.{digits}f} to {one.high:+.{digits}f})"


def leaving() -> list[Pattern]:
    """What each theory says of Washington's two ways of stepping back."""
    return [
        Pattern(name, "points", under(theory, name, 1), theory) for theory in THEORIES for name in LEAVING
    ]


def main() -> None:
    """Write the page anew."""
    words = argparse.ArgumentParser(description="Write docs/patterns.md anew.")
    words.add_argument("--draws", type=int, default=DRAWS, help="draws of the parameters")
    words.add_argument("--runs", type=int, default=RUNS, help=f"runs in each of {BATCHES} batches")
    words.add_argument("--out", type=Path, default=PAGE, help="the page")
    given = words.parse_args()
    wanted, count = [*PATTERNS, *leaving()], len(PATTERNS)
    (here,) = at(wanted, [CENTRAL], CENTRAL_BATCHES, CENTRAL_RUNS)
    drawn = at(wanted, range(given.draws), BATCHES, given.runs)
    tables = {
        "size": size(given.draws, given.runs),
        "patterns": patterns_table(here[:count], [row[:count] for row in drawn]),
        "theories": theories_table(here[count:], [row[count:] for row in drawn]),
        "reasons": reasons(),
    }
    given.out.write_text(with_parts(PAGE.read_text(encoding="utf-8"), tables), encoding="utf-8")


if __name__ == "__main__":
    main()
