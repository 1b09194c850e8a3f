"""Shapes of a tempo that move in every month: a cycle, a walk, a series on record. In acts a year.

Months are counted from year 0 (year * 12 + month - 1), as everywhere in Entente.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

UNIT = "acts/year"
HIGHEST_TEMPO = 1000.0  # acts/year, the bound of tempo.reference in seeds/parameters.yaml


@dataclass(frozen=True)
class Cycle:
    """A tempo that swings around a base like a season; never below 0.

    `at` is a month at the crest; without it the first month of the scenario is one.
    """

    base: float
    amplitude: float
    period: int
    at: int | None = None
    shape: ClassVar[str] = "cycle"

    def swing(self, start: int, months: int) -> list[float]:
        """The base with its swing in each month, below 0 where the swing is wider than the base."""
        crest = start if self.at is None else self.at
        turns = ((month - crest) % self.period / self.period for month in range(start, start + months))
        return [self.base + self.amplitude * math.cos(2.0 * math.pi * turn) for turn in turns]

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month."""
        return held(self.swing(start, months))

    def within(self, end: int) -> "Cycle":
        """The profile as months before `end` show it."""
        del end  # a crest after the end shapes the months before it too
        return self

    def written(self) -> tuple[tuple[str, float | int | None], ...]:
        """The fields as a file writes them; a crest left out is None."""
        return (("base", self.base), ("amplitude", self.amplitude), ("period", self.period), ("at", self.at))


@dataclass(frozen=True)
class Walk:
    """A tempo that wanders around a base, in every run its own way (AR(1)).

    The deviation from the base is 0 before the first month. Each month the share `persistence` of it is
    left, and a nearly normal shock comes to it, such that its standard deviation grows toward `sd`.
    `low` and `high` bound the tempo, and not the deviation behind it.
    """

    base: float
    persistence: float
    sd: float
    low: float | None = None
    high: float | None = None
    shape: ClassVar[str] = "walk"

    @property
    def shock(self) -> float:
        """Standard deviation of a month's shock, in acts a year."""
        return self.sd * math.sqrt(1.0 - self.persistence * self.persistence)

    @property
    def reach(self) -> tuple[float, float]:
        """The lowest and the highest deviation from the base that the bounds let through."""
        low = -HIGHEST_TEMPO if self.low is None else self.low - self.base
        return low, HIGHEST_TEMPO if self.high is None else self.high - self.base

    def spread(self, months: int) -> float:
        """Standard deviation of the deviation, before its bounds, in the month with that number from 0."""
        left = self.persistence ** (2 * (months + 1))
        return self.sd * math.sqrt(1.0 - left)

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month around which it wanders: the base."""
        return [self.base for _ in range(start, start + months)]

    def within(self, end: int) -> "Walk":
        """The profile as months before `end` show it."""
        del end  # a walk has no month to be cut at
        return self

    def written(self) -> tuple[tuple[str, float | int | None], ...]:
        """The fields as a file writes them; a bound left out is None."""
        return (
            ("base", self.base),
            ("persistence", self.persistence),
            ("sd", self.sd),
            ("low", self.low),
            ("high", self.high),
        )


@dataclass(frozen=True)
class Series:
    """A tempo for each month, as a file or the scenario itself lists them, from month `at` on.

    Equal to another that lists the same: where its values were read (`file`, `column`) is not compared.
    """

    values: tuple[float, ...]
    at: int
    file: str | None = field(default=None, compare=False)
    column: str | None = field(default=None, compare=False)
    shape: ClassVar[str] = "series"

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month. ValueError where it does not list them all."""
        if start < self.at or start + months > self.at + len(self.values):
            raise ValueError("the series does not cover these months")
        return list(self.values[start - self.at : start - self.at + months])

    def cut(self, start: int, end: int) -> "Series":
        """The series from month `start` on and before `end`."""
        return Series(self.values[start - self.at : end - self.at], start, self.file, self.column)

    def within(self, end: int) -> "Series":
        """The profile as months before `end` show it."""
        return self.cut(self.at, end)

    def written(self) -> tuple[tuple[str, int | tuple[float, ...]], ...]:
        """The fields as a resolved file writes them: with its values, so that it stands alone."""
        return (("at", self.at), ("values", self.values))


def held(tempo: Sequence[float]) -> list[float]:
    """Tempi (acts/year) inside their bounds: from 0 to the highest."""
    return [min(HIGHEST_TEMPO, max(0.0, one)) for one in tempo]
