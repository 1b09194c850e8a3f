"""Values at probabilities: by hand, and against SciPy's own distributions."""

import numpy as np
import pytest
from scipy import stats

from simulation.sweep.distributions import LogUniform, Normal, Triangular, Uniform

U = np.linspace(0.0, 0.999, 200)


def test_by_hand() -> None:
    assert Uniform(10.0, 30.0).at(np.array([0.0, 0.25])).tolist() == [10.0, 15.0]
    assert LogUniform(1.0, 100.0).at(np.array([0.5])) == pytest.approx([10.0])
    # half the weight of a symmetric triangle lies on each side of its mode
    assert Triangular(0.0, 2.0, 4.0).at(np.array([0.0, 0.125, 0.5])) == pytest.approx([0.0, 1.0, 2.0])
    assert Normal(5.0, 1.0, 3.0, 7.0).at(np.array([0.5])) == pytest.approx([5.0])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (LogUniform(0.2, 7.0), stats.loguniform(0.2, 7.0)),
        (Triangular(1.0, 1.0, 4.0), stats.triang(0.0, 1.0, 3.0)),
        (Triangular(1.0, 4.0, 4.0), stats.triang(1.0, 1.0, 3.0)),
        (Normal(0.5, 0.3, 0.0, 0.9), stats.truncnorm(-0.5 / 0.3, 0.4 / 0.3, 0.5, 0.3)),
    ],
)
def test_against_the_quantiles_of_scipy(ours: LogUniform, theirs: stats.rv_continuous) -> None:
    assert ours.at(U) == pytest.approx(theirs.ppf(U), abs=1e-9)


@pytest.mark.parametrize(
    "one",
    [
        Uniform(0.1, 0.3),
        LogUniform(0.1, 0.3),
        Triangular(0.1, 0.2, 0.3),
        Triangular(0.1, 0.1, 0.3),
        Normal(0.2, 5.0, 0.1, 0.3),
    ],
)
def test_no_value_lies_outside_the_ends(one: Uniform) -> None:
    values = one.at(np.array([0.0, 1e-300, 0.3, 1.0 - 2**-53]))
    low, high = one.ends
    assert (values >= low).all()
    assert (values <= high).all()
    assert (np.diff(values) >= 0).all()
