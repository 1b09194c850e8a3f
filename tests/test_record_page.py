"""docs/record.md: its tables are made from the record.

To renew the tables and the figure: `.venv/bin/python -m tests.test_record_page`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from simulation.document import month_text
from simulation.record import CODINGS, Record, load_record, observe, runs_of
from simulation.record.against import differences
from simulation.record.tables import GOVERNMENT, ORIGINS
from simulation.world import World, load_world
from tests.pages import with_parts

PAGE = Path(__file__).parents[1] / "docs" / "record.md"
FIGURE = PAGE.parent / "figures" / "record.png"
MEANS = {
    GOVERNMENT: "chosen by the two governments",
    "court": "courts and prosecutors",
    "military": "incidents at sea and in the air",
    "public": "citizens, parties, parliament",
    "politics": "who governs changes, or is in doubt",
    "third_party": "challengers, the patron, others",
}


WANTED = {"agreements": " and ", "events": " or ", "ends": " or "}  # several agreements are all asked for


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]


def tables(record: Record, world: World) -> list[str]:
    kept: dict[str, Sequence[Any]] = {
        "launches": record.launches,
        "events": record.events,
        "institutions": record.agreements,
        "opinion": record.opinion,
        "leaders": record.leaders,
        "pressure": record.pressure,
        "capabilities": record.capabilities,
    }
    rows = [
        (f"{name}.csv", len(held), sum(row.confidence == "verified" for row in held))
        for name, held in kept.items()
    ]
    return table(("file", "rows", "verified"), [*rows, ("sources.csv", len(record.references), "")])


def rules(record: Record, world: World) -> list[str]:
    text = (record.folder / "coding.yaml").read_text(encoding="utf-8")
    rows = []
    for track, kinds in yaml.safe_load(text)["tracks"].items():
        for name, rule in kinds["holds"].items():
            asks = [said(rule[key], join) for key, join in WANTED.items() if key in rule]
            both = ", by each of the two" if rule.get("both_ways") else ""
            months = said(rule.get("months", ""))
            rows.append((track, name, said(rule["rung"]), "; ".join(asks) + both, months))
        for name, rule in kinds.get("breaks", {}).items():
            asks = [said(rule[key], join) for key, join in WANTED.items() if key in rule]
            ended = " ended" if "ends" in rule else ""
            knows = said(rule.get("codings", list(CODINGS)), ", ")
            rows.append((track, f"break: {name}", knows, "; ".join(asks) + ended, ""))
        for name, rule in kinds.get("caps", {}).items():
            rows.append((track, f"cap: {name}", said(rule["rung"]), said(rule["agreements"]), ""))
    return table(("track", "rule", "rung, or codings that know it", "asks for", "months"), rows)


def said(value: Any, join: str = " and ") -> str:
    """A value of the protocol in a cell: one for all, or by coding."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said(each, join)}" for name, each in value.items())
    return join.join(map(str, value)) if isinstance(value, list) else str(value)


def runs(record: Record, world: World) -> list[str]:
    observed = observe(record, record.protocol.codings["standard"], world.focus)
    names = {track.name: track.rungs for track in world.tracks}
    rows = [
        (
            run.track, month_text(run.since), month_text(run.until), run.until - run.since + 1,
            f"{run.held.rung} {names[run.track][run.held.rung]}", ", ".join(run.held.after or run.held.rows),
        )
        for run in runs_of(observed)
    ]  # fmt: skip
    return table(("track", "from", "to", "months", "rung", "because of"), rows)


def codings(record: Record, world: World) -> list[str]:
    rows = []
    three = [observe(record, record.protocol.codings[name], world.focus) for name in CODINGS]
    highest = max(track.top for track in world.tracks)
    for track in world.tracks:
        for each in three:
            held = Counter(each.rungs(track.name))
            counts = [held[rung] or "" if rung <= track.top else "–" for rung in range(highest + 1)]
            unlike = zip(each.rungs(track.name), three[1].rungs(track.name), strict=True)
            changes = sum(run.track == track.name for run in runs_of(each)) - 1
            rows.append((track.name, each.coding, *counts, changes, sum(one != two for one, two in unlike)))
    rungs = (f"rung {rung}" for rung in range(highest + 1))
    return table(("track", "coding", *rungs, "changes", "months unlike standard"), rows)


def apart(record: Record, world: World) -> list[str]:
    observed = observe(record, record.protocol.codings["standard"], world.focus)
    found = differences(observed, world)
    names = {track.name: track.rungs for track in world.tracks}
    rows = []
    for each in found:
        by_hand, by_rule = (f"{rung} {names[each.track][rung]}" for rung in (each.world, each.record))
        span = (month_text(each.since), month_text(each.until))
        rows.append((each.track, *span, each.months, by_hand, by_rule))
    total = ("all", "", "", sum(each.months for each in found), "", "")
    return table(("track", "from", "to", "months", "by hand", "by the record"), [*rows, total])


def drivers(record: Record, world: World) -> list[str]:
    years = range(record.first // 12, (record.first + record.months) // 12)
    missiles = Counter(each.month // 12 for each in record.launches for _ in range(each.missiles))
    rows: list[Sequence[object]] = [("missiles (CNS)", *(missiles[year] for year in years))]
    for origin in (*ORIGINS[1:], GOVERNMENT):
        held = Counter(
            each.day.year for each in record.events if each.origin == origin and each.month >= record.first
        )
        rows.append((f"{origin}: {MEANS[origin]}", *(held[year] or "" for year in years)))
    return table(("origin", *years), rows)


PARTS: dict[str, Callable[[Record, World], list[str]]] = {
    "tables": tables,
    "rules": rules,
    "runs": runs,
    "codings": codings,
    "differences": apart,
    "drivers": drivers,
}


def renewed(text: str) -> str:
    """The page with its tables made anew."""
    world = load_world("northeast_asia")
    record = load_record(world)
    return with_parts(text, {name: rows(record, world) for name, rows in PARTS.items()})


def test_the_tables_are_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == renewed(text), "renew it: .venv/bin/python -m tests.test_record_page"


def test_every_difference_from_the_hand_is_read() -> None:
    world = load_world("northeast_asia")
    record = load_record(world)
    observed = observe(record, record.protocol.codings["standard"], world.focus)
    text = PAGE.read_text(encoding="utf-8").partition("<!-- end of differences -->")[2].partition("\n## ")[0]
    years = {month_text(each.since)[:4] for each in differences(observed, world)}
    assert [year for year in sorted(years) if year not in text] == []


def draw() -> None:
    """The figure of the page."""
    from simulation.plots.files import save
    from simulation.plots.record import rungs_on_record

    world = load_world("northeast_asia")
    record = load_record(world)
    three = {name: observe(record, record.protocol.codings[name], world.focus) for name in CODINGS}
    for path in save(rungs_on_record(record, three, world), FIGURE.parent, FIGURE.stem):
        if path.suffix != FIGURE.suffix:
            path.unlink()


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    draw()
