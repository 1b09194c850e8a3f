"""How much each parameter matters, as the sweep sensitivity_all of the library has found it."""

import csv
from functools import cache
from typing import NamedTuple

from simulation.library import sweeps_folder

RANKS = "sensitivity_all.csv"  # beside its sweep; `python -m tests.sensitivity_table` writes it


class Rank(NamedTuple):
    """A parameter's place by its total Sobol index, of how many; the index with its 95 % interval.

    It is of the variance of the mean of `measure` in a scenario of a world.
    """

    world: str
    scenario: str
    measure: str
    rank: int
    of: int
    path: str
    total: float
    low: float
    high: float

    def __str__(self) -> str:
        share = f"{self.total:.3f} (95 %: {self.low:.3f} to {self.high:.3f})"
        return (
            f"Number {self.rank} of {self.of} by sensitivity in {self.scenario}: the share of the variance of"
            f" {self.measure} in which it has a part is {share}. `entente sweep sensitivity_all` tells."
        )


@cache
def ranks() -> tuple[Rank, ...]:
    """Every rank that ships, the largest index of each world first."""
    with (sweeps_folder() / RANKS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    count = {row["world"]: sum(other["world"] == row["world"] for other in rows) for row in rows}
    return tuple(
        Rank(
            row["world"], row["scenario"], row["measure"], int(row["rank"]), count[row["world"]], row["path"],
            float(row["total"]), float(row["low"]), float(row["high"]),
        )
        for row in rows
    )  # fmt: skip


def rank_of(world: str, path: str) -> Rank | None:
    """The rank of a parameter of a world; None where the sweep did not vary it."""
    return next((one for one in ranks() if (one.world, one.path) == (world, path)), None)
