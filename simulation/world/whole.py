"""The world as a whole, and the paths of all that can be set in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from pathlib import Path

from simulation.evidence import Evidence
from simulation.parameters import Declaration
from simulation.world.effects import in_words
from simulation.world.facts import Country, Dated, EventField, EventType, Theory, Track, Value
from simulation.world.joint import Joint

TERMS = (
    "shared_threat",
    "net_threat",
    "brokerage",
    "abandonment",
    "asymmetry",
    "entrapment",
    "gain",
    "trust",
    "stance",
    "support",
    "grievance",
    "mutual_threat",
    "retaliation",
)
BY_EVENT = "event"  # the kind of the amounts of events, each of which stands for itself
BY_DEFAULT = "the default of seeds/parameters.yaml"


@dataclass(frozen=True)
class Names:
    """The names that may follow the path of a parameter: countries in the order of slots, each with camps."""

    camps: dict[str, tuple[str, ...]]
    tracks: tuple[str, ...]
    theories: tuple[str, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries, in the order of slots."""
        return tuple(self.camps)

    def entries(self, by: str) -> Iterator[tuple[str, ...]]:
        """Every combination of names in a table of that kind; a dyad once, lower slot first."""
        codes = self.countries
        camps = ((code, camp) for code in codes for camp in self.camps[code])
        if by == "none":
            yield ()
        elif by in ("country", "track"):
            yield from ((name,) for name in (codes if by == "country" else self.tracks))
        elif by == "pair":
            yield from permutations(codes, 2)
        elif by == "dyad":
            yield from ((a, b) for i, a in enumerate(codes) for b in codes[i + 1 :])
        elif by == "camp":
            yield from camps
        elif by == "camp_country":
            yield from ((code, camp, other) for code, camp in camps for other in codes if other != code)
        else:
            yield from ((theory, term) for theory in self.theories for term in TERMS)


@dataclass(frozen=True)
class World:
    """Countries in the order of slots, and every number about them.

    `values` holds each parameter that the files give, by its full path; `value` knows the defaults too, and
    the amounts of events, `events.<type>.<field>`, which `amounts` holds. `levels`
    are the named tempos of each challenger, in acts a year. `rungs` is keyed by dyad (lower slot first),
    then by track. `sharing` is the security rung from which partners share intelligence. `joint` are draws
    that values vary by together, None where each varies by itself.
    """

    name: str
    folder: Path
    title: str
    reference: int
    codes: tuple[str, ...]
    countries: dict[str, Country]
    camps: tuple[tuple[str, str], ...]
    tracks: tuple[Track, ...]
    sharing: int
    focus: tuple[str, str]
    values: dict[str, Value] = field(repr=False)
    declarations: dict[str, Declaration] = field(repr=False)
    theories: dict[str, Theory] = field(repr=False)
    events: dict[str, EventType] = field(repr=False)
    levels: dict[str, dict[str, Value]] = field(repr=False)
    rungs: dict[tuple[str, str], dict[str, tuple[Dated[int], ...]]] = field(repr=False)
    evidence: Evidence = field(repr=False)
    joint: Joint | None = field(default=None, repr=False)

    def value(self, path: str) -> Value:
        """The value at a path: as given, or the declared default. KeyError if there is no such path."""
        whole = self.canonical(path)
        given = self.values.get(whole, self.amounts.get(whole))
        return given if given is not None else self._default(whole)

    def paths(self) -> list[str]:
        """Every path that can be set: in the order of the declarations and then of slots; then of events."""
        return list(self._declared)

    @cached_property
    def amounts(self) -> dict[str, Value]:
        """What each number of an event is worth where a scenario leaves it out, by events.<type>.<field>."""
        numbers = (field.value for event in self.events.values() for field in event.fields.values())
        return {value.path: value for value in numbers if value is not None}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every path, and after them those of dyads named the other way round."""
        return (*self._declared, *self._turned)

    @cached_property
    def event_fields(self) -> tuple[str, ...]:
        """The name of every field that some event has."""
        return tuple(dict.fromkeys(name for event in self.events.values() for name in event.fields))

    def canonical(self, path: str) -> str:
        """The path as `values` has it: a dyad with its lower slot first. KeyError if there is none."""
        if path in self._declared:
            return path
        return self._turned[path]

    def declaration(self, path: str) -> Declaration:
        """The declaration that gives the path its unit, bounds and meaning. KeyError if there is none."""
        return self._declared[self.canonical(path)]

    @cached_property
    def _declared(self) -> dict[str, Declaration]:
        names = Names(
            {code: tuple(self.countries[code].camps) for code in self.codes},
            tuple(track.name for track in self.tracks),
            tuple(self.theories),
        )
        tables = {by: list(names.entries(by)) for by in {one.by for one in self.declarations.values()}}
        return {
            ".".join((one.path, *entry)): one
            for one in self.declarations.values()
            for entry in tables[one.by]
        } | {
            field.value.path: _of_event(event, field, field.value)
            for event in self.events.values()
            for field in event.fields.values()
            if field.value is not None
        }

    @cached_property
    def _turned(self) -> dict[str, str]:
        """Dyads named the other way round."""
        return {
            f"{one.path}.{b}.{a}": f"{one.path}.{a}.{b}"
            for one in self.declarations.values()
            if one.by == "dyad"
            for i, a in enumerate(self.codes)
            for b in self.codes[i + 1 :]
        }

    def _default(self, path: str) -> Value:
        one = self._declared[path]
        assert one.default is not None, f"{path}: the loader lets no value be missing"
        worth = one.default
        return Value(path, worth, worth, worth, one.unit, (), BY_DEFAULT, one.place)


def _of_event(event: EventType, field: EventField, value: Value) -> Declaration:
    """The declaration of a number of an event; its meaning is what the event's effects do with it."""
    assert field.bounds is not None
    said = "; ".join(in_words(effect) for effect in event.effects if effect.amount == field.name)
    meaning = f"{field.name} of the event {event.name}, where it is left out: {said}"
    return Declaration(value.path, BY_EVENT, value.unit, *field.bounds, None, meaning, value.place)
