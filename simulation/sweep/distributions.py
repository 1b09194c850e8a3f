"""Where the values of an axis lie: each distribution as the value at a probability.

A design draws points of the unit cube, one coordinate an axis; these turn a coordinate into a value.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np

from simulation.model.state import Floats


class Distribution(Protocol):
    """A range of numbers, and which of them lies at a probability."""

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""

    def at(self, u: Floats) -> Floats:
        """The values at these probabilities, each inside [0, 1)."""


@dataclass(frozen=True)
class Uniform:
    """Every value from low to high alike."""

    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        return self.low, self.high

    def at(self, u: Floats) -> Floats:
        """The values at these probabilities."""
        return np.clip(self.low + (self.high - self.low) * u, self.low, self.high)


@dataclass(frozen=True)
class LogUniform:
    """Every proportion from low to high alike; both are above 0."""

    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        return self.low, self.high

    def at(self, u: Floats) -> Floats:
        """The values at these probabilities."""
        first, last = math.log(self.low), math.log(self.high)
        return np.clip(np.exp(first + (last - first) * u), self.low, self.high)


@dataclass(frozen=True)
class Triangular:
    """Most likely at the mode, and ever less so to either end."""

    low: float
    mode: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        return self.low, self.high

    def at(self, u: Floats) -> Floats:
        """The values at these probabilities."""
        width = self.high - self.low
        split = (self.mode - self.low) / width
        rising = self.low + np.sqrt(u * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1.0 - u) * width * (self.high - self.mode))
        return np.clip(np.where(u < split, rising, falling), self.low, self.high)


@dataclass(frozen=True)
class Normal:
    """A normal of this mean and standard deviation, cut off at low and high."""

    mean: float
    sd: float
    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        return self.low, self.high

    def at(self, u: Floats) -> Floats:
        """The values at these probabilities: of the normal between its ends, not heaped up there."""
        from scipy.special import ndtr, ndtri

        first, last = (ndtr((end - self.mean) / self.sd) for end in self.ends)
        values: Floats = self.mean + self.sd * ndtri(first + (last - first) * u)
        return np.clip(values, self.low, self.high)


class Kind(NamedTuple):
    """A distribution as a file names it: its numbers in their order, what it means, and how it is made.

    `wrong` says what is wrong with the numbers; None where nothing is.
    """

    numbers: tuple[str, ...]
    meaning: str
    make: Callable[..., Distribution]
    wrong: Callable[..., str | None]


def _disordered(*numbers: float) -> str | None:
    rising = all(a <= b for a, b in pairwise(numbers)) and numbers[0] < numbers[-1]
    return None if rising else "these numbers do not go up"


def _no_proportion(low: float, high: float) -> str | None:
    return "proportions begin above 0" if low <= 0 else _disordered(low, high)


def _no_normal(mean: float, sd: float, low: float, high: float) -> str | None:
    return "the standard deviation lies above 0" if sd <= 0 else _disordered(low, mean, high)


DISTRIBUTIONS: dict[str, Kind] = {
    "uniform": Kind(("low", "high"), "every value alike", Uniform, _disordered),
    "loguniform": Kind(("low", "high"), "every proportion alike", LogUniform, _no_proportion),
    "triangular": Kind(
        ("low", "mode", "high"), "most likely at the mode, less so to either end", Triangular, _disordered
    ),
    "normal": Kind(("mean", "sd", "low", "high"), "a normal, cut off at low and high", Normal, _no_normal),
}
