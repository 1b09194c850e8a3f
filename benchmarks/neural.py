"""The posterior of the mechanisms by a neural network of sbi, beside that of `entente calibrate`.

    .venv/bin/pip install sbi      # some gigabytes
    .venv/bin/python benchmarks/neural.py results/calibration

The folder is that of `entente calibrate`: the network learns from its bank, all summaries as they are, and
is asked what the record says. Nothing of it is shared with the method of Entente but the bank.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from sbi.inference import NPE
from sbi.utils import BoxUniform

from simulation.calibration.bank import fill
from simulation.calibration.calibrate import DRAWS, MANIFEST, MIDDLE, digest_of
from simulation.calibration.summaries import of_record
from simulation.hindcast.ground import ground_of
from simulation.record import load_record
from simulation.world import load_world

SAMPLES = 4_000


def main(folder: Path) -> None:
    """Train, ask, and print both posteriors, those first of which most was learnt."""
    torch.manual_seed(20120101)
    world = load_world("northeast_asia")
    ground = ground_of(world, load_record(world))
    bank = fill(ground, folder / f"bank-{digest_of(ground)[:10]}", DRAWS, 2, lambda *_: None)
    ranges = np.array([(world.values[path].low, world.values[path].high) for path in bank.paths])
    shares = (bank.values - ranges[:, 0]) / (ranges[:, 1] - ranges[:, 0])
    box = BoxUniform(torch.zeros(len(bank.paths)), torch.ones(len(bank.paths)))
    begun = time.monotonic()
    learner = NPE(prior=box, show_progress_bars=False)
    learner.append_simulations(tensor(shares), tensor(bank.summaries))
    learner.train(max_num_epochs=60, training_batch_size=500)
    posterior = learner.build_posterior()
    drawn = posterior.sample((SAMPLES,), x=tensor(of_record(ground)), show_progress_bars=False).numpy()
    rows = ranges[:, 0] + drawn * (ranges[:, 1] - ranges[:, 0])
    print(f"trained and asked in {time.monotonic() - begun:.0f} s")
    ours = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["parameters"]
    for path in sorted(ours, key=lambda each: -ours[each]["contraction"])[:12]:
        k = bank.paths.index(path)
        for name, (low, half, high) in (
            ("prior", ours[path]["prior"]),
            ("entente", ours[path]["posterior"]),
            ("sbi", np.quantile(rows[:, k], MIDDLE)),
        ):
            print(f"{path:24} {name:8} {half:.3g} ({low:.3g} to {high:.3g})")


def tensor(values: np.ndarray) -> torch.Tensor:
    """The values in the precision that the network takes."""
    return torch.tensor(values, dtype=torch.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
