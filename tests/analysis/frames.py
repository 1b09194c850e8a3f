"""Results made of a few numbers, without a run."""

from pathlib import Path

import pandas as pd

from simulation.results.store import Result


def result_of(mine: list[float], theirs: list[float] | None) -> Result:
    """A result whose index at the end is `mine`, beside a parent's `theirs` where given."""
    sides = [mine] if theirs is None else [mine, theirs]
    result = Result(Path("made-up"))
    rows = [
        {"case": case, "run": run, "status": "ok" if value == value else "non-finite"}  # noqa: PLR0124
        | {"cooperation.final": value, "final.security": 0.0, "reversals.security": 1.0}
        for case, values in enumerate(sides)
        for run, value in enumerate(values)
    ]
    same = {
        "world": "w",
        "start": "2023-06",
        "months": 60,
        "rng_seed": 1,
        "end": "2028-05",
        "focus": "A and B",
        "theory": "t",
        "uncertainty": "chance",
    }
    roles = ("scenario", "parent")
    cases = [{"case": k, "name": roles[k], "role": roles[k], **same} for k in range(len(sides))]
    held = {
        "runs": pd.DataFrame(rows),
        "cases": pd.DataFrame(cases),
        "manifest": {
            "world": {"start_index": 60.0, "start_rungs": {"security": 3}, "dyads": {"JPN.KOR": 60.0}}
        },
    }
    result.__dict__.update(held)
    return result
