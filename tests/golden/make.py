"""The golden results: what 1,000 runs of each shipped scenario say, as text that a person can review.

python -m tests.golden.make
"""

from pathlib import Path

import numpy as np

from simulation.api import load
from simulation.engines.ensemble import Block, run_ensemble
from simulation.engines.plan import Plan

FOLDER = Path(__file__).parent
SCENARIOS = Path(__file__).parents[2] / "scenarios"
RUNS = 1000


def golden(name: str) -> list[tuple[str, tuple[float, ...]]]:
    """Lines of one scenario: what is said, and its numbers."""
    plan = load(name).plan
    block = run_ensemble(plan, RUNS)
    slots = {one.name: one.slot for one in plan.measures}
    lines: list[tuple[str, tuple[float, ...]]] = []
    dyads = ("JPN.USA", "KOR.USA", "PRK.CHN", "CHN.RUS", "PRK.RUS", "PRK.SUN")
    there = [dyad for dyad in dyads if not set(dyad.split(".")) & set(plan.scenario.without)]
    indices = ("cooperation.final", *(f"final.{dyad}" for dyad in there if f"final.{dyad}" in slots))
    lines += [(f"{measure}: mean, q10, q50, q90", _spread(block, slots[measure])) for measure in indices]
    for track, top in ((one.name, one.top) for one in plan.scenario.world.tracks):
        held = block.measures[:, slots[f"final.{track}"]]
        shares = tuple(float((held == rung).mean()) for rung in range(top + 1))
        lines.append((f"final.{track}: share at each rung", shares))
    counts = ("acts.PRK", "gestures.KOR", "gestures.JPN", "strikes.KOR", "changes.KOR")
    lines += [(f"{measure}: mean, q10, q50, q90", _spread(block, slots[measure])) for measure in counts]
    lines.append(("weighed terms, focal dyad, security: mean change", _moved(plan, block)))
    return lines


def _spread(block: Block, slot: int) -> tuple[float, ...]:
    values = block.measures[:, slot]
    return (float(values.mean()), *(float(each) for each in np.quantile(values, (0.1, 0.5, 0.9))))


def _moved(plan: Plan, block: Block) -> tuple[float, ...]:
    first, second = sorted(plan.codes.index(code) for code in plan.scenario.focus)
    pairs = [(i, j) for i in range(len(plan.codes)) for j in range(i + 1, len(plan.codes))]
    row = block.moved[pairs.index((first, second)), 1]
    return tuple(float(value) / 2.0**20 / RUNS for value in row)


def text(lines: list[tuple[str, tuple[float, ...]]]) -> str:
    """The lines as the file holds them."""
    return "".join(f"{said}\n    {' '.join(f'{each:.4f}' for each in numbers)}\n" for said, numbers in lines)


def main() -> None:
    """Write every file anew; the change is what a person reviews before it is committed."""
    for scenario in sorted(SCENARIOS.glob("*.yaml")):
        (FOLDER / f"{scenario.stem}.txt").write_text(text(golden(scenario.stem)), encoding="utf-8")


if __name__ == "__main__":
    main()
