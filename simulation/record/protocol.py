"""The rules by which rungs are read off a record, in three codings."""

from dataclasses import dataclass

CODINGS = ("stricter", "standard", "looser")
"""The codings, from the one that sees the lowest rungs."""


@dataclass(frozen=True)
class Hold:
    """A rung holds while all kinds of agreements do and, where `events` are named, one of them counts.

    An event counts in its month and those after it, `months` in all. With `both_ways` each of the two must
    have acted within them.
    """

    name: str
    rung: int
    agreements: tuple[str, ...]
    events: tuple[str, ...]
    months: int
    both_ways: bool


@dataclass(frozen=True)
class Break:
    """Events, or ends of agreements, after which no earlier event of the track counts any longer."""

    name: str
    events: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Cap:
    """While agreements of these kinds hold, no higher rung does."""

    name: str
    agreements: tuple[str, ...]
    rung: int


@dataclass(frozen=True)
class TrackRules:
    """The rules of one track; of holds with equal rungs the first is named."""

    holds: tuple[Hold, ...]
    breaks: tuple[Break, ...]
    caps: tuple[Cap, ...]


@dataclass(frozen=True)
class Coding:
    """One way to read the record: does an agreement under notice hold, and the rules by track."""

    name: str
    notice_holds: bool
    tracks: dict[str, TrackRules]


@dataclass(frozen=True)
class Protocol:
    """The kinds that tables may name, with their meanings, and the codings."""

    event_kinds: dict[str, str]
    agreement_kinds: dict[str, str]
    codings: dict[str, Coding]

    @property
    def coded_events(self) -> frozenset[str]:
        """The kinds of events off which some coding reads a rung."""
        rules = [rules for coding in self.codings.values() for rules in coding.tracks.values()]
        held = {kind for each in rules for rule in each.holds for kind in rule.events}
        return frozenset(held | {kind for each in rules for rule in each.breaks for kind in rule.events})
