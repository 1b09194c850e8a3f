"""How much weight each forecaster earns in a mixture of all."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from simulation.hindcast.scores import Floats, Histories


def curves(histories: Histories, tops: tuple[int, ...]) -> Floats:
    """Cumulative chances of all rungs below the tops, by month: one row of numbers (cells,).

    Scaled so that the sum of squared differences to what happened is the pooled ranked probability score.
    """
    parts = [(histories[:, :, t, None] <= np.arange(top)).mean(axis=0) for t, top in enumerate(tops)]
    cells = histories.shape[1] * len(tops)
    return np.concatenate([part.ravel() / np.sqrt(part.shape[1] * cells) for part in parts])


def stack(forecasts: Sequence[Floats], happened: Floats) -> Floats:
    """Weights on the simplex that minimise the score of the mixture; forecasts and what happened as curves.

    The score is quadratic in the weights, so there is one minimum.
    """
    matrix = np.stack(forecasts)
    gram = matrix @ matrix.T
    toward = matrix @ happened
    scale = max(float(np.trace(gram)), 1e-12)
    many = len(matrix)

    def loss(w: Floats) -> float:
        return float((w @ gram @ w - 2.0 * w @ toward) / scale)

    def slope(w: Floats) -> Floats:
        found: Floats = 2.0 * (gram @ w - toward) / scale
        return found

    found = minimize(
        loss, np.full(many, 1.0 / many), jac=slope, method="SLSQP", bounds=[(0.0, 1.0)] * many,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1.0, "jac": np.ones_like},
        options={"ftol": 1e-12, "maxiter": 500},
    )  # fmt: skip
    weights: Floats = np.clip(found.x, 0.0, 1.0)
    weights /= weights.sum()
    return weights
