"""What is said of a landscape: whose it is, what its countries are called, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.landscape.landscape import Landscape, Minimum
from simulation.landscape.sureness import Sureness


@dataclass(frozen=True)
class Origin:
    """The scenario whose runs gave the propensities, and the month after which.

    weightless: countries without capability, which are on no side; left_out: runs that did not end well.
    """

    scenario: str
    title: str
    at: str
    uncertainty: tuple[str, ...]
    theory: Mapping[str, float]
    weightless: tuple[str, ...]
    left_out: int

    @property
    def theories(self) -> str:
        """The theory, or the shares of a mixture."""
        return " + ".join(f"{name} {share:.0%}" if share < 1 else name for name, share in self.theory.items())


@dataclass(frozen=True)
class Blocs:
    """A landscape with the names of its countries; origin and sureness are None for tables."""

    landscape: Landscape
    called: Mapping[str, str]
    origin: Origin | None
    sureness: Sureness | None
    file: str

    @property
    def title(self) -> str:
        """Whose blocs these are."""
        return self.file if self.origin is None else f"{self.origin.title}, {self.origin.at}"

    @property
    def looked_at(self) -> str:
        """What the landscape rests on: every configuration, or so many descents; and so many runs."""
        found = self.landscape
        if found.exact:
            how = f"all {found.configurations:,} configurations of {len(found.names)} countries"
        else:
            how = f"{found.looked_at:,} descents from chance configurations of {len(found.names)} countries"
        if self.origin is None or self.sureness is None:
            return how
        kinds = ", ".join(self.origin.uncertainty) or "none"
        runs = f"mean of n = {self.sureness.runs:,} run{'' if self.sureness.runs == 1 else 's'}"
        return f"{how}; {runs}; uncertainty: {kinds}; theory: {self.origin.theories}"

    def both(self, sides: tuple[int, ...]) -> tuple[list[str], list[str]]:
        """The names on the side of the first country, and those on the other."""
        called = [self.called[name] for name in self.landscape.names]
        first, other = (
            [name for name, side in zip(called, sides, strict=True) if side == which] for which in (1, -1)
        )
        return first, other

    def share(self, one: Minimum) -> float | None:
        """Share of the configurations (of a sample: the descents) that end in a minimum."""
        return None if one.basin is None else one.basin / self.landscape.looked_at
