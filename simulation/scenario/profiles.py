"""Profiles: the shapes that a challenger's tempo takes over a scenario, in acts a year.

Each shape is a small frozen class whose `tempo` reads like its definition. Months are counted from
year 0 (year * 12 + month - 1), as everywhere in Entente.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

from simulation.scenario.shapes import HIGHEST_TEMPO, Cycle, Series, Walk, held

__all__ = [
    "FIELDS", "HIGHEST_TEMPO", "LONGEST", "MOST_PARTS", "Constant", "Cycle", "Field", "Profile", "Pulse",
    "Ramp", "Series", "Step", "Sum", "Walk", "make_profile", "prescribed", "walk_of",
]  # fmt: skip

LONGEST = 1200  # months
MOST_PARTS = 20  # of a sum
LASTING = 0.999  # the highest persistence of a walk: at 1 it would not come back to its base

FieldKind = Literal["tempo", "spread", "share", "month", "phase", "months", "text", "tempi", "parts"]
Written = tuple[tuple[str, float | int | None], ...]


@dataclass(frozen=True)
class Field:
    """One field of a profile, as a scenario file writes it.

    `kind` is `tempo` or `spread` (acts/year), `share`, `month` (a date inside the scenario), `phase` (any
    date), `months` (a length), `text`, `tempi` (a list of tempi) or `parts` (a list of profiles). A number
    lies between `low` and `high`, in `unit`.
    """

    key: str
    kind: FieldKind
    meaning: str
    required: bool = True
    low: float = 0.0

    @property
    def unit(self) -> str | None:
        """The unit of its numbers; None where it holds a date or a text."""
        if self.kind in ("tempo", "spread", "tempi", "parts"):
            return "acts/year"
        return {"share": "share", "months": "months"}.get(self.kind)

    @property
    def high(self) -> float | None:
        """The highest number it may hold; None where it holds a date or a text."""
        if self.unit is None:
            return None
        return {"share": LASTING, "months": float(LONGEST)}.get(self.kind, HIGHEST_TEMPO)


@dataclass(frozen=True)
class Constant:
    """The same tempo in every month."""

    base: float
    shape: ClassVar[str] = "constant"

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month: the base. `start` (a month) does not matter."""
        return [self.base for _ in range(start, start + months)]

    def within(self, end: int) -> "Constant":
        """The profile as months before `end` show it."""
        del end  # a constant has no month to be cut at
        return self

    def written(self) -> Written:
        """The fields as a file writes them."""
        return (("base", self.base),)


@dataclass(frozen=True)
class Step:
    """One tempo before a month, another from that month on."""

    first: float
    to: float
    at: int
    shape: ClassVar[str] = "step"

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month: `first` before `at`, `to` from `at` on."""
        return [self.first if month < self.at else self.to for month in range(start, start + months)]

    def within(self, end: int) -> "Constant | Step":
        """The profile as months before `end` show it."""
        return self if self.at < end else Constant(self.first)

    def written(self) -> Written:
        """The fields as a file writes them."""
        return (("from", self.first), ("to", self.to), ("at", self.at))


@dataclass(frozen=True)
class Ramp:
    """A straight line from one tempo to another, and the second from then on.

    Without `at` it begins with the scenario.
    """

    first: float
    to: float
    over: int
    at: int | None = None
    shape: ClassVar[str] = "ramp"

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month: `first` at the ramp's first month, `to` after `over` months."""
        begins = start if self.at is None else self.at
        return [self._after(month - begins) for month in range(start, start + months)]

    def _after(self, months: int) -> float:
        if months >= self.over:
            return self.to
        value = self.first + (self.to - self.first) * (max(0, months) / self.over)
        # Rounding may carry a value near the end past it by a last bit.
        return min(max(value, min(self.first, self.to)), max(self.first, self.to))

    def within(self, end: int) -> "Constant | Ramp":
        """The profile as months before `end` show it."""
        return self if self.at is None or self.at < end else Constant(self.first)

    def written(self) -> Written:
        """The fields as a file writes them; a beginning left out is None."""
        return (("from", self.first), ("to", self.to), ("over", self.over), ("at", self.at))


