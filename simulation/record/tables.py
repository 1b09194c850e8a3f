"""What a record holds, as frozen rows. Months count from the year 0: year x 12 + month - 1.

Every row names its sources by key and how sure it is: verified (seen there) or recalled (general knowledge).
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from simulation.record.protocol import Protocol

GOVERNMENT = "government"  # the origin of what the two governments chose, which is outcome and no driver
CHOSEN = (GOVERNMENT, "public")  # origins of what the two countries did: outcome of a hindcast, not input
ORIGINS = (GOVERNMENT, "court", "military", "public", "politics", "third_party")
SCOPES = ("pair", "triangle", "several", "others")
PRECISIONS = ("day", "month")
SEEN = ("yes", "month", "no")
SUSPENSIONS = ("stopped", "notice")


@dataclass(frozen=True)
class Reference:
    """Where a fact was read: `address` is empty for general knowledge."""

    key: str
    outlet: str
    address: str
    note: str


@dataclass(frozen=True)
class Launches:
    """A month of the challenger whose launches are counted, by two counts that differ in what they take in.

    `missiles`, of them `long_range`, and `test_days` are those of one list; `events` and
    `other_provocations` those of another; `nuclear_tests` are apart from both.
    """

    month: int
    test_days: int
    missiles: int
    long_range: int
    events: int
    other_provocations: int
    nuclear_tests: int
    note: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; trusted to the month where `precision` or `seen` says so.

    The first of `actors` acts: the visitor, who recalls, whose court rules. `origin` says who chose it:
    government means Tokyo or Seoul, public their parliaments and citizens. `sign` is -1, 0 or 1,
    `goldstein` the base value of its CAMEO class (-10 to 10). `judged` (-10 to 10) was set knowing the
    outcome and is no evidence.
    """

    key: str
    day: date
    precision: str
    actors: tuple[str, ...]
    scope: str
    kind: str
    origin: str
    sign: int
    judged: int
    cameo: str
    goldstein: float
    description: str
    sources: tuple[str, ...]
    confidence: str
    seen: str

    @property
    def month(self) -> int:
        """The month in which it happened."""
        return self.day.year * 12 + self.day.month - 1

    @property
    def outside(self) -> bool:
        """Whether neither the two governments nor their publics did it: a hindcast may be told of it."""
        return self.origin not in CHOSEN


@dataclass(frozen=True)
class Poll:
    """What a population thought of a country or of relations with it, in per cent; None: not found."""

    year: int
    survey: str
    population: str
    target: str
    question: str
    favourable: float | None
    unfavourable: float | None
    note: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Leader:
    """Who governed; `end` is None for one still in office. `stance_judged` (-3 to 3) knows the outcome."""

    country: str
    leader: str
    start: date
    end: date | None
    party: str
    ideology: str
    stance_judged: int
    note: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Agreement:
    """What countries agreed on, or one imposed, and when it held. A date known to the year is its first day.

    `pauses` are spans in which it was suspended, the last one open where it was not resumed. With `notice`
    it was under notice in them, and carried out all the same.
    """

    key: str
    name: str
    members: tuple[str, ...]
    kind: str
    start: date
    pauses: tuple[tuple[date, date | None], ...]
    notice: bool
    end: date | None
    note: str
    sources: tuple[str, ...]
    confidence: str

    def begun(self, day: date) -> bool:
        """Whether it had begun and not ended by the end of that day."""
        return self.start <= day and (self.end is None or day < self.end)

    def paused(self, day: date, notice_holds: bool) -> bool:
        """Whether it was suspended that day; where `notice_holds`, notice alone suspends nothing."""
        if self.notice and notice_holds:
            return False
        return any(since <= day and (until is None or day < until) for since, until in self.pauses)


@dataclass(frozen=True)
class Pressure:
    """A count over so many `months` from the month `since` on, of ships, aircraft or days near a border."""

    series: str
    since: int
    months: int
    value: float
    unit: str
    note: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Capability:
    """A yearly figure of one country, or of trade between two (the first reports it)."""

    of: tuple[str, ...]
    year: int
    variable: str
    value: float
    unit: str
    note: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Record:
    """A record: its tables, and the protocol by which rungs are read off them.

    `launches` has every month of the record, in order.
    """

    folder: Path
    protocol: Protocol = field(repr=False)
    references: tuple[Reference, ...] = field(repr=False)
    launches: tuple[Launches, ...] = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    opinion: tuple[Poll, ...] = field(repr=False)
    leaders: tuple[Leader, ...] = field(repr=False)
    agreements: tuple[Agreement, ...] = field(repr=False)
    pressure: tuple[Pressure, ...] = field(repr=False)
    capabilities: tuple[Capability, ...] = field(repr=False)

    @property
    def first(self) -> int:
        """The first month."""
        return self.launches[0].month

    @property
    def months(self) -> int:
        """How many months it holds."""
        return len(self.launches)
