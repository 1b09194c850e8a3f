"""The page of validation: its tables and figures, written between the marks of a page that says the rest.

The headings of docs/validation.md are those of TRACE (V. Grimm and others, Towards better modelling and
decision support, Ecological Modelling 280, 2014).
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation.errors import BadInput, Fault, quoted
from simulation.plots.files import save
from simulation.plots.hindcast import bands, scores
from simulation.report import hindcast as tables
from simulation.world import World

FIGURES = "figures"
SHOWN = 12  # parameters of which most was learnt
POOLED = "pooled"


def write_page(found: Mapping[str, Any], world: World, page: Path) -> list[Path]:
    """Renew what stands between the marks of a page, the figures beside it, and the numbers of both.

    A page that is not there is made of the tables alone. BadInput where a page lacks a mark.
    """
    texts = page_parts(found, manifest_of(world))
    if page.is_file():
        text = page.read_text(encoding="utf-8")
        lacking = [name for name in texts if _between(name).search(text) is None]
        if lacking:
            hint = "a page that is not there is made anew"
            message = f"the page lacks the mark {quoted(f'<!-- {lacking[0]} -->')}"
            raise BadInput([Fault(message, hint=hint, file=str(page))])
    else:
        page.parent.mkdir(parents=True, exist_ok=True)
        marks = [f"## {name}\n\n<!-- {name} -->\n<!-- end of {name} -->" for name in texts]
        text = "\n\n".join(["# Validation", *marks]) + "\n"
    page.write_text(with_parts(text, texts), encoding="utf-8")
    numbers = page.with_suffix(".json")
    numbers.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    drawn = save(bands(found, world.tracks), page.parent / FIGURES, "hindcast_bands")
    drawn += save(scores(found), page.parent / FIGURES, "hindcast_scores")
    return [page, numbers, *drawn]


def with_parts(text: str, texts: Mapping[str, str]) -> str:
    """The page with each part between its marks."""
    for name, part in texts.items():
        whole = f"<!-- {name} -->\n{part}\n<!-- end of {name} -->"
        text = _between(name).sub(lambda _, whole=whole: whole, text)  # type: ignore[misc]
    return text


def _between(name: str) -> re.Pattern[str]:
    return re.compile(rf"<!-- {name} -->\n.*?<!-- end of {name} -->", re.DOTALL)


def manifest_of(world: World) -> Mapping[str, Any] | None:
    """What is said of a world's posterior, where it has one."""
    path = world.folder / "posterior.json"
    if not path.is_file():
        return None
    said: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return said


def page_parts(found: Mapping[str, Any], manifest: Mapping[str, Any] | None) -> dict[str, str]:
    """What the page says between its marks, by name."""
    fixed, rolling, theories = found["fixed"], found["rolling"], found["theories"]
    names = [name for name in next(iter(fixed["scores"].values())) if name not in (POOLED, "index")]
    by_track = [{"track": name} | row for name in names for row in tables.track_rows(rolling, name)]
    nothing = "No posterior stands in the folder of the world."
    return {
        "verdict": _verdict(found),
        "fit": nothing if manifest is None else _fit(manifest),
        "learnt": nothing if manifest is None else _table(_learnt(manifest)),
        "summaries": nothing if manifest is None else _table(_summaries(manifest)),
        "ablation": _table(tables.ablation_rows(found["ablation"])),
        "codings": _table(tables.coding_rows(found["codings"])),
        "shocks": _table(tables.shock_rows(found["events"])),
        "fixed": _table(tables.score_rows(fixed)),
        "contests": _table(tables.contest_rows(fixed["contests"])),
        "calibration": _table(tables.calibration_rows(fixed)),
        "horizons": _table(tables.horizon_rows(rolling, "after_training")),
        "all_horizons": _table(tables.horizon_rows(rolling, "all")),
        "tracks": _table(by_track),
        "events": _table(tables.event_rows(rolling)),
        "theories": _table(tables.theory_rows(theories)),
        "periods": _table(tables.period_rows(theories)),
        "opinion": _table(tables.opinion_rows(found["opinion"])),
    }