@dataclass(frozen=True)
class Pulse:
    """A base tempo, and another that lasts some months."""

    base: float
    peak: float
    at: int
    width: int
    shape: ClassVar[str] = "pulse"

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month: `peak` for `width` months from `at`, `base` before and after."""
        lasts = range(self.at, self.at + self.width)
        return [self.peak if month in lasts else self.base for month in range(start, start + months)]

    def within(self, end: int) -> "Constant | Pulse":
        """The profile as months before `end` show it."""
        return self if self.at < end else Constant(self.base)

    def written(self) -> Written:
        """The fields as a file writes them."""
        return (("base", self.base), ("peak", self.peak), ("at", self.at), ("width", self.width))


Part = Constant | Step | Ramp | Pulse | Cycle | Walk | Series


@dataclass(frozen=True)
class Sum:
    """Several profiles added, at most one of them a walk. Not each part but the sum is held at 0."""

    parts: tuple[Part, ...]
    shape: ClassVar[str] = "sum"

    def swing(self, start: int, months: int) -> list[float]:
        """What the parts add up to in each month, a walk counted by its base; below 0 where a cycle is."""
        rows = (
            one.swing(start, months) if isinstance(one, Cycle) else one.tempo(start, months)
            for one in self.parts
        )
        return [math.fsum(month) for month in zip(*rows, strict=True)]

    def tempo(self, start: int, months: int) -> list[float]:
        """Acts a year in each month, a walk counted by its base."""
        return held(self.swing(start, months))

    def within(self, end: int) -> "Sum":
        """The profile as months before `end` show it."""
        return Sum(tuple(one.within(end) for one in self.parts))

    def written(self) -> tuple[tuple[str, tuple[Part, ...]], ...]:
        """The fields as a file writes them."""
        return (("parts", self.parts),)


Profile = Part | Sum


def walk_of(profile: Profile) -> Walk | None:
    """The walk in a profile: itself, or the one among its parts."""
    parts = profile.parts if isinstance(profile, Sum) else (profile,)
    return next((one for one in parts if isinstance(one, Walk)), None)


def prescribed(profile: Profile, start: int, months: int) -> list[float]:
    """Acts a year in each month before chance: where a walk is to come to it, a sum may lie below 0."""
    walk = walk_of(profile)
    if isinstance(profile, Sum) and walk is not None and walk.sd > 0:
        return profile.swing(start, months)
    return profile.tempo(start, months)


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "constant": (Field("base", "tempo", "Tempo in every month."),),
    "step": (
        Field("from", "tempo", "Tempo before the step."),
        Field("to", "tempo", "Tempo from the step on."),
        Field("at", "month", "First month at the new tempo."),
    ),
    "ramp": (
        Field("from", "tempo", "Tempo up to the first month of the ramp."),
        Field("to", "tempo", "Tempo from the end of the ramp on."),
        Field("over", "months", "Months from the one tempo to the other.", low=1),
        Field("at", "month", "First month of the ramp; left out, the start of the scenario.", False),
    ),
    "pulse": (
        Field("base", "tempo", "Tempo before and after the pulse."),
        Field("peak", "tempo", "Tempo while the pulse lasts."),
        Field("at", "month", "First month of the pulse."),
        Field("width", "months", "Months that the pulse lasts.", low=1),
    ),
    "cycle": (
        Field("base", "tempo", "Tempo around which it swings."),
        Field("amplitude", "spread", "How far it swings to either side; a tempo ends at 0."),
        Field("period", "months", "Months from crest to crest.", low=2),
        Field("at", "phase", "A month at the crest; left out, the start of the scenario.", False),
    ),
    "walk": (
        Field("base", "tempo", "Tempo at which it begins, and around which it wanders."),
        Field(
            "persistence", "share", "Share of a month's deviation from the base that the next begins with."
        ),
        Field("sd", "spread", "Standard deviation from the base, in the long run."),
        Field("low", "tempo", "Lowest tempo; left out, none but 0, and for a part of a sum none.", False),
        Field("high", "tempo", "Highest tempo; left out, none but the bound of every tempo.", False),
    ),
    "series": (
        Field("file", "text", "A CSV file beside the scenario, with a column `date` (YYYY-MM).", False),
        Field("column", "text", "The column of that file that holds the tempo.", False),
        Field("at", "phase", "In place of a file: the month of the first value.", False),
        Field("values", "tempi", "In place of a file: the tempo of each month from there on.", False),
    ),
    "sum": (Field("parts", "parts", "Levels, tempi and profiles that are added; no sum, and one walk."),),
}

_CLASSES: Mapping[str, type[Profile]] = {
    each.shape: each for each in (Constant, Step, Ramp, Pulse, Cycle, Walk, Series, Sum)
}
_NAMED = {"from": "first"}  # a word that Python keeps for itself


def make_profile(shape: str, values: Mapping[str, Any]) -> Profile:
    """The profile of a shape from its fields as a file names them (all required ones present)."""
    kind = _CLASSES[shape]
    given = {_NAMED.get(key, key): value for key, value in values.items()}
    assert set(given) <= {each.name for each in fields(kind)}, "only fields of the shape"
    return kind(**given)
