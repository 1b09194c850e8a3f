"""The explanation of a key of the file: its default, what files say, and what holds."""

from collections.abc import Iterator

from simulation.describe.chain import Explanation, Ground, Step, at, cited, names_of
from simulation.describe.flat import event_text, facts_of
from simulation.describe.readers import readers_of_key
from simulation.describe.said import Said, events_of, fate_of_event, replaced_by, said_of, text_of
from simulation.document import number_text
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import BY_NAME, FRAME

OWN_WORDS = ("title", "why")  # never a parent's


def of_key(scenario: Scenario, path: str) -> Explanation:
    """Where the value of a key comes from; `theory.<name>` is the share of one theory."""
    head, _, theory = path.partition(".")
    key = BY_NAME[head]
    said = events_of(scenario) if path == "events" else said_of(scenario, path)
    if path in OWN_WORDS:
        said = [one for one in said if not one.by.startswith("parent")]
    return Explanation(
        path=path,
        scenario=scenario.name,
        title=scenario.title,
        value=_value(scenario, path, said),
        unit=key.unit,
        bounds=None if key.low is None or key.high is None else (key.low, key.high),
        meaning=key.meaning,
        declared=None,
        names=tuple(names_of(scenario.world, [theory])),
        chain=tuple(_steps(scenario, path, said)),
        notes=tuple(_notes(scenario, path)),
        readers=readers_of_key(head),
    )


def _value(scenario: Scenario, path: str, said: list[Said]) -> str:
    """What holds, on one line."""
    if path == "title":
        return scenario.title
    if path == "events":
        return "; ".join(event_text(one) for one in scenario.events) or "none"
    facts = facts_of(scenario)
    if path == "set":
        found = {one.path: facts[one.path] for one in scenario.settings}
    elif path == "threats":
        found = {code: facts[f"threats.{code}"] for code in scenario.threats}
    else:
        below = f"{path}."
        found = {name.removeprefix(below): one for name, one in facts.items() if name.startswith(below)}
    if path in facts:
        return facts[path].text
    if found:
        return "; ".join(f"{name} {one.text}" for name, one in found.items())
    if path.startswith("theory."):
        return "0"
    return said[-1].text if said else BY_NAME[path].default or "nothing"


def _steps(scenario: Scenario, path: str, said: list[Said]) -> Iterator[Step]:
    key = BY_NAME[path.split(".", maxsplit=1)[0]]
    if key.name == "theory":
        yield from _theories(scenario, path.partition(".")[2])
    if key.default is not None:
        then = "holds" if not said else f"replaced {at(said[-1].place)}"
        if said and key.merge != "replace":
            then = "holds for what no file names" if key.merge == "by key" else "added to"
        yield Step("default", None, key.default, then)
    for number, one in enumerate(said, 1):
        text = one.text if one.path in (path, "events") else f"{one.path.removeprefix('set.')}: {one.text}"
        if one.node is None:
            text = f"{text_of(one.entry.node)}, without {path.rpartition('.')[2]}"
        other = None if key.merge == "add" else replaced_by(said, number - 1, path)
        then = f"replaced {at(other.place)}" if other else "holds"
        if path == "events":
            then = fate_of_event(scenario, one)
        yield Step(one.by, one.place, text, then)


def _theories(scenario: Scenario, only: str) -> Iterator[Step]:
    """What the theories say that have a share (or the one asked for), with their evidence."""
    world = scenario.world
    for name in [only] if only else scenario.theory:
        one = world.theories[name]
        share = number_text(scenario.theory.get(name, 0.0))
        grounds = (Ground(None, cited(world, one.evidence)),)
        yield Step("world", None, f"{name}: {one.meaning}", f"has the share {share}", grounds)


def _notes(scenario: Scenario, path: str) -> Iterator[str]:
    if path in FRAME:
        yield f"A scenario and its parent share {', '.join(FRAME)}: their runs pair, one by one."
    if path == "set":
        yield "Each path has its own evidence, bounds and readers: explain one of them."
    if path == "world":
        yield f"{scenario.world.title}, in {scenario.world.folder}."
    if path in OWN_WORDS:
        yield "It is never a parent's: each file says its own."
