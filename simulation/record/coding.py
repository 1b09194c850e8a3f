"""From a record to the rung of each track by month: what holds on a month's last day counts for the month.

Nothing is judged here: the rules are those of coding.yaml, and docs/record.md says them in words.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from simulation.record.protocol import Cap, Coding, Hold, TrackRules
from simulation.record.tables import Agreement, Event, Record
from simulation.world import Track

NOTHING = "nothing"  # the rule where no other holds


@dataclass(frozen=True)
class Held:
    """A rung in a month, the rule by which it holds, and the rows that put it there.

    `after` says what ended the month before, where that had a higher rung or was held down by a cap.
    """

    rung: int
    rule: str
    rows: tuple[str, ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Observed:
    """The rungs of a pair by track, month by month from `first` on, under one coding."""

    pair: tuple[str, str]
    coding: str
    first: int
    tracks: dict[str, tuple[Held, ...]]

    def rungs(self, track: str) -> tuple[int, ...]:
        """The rung of each month."""
        return tuple(held.rung for held in self.tracks[track])

    def index(self, tracks: tuple[Track, ...]) -> tuple[float, ...]:
        """The cooperation index of each month, 0 to 100, with the weights of the world."""
        whole = sum(track.weight.value for track in tracks)
        months = zip(*(self.rungs(track.name) for track in tracks), strict=True)
        return tuple(
            100
            * sum(track.weight.value * rung / track.top for track, rung in zip(tracks, rungs, strict=True))
            / whole
            for rungs in months
        )


@dataclass(frozen=True)
class Run:
    """Months in a row with one rung: from `since` to `until`, both with it, and what began it."""

    track: str
    since: int
    until: int
    held: Held


def observe(record: Record, coding: Coding, pair: tuple[str, str]) -> Observed:
    """The rungs of the pair in every month of the record."""
    tracks = {}
    for name, rules in coding.tracks.items():
        view = _View(record, rules, pair, coding.notice_holds)
        tracks[name] = tuple(view.months(record.first, record.months))
    return Observed(pair, coding.name, record.first, tracks)


def runs_of(observed: Observed) -> list[Run]:
    """The runs of each track, in the order of tracks and then of time."""
    found = []
    for name, months in observed.tracks.items():
        begun = [0, *(m for m in range(1, len(months)) if months[m].rung != months[m - 1].rung)]
        for at, after in zip(begun, [*begun[1:], len(months)], strict=True):
            found.append(Run(name, observed.first + at, observed.first + after - 1, months[at]))
    return found


@dataclass(frozen=True)
class _View:
    """One track of one pair: the rows that concern it."""

    record: Record
    rules: TrackRules
    pair: tuple[str, str]
    notice_holds: bool

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """What both belong to."""
        return tuple(each for each in self.record.agreements if set(self.pair) <= set(each.members))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What both took part in, in order."""
        both = [each for each in self.record.events if set(self.pair) <= set(each.actors)]
        return tuple(sorted(both, key=lambda each: each.day))

    @cached_property
    def breaks(self) -> tuple[tuple[date, str], ...]:
        """The days after which earlier events no longer count, each with what happened then."""
        kinds = {kind for rule in self.rules.breaks for kind in rule.events}
        ends = {kind for rule in self.rules.breaks for kind in rule.ends}
        found = [(each.day, each.key) for each in self.events if each.kind in kinds]
        ended = [each for each in self.agreements if each.kind in ends]
        found += [(each.end, f"{each.key} ended") for each in ended if each.end is not None]
        return tuple(sorted(found))

    @property
    def caps(self) -> frozenset[str]:
        """The names of the caps."""
        return frozenset(cap.name for cap in self.rules.caps)

    def months(self, first: int, months: int) -> Iterator[Held]:
        """What holds in each of the months."""
        before: Held | None = None
        for month in range(first, first + months):
            held = self.at(month)
            if before is not None and held.rung < before.rung:
                held = replace(held, after=self.fallen(before, month))
            elif before is not None and held.rung > before.rung and before.rule in self.caps:
                held = replace(held, after=tuple(f"{key} ended" for key in before.rows))
            before = held
            yield held

    def at(self, month: int) -> Held:
        """The highest rung that holds at the end of the month, under the caps."""
        best = Held(0, NOTHING, ())
        for rule in self.rules.holds:
            if rule.rung > best.rung and (rows := self.holding(rule, month)) is not None:
                best = Held(rule.rung, rule.name, rows)
        for cap in self.rules.caps:
            if cap.rung < best.rung and (rows := self.capping(cap, month)):
                best = Held(cap.rung, cap.name, rows)
        return best

    def holding(self, rule: Hold, month: int) -> tuple[str, ...] | None:
        """The rows by which the rule holds; None where it does not."""
        rows: list[str] = []
        for kind in rule.agreements:
            held = [each for each in self.agreements if each.kind == kind and each.begun(last_day(month))]
            if not held or any(each.paused(last_day(month), self.notice_holds) for each in held):
                return None
            rows += [each.key for each in held]
        if not rule.events:
            return tuple(rows)
        counting = [each for each in self.events if self.counts(each, rule, month)]
        for actor in self.pair if rule.both_ways else (None,):
            own = [each for each in counting if actor in (None, each.actors[0])]
            if not own:
                return None
            rows.append(own[-1].key)
        return tuple(rows)

    def counts(self, event: Event, rule: Hold, month: int) -> bool:
        """Whether the event is of the kinds of the rule and recent enough, and no break came after it."""
        recent = event.kind in rule.events and 0 <= month - event.month < rule.months
        return recent and self.broken(event, month) is None

    def broken(self, event: Event, month: int) -> str | None:
        """The first break since the event, up to the end of the month; one on the same day counts."""
        return next((key for day, key in self.breaks if event.day <= day <= last_day(month)), None)

    def capping(self, cap: Cap, month: int) -> tuple[str, ...]:
        """What caps the track: notice alone takes no measure back, in any coding."""
        day = last_day(month)
        return tuple(
            each.key
            for each in self.agreements
            if each.kind in cap.agreements and each.begun(day) and not each.paused(day, notice_holds=True)
        )

    def fallen(self, before: Held, month: int) -> tuple[str, ...]:
        """What ended the rung of the month before: a cap, a break, an end, a suspension, or time."""
        caps = [key for cap in self.rules.caps for key in self.capping(cap, month) if cap.rung < before.rung]
        if caps:
            return tuple(caps)
        day = last_day(month)
        rules = [each for each in self.rules.holds if each.name == before.rule]
        named = [each for each in self.events if each.key in before.rows]
        over = [each for each in named if not any(self.counts(each, rule, month) for rule in rules)]
        said = [self.broken(event, month) or f"{event.key} no longer counts" for event in over]
        for each in (each for each in self.agreements if each.key in before.rows):
            if not each.begun(day):
                said.append(f"{each.key} ended")
            elif each.paused(day, self.notice_holds):
                said.append(f"{each.key} suspended")
        return tuple(dict.fromkeys(said))


def last_day(month: int) -> date:
    """The last day of a month."""
    year, index = divmod(month, 12)
    return date(year, index + 1, monthrange(year, index + 1)[1])
