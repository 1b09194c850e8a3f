"""The whole study of a record: every score beside its rivals, as plain values that JSON can hold."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from simulation.document import month_text
from simulation.hindcast.chance import luck
from simulation.hindcast.forecasters import (
    DRIVERLESS,
    LAGGED,
    LOGIT,
    MODEL,
    NAMES,
    WALK,
    Origin,
    Rivals,
    driverless,
    model,
)
from simulation.hindcast.ground import PARTS, Ground, Setup, origins
from simulation.hindcast.power import contest
from simulation.hindcast.protocol import YEAR
from simulation.hindcast.scores import (
    Chances,
    Histories,
    calibration,
    crps,
    index_of,
    lost,
    pit,
    ranked,
    reached,
    uncertainty,
)

RUNS = 5000  # histories of everybody from the fixed origin
FEWER = 400  # histories of everybody from each rolling origin, and of variations


class Study:
    """Scores the model and its rivals on one record, with everything it needs at hand."""

    def __init__(self, ground: Ground, threads: int) -> None:
        self.ground = ground
        self.threads = threads
        self.rivals = Rivals(ground)
        self.tracks = ground.world.tracks
        self.names = tuple(track.name for track in self.tracks)
        self.tops = tuple(track.top for track in self.tracks)
        self.weights = tuple(track.weight.value for track in self.tracks)

    @property
    def fixed_at(self) -> Origin:
        """The origin after the training years, up to the end of the record."""
        first = self.ground.protocol.training[1] + 1
        return Origin(first, self.ground.end - first)

    def happened(self, at: Origin) -> Histories:
        """What is on record from an origin on."""
        return self.ground.between(at.month, at.month + at.ahead)

    # -- one origin ---------------------------------------------------------------------

    def fixed(self) -> dict[str, Any]:
        """Scores from the fixed origin: what came from outside is given."""
        at, given = self.fixed_at, Setup()
        ensembles = {MODEL: self.model(at, given), DRIVERLESS: self.model(at, driverless(given))}
        ensembles |= {name: self.rivals.histories(name, at, True, RUNS) for name in NAMES}
        happened = self.happened(at)
        ours, rng = ensembles[MODEL], luck(given.rng_seed, "fixed")
        return {
            "from": month_text(at.month),
            "months": at.ahead,
            "scores": {name: self.score(each, happened) for name, each in ensembles.items()},
            "simulation95": {
                name: uncertainty(each, happened, self.tops) for name, each in ensembles.items()
            },
            "contests": {
                name: self.contest(ours, ensembles[name], happened)
                for name in (WALK, LOGIT, LAGGED, DRIVERLESS)
            },
            "calibration": {
                name: asdict(calibration(pit(each, happened, rng)))
                for name, each in ensembles.items()
                if name in (MODEL, WALK, LOGIT, LAGGED)
            },
            "bands": self.bands(ours, at),
        }

    def model(self, at: Origin, setup: Setup, runs: int = RUNS) -> Histories:
        """Histories of the model."""
        return model(self.ground, at, setup, runs, self.threads)

    def score(self, histories: Histories, happened: Histories) -> dict[str, float]:
        """Ranked score by track and pooled, and that of the index, as shares of full scale."""
        by_track = ranked(histories, happened, self.tops).mean(axis=0)
        index = crps(*(index_of(each, self.tops, self.weights) for each in (histories, happened)))
        return {
            "pooled": float(by_track.mean()),
            **{name: float(each) for name, each in zip(self.names, by_track, strict=True)},
            "index": float(index.mean()),
        }

    def contest(self, ours: Histories, other: Histories, happened: Histories) -> dict[str, Any]:
        """Ours against another, pooled and by track, with what chance makes of the difference."""
        found: dict[str, Any] = {}
        parts = {"pooled": range(len(self.tops))} | {name: [k] for k, name in enumerate(self.names)}
        for name, columns in parts.items():
            kept = list(columns)
            tops = tuple(self.tops[k] for k in kept)
            found[name] = asdict(
                contest(
                    ours[..., kept], other[..., kept], happened[..., kept], tops, luck(1, "contest", name)
                )
            )
        return found

    def bands(self, histories: Histories, at: Origin) -> list[dict[str, Any]]:
        """By month and track: rung on record, and 10, 50 and 90 % of the histories."""
        happened = self.happened(at)
        bands = np.quantile(histories, (0.1, 0.5, 0.9), axis=0, method="inverted_cdf")
        return [
            {
                "month": month_text(at.month + month),
                "track": name,
                "rung": int(happened[month, track]),
                "low": int(bands[0, month, track]),
                "median": int(bands[1, month, track]),
                "high": int(bands[2, month, track]),
                "mean": float(histories[:, month, track].mean()),
            }
            for track, name in enumerate(self.names)
            for month in range(at.ahead)
        ]

    # -- rolling origins ----------------------------------------------------------------

    def rolling(self) -> dict[str, Any]:
        """Scores from rolling origins: at each horizon, drivers given or unknown; events within a year."""
        found: dict[str, Any] = {}
        for regime in ("given", "unknown"):
            setup = Setup(regime=regime)
            found[regime] = self.rolled(setup, {MODEL: setup, DRIVERLESS: driverless(setup)}, NAMES)
        return found

    def rolled(
        self, setup: Setup, setups: dict[str, Setup], others: Sequence[str], runs: int = FEWER
    ) -> dict[str, Any]:
        """By horizon: the scores of everybody, all origins and those after the training years; and events."""
        ahead = self.ground.protocol.ahead
        rows: list[dict[str, Any]] = []
        for at in self.starts():
            ensembles = {name: self.model(at, each, runs) for name, each in setups.items()}
            told = setup.regime != "unknown"
            ensembles |= {name: self.rivals.histories(name, at, told, runs) for name in others}
            happened = self.happened(at)
            for name, each in ensembles.items():
                by_month = ranked(each, happened, self.tops)
                rows.append(
                    {"origin": at.month, "who": name, "scores": by_month, "events": self.events(each, at)}
                )
        blind = self.fixed_at.month
        return {
            "horizons": {
                str(months): {
                    "all": self.at_horizon(rows, months, lambda _: True),
                    "after_training": self.at_horizon(rows, months, lambda month: month >= blind),
                }
                for months in ahead
            },
            "events": self.event_scores(rows),
            "by_origin": list(self.by_origin(rows)),
        }

    def starts(self) -> Iterator[Origin]:
        """Rolling origins, each as far ahead as the longest horizon, or a year, or as the record goes."""
        ahead = self.ground.protocol.ahead
        for month in origins(self.ground, ahead[0]):
            yield Origin(month, min(max(ahead[-1], YEAR), self.ground.end - month))

    def at_horizon(
        self, rows: Sequence[dict[str, Any]], months: int, counts: Callable[[int], bool]
    ) -> dict[str, Any]:
        """Mean score of everybody so many months ahead, and from how many origins ours was better."""
        at = {
            (row["origin"], row["who"]): row["scores"][months - 1]
            for row in rows
            if len(row["scores"]) >= months and counts(row["origin"])
        }
        begun = sorted({origin for origin, _ in at})
        names = list(dict.fromkeys(row["who"] for row in rows))
        found: dict[str, Any] = {"origins": len(begun), "scores": {}, "better_than": {}}
        for name in names:
            scores = np.array([at[origin, name] for origin in begun])
            found["scores"][name] = self.by_track(scores)
            if name != names[0]:
                ours = np.array([at[origin, names[0]] for origin in begun])
                found["better_than"][name] = int((ours.mean(axis=1) < scores.mean(axis=1)).sum())
        return found

    def by_track(self, scores: Any) -> dict[str, float]:
        """Mean of scores (origins, tracks): pooled, and by track."""
        means = scores.mean(axis=0)
        return {"pooled": float(means.mean())} | dict(zip(self.names, map(float, means), strict=True))

    def events(self, histories: Histories, at: Origin) -> dict[str, tuple[list[float], list[bool]]]:
        """Chances that each track rises above, or falls below, its rung at the origin within a year."""
        start = self.ground.between(at.month - 1, at.month)[0]
        happened = self.happened(at)[None, :YEAR]
        if happened.shape[1] < YEAR:
            return {"reached": ([], []), "lost": ([], [])}
        ahead = histories[:, :YEAR]
        kinds = {"reached": reached, "lost": lost}
        tracks = range(len(self.tops))
        return {
            kind: (
                [chance(ahead, track, int(start[track])) for track in tracks],
                [chance(happened, track, int(start[track])) > 0.5 for track in tracks],
            )
            for kind, chance in kinds.items()
        }

    def event_scores(self, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Brier and log score of rungs reached and lost within a year, by who forecast."""
        found: dict[str, Any] = {}
        for name in dict.fromkeys(row["who"] for row in rows):
            found[name] = {}
            for kind in ("reached", "lost"):
                both = [row["events"][kind] for row in rows if row["who"] == name]
                chances = Chances(
                    tuple(each for chance, _ in both for each in chance),
                    tuple(each for _, came in both for each in came),
                )
                n, came = len(chances.came), sum(chances.came)
                found[name][kind] = {"n": n, "came": came, "brier": chances.brier, "log": chances.log}
        return found

    def by_origin(self, rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The mean score over the months ahead, by origin and who forecast."""
        for row in rows:
            yield {
                "origin": month_text(row["origin"]),
                "who": row["who"],
                "months": len(row["scores"]),
                "pooled": float(row["scores"].mean()),
            }

    # -- what the model owes to what -----------------------------------------------------

    def ablation(self) -> dict[str, Any]:
        """Scores with one part taken away, and with everything told: from the fixed and rolling origins."""
        setups = {MODEL: Setup()} | {f"no {part}": Setup(without=(part,)) for part in PARTS}
        setups["administrations alike"] = Setup(alike=True)
        at, happened = self.fixed_at, self.happened(self.fixed_at)
        fixed = {name: self.score(self.model(at, each, FEWER), happened) for name, each in setups.items()}
        fixed["nothing told"] = self.score(self.model(at, Setup(regime="unknown"), FEWER), happened)
        fixed["everything coded"] = self.score(self.model(at, Setup(regime="coded"), FEWER), happened)
        later = replace(self.ground, protocol=replace(self.ground.protocol, known={}))
        ensemble = model(later, at, Setup(), FEWER, self.threads)
        fixed["stances as they turned out"] = self.score(ensemble, happened)
        rolled = self.rolled(Setup(), setups, (), FEWER // 2)
        return {"fixed": fixed, "rolling": rolled["horizons"]}

    def codings(self, grounds: dict[str, Ground]) -> dict[str, Any]:
        """Scores from the fixed origin under other codings of the record, beside the walk's."""
        found = {}
        for name, ground in grounds.items():
            other = Study(ground, self.threads)
            at = other.fixed_at
            found[name] = {
                MODEL: other.score(other.model(at, Setup(), FEWER), other.happened(at)),
                WALK: other.score(other.rivals.histories(WALK, at, True, RUNS), other.happened(at)),
                LOGIT: other.score(other.rivals.histories(LOGIT, at, True, RUNS), other.happened(at)),
            }
        return found