def _verdict(found: Mapping[str, Any]) -> str:
    """What the scores say in a few lines, whatever they are."""
    fixed = found["fixed"]
    lines = []
    for rival, each in fixed["contests"].items():
        pooled = each[POOLED]
        behind = [name for name in each if name != POOLED and each[name]["skill"] < 0.0]
        worse = f"worse on: {', '.join(behind)}" if behind else "worse on no track"
        p = "0.01 or less" if pooled["p"] < 0.01 else f"{pooled['p']:.2f}"
        test = f"p {p}, power {pooled['power']:.2f}"
        span = f"over {fixed['months']} months from {fixed['from']} on"
        lines.append(f"- Against the {rival} {span}: {_better(pooled['skill'])} ({test}); {worse}.")
    for months, each in found["rolling"]["given"]["horizons"].items():
        at = each["after_training"]
        ours = at["scores"]["model"][POOLED]
        beside = ", ".join(_beside(ours, at, who) for who in fixed["contests"])
        origins = f"{at['origins']} origins after the training years"
        lines.append(f"- {months} months ahead, from {origins}: {beside}.")
    bins = fixed["calibration"]["model"]["bins"]
    inside = 100 * (1 - (bins[0] + bins[-1]) / sum(bins))
    lines.append(
        f"- PIT values of the record lay between 0.1 and 0.9 in {inside:.0f} % of months and tracks: in 80 % "
        "if the model were calibrated."
    )
    return "\n".join(lines)


def _beside(ours: float, at: Mapping[str, Any], who: str) -> str:
    """How much better than a rival at a horizon, and from how many origins."""
    return f"{_better(1 - ours / at['scores'][who][POOLED])} than the {who} ({at['better_than'][who]} times)"


def _better(skill: float) -> str:
    return f"{100 * abs(skill):.0f} % {'better' if skill >= 0 else 'worse'}"


def _fit(manifest: Mapping[str, Any]) -> str:
    """How the posterior came about, and how far the method can be trusted."""
    recovery = manifest["recovery"]
    first, last = manifest["training"]
    kept = f"{manifest['kept']:,} of them kept, effective size {manifest['effective']:.0f}"
    rows = f"{manifest['kept']:,} rows ({manifest['distinct']:,} distinct ones)"
    edge = [f"`{path}`" for path in manifest["at_the_edge"]]
    beyond = (
        f" For {', '.join(edge)} what the record says lies outside the middle 98 % of what histories of the "
        "draws say, and was taken to its edge."
        if edge
        else ""
    )
    return (
        f"{len(manifest['parameters'])} uncertain mechanisms were learnt from {first} to {last} alone: "
        f"{manifest['draws']:,} draws from the priors of the seeds, {kept}, drawn by weight as {rows}. "
        f"Known parameters of {recovery['histories']} simulated histories lay in their middle 80 % in "
        f"{100 * recovery['covered']:.1f} % of cases.{beyond}"
    )


def _learnt(manifest: Mapping[str, Any]) -> tables.Rows:
    """A row a parameter, of those of which most was learnt."""
    parameters, recovered = manifest["parameters"], manifest["recovery"]["by_path"]
    order = sorted(parameters, key=lambda path: -parameters[path]["contraction"])[:SHOWN]
    return [
        {
            "path": f"`{path}`",
            "prior, middle 80 %": tables.span(parameters[path]["prior"]),
            "posterior": tables.span(parameters[path]["posterior"]),
            "shift": f"{parameters[path]['shift']:+.2f}",
            "narrower by": f"{100 * parameters[path]['contraction']:.0f} %",
            "recovered (95 %)": _percent(recovered[path]["covered"], *recovered[path]["interval95"]),
        }
        for path in order
    ]


def _percent(share: float, low: float, high: float) -> str:
    return f"{100 * share:.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def _summaries(manifest: Mapping[str, Any]) -> tables.Rows:
    """A row a summary: on record, and by prior and posterior."""
    return [
        {
            "summary": each["name"],
            "record": f"{each['record']:.2f}",
            "prior": tables.span(each["prior"]),
            "posterior": tables.span(each["posterior"]),
            "inside": "yes" if each["posterior"][0] <= each["record"] <= each["posterior"][2] else "no",
        }
        for each in manifest["summaries"]
    ]


def _table(rows: tables.Rows) -> str:
    if not rows:
        return "Nothing on record."
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *([row.get(name, "") for name in head] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
