"""From a folder to a record, or to every fault in it at once.

The folder holds coding.yaml and a CSV file a table. The same format serves any record of any world.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple

from simulation.document import month_text, report
from simulation.errors import BadInput, Fault, quoted
from simulation.evidence import CONFIDENCES
from simulation.record.cells import NO_DAY, Row, read_table
from simulation.record.rules import read_protocol
from simulation.record.tables import (
    GOVERNMENT,
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
    """What rows are checked against, None where that could not be read, and where faults go."""

    codes: tuple[str, ...]
    sources: frozenset[str] | None
    event_kinds: Collection[str] | None
    agreement_kinds: Collection[str] | None
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
    before = len(faults)
    references = read_table(*table("sources"), _reference, faults)
    known = frozenset(each.key for each in references) | frozenset(world.evidence.sources)
    reader = _Reader(
        world.codes,
        known if len(faults) == before else None,
        protocol.event_kinds or None,
        protocol.agreement_kinds or None,
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
    if not faults:
        _check_whole(record, world, faults)
    return record


def _why(row: Row, reader: _Reader) -> tuple[tuple[str, ...], str]:
    """The sources of a row, and how sure it is."""
    return row.names("source", reader.sources, "source"), row.name("confidence", CONFIDENCES, "confidence")


def _reference(row: Row) -> Reference:
    return Reference(row.text("key"), row.text("outlet"), row.note("address"), row.note())


def _launches(row: Row, reader: _Reader) -> Launches:
    counts = [row.whole(column, 0, _MOST) for column in COLUMNS["launches"][1:7]]
    test_days, missiles, long_range, events, other, nuclear = counts
    return Launches(
        row.month("month"), test_days, missiles, long_range, events, other, nuclear, row.note(),
        *_why(row, reader),
    )  # fmt: skip


def _event(row: Row, reader: _Reader) -> Event:
    sources, confidence = _why(row, reader)
    return Event(
        key=row.text("id"),
        day=row.day("date"),
        precision=row.name("precision", PRECISIONS, "precision"),
        actors=row.names("actors", reader.codes, "country"),
        scope=row.name("scope", SCOPES, "scope"),
        kind=row.name("kind", reader.event_kinds, "kind of event"),
        origin=row.name("origin", ORIGINS, "origin"),
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
        row.text("id"),
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


def _check_whole(record: Record, world: World, faults: list[Fault]) -> None:
    """What no row shows alone: keys twice, months missing, drivers among what rungs are read off."""
    keys = {
        "sources": [each.key for each in record.references] + list(world.evidence.sources),
        "events": [each.key for each in record.events],
        "institutions": [each.key for each in record.agreements],
    }
    for name, named in keys.items():
        twice = (key for key, count in Counter(named).items() if count > 1)
        faults += [_of(name, f"the key {quoted(key)} stands twice") for key in twice]
    if not record.launches:
        faults.append(_of("launches", "there is no month below its first line"))
    for number, each in enumerate(record.launches):
        wanted = record.first + number
        if each.month != wanted:
            here, there = month_text(each.month), month_text(wanted)
            faults.append(_of("launches", f"{here} stands where {there} belongs", "a row a month, in order"))
            break
    hint = "a rung that is read off a driver would be predicted by it: give the row another kind"
    for event in record.events:
        if event.kind in record.protocol.coded_events and event.origin != GOVERNMENT:
            said = f"{event.key}: rungs are read off the kind {event.kind}, and its origin is {event.origin}"
            faults.append(_of("events", said, hint))


def _of(name: str, message: str, hint: str | None = None) -> Fault:
    """A fault of a table as a whole."""
    return Fault(f"{name}.csv: {message}", hint=hint, file=f"{name}.csv")
