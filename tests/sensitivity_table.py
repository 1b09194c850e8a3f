"""Write scenarios/sweeps/sensitivity_all.csv anew: `python -m tests.sensitivity_table [RESULTS]`.

It takes eight minutes on two cores. RESULTS is where the folder of the sweep is, or is to be; without it,
results/.
"""

import csv
import sys
from pathlib import Path

from simulation.analysis.sensitivity import indices
from simulation.analysis.sweeps import Reading
from simulation.api import load
from simulation.describe.ranks import RANKS
from simulation.library import sweeps_folder
from simulation.results.sweeps import Swept


def write(swept: Swept, path: Path) -> None:
    """The indices of a sweep as a table: a row a parameter, the largest first."""
    facts, shown = swept.manifest, swept.shown
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["world", "scenario", "measure", "rank", "path", "total", "low", "high", "alone"])
        for rank, one in enumerate(indices(Reading(swept, shown)), 1):
            numbers = (f"{each:.4f}" for each in (one.whole, one.low, one.high, one.first))
            table.writerow(
                [facts["world"]["name"], facts["scenario"], shown.measure, rank, one.axis, *numbers]
            )


if __name__ == "__main__":
    out = Path(sys.argv[1]) if sys.argv[1:] else Path("results")
    write(load("sensitivity_all").run(out=out), sweeps_folder() / RANKS)
