"""What differs between two scenarios after resolution, and whether their runs pair."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulation.describe.flat import Fact, facts_of, happenings, value_fact
from simulation.document import month_text
from simulation.errors import Place
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import NAMES
from simulation.world import Value, World

PAIRED_BY = ("start", "months", "rng_seed")  # with the same of these, run 17 of one meets run 17 of the other
ABSENT = Fact("none", None, None, "default")


@dataclass(frozen=True)
class Difference:
    """A path whose values differ: what it is in the one scenario, and in the other."""

    path: str
    a: Fact
    b: Fact

    @property
    def unit(self) -> str | None:
        """The unit of whichever has one."""
        return self.a.unit or self.b.unit


@dataclass(frozen=True)
class Comparison:
    """All that differs: values, events that only one has, and paths that only one world has.

    `unpaired` names what keeps runs from pairing; `paired` is how many of the runs do.
    """

    values: tuple[Difference, ...]
    events_a: tuple[tuple[str, Place], ...]
    events_b: tuple[tuple[str, Place], ...]
    paths_a: tuple[str, ...]
    paths_b: tuple[str, ...]
    unpaired: tuple[str, ...]
    paired: int

    @property
    def nothing(self) -> bool:
        """Whether nothing differs."""
        return not (self.values or self.events_a or self.events_b or self.paths_a or self.paths_b)


def compare(a: Scenario, b: Scenario) -> Comparison:
    """What differs between two scenarios; the other way round, sides are swapped and nothing else."""
    same = a.world.folder.resolve() == b.world.folder.resolve()
    mine, theirs = facts_of(a), facts_of(b)
    found = [
        Difference(path, _fact(a.world, mine, path), _fact(b.world, theirs, path))
        for path in mine.keys() | theirs.keys()
        if _row(path, mine, theirs)
    ]
    values_a, values_b = ({}, {}) if same else (world_values(a.world), world_values(b.world))
    found += [
        Difference(path, value_fact(values_a[path]), value_fact(values_b[path]))
        for path in values_a.keys() & values_b.keys() - mine.keys() - theirs.keys()
    ]
    if not same and a.world.name == b.world.name:
        found = [_apart(one, a, b) if one.path == "world" else one for one in found]
    unpaired = [name for name in PAIRED_BY if mine[name].text != theirs[name].text]
    unpaired += ["uncertainty"] if a.luck != b.luck else []
    return Comparison(
        values=tuple(sorted((one for one in found if one.a.text != one.b.text), key=_order)),
        events_a=tuple(_only(a, b)),
        events_b=tuple(_only(b, a)),
        paths_a=tuple(sorted(values_a.keys() - values_b.keys())),
        paths_b=tuple(sorted(values_b.keys() - values_a.keys())),
        unpaired=tuple(unpaired if same else ["world", *unpaired]),
        paired=min(a.runs, b.runs) if same and not unpaired else 0,
    )


def world_values(world: World) -> dict[str, Value]:
    """Every number of a world by its path: parameters, named levels, and the amounts of its events."""
    found = {path: world.value(path) for path in world.paths()}
    found |= {one.path: one for levels in world.levels.values() for one in levels.values()}
    found |= {track.weight.path: track.weight for track in world.tracks}
    found |= event_amounts(world)
    return found


def event_amounts(world: World) -> dict[str, Value]:
    """What the world says of each amount that an event may leave out, by path events.<type>.<field>."""
    fields = (field for event in world.events.values() for field in event.fields.values())
    return {field.value.path: field.value for field in fields if field.value is not None}


def _fact(world: World, facts: dict[str, Fact], path: str) -> Fact:
    """The value at a path: the scenario's, else the world's."""
    if path in facts:
        return facts[path]
    try:
        return value_fact(world.value(path))
    except KeyError:
        return replace(ABSENT, text="0") if path.startswith("theory.") else ABSENT


def _row(path: str, mine: dict[str, Fact], theirs: dict[str, Fact]) -> bool:
    """Whether the path is a row: profiles of one shape are compared field by field, others as a whole."""
    owner = path
    while owner and not any(facts[owner].shape for facts in (mine, theirs) if owner in facts):
        owner = owner.rpartition(".")[0]
    if not owner:
        return True
    same = len({facts[owner].shape if owner in facts else "" for facts in (mine, theirs)}) == 1
    return same == (path != owner)


def _apart(one: Difference, a: Scenario, b: Scenario) -> Difference:
    """Two worlds of one name, told apart by their folders."""
    mine, theirs = (f"{each.world.name} in {each.world.folder.resolve().parent}" for each in (a, b))
    return Difference(one.path, replace(one.a, text=mine), replace(one.b, text=theirs))


def _order(one: Difference) -> tuple[int, str]:
    """Keys in the order of the schema, then the values that are set, by path."""
    head = one.path.split(".")[0]
    return (NAMES.index(head) if head in NAMES else len(NAMES), one.path)


def _only(a: Scenario, b: Scenario) -> Iterator[tuple[str, Place]]:
    """The events of the one that the other does not have, and whether the other ends before them."""
    theirs = {text for text, _, _ in happenings(b)}
    for text, place, month in happenings(a):
        if text not in theirs:
            end = b.start + b.months
            late = f" (after the end of {b.name}, {month_text(end - 1)})" if month >= end else ""
            yield text + late, place
