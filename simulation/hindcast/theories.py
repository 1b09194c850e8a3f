"""Each theory on its own, an equal mixture, and the mixture that the record earns."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.document import month_text
from simulation.hindcast.forecasters import Origin, model
from simulation.hindcast.ground import Setup
from simulation.hindcast.scores import Floats
from simulation.hindcast.stacking import curves, stack
from simulation.hindcast.study import Study

RUNS = 300
AHEAD = 12
PERIODS = ("2015-2016", "2017-2018", "2019-2020", "2021-2022", "2023-2024")


def theories(study: Study) -> dict[str, Any]:
    """Scores a year ahead from every rolling origin, by theory; weights of the best mixture, and by period.

    Weights are stacked on the origins whose year lies in the training years, and scored on those after them;
    and stacked on all but one origin at a time, which says how firm they are.
    """
    names = tuple(study.ground.world.theories)
    starts = [Origin(at.month, AHEAD) for at in study.starts() if at.ahead >= AHEAD]
    forecasts = np.array([[_curves(study, at, name) for at in starts] for name in names])
    happened = np.array([curves(study.happened(at)[None], study.tops) for at in starts])
    scores = ((forecasts - happened) ** 2).sum(axis=2)
    learnt = np.array([at.month + AHEAD <= study.fixed_at.month for at in starts])
    blind = np.array([at.month >= study.fixed_at.month for at in starts])
    weights = _stacked(forecasts[:, learnt], happened[learnt])
    whole = _stacked(forecasts, happened)
    kept = np.arange(len(starts))
    others = np.array([_stacked(forecasts[:, kept != k], happened[kept != k]) for k in kept])
    return {
        "origins": len(starts),
        "scores": {
            name: {"all": float(scores[k].mean()), "after_training": float(scores[k, blind].mean())}
            for k, name in enumerate(names)
        },
        "mixtures": {
            "equal": _mixed(forecasts, happened, np.full(len(names), 1.0 / len(names)), blind),
            "stacked on the training years": _mixed(forecasts, happened, weights, blind),
        },
        "weights": {
            name: {
                "training": float(weights[k]), "all": float(whole[k]),
                "without one origin": [float(others[:, k].min()), float(others[:, k].max())],
            }
            for k, name in enumerate(names)
        },
        "periods": _periods(names, scores, starts),
    }  # fmt: skip


def _curves(study: Study, at: Origin, theory: str) -> Floats:
    """The forecast of one theory from one origin, as curves: (cells,)."""
    setup = Setup(theory=((theory, 1.0),))
    return curves(model(study.ground, at, setup, RUNS, study.threads), study.tops)


def _stacked(forecasts: Floats, happened: Floats) -> Floats:
    """Weights over all origins at once: (theories,)."""
    return stack([each.ravel() for each in forecasts], happened.ravel())


def _mixed(
    forecasts: Floats, happened: Floats, weights: Floats, blind: NDArray[np.bool_]
) -> dict[str, float]:
    """The score of a mixture."""
    score = ((np.tensordot(weights, forecasts, axes=1) - happened) ** 2).sum(axis=1)
    return {"all": float(score.mean()), "after_training": float(score[blind].mean())}


def _periods(names: Sequence[str], scores: Floats, starts: Sequence[Origin]) -> list[dict[str, Any]]:
    """By period: the score of each theory over the origins in it, and which did best."""
    found = []
    for period in PERIODS:
        first, last = (int(year) for year in period.split("-"))
        within = np.array([first <= at.month // 12 <= last for at in starts])
        if not within.any():
            continue
        means = scores[:, within].mean(axis=1)
        found.append(
            {
                "period": period,
                "origins": [month_text(at.month) for at, one in zip(starts, within, strict=True) if one],
                "scores": dict(zip(names, map(float, means), strict=True)),
                "best": names[int(means.argmin())],
            }
        )
    return found
