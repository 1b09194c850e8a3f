"""What is compared: a few numbers of a history, and the same of the record, chosen before any was looked at.

From three Januaries of the training years, two years apart, the record is lived through and run on for two
years, with what came from outside told. No month is forecast twice: how likely the record is given the
mechanisms is the product of how likely each forecast is given what was before it. Of each, by track: the
mean rung of the first and of the second year, and how often the rung moved. Levels say how deep cooperation
rests, years how fast it drifts, moves how often it is revised.
"""

import numpy as np

from simulation.document import month_text
from simulation.hindcast.forecasters import Origin
from simulation.hindcast.ground import Ground
from simulation.hindcast.scores import Floats

YEARS = 2  # that each forecast runs on
FORECASTS = 3
LEAST = 12  # months of the record before the first of them

WHAT = ("first year", "second year", "moves")


def starts(ground: Ground) -> tuple[Origin, ...]:
    """Where forecasts begin that fill the end of the training years, one after another."""
    after, ahead = ground.protocol.training[1] + 1, 12 * YEARS
    first = ground.record.first + LEAST
    months = [after - ahead * back for back in range(FORECASTS, 0, -1)]
    return tuple(Origin(month, ahead) for month in months if month >= first)


def names(ground: Ground) -> tuple[str, ...]:
    """What each summary is called, in their order."""
    return tuple(
        f"{track.name} from {month_text(at.month)}: {what}"
        for at in starts(ground)
        for track in ground.world.tracks
        for what in WHAT
    )


def of_histories(before: Floats, rungs: Floats) -> Floats:
    """Summaries (runs, summaries) of one forecast from rungs (runs, months, tracks).

    before: the rungs (tracks,) of the month before it.
    """
    first, second = rungs[:, :12].mean(axis=1), rungs[:, 12:].mean(axis=1)
    whole = np.concatenate([np.broadcast_to(before, (len(rungs), 1, before.size)), rungs], axis=1)
    moves = (np.diff(whole, axis=1) != 0).sum(axis=1)
    return np.stack([first, second, moves.astype(float)], axis=2).reshape(len(rungs), -1)


def of_record(ground: Ground) -> Floats:
    """The same of the record: (summaries,)."""
    return np.concatenate(
        [
            of_histories(
                ground.between(at.month - 1, at.month)[0].astype(float),
                ground.between(at.month, at.month + at.ahead)[None].astype(float),
            )[0]
            for at in starts(ground)
        ]
    )
