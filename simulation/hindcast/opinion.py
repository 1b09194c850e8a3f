"""Opinion a year ahead: what each public thinks of the other country, beside no change at all."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.document import month_text
from simulation.hindcast.forecasters import Origin
from simulation.hindcast.ground import Ground, Setup
from simulation.hindcast.history import plan_of, series

YEAR = 12
JUNE = 5  # polls are dated to June of their year


@dataclass(frozen=True)
class Poll:
    """The share of a public with a bad impression, in per cent, in June of a year and of the next."""

    population: str
    target: str
    year: int
    before: float
    after: float


def polls(ground: Ground) -> list[Poll]:
    """Pairs of polls a year apart, both with a share of bad impressions."""
    rules, found = ground.protocol, []
    for i, j in (ground.observed.pair, ground.observed.pair[::-1]):
        shares = {
            each.year: each.unfavourable
            for each in ground.record.opinion
            if (each.survey, each.question) == (rules.survey, rules.question)
            and (each.population, each.target) == (i, j)
            and each.unfavourable is not None
        }
        years = [year for year in sorted(shares) if year + 1 in shares and _on_record(ground, year)]
        found += [Poll(i, j, year, shares[year], shares[year + 1]) for year in years]
    return found


def _on_record(ground: Ground, year: int) -> bool:
    """Whether the months from the June of a year to the next are on record, and some before them."""
    june = year * 12 + JUNE
    return ground.record.first <= june and june + YEAR < ground.end


def opinion(ground: Ground, runs: int, threads: int) -> dict[str, Any]:
    """Mean absolute error, in points, of bad impressions a year ahead: of the model and of no change.

    The model's change in favourability over the year is taken off the last poll, with what came from
    outside given, or not.
    """
    pairs = polls(ground)
    found: dict[str, Any] = {"rows": [], "publics": {}}
    changes = {
        (regime, year): _changes(ground, year, Setup(regime=regime), runs, threads)
        for regime in ("given", "unknown")
        for year in sorted({each.year for each in pairs})
    }
    for each in pairs:
        k = ground.observed.pair.index(each.population)
        row: dict[str, Any] = {
            "public": each.population, "from": month_text(each.year * 12 + JUNE), "before": each.before,
            "after": each.after, "no change": each.before,
        }  # fmt: skip
        for regime in ("given", "unknown"):
            guesses = np.clip(each.before - 100.0 * changes[regime, each.year][:, k], 0.0, 100.0)
            row[regime] = float(np.median(guesses))
            row[f"{regime} 80 %"] = [float(x) for x in np.quantile(guesses, (0.1, 0.9))]
        found["rows"].append(row)
    for public in ground.observed.pair:
        rows = [row for row in found["rows"] if row["public"] == public]
        if not rows:
            continue
        found["publics"][public] = {"n": len(rows)} | {
            who: float(np.mean([abs(row[who] - row["after"]) for row in rows]))
            for who in ("given", "unknown", "no change")
        }
    return found


def _changes(ground: Ground, year: int, setup: Setup, runs: int, threads: int) -> Any:
    """Change in favourability (share) of both publics from June to June: (runs, 2)."""
    at = Origin(year * 12 + JUNE + 1, YEAR)
    plan = plan_of(ground, at.month, at.ahead, setup)
    names = [f"favourability.{code}" for code in ground.observed.pair]
    paths = series(plan, at.month - 1, runs, threads, names)
    return paths[:, -1] - paths[:, 0]
