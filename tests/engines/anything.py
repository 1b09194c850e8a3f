"""Random scenarios: any assumption that a file can state, in short."""

import random
from copy import copy
from pathlib import Path

from simulation.document import month_text
from simulation.engines.plan import Plan, build_plan
from simulation.scenario.resolve import load_scenario
from simulation.scenario.schema import KINDS
from simulation.scenario.settings import AT_START, MEASURE, OF_THE_WORLD
from simulation.world import EventField, EventType, World


def first_month(world: World) -> int:
    """The first month of which the world knows who governs and how far countries cooperate."""
    governs = [country.government[0].since for country in world.countries.values()]
    rungs = [dated[0].since for tracks in world.rungs.values() for dated in tracks.values()]
    return max(*governs, *rungs)


class Anything:
    """Lines of a random scenario of a world."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.start = first_month(world) + self.chance.randint(0, 40)
        self.months = self.chance.randint(6, 18)
        out = self.chance.random() < 0.3
        self.without = [self.chance.choice(world.codes)] if out else []
        self.present = [code for code in world.codes if code not in self.without]
        self.open: set[str] = set()  # amounts that events leave to the world, to be set
        names = list(world.theories)
        self.theories = self.chance.sample(names, self.chance.randint(1, len(names)))

    def month(self) -> str:
        return month_text(self.start + self.chance.randrange(self.months))

    def lines(self) -> list[str]:
        self.open.clear()
        events = self.events()
        shares = [self.chance.randint(1, 5) for _ in self.theories]
        theory = ", ".join(
            f"{name}: {share / sum(shares)!r}" for name, share in zip(self.theories, shares, strict=True)
        )
        return [
            "format: 1",
            "title: Anything",
            f"world: {self.world.name}",
            f"start: {month_text(self.start)}",
            f"months: {self.months}",
            f"rng_seed: {self.chance.getrandbits(63)}",
            f"theory: {self.theories[0]}" if len(self.theories) == 1 else f"theory: {{{theory}}}",
            f"uncertainty: [{', '.join(self.kinds())}]",
            f"background: {self.chance.choice((0, 1, 1, 3))}",
            f"without: [{', '.join(self.without)}]",
            f"focus: [{', '.join(self.chance.sample(self.present, 2))}]",
            *self.threats(),
            *self.settings(),
            *events,
        ]

    def kinds(self) -> list[str]:
        """Some of the kinds of uncertainty: theory where several have a share, and there only."""
        kinds = [kind for kind in KINDS if kind != "theory" and self.chance.random() < 0.6]
        if len(self.theories) > 1:
            return [*kinds, "theory"]
        return kinds or [self.chance.choice(("chance", "parameters"))]

    def threats(self) -> list[str]:
        challengers = [code for code in self.present if self.world.value(f"tempo.reference.{code}").value]
        said = [f"  {code}: {self.profile()}" for code in challengers if self.chance.random() < 0.7]
        return ["threats:", *said] if said else []

    def profile(self) -> str:
        """A tempo, a profile, or a sum of some of which one at most walks."""
        kind = self.chance.random()
        if kind < 0.45:
            return self.part()
        if kind < 0.7:
            return self.walk()
        parts = [self.part() for _ in range(self.chance.randint(1, 2))]
        parts += [self.walk()] * (self.chance.random() < 0.6)
        return f"{{profile: sum, parts: [{', '.join(parts)}]}}"

    def walk(self) -> str:
        base, sd = self.number(50, 200), self.number(0, 150)
        bounds = self.chance.choice(("", ", low: 40", ", high: 220", ", low: 50, high: 201.5"))
        return f"{{profile: walk, base: {base}, persistence: {self.number(0, 0.999)}, sd: {sd}{bounds}}}"

    def part(self) -> str:
        first, other, width = self.number(0, 200), self.number(0, 300), self.chance.randint(1, 12)
        crest = self.chance.choice(("", f", at: {self.month()}"))
        begins = self.chance.randint(0, 3)
        values = ", ".join(self.number(0, 300) for _ in range(begins + self.months))
        return self.chance.choice(
            (
                first,
                f"{{profile: cycle, base: {first}, amplitude: {other}, period: {width + 1}{crest}}}",
                f"{{profile: series, at: {month_text(self.start - begins)}, values: [{values}]}}",
                f"{{profile: step, from: {first}, to: {other}, at: {self.month()}}}",
                f"{{profile: ramp, from: {first}, to: {other}, over: {width}, at: {self.month()}}}",
                f"{{profile: pulse, base: {first}, peak: {other}, at: {self.month()}, width: {width}}}",
            )
        )

    def settings(self) -> list[str]:
        lines = ["set:"]
        paths = [path for path in self.world.paths() if self.settable(path)]
        for path in self.chance.sample(paths, self.chance.randint(0, 12)):
            one = self.world.declaration(path)
            low, high = sorted(
                (self.chance.uniform(one.low, one.high), self.chance.uniform(one.low, one.high))
            )
            value = self.number(low, high)
            form = self.chance.randrange(3)
            mute = one.path == MEASURE and not self.world.value(path).value  # 0 until then
            if form == 0 and not one.path.endswith(AT_START) and not mute:
                value = f"{{value: {value}, from: {self.month()}}}"
            elif form == 1:
                value = f"{{value: {low + 0.3 * (high - low)!r}, low: {low!r}, high: {high!r}}}"
            lines.append(f"  {path}: {value}")
        lines += [f"  {path}: {self.amount(path)}" for path in sorted(self.open)]
        return lines if len(lines) > 1 else []

    def forks(self, depth: int = 2) -> list[str]:
        """A fork into two branches, of which the last forks once more."""
        at = self.chance.randint(0, self.months // 2)
        later = copy(self)
        later.start, later.months = self.start + at, self.months - at
        lines = []
        for name in ("one", "other"):
            said = [*later.threats(), *later.changes(), *later.events()]
            said += later.forks(depth - 1) if name == "other" and depth > 1 else []
            lines += [f"    {name}:", *(f"      {line}" for line in said)]
        return ["forks:", f"  at: {month_text(later.start)}", "  branches:", *lines]

    def changes(self) -> list[str]:
        """Settings as a branch may say them: numbers, from its month or from a later one."""
        lines = ["set:"]
        for path in self.chance.sample(self.world.paths(), 6):
            one = self.world.declaration(path)
            if self.settable(path) and one.path != MEASURE and not one.path.endswith(AT_START):
                value = self.number(one.low, one.high)
                later = f"{{value: {value}, from: {self.month()}}}"
                lines.append(f"  {path}: {self.chance.choice((value, later))}")
        return lines if len(lines) > 1 else []

    def amount(self, path: str) -> str:
        """A number for an amount that events leave out: fixed, or with a range."""
        one = self.world.declaration(path)
        low, value, high = sorted(self.chance.uniform(one.low, one.high) for _ in range(3))
        return self.chance.choice((repr(value), f"{{value: {value!r}, low: {low!r}, high: {high!r}}}"))

    def settable(self, path: str) -> bool:
        """Whether a scenario may set the path, and all that it names takes part."""
        names = path.split(".")
        if path == OF_THE_WORLD or names[0] == "events":  # those are set where an event reads them
            return False
        theory = names[0] == "weights" and names[1] not in self.theories
        return not theory and not any(name in self.without for name in names)

    def events(self) -> list[str]:
        lines = ["events:"]
        names = [name for name, one in self.world.events.items() if len(self.roles(one)) <= len(self.present)]
        for name in self.chance.sample(names, self.chance.randint(0, 6)):
            fields = self.fields(self.world.events[name])
            lines.append(f"  - {{at: {self.month()}, event: {name}, {', '.join(fields)}}}")
        return lines if len(lines) > 1 else []

    def fields(self, event: EventType) -> list[str]:
        roles = self.roles(event)
        said = dict(zip(roles, self.chance.sample(self.present, len(roles)), strict=True))
        for one in event.fields.values():
            if one.kind != "country" and (one.value is None or self.chance.random() < 0.5):
                said[one.name] = self.field(one, said)
            elif one.value is not None and self.chance.random() < 0.3:
                self.open.add(one.value.path)
        return [f"{name}: {value}" for name, value in said.items()]

    def roles(self, event: EventType) -> list[str]:
        return [one.name for one in event.fields.values() if one.kind == "country"]

    def field(self, one: EventField, said: dict[str, str]) -> str:
        if one.kind == "camp":
            return self.chance.choice(list(self.world.countries[said["country"]].camps))
        if one.kind == "track":
            return self.chance.choice([track.name for track in self.world.tracks])
        assert one.bounds is not None
        return self.number(*one.bounds)

    def number(self, low: float, high: float) -> str:
        return repr(self.chance.uniform(low, high))


def plan_of(folder: Path, world: World, seed: int) -> Plan:
    """The plan of a random scenario, read from a file beside its world."""
    path = folder / f"anything_{seed}.yaml"
    path.write_text("\n".join(Anything(world, seed).lines()) + "\n", encoding="utf-8")
    return build_plan(load_scenario(path))
