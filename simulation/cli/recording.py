"""`entente record`."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulation.cli.kinds import named_world
from simulation.cli.listing import print_table
from simulation.cli.printing import print_json
from simulation.document import counted, month_text
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.record import CODINGS, Observed, Record, Run, load_record, observe, runs_of
from simulation.record.against import Difference, differences
from simulation.world import World

LONGEST = 70  # characters of a description in the table
CSV_COLUMNS = ("month", "track", "rung", "name", "rule", "rows")


def show_record(
    folder: Path | None, world: str, coding: str, as_json: bool, as_csv: bool, out: Path | None
) -> None:
    """Print the rungs that follow from a record, and draw them where a folder for the figure is named."""
    if coding not in CODINGS:
        hint = suggestion(coding, CODINGS)
        raise BadInput([Fault(f"unknown coding {quoted(coding)}", hint=hint, file="--coding")])
    if as_json and as_csv:
        raise BadInput([Fault("--json and --csv cannot stand together", file="--csv")])
    whole = named_world(world)
    record = load_record(whole, folder)
    three = {name: observe(record, record.protocol.codings[name], whole.focus) for name in CODINGS}
    observed = three[coding]
    if as_csv:
        _print_csv(observed, whole)
    elif as_json:
        print_json(_plain(record, observed, whole))
    else:
        print("\n".join(_head(record, observed, whole)))
        for track in whole.tracks:
            print(f"\n{track.name.capitalize()} track")
            rows = [_row(run, record, whole) for run in runs_of(observed) if run.track == track.name]
            print_table(rows)
        print()
        print("\n".join(_tail(three, observed, whole)))
    if out is not None:
        _draw(record, three, whole, out, quiet=as_json or as_csv)


def _head(record: Record, observed: Observed, world: World) -> Iterator[str]:
    a, b = (f"{world.countries[code].name} ({code})" for code in observed.pair)
    last = month_text(record.first + record.months - 1)
    yield f"The record of {a} and {b}, {month_text(record.first)} to {last}"
    facts = (len(record.events), len(record.agreements))
    yield f"{facts[0]:,} events and {facts[1]:,} agreements, read by the {observed.coding} coding"


def _row(run: Run, record: Record, world: World) -> dict[str, str]:
    """A run of months, and the rows that began it."""
    rung = next(track.rungs[run.held.rung] for track in world.tracks if track.name == run.track)
    began = run.held.after or run.held.rows
    return {
        "from": month_text(run.since),
        "to": month_text(run.until),
        "months": str(run.until - run.since + 1),
        "rung": f"{run.held.rung} {rung}",
        "because": "; ".join(_said(each, record) for each in began),
    }


def _said(row: str, record: Record) -> str:
    """A row by its key, and what it is; what was said of it stays."""
    key, _, rest = row.partition(" ")
    event = next((each for each in record.events if each.key == key), None)
    if event is not None:
        text = f"{event.day}: {event.description}"
    else:
        text = next(each.name for each in record.agreements if each.key == key)
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
    return f"{key} {rest} ({short})" if rest else f"{key} ({short})"


def _tail(three: dict[str, Observed], observed: Observed, world: World) -> Iterator[str]:
    """How far the codings, and the rungs of the world, differ from what was printed."""
    for name, other in three.items():
        if name == observed.coding:
            continue
        apart = [
            f"{track} {sum(x != y for x, y in zip(observed.rungs(track), other.rungs(track), strict=True))}"
            for track in observed.tracks
        ]
        yield f"Months in which the {name} coding has another rung: {', '.join(apart)}"
    found = differences(observed, world)
    months = counted(sum(each.months for each in found), "months")
    yield f"The rungs of relations.yaml, set by hand, differ in {months} of track"
    for each in found:
        rungs = next(track.rungs for track in world.tracks if track.name == each.track)
        yield (
            f"  {each.track} {month_text(each.since)} to {month_text(each.until)}: "
            f"by hand {each.world} {rungs[each.world]}, by the record {each.record} {rungs[each.record]}"
        )


def _print_csv(observed: Observed, world: World) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for row in _months(observed, world):
        writer.writerow([*(row[column] for column in CSV_COLUMNS[:-1]), " ".join(row["rows"])])


def _months(observed: Observed, world: World) -> Iterator[dict[str, Any]]:
    """Every month of every track."""
    for track in world.tracks:
        for number, held in enumerate(observed.tracks[track.name]):
            yield {
                "month": month_text(observed.first + number),
                "track": track.name,
                "rung": held.rung,
                "name": track.rungs[held.rung],
                "rule": held.rule,
                "rows": list(held.rows),
            }


def _plain(record: Record, observed: Observed, world: World) -> dict[str, Any]:
    """What JSON says."""
    index = observed.index(world.tracks)
    return {
        "world": world.name,
        "record": str(record.folder),
        "focus": list(observed.pair),
        "coding": observed.coding,
        "months": list(_months(observed, world)),
        "index": [
            {"month": month_text(observed.first + number), "index": value}
            for number, value in enumerate(index)
        ],
        "runs": [
            {
                "track": run.track, "from": month_text(run.since), "to": month_text(run.until),
                "rung": run.held.rung, "rule": run.held.rule, "rows": list(run.held.rows),
                "after": list(run.held.after),
            }
            for run in runs_of(observed)
        ],
        "differs_from_world": [_difference(each) for each in differences(observed, world)],
    }  # fmt: skip


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "track": each.track, "from": month_text(each.since), "to": month_text(each.until),
        "world": each.world, "record": each.record,
    }  # fmt: skip


def _draw(record: Record, three: dict[str, Observed], world: World, out: Path, quiet: bool) -> None:
    from simulation.plots.files import save
    from simulation.plots.record import rungs_on_record

    for path in save(rungs_on_record(record, three, world), out, f"{world.name}-record"):
        if not quiet:
            print(f"figure {path}")
