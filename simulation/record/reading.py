"""From a folder to a record, or to every fault in it at once.

The folder holds coding.yaml and a CSV file a table. The same format serves any record of any world.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple

from simulation.document import month_text, report, shown
from simulation.errors import BadInput, Fault, quoted, visible
from simulation.evidence import CONFIDENCES
from simulation.record.cells import NO_DAY, Row, read_table
from simulation.record.rules import read_protocol
from simulation.record.tables import (
    ORIGINS,
    PRECISIONS,
    SCOPES,
    SEEN,
    SUSPENSIONS,
    Agreement,
    Capability,
    Event,
    Launches,
    Leader,
    Poll,
    Pressure,
    Record,
    Reference,
)
from simulation.world import World

FOLDER = "record"  # of a world
_KNOWN = ("source", "confidence")  # how every row says why
COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": ("key", "outlet", "address", "note"),
    "launches": (
        "month", "test_days", "missiles", "long_range", "launch_events", "other_provocations",
        "nuclear_tests", "note", *_KNOWN,
    ),
    "events": (
        "id", "date", "precision", "actors", "scope", "kind", "origin", "sign", "intensity_judged",
        "cameo", "goldstein", "description", *_KNOWN, "date_seen",
    ),
    "opinion": (
        "year", "survey", "population", "target", "question", "favourable", "unfavourable", "note", *_KNOWN,
    ),
    "leaders": (
        "country", "leader", "start", "end", "party", "ideology", "stance_judged", "note", *_KNOWN,
    ),
    "institutions": (
        "id", "name", "members", "kind", "start", "suspended", "resumed", "suspension", "end", "note",
        *_KNOWN,
    ),
    "pressure": ("series", "since", "months", "value", "unit", "note", *_KNOWN),
    "capabilities": ("of", "year", "variable", "value", "unit", "note", *_KNOWN),
}  # fmt: skip
_EARLIEST, _LATEST = 1800, 2200  # years of a record
_MOST, _LARGEST = 10_000, 1e9  # things counted in a month; any figure
_INTENSITY, _STANCE, _LONGEST = 10, 3, 12  # bounds of judged intensity and stance; months that a count spans


class _Reader(NamedTuple):
    """What rows are checked against, None where that could not be read, and where faults go.

    `months` are those of launches that were read so far, `keys` those of events and agreements.
    """

    codes: tuple[str, ...]
    sources: frozenset[str] | None
    event_kinds: Collection[str] | None
    agreement_kinds: Collection[str] | None
    coded: frozenset[str]
    months: list[int]
    keys: dict[str, str]
    faults: list[Fault]


def load_record(world: World, folder: Path | None = None) -> Record:
    """The record of a world, or the one in that folder. BadInput holds every fault in its files."""
    place = world.folder / FOLDER if folder is None else folder
    if not place.is_dir():
        of = f"the world {quoted(world.name)} has no record"
        message = of if folder is None else f"there is no folder {quoted(str(folder))}"
        raise BadInput([Fault(message, hint="a record is a folder with coding.yaml and its tables")])
    faults: list[Fault] = []
    record = _read(world, place, faults)
    if faults:
        raise BadInput(faults)
    return record


def _read(world: World, folder: Path, faults: list[Fault]) -> Record:
    def table(name: str) -> tuple[Path, tuple[str, ...]]:
        return folder / f"{name}.csv", COLUMNS[name]

    protocol = read_protocol(folder / "coding.yaml", world.tracks, faults)
    whole, before = not faults, len(faults)
    given = dict.fromkeys(world.evidence.sources, "source.yaml has it already")
    references = read_table(*table("sources"), lambda row: _reference(row, given), faults)
    known = frozenset(each.key for each in references) | frozenset(world.evidence.sources)
    reader = _Reader(
        world.codes,
        known if len(faults) == before else None,
        protocol.event_kinds if whole else None,
        protocol.agreement_kinds if whole else None,
        protocol.coded_events,
        [],
        {},
        faults,
    )
    record = Record(
        folder=folder,
        protocol=protocol,
        references=references,
        launches=read_table(*table("launches"), lambda row: _launches(row, reader), faults),
        events=read_table(*table("events"), lambda row: _event(row, reader), faults),
        opinion=read_table(*table("opinion"), lambda row: _poll(row, reader), faults),
        leaders=read_table(*table("leaders"), lambda row: _leader(row, reader), faults),
        agreements=read_table(*table("institutions"), lambda row: _agreement(row, reader), faults),
        pressure=read_table(*table("pressure"), lambda row: _pressure(row, reader), faults),
        capabilities=read_table(*table("capabilities"), lambda row: _capability(row, reader), faults),
    )
    if not faults and not record.launches:
        name = shown(folder / "launches.csv")
        faults.append(Fault(f"{visible(name)} holds no month", file=name))
    return record


def _why(row: Row, reader: _Reader) -> tuple[tuple[str, ...], str]:
    """The sources of a row, and how sure it is."""
    return row.names("source", reader.sources, "source"), row.name("confidence", CONFIDENCES, "confidence")


def _reference(row: Row, keys: dict[str, str]) -> Reference:
    return Reference(row.key("key", keys), row.text("outlet"), row.note("address"), row.note())


def _launches(row: Row, reader: _Reader) -> Launches:
    counts = [row.whole(column, 0, _MOST) for column in COLUMNS["launches"][1:7]]
    test_days, missiles, long_range, events, other, nuclear = counts
    month, before = row.month("month"), reader.months[-1:]
    if month and before and before[0] and month != before[0] + 1:
        message = f"{month_text(month)} stands where {month_text(before[0] + 1)} belongs"
        report(row.faults, row.cells["month"], message, "a row a month, in order")
    reader.months.append(month)
    return Launches(
        month, test_days, missiles, long_range, events, other, nuclear, row.note(),
        *_why(row, reader),
    )  # fmt: skip


def _event(row: Row, reader: _Reader) -> Event:
    sources, confidence = _why(row, reader)
    kind = row.name("kind", reader.event_kinds, "kind of event")
    origin = row.name("origin", ORIGINS, "origin")
    if kind in reader.coded and origin in ORIGINS[1:]:
        message = f"rungs are read off a {kind}, and its origin here is {quoted(origin)}"
        hint = "a rung that is read off a driver would be predicted by it: give the row another kind"
        report(row.faults, row.cells["origin"], message, hint)
    return Event(
        key=row.key("id", reader.keys),
        day=row.day("date"),
        precision=row.name("precision", PRECISIONS, "precision"),
        actors=row.names("actors", reader.codes, "country"),
        scope=row.name("scope", SCOPES, "scope"),
        kind=kind,
        origin=origin,
        sign=row.whole("sign", -1, 1),
        judged=row.whole("intensity_judged", -_INTENSITY, _INTENSITY),
        cameo=row.text("cameo"),
        goldstein=row.number("goldstein", -_INTENSITY, _INTENSITY),
        description=row.text("description"),
        sources=sources,
        confidence=confidence,
        seen=row.name("date_seen", SEEN, "answer"),
    )


def _poll(row: Row, reader: _Reader) -> Poll:
    return Poll(
        row.whole("year", _EARLIEST, _LATEST),
        row.text("survey"),
        row.name("population", reader.codes, "country"),
        row.name("target", reader.codes, "country"),
        row.text("question"),
        row.maybe_number("favourable", 0, 100, "per cent"),
        row.maybe_number("unfavourable", 0, 100, "per cent"),
        row.note(),
        *_why(row, reader),
    )


def _leader(row: Row, reader: _Reader) -> Leader:
    start, end = row.day("start"), row.maybe_day("end")
    _check_span(row, start, end)
    return Leader(
        row.name("country", reader.codes, "country"),
        row.text("leader"),
        start,
        end,
        row.text("party"),
        row.note("ideology"),
        row.whole("stance_judged", -_STANCE, _STANCE),
        row.note(),
        *_why(row, reader),
    )


def _agreement(row: Row, reader: _Reader) -> Agreement:
    start, end = row.day("start"), row.maybe_day("end")
    _check_span(row, start, end)
    form = row.name("suspension", SUSPENSIONS, "suspension") if row.note("suspended") else ""
    return Agreement(
        row.key("id", reader.keys),
        row.text("name"),
        row.codes("members"),
        row.name("kind", reader.agreement_kinds, "kind of agreement"),
        start,
        _pauses(row),
        form == "notice",
        end,
        row.note(),
        *_why(row, reader),
    )


def _pauses(row: Row) -> tuple[tuple[date, date | None], ...]:
    """Spans of suspension: each begins before the next, and all but the last must have ended."""
    begun, over = row.days("suspended"), row.days("resumed")
    if not len(over) <= len(begun) <= len(over) + 1:
        message = f"{len(begun)} days of suspension and {len(over)} of resumption"
        report(row.faults, row.cells["suspended"], message, "each but the last suspension was resumed")
        return ()
    ends = [*over, None][: len(begun)]
    for number, (since, until) in enumerate(zip(begun, ends, strict=True)):
        following = begun[number + 1] if number + 1 < len(begun) else None
        if until is not None and (until <= since or (following is not None and following < until)):
            message = f"resumed on {until}, which is not between its suspension and the next"
            report(row.faults, row.cells["resumed"], message)
    return tuple(zip(begun, ends, strict=True))


def _pressure(row: Row, reader: _Reader) -> Pressure:
    return Pressure(
        row.text("series"),
        row.month("since"),
        row.whole("months", 1, _LONGEST),
        row.number("value", 0, _LARGEST),
        row.text("unit"),
        row.note(),
        *_why(row, reader),
    )


def _capability(row: Row, reader: _Reader) -> Capability:
    return Capability(
        row.names("of", reader.codes, "country"),
        row.whole("year", _EARLIEST, _LATEST),
        row.text("variable"),
        row.number("value", 0, _LARGEST),
        row.text("unit"),
        row.note(),
        *_why(row, reader),
    )


def _check_span(row: Row, start: date, end: date | None) -> None:
    if end is not None and NO_DAY not in (start, end) and end < start:
        report(row.faults, row.cells["end"], f"it ends on {end}, before it starts on {start}")
