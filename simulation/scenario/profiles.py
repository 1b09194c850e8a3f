"""Profiles: the shapes that a challenger's tempo takes over a scenario, in acts a year.

Each shape is a small frozen class whose `tempo` reads like its definition. Months are counted from
year 0 (year * 12 + month - 1), as everywhere in Entente.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

HIGHEST_TEMPO = 1000.0  # acts/year, the bound of tempo.reference in seeds/parameters.yaml
LONGEST = 1200  # months

FieldKind = Literal["tempo", "month", "months"]
Written = tuple[tuple[str, float | int | None], ...]


@dataclass(frozen=True)
class Field:
    """One field of a profile, as a scenario file writes it.

    `kind` is `tempo` (acts/year), `month` (a date) or `months` (a length).
    """

    key: str
    kind: FieldKind
    meaning: str
    required: bool = True


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


Profile = Constant | Step | Ramp | Pulse

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
        Field("over", "months", "Months from the one tempo to the other."),
        Field("at", "month", "First month of the ramp; left out, the start of the scenario.", False),
    ),
    "pulse": (
        Field("base", "tempo", "Tempo before and after the pulse."),
        Field("peak", "tempo", "Tempo while the pulse lasts."),
        Field("at", "month", "First month of the pulse."),
        Field("width", "months", "Months that the pulse lasts."),
    ),
}


def make_profile(shape: str, fields: Mapping[str, float | int]) -> Profile:
    """The profile of a shape from its fields as a file names them (all required ones present)."""
    at = int(fields["at"]) if "at" in fields else None
    if shape == "constant":
        return Constant(float(fields["base"]))
    if shape == "ramp":
        return Ramp(float(fields["from"]), float(fields["to"]), int(fields["over"]), at)
    assert at is not None, "a step or a pulse has its month"
    if shape == "step":
        return Step(float(fields["from"]), float(fields["to"]), at)
    return Pulse(float(fields["base"]), float(fields["peak"]), at, int(fields["width"]))
