"""What a run is told, month by month: the record as a scenario.

What is told of the months after the origin is given from outside alone: launches, courts, incidents, what
challengers and the patron did, elections and who won them. What the two governments chose is outcome. It
is told only to a run that shows what hindsight is worth.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulation.errors import Place
from simulation.hindcast.ground import Ground, Part, Setup, polled
from simulation.hindcast.protocol import ACTORS, AGAINST, FOR, YEAR, Told
from simulation.record import Event, Pressure
from simulation.scenario.events import EventInstance
from simulation.scenario.profiles import Profile
from simulation.scenario.scenario import Scenario
from simulation.scenario.settings import Setting
from simulation.scenario.shapes import Series
from simulation.world import Dated, Value, World

_NOWHERE = Place("record", 1, 1)  # of what a record says, which is no place in a scenario
_EFFORT = "effort."  # of paths: how much a camp brokers
_RUNG = "rung"  # the effect that moves a rung


@dataclass(frozen=True)
class Teller:
    """Tells a run of so many `months` from `start` on what the record says."""

    ground: Ground
    origin: int
    start: int
    months: int
    setup: Setup

    def scenario(self) -> Scenario:
        """The record as a scenario."""
        world = self.world()
        return Scenario(
            name="hindcast",
            path=None,
            title="The record",
            why="",
            world=world,
            start=self.start,
            months=self.months,
            runs=1,
            rng_seed=self.setup.rng_seed,
            theory=dict(self.setup.theory),
            uncertainty=("chance", "parameters", *(("theory",) if len(self.setup.theory) > 1 else ())),
            background=float(self.setup.regime == "unknown"),
            without=(),
            threats=self.threats(),
            settings=tuple(self.settings(world)),
            events=tuple(sorted(self.events(), key=lambda each: each.month)),
            focus=self.ground.observed.pair,
        )

    @property
    def end(self) -> int:
        """The first month after the run."""
        return self.start + self.months

    def world(self) -> World:
        """The world as it was known before the origin: anchored there, stances as on election day."""
        world, pair = self.ground.world, self.ground.observed.pair
        dyad = pair if pair in world.rungs else (pair[1], pair[0])
        values = world.values | self.ground.protocol.known | self.favourability()
        if "brokerage" in self.setup.without:
            values |= {path: _at(0.0, value) for path, value in values.items() if path.startswith(_EFFORT)}
        if self.setup.alike:
            values |= self.alike()
        return replace(
            world,
            reference=self.origin - 1,
            values=values,
            joint=None if self.setup.prior else world.joint,
            rungs=world.rungs | {dyad: self.rungs()},
            countries={
                code: replace(country, government=self.governments(code))
                for code, country in world.countries.items()
            },
        )

    def alike(self) -> dict[str, Value]:
        """The brokerage of each country as the mean over its camps: no government is known to broker more."""
        found: dict[str, Value] = {}
        for code in self.ground.world.codes:
            of = [
                value
                for path, value in self.ground.world.values.items()
                if path.startswith(f"{_EFFORT}{code}.")
            ]
            found |= {value.path: _at(sum(each.value for each in of) / len(of), value) for value in of}
        return found

    def rungs(self) -> dict[str, tuple[Dated[int], ...]]:
        """The rungs of the focal dyad by track, at the start and at the end of the replay."""
        found = {}
        for number, track in enumerate(self.ground.world.tracks):
            at = {
                month: int(self.ground.between(month, month + 1)[0, number])
                for month in (self.start, self.origin - 1)
            }
            found[track.name] = tuple(Dated(month, rung, (), None, _NOWHERE) for month, rung in at.items())
        return found

    def governments(self, code: str) -> tuple[Dated[str], ...]:
        """Who governed, by camp: by leaders and the words for their wings, or by the world's own table.

        Whoever comes first is taken to have governed before.
        """
        camps = self.ground.protocol.camps.get(code, {})
        since = {
            leader.start.year * 12 + leader.start.month - 1: camps[leader.ideology]
            for leader in self.ground.record.leaders
            if leader.country == code and leader.ideology in camps
        }
        since = since or {each.since: each.value for each in self.ground.world.countries[code].government}
        first, *rest = sorted(since)
        months = {min(first, self.ground.record.first): since[first]} | {
            month: since[month] for month in rest
        }
        return tuple(Dated(month, camp, (), None, _NOWHERE) for month, camp in months.items())

    def favourability(self) -> dict[str, Value]:
        """Opinion at the start: the last poll before it, or the first before the origin."""
        found = {}
        for i, j in (self.ground.observed.pair, self.ground.observed.pair[::-1]):
            path = f"favourability.start.{i}.{j}"
            polls = [each for each in polled(self.ground, i, j) if each[0] < self.origin]
            if polls:
                share = next((one for month, one in reversed(polls) if month < self.start), polls[0][1])
                found[path] = replace(self.ground.world.value(path), value=share, low=share, high=share)
        return found

    def threats(self) -> dict[str, Profile]:
        """Acts a year by month: of the launching challenger none, since its launches are told one by one."""
        found: dict[str, Profile] = {}
        for code, worth in self.ground.protocol.tempo.items():
            found[code] = Series(
                tuple(self.tempo(month, worth) for month in range(self.start, self.end)), self.start
            )
        values = [self.launched(month) for month in range(self.start, self.end)]
        found[self.ground.protocol.launches] = Series(tuple(values), self.start)
        return {code: found[code] for code in self.ground.world.codes if code in found}

    def tempo(self, month: int, worth: dict[str, float]) -> float:
        """Acts a year in that month; with nothing told, from the origin on those of the month before it."""
        if self.setup.regime == "unknown":
            month = min(month, self.origin - 1)
        total = 0.0
        for series_name, acts in worth.items():
            known = [each for each in self.years(series_name) if each.since <= month]
            total += acts * max(known, key=lambda each: each.since).value if known else 0.0
        return total

    def years(self, series_name: str) -> Iterator[Pressure]:
        """The rows of a series that span a year; with nothing told, of years that were over by the origin."""
        for each in self.ground.record.pressure:
            whole = each.since + each.months <= self.origin or self.setup.regime != "unknown"
            if each.series == series_name and each.months == YEAR and whole:
                yield each

    def launched(self, month: int) -> float:
        """The tempo of launches that are not told: of the year before the origin, or of training."""
        if month < self.origin or self.tells("launches"):
            return 0.0
        first, last = self.ground.protocol.training
        if self.setup.regime == "unknown":
            first, last = self.origin - 12, self.origin - 1
        counted = [each.missiles for each in self.ground.record.launches if first <= each.month <= last]
        return 12.0 * sum(counted) / len(counted)

    def tells(self, part: Part) -> bool:
        """Whether a part is told of the months after the origin."""
        return self.setup.regime != "unknown" and part not in self.setup.without

    def tells_governments(self, code: str) -> bool:
        """Whether the run hears who governs a country: then no vote of its own may say otherwise."""
        focal = code in self.ground.observed.pair
        return code in self.ground.protocol.camps and self.tells("leaders" if focal else "brokerage")

    def settings(self, world: World) -> Iterator[Setting]:
        """No government falls and nothing strikes by chance in months that are told."""
        hazards = [path for path in world.values if path.startswith(("turnover.", "shock.rate."))]
        hazards += [path for path in world.values if path.startswith("pause.rate.")]
        for path in hazards:
            yield Setting(path, 0.0, 0.0, 0.0, None, _NOWHERE)
            if self.setup.regime == "unknown":
                value = world.values[path].value
                yield Setting(path, value, value, value, self.origin, _NOWHERE)

    def events(self) -> Iterator[EventInstance]:
        """What happens in the run."""
        yield from self.launches()
        yield from self.changes()
        yield from self.wars()
        for event in self.ground.record.events:
            if self.start <= event.month < self.end and self.told(event):
                for each in self.stands_for(event):
                    yield EventInstance(event.month, each.event, dict(each.fields), _NOWHERE)

    def told(self, event: Event) -> bool:
        """Whether the run hears of it: of choices only before the origin, or with hindsight."""
        if event.key in self.setup.skipped:
            return False
        if event.month < self.origin or self.setup.regime == "coded":
            return True
        return event.outside and self.tells("shocks")

    def stands_for(self, event: Event) -> Iterator[Told]:
        """The events of the world for a row; in the replay none that moves a rung, which is on record."""
        world, replayed = self.ground.world, event.month < self.origin
        for each in (*self.ground.protocol.named.get(event.key, ()), *self.by_kind(event)):
            moves = any(effect.kind == _RUNG for effect in world.events[each.event].effects)
            if not (replayed and moves):
                yield each

    def by_kind(self, event: Event) -> Iterator[Told]:
        """The event of the world by kind and sign, where the row names as many actors as it needs."""
        sign = {-1: AGAINST, 1: FOR}.get(event.sign)
        name = self.ground.protocol.events.get(event.kind, {}).get(sign or "")
        if name is None:
            return
        needed = [
            field.name for field in self.ground.world.events[name].fields.values() if field.kind == "country"
        ]
        actors = dict(zip(ACTORS, event.actors, strict=False))
        if all(actors.get(field) in self.ground.world.codes for field in needed):
            yield Told(name, {field: actors[field] for field in needed})

    def launches(self) -> Iterator[EventInstance]:
        """Launches and nuclear tests, as counted in each month that is told."""
        code = self.ground.protocol.launches
        until = self.end if self.tells("launches") else self.origin
        for each in self.ground.record.launches:
            if self.start <= each.month < until:
                for count, event in ((each.missiles, "missile_test"), (each.nuclear_tests, "nuclear_test")):
                    if count:
                        fields: dict[str, str | float] = {"country": code, "count": float(count)}
                        yield EventInstance(each.month, event, fields, _NOWHERE)

    def changes(self) -> Iterator[EventInstance]:
        """Changes of government, of all countries whose leaders the rules sort into camps."""
        for code in self.ground.protocol.camps:
            until = self.end if self.tells_governments(code) else self.origin
            for each in self.governments(code):
                if self.start < each.since < until:
                    fields: dict[str, str | float] = {"country": code, "camp": each.value}
                    yield EventInstance(each.since, "change_of_government", fields, _NOWHERE)

    def wars(self) -> Iterator[EventInstance]:
        """Wars of the world's own table that begin or end within the run."""
        until = self.end if self.tells("shocks") else self.origin
        for code, country in self.ground.world.countries.items():
            for each in country.war:
                if self.start < each.since < until:
                    fields: dict[str, str | float] = {"country": code, "level": each.value}
                    yield EventInstance(each.since, "war_begins", fields, _NOWHERE)


def _at(number: float, value: Value) -> Value:
    return replace(value, value=number, low=number, high=number)
