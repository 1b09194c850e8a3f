"""hindcast.yaml beside the tables of a record, read with every fault in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    month_text,
    read_document,
    report,
    required,
)
from simulation.errors import BadInput, Fault, Place, quoted
from simulation.hindcast.protocol import ACTORS, AGAINST, FILE, FOR, Protocol, Told
from simulation.hindcast.spans import check_rolling, check_training
from simulation.record import Record
from simulation.world import EventType, Value, World

T = TypeVar("T")
_KEYS = (
    "training", "replay", "rolling", "launches", "tempo", "events", "named", "camps", "known", "opinion",
)  # fmt: skip
_POLL = ("survey", "question")
_LONGEST = 120  # months of a replay, between origins, or ahead


def load_protocol(record: Record, world: World) -> Protocol:
    """The rules beside a record. BadInput holds every fault in them."""
    faults: list[Fault] = []
    path = record.folder / FILE
    if not path.is_file():
        hint = "docs/validation.md says what it holds; copy that of seeds/northeast_asia/record"
        raise BadInput([Fault(f"there is no {FILE} beside the record", hint=hint, file=str(path))])
    file = read_document(path, faults)
    found = None if file is None else _Reader(record, world, faults).protocol(check_keys(file, faults, _KEYS))
    if found is None or faults:
        raise BadInput(faults)
    return found


@dataclass(frozen=True)
class _Reader:
    """What words are checked against, and where faults go."""

    record: Record
    world: World
    faults: list[Fault]

    def protocol(self, file: Mapping) -> Protocol | None:
        """The protocol; None where a part is missing or at fault."""
        training = self.fields(file, "training", ("from", "until"), self.month)
        rolling = self.part(file, "rolling", "from, every and ahead")
        rolling = None if rolling is None else check_keys(rolling, self.faults, ("from", "every", "ahead"))
        replay = self.one(file, "replay", self.months)
        launches = self.one(file, "launches", self.country)
        opinion = self.opinion(file)
        first = None if rolling is None else self.one(rolling, "from", self.month)
        every = None if rolling is None else self.one(rolling, "every", self.months)
        ahead = () if rolling is None else self.one(rolling, "ahead", self.list_of_months) or ()
        tables = (
            self.tables(file, "tempo", self.country_key, self.worth),
            self.tables(file, "events", self.kind_key, self.event_of_sign),
            self.named(file),
            self.tables(file, "camps", self.country_key, self.camp),
            self.known(file),
        )
        if None in (training, replay, launches, opinion, first, every) or not ahead or self.faults:
            return None
        assert training and opinion and replay and launches and first and every  # noqa: PT018
        found = Protocol(
            (training["from"], training["until"]), replay, first, every, ahead, launches,
            *tables, opinion["survey"], opinion["question"],
        )  # fmt: skip
        check_training(file, found, self.record, self.faults)
        check_rolling(file, found, self.record, self.faults)
        return found

    def part(self, file: Mapping, name: str, what: str) -> Mapping | None:
        """A mapping that must be there."""
        node = required(file, self.faults, name)
        return None if node is None else as_mapping(node, self.faults, what)

    def one(self, file: Mapping, name: str, read: Callable[[Node], T | None]) -> T | None:
        """A value that must be there."""
        node = required(file, self.faults, name)
        return None if node is None else read(node)

    def fields(
        self, file: Mapping, name: str, words: tuple[str, ...], read: Callable[[Node], T | None]
    ) -> dict[str, T] | None:
        """A mapping with just these words."""
        node = self.part(file, name, " and ".join(words))
        if node is None:
            return None
        node = check_keys(node, self.faults, words)
        found = {word: self.one(node, word, read) for word in words}
        return (
            {word: each for word, each in found.items() if each is not None}
            if None not in found.values()
            else None
        )

    def opinion(self, file: Mapping) -> dict[str, str] | None:
        """The survey and its question: those of a row of opinion.csv, where it has any."""
        found = self.fields(file, "opinion", _POLL, lambda node: as_text(node, self.faults))
        node = file.get("opinion")
        if found is None or not isinstance(node, Mapping) or not self.record.opinion:
            return found
        of_survey = {each.question for each in self.record.opinion if each.survey == found["survey"]}
        valid = {"survey": {each.survey for each in self.record.opinion}, "question": of_survey}
        for name in _POLL if of_survey else _POLL[:1]:
            as_name(
                required(node, self.faults, name) or node, self.faults, valid[name], f"{name} of opinion.csv"
            )
        return found

    def month(self, node: Node) -> int | None:
        """A month of the record."""
        found = as_month(node, self.faults)
        last = self.record.first + self.record.months - 1
        if found is not None and not self.record.first <= found <= last:
            hint = f"it holds {month_text(self.record.first)} to {month_text(last)}"
            report(self.faults, node, f"the record does not hold {month_text(found)}", hint)
        return found

    def months(self, node: Node) -> int | None:
        """A number of months."""
        return as_int(node, self.faults, 1, _LONGEST, "months")

    def list_of_months(self, node: Node) -> tuple[int, ...]:
        """Numbers of months, rising."""
        items = as_sequence(node, self.faults, "a list of months ahead")
        found = [self.months(item) or 0 for item in (items.items if items else ())]
        if items is not None and not found:
            report(self.faults, node, "no number of months stands in this list", "such as [6, 12, 24]")
        if found != sorted(set(found)) and not self.faults:
            report(self.faults, node, "these months ahead do not rise")
        return tuple(found)

    def country(self, node: Node) -> str | None:
        """A country of the world."""
        return as_name(node, self.faults, self.world.codes, "country")

    def country_key(self, key: Scalar) -> str | None:
        """The same, as a key."""
        return self.country(key)

    def kind_key(self, key: Scalar) -> str | None:
        """A kind of events."""
        return as_name(key, self.faults, self.record.protocol.event_kinds, "kind of event")

    def tables(
        self,
        file: Mapping,
        name: str,
        read_key: Callable[[Scalar], str | None],
        read: Callable[[str, Scalar, Node], T | None],
    ) -> dict[str, dict[str, T]]:
        """Tables by key: of each its entries, each read with the key of its table."""
        node = self.part(file, name, "tables by name")
        found: dict[str, dict[str, T]] = {}
        for key, entry in () if node is None else node.entries:
            word = read_key(key)
            table = as_mapping(entry, self.faults, "entries by name")
            if word is None or table is None:
                continue
            values = {each.text: read(word, each, value) for each, value in table.entries}
            found[word] = {text: value for text, value in values.items() if value is not None}
        return found

    def worth(self, code: str, key: Scalar, node: Node) -> float | None:
        """What a unit of a series is worth, in acts a year."""
        del code
        as_name(key, self.faults, {each.series for each in self.record.pressure}, "series of pressure.csv")
        return as_number(node, self.faults, 0.0, 1000.0, "acts")

    def event_of_sign(self, kind: str, key: Scalar, node: Node) -> str | None:
        """The event of the world for a sign; actors alone can fill its fields."""
        del kind
        as_name(key, self.faults, (AGAINST, FOR), "sign")
        name = as_name(node, self.faults, self.world.events, "event")
        if name is not None and not set(_needed(self.world.events[name])) <= set(ACTORS):
            report(self.faults, node, f"actors alone do not say all that the event {quoted(name)} needs")
        return name

    def camp(self, code: str, key: Scalar, node: Node) -> str | None:
        """The camp of a country; the key is an ideology of leaders.csv."""
        words = {each.ideology for each in self.record.leaders if each.country == code}
        as_name(key, self.faults, words, f"ideology of {code} in leaders.csv")
        return as_name(node, self.faults, self.world.countries[code].camps, f"camp of {code}")

    def named(self, file: Mapping) -> dict[str, tuple[Told, ...]]:
        """Events by key of events.csv."""
        node = self.part(file, "named", "events by key of events.csv")
        found = {}
        for key, entry in () if node is None else node.entries:
            as_name(key, self.faults, [each.key for each in self.record.events], "key of events.csv")
            items = as_sequence(entry, self.faults, "a list of events")
            told = [self.told(item) for item in (items.items if items else ())]
            found[key.text] = tuple(each for each in told if each is not None)
        return found

    def told(self, node: Node) -> Told | None:
        """An event with its countries."""
        fields = as_mapping(node, self.faults, "an event and its countries")
        name = None if fields is None else self.one(fields, "event", self.event)
        if fields is None or name is None:
            return None
        needed = _needed(self.world.events[name])
        check_keys(fields, self.faults, ("event", *needed))
        countries = {field: self.one(fields, field, self.country) or "" for field in needed}
        return Told(name, countries)

    def event(self, node: Node) -> str | None:
        """An event of the world."""
        return as_name(node, self.faults, self.world.events, "event")

    def known(self, file: Mapping) -> dict[str, Value]:
        """Values in place of the world's, each with its reason."""
        node = self.part(file, "known", "values by path")
        found = {}
        for key, entry in () if node is None else node.entries:
            path = as_name(key, self.faults, self.world.names, "path")
            fields = as_mapping(entry, self.faults, "value, low, high and why")
            if path is None or fields is None:
                continue
            fields = check_keys(fields, self.faults, ("value", "low", "high", "why"))
            value = self.value(self.world.canonical(path), fields, key.place)
            if value is not None:
                found[value.path] = value
        return found

    def value(self, path: str, fields: Mapping, place: Place) -> Value | None:
        """A value with its range and reason, within its bounds."""
        allowed = self.world.declaration(path)

        def number(node: Node) -> float | None:
            return as_number(node, self.faults, allowed.low, allowed.high, allowed.unit)

        low, value, high = (self.one(fields, name, number) for name in ("low", "value", "high"))
        why = self.one(fields, "why", lambda node: as_text(node, self.faults, "a reason"))
        if low is None or value is None or high is None:
            return None
        if not low <= value <= high:
            report(self.faults, fields, f"the value of {path} lies outside its range", "low <= value <= high")
        return Value(path, value, low, high, allowed.unit, (), why, place)


def _needed(event: EventType) -> tuple[str, ...]:
    """The fields of an event that have no number to fall back to."""
    return tuple(field.name for field in event.fields.values() if field.kind != "number")
