"""How sure the blocs of a scenario are: the landscape of the mean run, held against that of each run."""

from dataclasses import dataclass

import numpy as np

from simulation.landscape.energy import Floats, couplings, sides_of, slack
from simulation.landscape.enumerated import deepest
from simulation.landscape.landscape import Landscape, landscape_of
from simulation.landscape.of_runs import Drawn

MOST_STEPS = 1 << 27  # configurations looked at over all runs: about ten seconds
OTHERS = 5  # configurations named that are the lowest of a run and no minimum of the mean


@dataclass(frozen=True)
class Sureness:
    """Of so many runs, in how many each minimum of the mean is one too, and in how many it is the lowest.

    lowest is None where enumerating every run would take too long. others: the sides and runs of the most
    frequent lowest configurations that are no minimum of the mean.
    """

    runs: int
    held: tuple[int, ...]
    lowest: tuple[int, ...] | None
    others: tuple[tuple[tuple[int, ...], int], ...]


def mean_landscape(found: Drawn, rng_seed: int) -> tuple[Landscape, Sureness]:
    """The landscape of mean sizes and mean propensities, and how sure it is."""
    mean = landscape_of(found.names, found.sizes.mean(axis=0), found.propensities.mean(axis=0), rng_seed)
    return mean, _sureness(mean, couplings(found.sizes, found.propensities))


def _sureness(mean: Landscape, w: Floats) -> Sureness:
    runs, n = w.shape[:2]
    held = tuple(holds(w, np.array(one.sides, float)) for one in mean.minima)
    if runs << (n - 1) > MOST_STEPS:
        return Sureness(runs, held, None, ())
    numbers, counts = np.unique([deepest(w[r]) for r in range(runs)], return_counts=True)
    sides = [tuple(int(side) for side in sides_of(int(each), n)) for each in numbers]
    lowest = dict(zip(sides, (int(count) for count in counts), strict=True))
    known = {one.sides for one in mean.minima}
    rest = sorted(((x, count) for x, count in lowest.items() if x not in known), key=lambda pair: -pair[1])
    return Sureness(runs, held, tuple(lowest.get(one.sides, 0) for one in mean.minima), tuple(rest[:OTHERS]))


def holds(w: Floats, x: Floats) -> int:
    """In how many runs no country alone could leave configuration x to lower the energy."""
    rises = 2.0 * x * (w @ x)
    return int((rises >= -slack(w)).all(axis=1).sum())
