"""What a figure must say beside its numbers, and what its table does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Context:
    """The words of a figure: whose result it is, how many runs, what varies between them.

    `start` is the first simulated month (year * 12 + month - 1), where every time axis begins.
    `runs` counts the runs with status ok of the scenario's case: the n of every figure.
    """

    title: str
    """Title of the scenario."""
    runs: int
    """Runs that entered the table (status ok) of the scenario's case."""
    uncertainty: tuple[str, ...]
    """Kinds of uncertainty spanned by the runs: chance, parameters, theory."""
    theory: str
    """Theory, or mixture, as a reader should see it: `article 0.5, quasi_alliance 0.5`."""
    start: int
    """First simulated month: year * 12 + month - 1."""
    rungs: Mapping[str, tuple[str, ...]]
    """Rung names of each track, lowest first; tracks in the order of the world."""
    countries: Mapping[str, str]
    """Name of each country by code, in the order of the world."""
    focus: tuple[str, str]
    """Codes of the dyad that the unsuffixed series speak of."""
    cases: Mapping[int, str]
    """Role of each case: `scenario`, `parent` or `branch`."""
    parent: str | None = None
    """Title of the parent, or None when the scenario stands alone."""
    branches: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Name and first month (`YYYY-MM`) of each case that is a branch of a fork."""
    dyads: Mapping[str, float] = field(default_factory=dict)
    """Index (0 to 100) of each dyad that takes part, before the first month: `JPN.KOR` and so on."""

    def __post_init__(self) -> None:
        if self.runs < 1:
            raise ValueError(f"a figure needs at least 1 run that is ok, got {self.runs}")
        if "scenario" not in self.cases.values():
            raise ValueError(f"no case has the role 'scenario': {dict(self.cases)}")

    @property
    def case(self) -> int:
        """The first case with the role of the scenario."""
        return next(case for case, role in self.cases.items() if role == "scenario")

    @property
    def parent_case(self) -> int | None:
        """The parent's case, or None when the scenario stands alone."""
        return next((case for case, role in self.cases.items() if role == "parent"), None)

    @property
    def dyad(self) -> str:
        """Names of the two countries in focus, joined by `and`."""
        return " and ".join(self.name(code) for code in self.focus)

    def name(self, code: str) -> str:
        """Name of a country, or its code where the world names none."""
        return self.countries.get(code, code)

    def caption(self, bands: str) -> str:
        """What no figure goes without: n, the meaning of its bands, the kinds of uncertainty, the theory."""
        return caption([self], bands)


def caption(contexts: Sequence[Context], bands: str) -> str:
    """The caption of a figure of several results: where they differ, it says all that they are."""
    counts = sorted({one.runs for one in contexts})
    runs = f"{counts[0]:,}" if len(counts) == 1 else f"{counts[0]:,} to {counts[-1]:,}"
    plural = "" if counts == [1] else "s"
    each = " each" if len(contexts) > 1 else ""
    kinds = _all_of(", ".join(one.uncertainty) or "none" for one in contexts)
    theory = _all_of(one.theory for one in contexts)
    return f"n = {runs} run{plural}{each}; {bands}; uncertainty: {kinds}; theory: {theory}"


def _all_of(words: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(words))
