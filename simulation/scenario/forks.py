"""Forks: one shared past up to a month, then several futures, of which each may fork once more."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from simulation.document import (
    Node,
    Scalar,
    as_mapping,
    as_month,
    as_text,
    check_keys,
    mended,
    month_text,
    report,
    report_unknown,
    required,
)
from simulation.errors import Place, quoted, suggestion
from simulation.scenario.events import EventInstance, check_amounts, read_events
from simulation.scenario.frame import Frame
from simulation.scenario.layers import Entry, Layer, check_name
from simulation.scenario.profiles import Profile
from simulation.scenario.schema import BRANCH_KEYS, FORK_KEYS, NAMES
from simulation.scenario.settings import Setting, read_settings
from simulation.scenario.threats import read_threats
from simulation.world import World

DEEPEST = 2  # forks in each other
SEPARATOR = "/"  # between the name of a branch and those of the branches that lead to it
_FORK = tuple(key.name for key in FORK_KEYS)
_BRANCH = tuple(key.name for key in BRANCH_KEYS)


@dataclass(frozen=True)
class Branch:
    """One future: what it changes from month `at` on, and the futures that it forks into itself.

    `threats` are profiles that hold from `at` on; every setting begins then or later.
    """

    name: str
    title: str
    at: int
    threats: dict[str, Profile]
    settings: tuple[Setting, ...]
    events: tuple[EventInstance, ...]
    branches: tuple["Branch", ...]
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Rest:
    """What a branch is read against: the layer that says it, and what the scenario has settled."""

    layer: Layer
    references: Mapping[str, float]  # highest reference tempo (acts/year) of each country
    theories: Collection[str]
    decided: int  # number of the layer that says `theory`
    events: tuple[EventInstance, ...] = ()  # what happens whichever branch is taken


def read_forks(frame: Frame, entry: Entry | None, rest: Rest, depth: int = 1) -> tuple[Branch, ...]:
    """The branches that the key `forks` says, in its order."""
    if entry is None:
        return ()
    if depth == DEEPEST + 1:  # and what stands in it is read all the same: its faults are said too
        report(frame.faults, entry.key, "a branch of a branch cannot fork again", "forks nest once")
    fields = as_mapping(entry.node, frame.faults, "a month and its branches {at, branches}")
    if fields is None:
        return ()
    fields = check_keys(fields, frame.faults, _FORK, "key of a fork")
    known = (required(fields, frame.faults, key) if depth <= DEEPEST else fields.get(key) for key in _FORK)
    at, branches = known
    month = None if at is None else _month(frame, entry, at, depth)
    named = None if branches is None else as_mapping(branches, frame.faults, "names of branches")
    if named is None or (month is not None and not frame.reached(month, "the fork", entry.key)):
        return ()
    if not named.entries:
        report(frame.faults, named, "no branches stand here", "name one future at least")
    for key, _ in named.entries:
        check_name(key, "branch", frame.faults)
    inside = replace(frame, start=month, opens="the month of the fork")  # None: no date is judged by it
    read = (_branch(inside, Entry(key, node, entry.layer), rest, depth) for key, node in named.entries)
    return tuple(branch for branch in read if branch is not None)


def _month(frame: Frame, entry: Entry, node: Node, depth: int) -> int | None:
    """The month of a fork; a fault where a layer above the one that forks has the scenario begin later."""
    month, start, begun = as_month(node, []), frame.start, frame.begun
    if depth > 1 or month is None or start is None or begun is None or begun.layer <= entry.layer:
        return frame.month(entry, node)
    if month >= start:
        return frame.month(entry, node)
    first = month_text(start)
    message = (
        f"it forks in {month_text(month)}, and the scenario begins in {first}, as {begun.key.place} says"
    )
    earlier = f"let it begin in {month_text(month)} or before"
    hint = f"{earlier}, or write `forks:` of its own there, with `at: {first}` or later"
    report(frame.faults, node, message, hint)
    return None


def _branch(frame: Frame, entry: Entry, rest: Rest, depth: int) -> Branch | None:
    """One branch; `frame` begins with it."""
    at = frame.start or 0
    fields = as_mapping(entry.node, frame.faults, "what the branch changes {threats, set, events}")
    if fields is None:
        return None
    known = [
        key.text
        for key, _ in fields.entries
        if "." in key.text or key.text in NAMES or _is_path(frame.world, key.text)
    ]
    meant = mended(fields, (*_BRANCH, *known))
    layer = Layer(None, rest.layer.folder, entry.layer, meant)
    for (key, node), (said, _) in zip(meant.entries, fields.entries, strict=True):
        if key.text != said.text:
            report_unknown(frame.faults, said, "key of a branch", _BRANCH)
        _take(frame, at, layer, key, node)
    nested = meant.get("forks")
    inner = None if nested is None else Entry(meant.key("forks"), nested, entry.layer)
    title = meant.get("title")
    whole = {name: one for name, one in layer.threats.items() if "." not in name}
    threats = read_threats(frame, whole, rest.references, lambda _: rest.layer.folder)
    for name, one in layer.threats.items():
        if "." in name:
            message = f"{quoted(name)} is one field of a profile: a branch gives the challenger a whole one"
            report(frame.faults, one.key, message, "a level, a tempo or a profile")
    settings = read_settings(frame, layer.settings.items(), rest.theories, rest.decided, rest.references)
    keys = {one.key.place: one.key for one in layer.settings.values()}
    begun = tuple(_begun(frame, one, at, keys[one.place]) for one in settings)
    seen = len(frame.faults)
    events = read_events(frame, layer.events, rest.events)
    branches = read_forks(frame, inner, replace(rest, events=(*rest.events, *events)), depth + 1)
    if len(frame.faults) == seen:  # else what is at fault may be what reads the amounts
        reading = [*rest.events, *events, *events_of(branches)]
        check_amounts(frame, layer.settings.items(), begun, layer.events, reading)
    return Branch(
        name=entry.key.text,
        title="" if title is None else as_text(title, frame.faults) or "",
        at=at,
        threats={code: profile for code, profile in threats.items() if code in whole},
        settings=begun,
        events=events,
        branches=branches,
        place=entry.key.place,
    )


def events_of(branches: tuple[Branch, ...]) -> list[EventInstance]:
    """What happens in any of the branches, and in those into which they fork."""
    return [event for one in branches for event in (*one.events, *events_of(one.branches))]


def _take(frame: Frame, at: int, layer: Layer, key: Scalar, node: Node) -> None:
    """Take in one change of a branch."""
    if key.text in ("title", "forks"):
        return
    if key.text in NAMES and key.text not in _BRANCH:
        if key.text == "expect":
            hint = "what is expected of a future is said in a variant, whose values may begin `from` a month"
            report(frame.faults, key, "expectations are of the trunk, and a branch has none", hint)
            return
        begins = "its fork" if frame.start is None else month_text(at)
        message = f"a branch cannot change {quoted(key.text)}: it differs only from {begins} on"
        report(frame.faults, key, message, f"one of: {', '.join(_BRANCH)}, or a path of the world")
        return
    if key.text.partition(".")[0] not in _BRANCH and not _is_path(frame.world, key.text):
        valid = (*_BRANCH, *frame.world.paths())
        report(frame.faults, key, f"unknown key {quoted(key.text)}", suggestion(key.text, valid))
        return
    layer.change(key, node, frame.faults)


def _is_path(world: World, text: str) -> bool:
    try:
        world.canonical(text)
    except KeyError:
        return False
    return True


def _begun(frame: Frame, setting: Setting, at: int, key: Scalar) -> Setting:
    """A setting of a branch, which begins with it where it says no month."""
    if setting.low < setting.high:
        message = f"{setting.path}: a range holds from the start, and a branch does not reach back"
        report(frame.faults, key, message, "write one number")
    if setting.since is None and setting.path.split(".")[1:2] == ["start"]:
        report(frame.faults, key, f"{setting.path} is read at the start and never again")
    return replace(setting, since=at) if setting.since is None else setting


def named_ways(branches: tuple[Branch, ...]) -> Iterator[tuple[str, tuple[Branch, ...]]]:
    """Every future by its name, outer/inner, with the branches that lead to it."""
    for way in ways(branches):
        yield SEPARATOR.join(each.name for each in way), way


def ways(branches: tuple[Branch, ...], before: tuple[Branch, ...] = ()) -> Iterator[tuple[Branch, ...]]:
    """Every future as the branches that lead to it, outermost first; a branch before those it forks into."""
    for branch in branches:
        way = (*before, branch)
        yield way
        yield from ways(branch.branches, way)
