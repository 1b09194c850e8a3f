"""The posterior of the mechanisms by sequential Monte Carlo of pyabc, beside that of the bank.

    .venv/bin/pip install pyabc
    .venv/bin/python benchmarks/sequential.py results/calibration [MINUTES]

The folder is that of `entente calibrate`, whose bank says which summaries speak of which value. Both ways
see the same summaries, scaled alike, and the same priors. The kernel of pyabc is a normal one: in fifty
dimensions it would next to never propose values that all lie within their bounds, so it walks in normal
scores of the priors, which have none.
"""

import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyabc
from scipy.stats import norm, triang

from simulation.calibration.bank import Simulator, fill
from simulation.calibration.calibrate import DRAWS, KEEP, digest_of
from simulation.calibration.inference import Method
from simulation.calibration.summaries import of_histories, of_record
from simulation.engines.draws import Together
from simulation.engines.ensemble import run_block
from simulation.hindcast.ground import ground_of
from simulation.hindcast.history import rungs_of
from simulation.record import load_record
from simulation.world import load_world

SHOWN = ("choice.precision", "choice.pace", "agility.diplomatic", "agility.security", "agility.economic")
MIDDLE = (0.1, 0.5, 0.9)
POPULATIONS, PROCESSES, FEWEST = 8, 2, 0.02  # at most so many; and the share accepted at which it ends


class OneByOne:
    """A simulation of the training years with given values; all other values and luck are new each time."""

    def __init__(self, ground, bank):
        self.simulator = Simulator(ground)
        ranges = [(ground.world.values[path].low, ground.world.values[path].high) for path in bank.paths]
        self.method = Method(bank, np.array(ranges), KEEP)
        plan = self.simulator.forecasts[0][1]
        self.slots = np.array([plan.slots[path][0] for path in bank.paths], np.int64)
        self.paths = bank.paths
        self.priors = [prior(ground.world, path) for path in bank.paths]
        self.draw = DRAWS  # those of the bank are not met again

    def __call__(self, values):
        """What the summaries of three forecasts say of each value of which they speak."""
        self.draw += 1 + int(time.monotonic_ns() % 997)  # processes do not walk in step
        shares = norm.cdf([values[path] for path in self.paths])
        row = np.array([[kind.ppf(share) for kind, share in zip(self.priors, shares, strict=True)]])
        found = []
        for at, plan in self.simulator.forecasts:
            given = plan.vectors._replace(joint=Together(self.slots, row))
            block = run_block(replace(plan, vectors=given), self.draw, 1, keep_paths=True)
            by_name = {one.name: number for number, one in enumerate(plan.series)}
            kept = [by_name[name] for name in rungs_of(plan)]
            rungs = block.paths[:, at.month - plan.scenario.start :, kept]
            before = self.simulator.ground.between(at.month - 1, at.month)[0].astype(float)
            found.append(of_histories(before, rungs)[0])
        return self.said(np.concatenate(found))

    def said(self, summary):
        """The same of a summary."""
        method = self.method
        at = np.concatenate([[1.0], method._scaled(summary)]) @ method.slopes[:, method.speaks]
        scaled = np.clip(at, *method.edges) / method.scale
        return {f"f{number}": float(each) for number, each in enumerate(scaled)}


def prior(world, path):
    """The triangular prior of a value."""
    one = world.values[path]
    width = one.high - one.low
    return triang((one.value - one.low) / width, one.low, width)


def middle(values, weights):
    """10, 50 and 90 % of weighted values."""
    order = np.argsort(values)
    return [values[order][np.searchsorted(np.cumsum(weights[order]), share)] for share in MIDDLE]


def main(folder, minutes):
    """Run it, and print what it took and what it found."""
    world = load_world("northeast_asia")
    ground = ground_of(world, load_record(world))
    bank = fill(ground, folder / f"bank-{digest_of(ground)[:10]}", DRAWS, PROCESSES, lambda *_: None)
    simulate = OneByOne(ground, bank)
    abc = pyabc.ABCSMC(
        simulate, pyabc.Distribution(**{path: pyabc.RV("norm", 0, 1) for path in bank.paths}),
        pyabc.PNormDistance(p=2), KEEP, sampler=pyabc.sampler.MulticoreEvalParallelSampler(PROCESSES),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        abc.new(f"sqlite:///{place}/abc.db", simulate.said(of_record(ground)))
        begun = time.monotonic()
        history = abc.run(
            max_nr_populations=POPULATIONS, min_acceptance_rate=FEWEST,
            max_walltime=timedelta(minutes=minutes),
        )  # fmt: skip
        took, (values, weights) = time.monotonic() - begun, history.get_distribution()
    print(f"{history.total_nr_simulations:,} simulations in {took:.0f} s, {history.max_t + 1} populations")
    print(f"effective size {1.0 / (weights**2).sum():.0f}")
    for path in SHOWN:
        ends = norm.cdf(middle(values[path].to_numpy(), weights))
        low, half, high = prior(world, path).ppf(ends)
        print(f"{path:20} {half:.3g} ({low:.3g} to {high:.3g})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 12.0)
