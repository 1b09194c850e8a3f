"""What an explanation is made of: a chain of steps, what each rests on, and who reads the value."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.describe.ranks import Rank
from simulation.describe.readers import Reader
from simulation.describe.said import on_command_line
from simulation.errors import Place, visible
from simulation.scenario.forks import Branch, named_ways
from simulation.scenario.scenario import Scenario
from simulation.world import Value, World


@dataclass(frozen=True)
class Cited:
    """One claim of the evidence: its key, what it says, and the source as a reader would look it up."""

    key: str
    claim: str
    source: str


@dataclass(frozen=True)
class Ground:
    """What a step rests on: claims of the evidence, and the number of the world that they stand behind."""

    value: Value | None
    cited: tuple[Cited, ...]


@dataclass(frozen=True)
class Step:
    """One link of a chain, lowest first: who says it, where, the text as it stands, and what came of it."""

    by: str
    place: Place | None
    text: str
    then: str
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Everything about one path of one scenario. `names` says what the words of the path are."""

    path: str
    scenario: str
    title: str
    value: str
    unit: str | None
    bounds: tuple[float, float] | None
    meaning: str
    declared: Place | None
    names: tuple[str, ...]
    chain: tuple[Step, ...]
    notes: tuple[str, ...]
    readers: tuple[Reader, ...]
    rank: Rank | None = None


def cited(world: World, keys: tuple[str, ...]) -> tuple[Cited, ...]:
    """The claims of these keys, each with its source."""
    found = []
    for key in keys:
        claim = world.evidence.claims[key]
        source = world.evidence.sources[claim.source]
        where = f", paragraph {claim.paragraph}" if claim.paragraph is not None else ""
        text = f"{source.author}, {source.title}, {source.outlet} {source.year}{where} ({claim.confidence})"
        found.append(Cited(key, claim.claim, text))
    return tuple(found)


def ground(world: World, value: Value) -> Ground:
    """A number of the world with its evidence."""
    return Ground(value, cited(world, value.evidence))


def at(place: Place) -> str:
    """Where something was set, as it stands in a sentence: `at file:line`, or `on the command line`."""
    if on_command_line(place):
        return "on the command line"
    return f"at {visible(place.file)}:{place.line}"


def names_of(world: World, words: list[str]) -> Iterator[str]:
    """What the names in a path are."""
    country = None
    for word in words:
        if word in world.countries:
            country = world.countries[word]
            yield f"{word} is {country.name}"
        elif country is not None and word in country.camps:
            yield f"{word} is a camp of {country.name}: {country.camps[word]}"
        elif word in world.theories:
            yield f"{word} is a theory: {world.theories[word].meaning}"


def branches_of(scenario: Scenario) -> Iterator[tuple[str, Branch]]:
    """Every branch of the forks of a scenario by its name, outer/inner."""
    for name, way in named_ways(scenario.forks):
        yield name, way[-1]
