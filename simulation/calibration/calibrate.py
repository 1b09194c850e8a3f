"""The posterior of the mechanisms, its files, and how far the method can be trusted."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from simulation.calibration.bank import Bank, fill
from simulation.calibration.inference import Method, Posterior
from simulation.calibration.summaries import LEAST, YEARS, names, of_histories, of_record, starts
from simulation.document import month_text
from simulation.errors import BadInput, Fault
from simulation.hindcast.chance import luck
from simulation.hindcast.ground import Ground, Setup
from simulation.hindcast.history import histories, plan_of
from simulation.hindcast.protocol import FILE as RULES
from simulation.hindcast.scores import Floats
from simulation.results.digest import ROOT, code_digest, world_digest
from simulation.results.intervals import wilson
from simulation.results.manifest import versions
from simulation.world.joint import FILE, Joint

MANIFEST = "posterior.json"
DRAWS = 50_000  # from the priors
KEEP = 1_000  # of them near what is asked for, and rows of the posterior
KNOWN = 300  # histories whose parameters are known, to try the method on
PREDICTED = 1_000  # histories of the posterior, to hold against the record
RANKS = 10  # bins of ranks
MIDDLE = (0.1, 0.5, 0.9)
DIGITS = 8  # of a number in posterior.csv


@dataclass(frozen=True)
class Calibrated:
    """Equally likely draws (draws, paths), and what the manifest says of them."""

    paths: tuple[str, ...]
    rows: Floats
    manifest: dict[str, Any]

    def write(self, folder: Path) -> list[Path]:
        """Write draws and manifest into a folder, each whole or not at all; their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        draws, manifest = folder / FILE, folder / MANIFEST
        for path, text in ((draws, self.text()), (manifest, json.dumps(self.manifest, indent=1) + "\n")):
            beside = path.with_name(f".{path.name}.tmp")
            beside.write_text(text, encoding="utf-8")
            beside.rename(path)
        return [draws, manifest]

    def text(self) -> str:
        """The draws as CSV."""
        lines = [",".join(self.paths), *(",".join(f"{x:.{DIGITS}g}" for x in row) for row in self.rows)]
        return "\n".join(lines) + "\n"


def calibrate(
    ground: Ground,
    folder: Path,
    threads: int,
    told: Callable[[int, int], None],
    draws: int = DRAWS,
    keep: int = KEEP,
) -> Calibrated:
    """The posterior given the training years. The bank stays in the folder, and goes on where it stopped.

    BadInput where the training years are too few to forecast any of them.
    """
    if not starts(ground):
        message = (
            f"the training years are too few: {LEAST} months of the record, and {12 * YEARS} to forecast"
        )
        raise BadInput([Fault(message, file=str(ground.record.folder / RULES))])
    digest = digest_of(ground)
    bank = fill(ground, folder / f"bank-{digest[:10]}", draws, threads, told)
    world = ground.world
    ranges = np.array([(world.values[path].low, world.values[path].high) for path in bank.paths])
    method = Method(bank, ranges, keep)
    observed = of_record(ground)
    seed = Setup().rng_seed
    posterior = method.posterior(observed, luck(seed, "posterior"))
    first, last = ground.protocol.training
    manifest = {
        "world": world.name,
        "record": ground.record.folder.name,
        "coding": ground.observed.coding,
        "training": [month_text(first), month_text(last)],
        "method": "rejection from a bank of prior draws, with regression adjustment on learnt summaries",
        "draws": len(bank.values),
        "kept": keep,
        "effective": posterior.effective,
        "distinct": len(np.unique(posterior.rows, axis=0)),
        "at_the_edge": [path for path, beyond in zip(bank.paths, posterior.edge, strict=True) if beyond],
        "rng_seed": seed,
        "digest": digest,
        **versions(),
        "parameters": _parameters(ground, bank, method, posterior),
        "recovery": _recovery(bank, method, seed),
        "summaries": _predictive(ground, bank, posterior, observed, threads),
    }
    return Calibrated(bank.paths, posterior.rows, manifest)


def digest_of(ground: Ground) -> str:
    """Digest of the code, the world without what was learnt of it, and the record."""
    hashed = hashlib.sha256(f"{code_digest()} {world_digest(ground.world, learnt=False)}".encode())
    for folder in ("record", "hindcast", "calibration"):  # no result rests on them, and every summary does
        for source in sorted((ROOT / folder).glob("*.py")):
            hashed.update(source.name.encode() + source.read_bytes())
    for path in sorted(ground.record.folder.iterdir()):
        if path.suffix in (".csv", ".yaml"):
            hashed.update(path.name.encode() + path.read_bytes())
    hashed.update(repr((ground.observed.coding, ground.protocol.training, ground.protocol.replay)).encode())
    return hashed.hexdigest()


def _parameters(ground: Ground, bank: Bank, method: Method, posterior: Posterior) -> dict[str, Any]:
    """By path: the prior's ends, prior and posterior in the middle 80 %, and what was learnt."""
    found = {}
    for k, path in enumerate(bank.paths):
        value, prior, rows = ground.world.values[path], bank.values[:, k], posterior.rows[:, k]
        found[path] = {
            "range": [value.low, value.value, value.high],
            "prior": [float(x) for x in np.quantile(prior, MIDDLE)],
            "posterior": [float(x) for x in np.quantile(rows, MIDDLE)],
            "shift": float((rows.mean() - prior.mean()) / prior.std()),
            "contraction": float(1.0 - rows.var() / prior.var()),
            "foretold": float(method.foretold[k]),
        }
    return found


def _recovery(bank: Bank, method: Method, seed: int) -> dict[str, Any]:
    """Whether true values of known histories lie in their middle 80 %, and where in their draws they rank."""
    rng = luck(seed, "recovery")
    inside, ranks = [], []
    for k in range(min(KNOWN, len(bank.values))):
        rows = method.posterior(bank.summaries[k], rng, without=k).rows
        low, _, high = np.quantile(rows, MIDDLE, axis=0)
        inside.append((low <= bank.values[k]) & (bank.values[k] <= high))
        ranks.append((rows < bank.values[k]).mean(axis=0))
    covered, ranked = np.array(inside), np.array(ranks)
    by_path = {}
    for k, path in enumerate(bank.paths):
        low, high = wilson(int(covered[:, k].sum()), len(covered))
        counts, _ = np.histogram(ranked[:, k], bins=RANKS, range=(0.0, 1.0))
        by_path[path] = {
            "covered": float(covered[:, k].mean()), "interval95": [low, high],
            "ranks": [int(each) for each in counts],
        }  # fmt: skip
    return {"histories": len(covered), "covered": float(covered.mean()), "by_path": by_path}


def _predictive(
    ground: Ground, bank: Bank, posterior: Posterior, observed: Floats, threads: int
) -> list[dict[str, Any]]:
    """By summary: on record, and in the middle 80 % of prior and posterior."""
    learnt = replace(ground, world=replace(ground.world, joint=Joint(bank.paths, posterior.rows)))
    columns = []
    for at in starts(ground):
        plan = plan_of(learnt, at.month, at.ahead, Setup())
        rungs = histories(plan, at.month, PREDICTED, threads).astype(float)
        columns.append(of_histories(ground.between(at.month - 1, at.month)[0].astype(float), rungs))
    after = np.concatenate(columns, axis=1)
    return [
        {
            "name": name,
            "record": float(observed[k]),
            "prior": [float(x) for x in np.quantile(bank.summaries[:, k], MIDDLE)],
            "posterior": [float(x) for x in np.quantile(after[:, k], MIDDLE)],
        }
        for k, name in enumerate(names(ground))
    ]
