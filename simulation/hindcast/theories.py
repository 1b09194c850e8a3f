"""Each theory on its own, an equal mixture, and the mixture that the record earns."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.document import month_text
from simulation.hindcast.forecasters import Origin, model
from simulation.hindcast.ground import Setup
from simulation.hindcast.protocol import YEAR
from simulation.hindcast.scores import Floats
from simulation.hindcast.stacking import curves, stack
from simulation.hindcast.study import Study

RUNS = 300
PERIOD = 2  # years


def theories(study: Study) -> dict[str, Any]:
    """Scores a year ahead from every rolling origin, by theory; weights of the best mixture, and by period.

    Weights are stacked on the origins whose year lies in the training years, and scored on those after them;
    and stacked on all but one origin at a time, which says how firm they are.
    """
    names = tuple(study.ground.world.theories)
    starts = [Origin(at.month, YEAR) for at in study.starts() if at.ahead >= YEAR]
    forecasts = np.array([[_curves(study, at, name) for at in starts] for name in names])
    happened = np.array([curves(study.happened(at)[None], study.tops) for at in starts])
    scores = ((forecasts - happened) ** 2).sum(axis=2)
    learnt = np.array([at.month + YEAR <= study.fixed_at.month for at in starts])
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
    years = [at.month // 12 for at in starts]
    for first in range(years[0], years[-1] + 1, PERIOD):
        last = first + PERIOD - 1
        within = np.array([first <= year <= last for year in years])
        if not within.any():
            continue
        means = scores[:, within].mean(axis=1)
        found.append(
            {
                "period": f"{first}-{last}",
                "origins": [month_text(at.month) for at, one in zip(starts, within, strict=True) if one],
                "scores": dict(zip(names, map(float, means), strict=True)),
                "best": names[int(means.argmin())],
            }
        )
    return found
