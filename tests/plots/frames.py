"""Tables of exactly the shape that a result folder holds, from a few lines of arithmetic."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.plots.context import Context

START = 2023 * 12 + 5
QUANTILES = {"q05": 5, "q10": 10, "q25": 25, "q50": 50, "q75": 75, "q90": 90, "q95": 95}
RUNGS = {
    "diplomatic": ("none", "officials", "ministers", "shuttle summits", "institution"),
    "security": (
        "none",
        "dialogue",
        "consultation",
        "intelligence pact",
        "joint exercises",
        "standing command",
    ),
    "economic": ("restrictions", "normal trade", "preferred", "supply-chain pact"),
}
COUNTRIES = {
    "JPN": "Japan",
    "KOR": "South Korea",
    "USA": "United States",
    "PRK": "North Korea",
    "CHN": "China",
    "RUS": "Russia",
}
TEMPO = {"PRK": (68.0, 120.0), "CHN": (40.0, 46.0), "RUS": (12.0, 9.0)}

Floats = NDArray[np.float64]


def context(parent: bool = True, **changes: object) -> Context:
    """The words that go with the frames of `bands` and `runs`."""
    given: dict[str, object] = {
        "title": "Washington steps back",
        "runs": 1000,
        "uncertainty": ("chance", "parameters"),
        "theory": "article",
        "start": START,
        "rungs": RUNGS,
        "countries": COUNTRIES,
        "focus": ("JPN", "KOR"),
        "cases": {0: "scenario", 1: "parent"} if parent else {0: "scenario"},
        "parent": "Baseline" if parent else None,
        "dyads": {f"{a}.{b}": 48.0 for a, b in combinations(COUNTRIES, 2)},
    }
    return Context(**(given | changes))  # type: ignore[arg-type]


def bands(
    parent: bool = True, months: int = 60, rungs: dict[str, tuple[str, ...]] = RUNGS, count: int = 400
) -> pd.DataFrame:
    """bands.parquet: the scenario as case 0 and, where wanted, its parent as case 1."""
    frames = []
    for case in (0, 1) if parent else (0,):
        rng = np.random.default_rng(7 + case)
        frames += [
            _bands(case, name, paths, top) for name, paths, top in _series(rng, case, months, rungs, count)
        ]
    return pd.concat(frames, ignore_index=True)


def _series(
    rng: np.random.Generator, case: int, months: int, rungs: dict[str, tuple[str, ...]], count: int
) -> list[tuple[str, Floats, int]]:
    drift = np.linspace(0, -14 if case == 0 else 6, months)
    index = np.clip(48 + drift + _walk(rng, count, months, 3.2) + rng.normal(0, 6, (count, 1)), 0, 100)
    found: list[tuple[str, Floats, int]] = [("cooperation", index, 0)]
    others = [pair for pair in combinations(COUNTRIES, 2) if pair != ("JPN", "KOR")]
    found += [(f"cooperation.{a}.{b}", index + k, 0) for k, (a, b) in enumerate(others)]
    for number, (track, names) in enumerate(rungs.items()):
        top = len(names) - 1
        level = (0.5 + 0.06 * number + (-1) ** number * drift / 40 + _walk(rng, count, months, 0.05)) * top
        found.append((f"rung.{track}", np.clip(np.rint(level), 0, top), top))
        found.append((f"rung.{track}.USA.JPN", np.clip(np.rint(level), 0, top), top))
    for place, (code, (low, high)) in enumerate(TEMPO.items()):
        tempo = np.linspace(low, high, months) * rng.lognormal(0, 0.2, (count, 1))
        found.append((f"acts.{code}", rng.poisson(tempo / 12).astype(np.float64), 0))
        level = (
            0.62 - 0.17 * place + 0.0022 * np.arange(months) * (1 - place) + _walk(rng, count, months, 0.012)
        )
        found.append((f"threat.{code}", np.clip(level, 0, 1), 0))
        found.append((f"threat.{code}.USA.JPN", np.clip(level, 0, 1), 0))
    return found


def _walk(rng: np.random.Generator, count: int, months: int, size: float) -> Floats:
    steps = rng.normal(0, size, (count, months))
    for month in range(1, months):
        steps[:, month] += 0.93 * steps[:, month - 1]
    return steps


def _bands(case: int, name: str, paths: Floats, top: int) -> pd.DataFrame:
    months = paths.shape[1]
    dates = [f"{(START + m) // 12:04d}-{(START + m) % 12 + 1:02d}" for m in range(months)]
    columns: dict[str, object] = {
        "case": case,
        "month": np.arange(months),
        "date": dates,
        "series": name,
        "mean": paths.mean(axis=0),
        "sd": paths.std(axis=0),
    }
    columns |= {q: np.percentile(paths, at, axis=0) for q, at in QUANTILES.items()}
    none = np.full(months, np.nan)
    columns |= {f"p{k}": (paths == k).mean(axis=0) if top and k <= top else none for k in range(10)}
    return pd.DataFrame(columns)
