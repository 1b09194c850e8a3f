"""A hindcast in words: tables that the terminal and the page of validation share."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Rows = list[dict[str, str]]


def summary_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """What was scored, and by what."""
    first, last = found["training"]
    fixed = found["fixed"]
    yield f"The model against the record of {found['world']}, {found['coding']} coding"
    yield f"Learnt from {first} to {last}; run on from {fixed['from']} for {fixed['months']} months with what"
    yield "came from outside. Scores are ranked probability scores, shares of the ladder: 0 is perfect."
    yield f"Parameters: {found['parameters']}."


def score_rows(fixed: Mapping[str, Any]) -> Rows:
    """A row a forecaster: pooled, by track, and the index; and how far simulation may be off."""
    return [
        {"": who} | _three_digits(each) | {"simulation": f"±{fixed['simulation95'][who]:.3f}"}
        for who, each in fixed["scores"].items()
    ]


def _three_digits(scores: Mapping[str, float]) -> dict[str, str]:
    return {name: f"{value:.3f}" for name, value in scores.items()}


def contest_rows(contests: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Rows:
    """A row a rival and track: how much better the model was, and what chance makes of it."""
    return [
        {
            "against": rival,
            "track": name,
            "better by": _percent(each["skill"]),
            "gain": f"{each['gain']:+.3f}",
            "80 % if the rival is right": _span(each["under_rival"]),
            "80 % if the model is right": _span(each["under_ours"]),
            "p": f"{each['p']:.3f}",
            "power": f"{each['power']:.2f}",
        }
        for rival, tracks in contests.items()
        for name, each in tracks.items()
    ]


def _percent(share: float) -> str:
    return f"{100 * share:+.0f} %"


def _span(quantiles: list[float]) -> str:
    _, low, _, high, _ = quantiles
    return f"{low:+.3f} to {high:+.3f}"


def span(quantiles: Sequence[float]) -> str:
    """Median and the ends of the middle 80 %."""
    low, middle, high = quantiles
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"


def horizon_rows(rolling: Mapping[str, Any], which: str) -> Rows:
    """A row a regime and horizon: the pooled score of everybody, and from how many origins the model won."""
    found = []
    for regime, each in rolling.items():
        for months, horizon in each["horizons"].items():
            at = horizon[which]
            won = {who: f"{count} of {at['origins']}" for who, count in at["better_than"].items()}
            row = {"drivers": regime, "months ahead": months, "origins": str(at["origins"])}
            for who, score in at["scores"].items():
                row[who] = f"{score['pooled']:.3f}" + (f" ({won[who]})" if who in won else "")
            found.append(row)
    return found


def track_rows(rolling: Mapping[str, Any], track: str) -> Rows:
    """A row a horizon, drivers given, origins after the training years: everybody's score on one track."""
    return [
        {"months ahead": months}
        | {who: f"{score[track]:.3f}" for who, score in each["after_training"]["scores"].items()}
        for months, each in rolling["given"]["horizons"].items()
    ]


def event_rows(rolling: Mapping[str, Any]) -> Rows:
    """A row a forecaster: Brier and log scores of rungs reached and lost within a year, drivers given."""
    found = []
    for who, kinds in rolling["given"]["events"].items():
        row = {"": who}
        for kind, each in kinds.items():
            row[f"{kind}: Brier"] = f"{each['brier']:.3f}"
            row[f"{kind}: log"] = f"{each['log']:.3f}"
        found.append(row)
    return found


def ablation_rows(ablation: Mapping[str, Any]) -> Rows:
    """A row a variation: pooled from the fixed origin and at each horizon after the training years."""
    found = []
    for who, score in ablation["fixed"].items():
        row = {"": who, "fixed": f"{score['pooled']:.3f}"}
        for months, each in ablation["rolling"].items():
            at = each["after_training"]["scores"].get(who)
            row[f"{months} months"] = "" if at is None else f"{at['pooled']:.3f}"
        found.append(row)
    return found


def coding_rows(codings: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Rows:
    """A row a coding and forecaster."""
    return [
        {"coding": coding, "": who} | _three_digits(each)
        for coding, whos in codings.items()
        for who, each in whos.items()
    ]


def shock_rows(kinds: list[dict[str, Any]]) -> Rows:
    """A row a kind of event: response on record and in the model, in points of the index."""
    return [
        {
            "kind": each["kind"],
            "n": str(each["n"]),
            "record": f"{each['record']:+.1f}",
            "80 % by chance": "{:+.1f} to {:+.1f}".format(*each["by chance 80 %"]),
            "model": f"{each['model']:+.1f}",
            "80 % of runs": "{:+.1f} to {:+.1f}".format(*each["model 80 %"]),
        }
        for each in kinds
    ]


def theory_rows(theories: Mapping[str, Any]) -> Rows:
    """A row a theory or mixture: scores a year ahead, and weights."""
    found = []
    for name, score in theories["scores"].items():
        weight = theories["weights"][name]
        others = "{:.2f} to {:.2f}".format(*weight["without one origin"])
        found.append(_theory(name, score, f"{weight['training']:.2f}", f"{weight['all']:.2f}", others))
    for name, score in theories["mixtures"].items():
        found.append(_theory(f"mixture, {name}", score, "", "", ""))
    return found


def _theory(name: str, score: Mapping[str, float], training: str, whole: str, others: str) -> dict[str, str]:
    return {
        "": name,
        "all origins": f"{score['all']:.4f}",
        "after training": f"{score['after_training']:.4f}",
        "weight, training": training,
        "weight, all": whole,
        "all but one origin": others,
    }


def period_rows(theories: Mapping[str, Any]) -> Rows:
    """A row a period: the score of each theory, and which did best."""
    return [
        {"period": each["period"], "origins": str(len(each["origins"]))}
        | {name: f"{score:.4f}" for name, score in each["scores"].items()}
        | {"best": each["best"]}
        for each in theories["periods"]
    ]


def opinion_rows(opinion: Mapping[str, Any]) -> Rows:
    """A row a public: mean absolute error in points, of the model and of no change."""
    return [
        {
            "public": public,
            "n": str(each["n"]),
            "no change": f"{each['no change']:.1f}",
            "model, drivers given": f"{each['given']:.1f}",
            "model, drivers unknown": f"{each['unknown']:.1f}",
        }
        for public, each in opinion["publics"].items()
    ]


def calibration_rows(fixed: Mapping[str, Any]) -> Rows:
    """A row a forecaster: PIT values in tenths, mean, and spread beside that of a calibrated forecast."""
    return [
        {
            "": who,
            "tenths": " ".join(str(count) for count in each["bins"]),
            "mean": f"{each['mean']:.2f}",
            "spread": f"{(12 * each['variance']) ** 0.5:.2f}",
        }
        for who, each in fixed["calibration"].items()
    ]
