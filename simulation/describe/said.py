"""What the layers of a scenario say of a path, lowest first: each with its place and its text."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.document import Mapping, Node, Scalar, Sequence, as_month, month_text
from simulation.errors import Place
from simulation.scenario.layers import TOP, VARIANT, Entry, Layer, variants_of
from simulation.scenario.scenario import Scenario
from simulation.world import World

ON_COMMAND_LINE = "command line"
_OPTION = "--set "  # begins the name of what the command line says


def on_command_line(place: Place) -> bool:
    """Whether something was set on the command line."""
    return place.file.startswith(_OPTION)


@dataclass(frozen=True)
class Said:
    """One layer's word: who says it, the whole path it sets, and the value of the path asked for.

    `node` is None where the layer sets the whole of which the path is a part, and says nothing of the part.
    """

    by: str
    path: str
    place: Place
    node: Node | None
    entry: Entry

    @property
    def text(self) -> str:
        """The value as it stands, on one line; empty where the part is not named."""
        text = "" if self.node is None else text_of(self.node)
        whole = self.node is self.entry.node
        return f"--set {self.entry.key.text}={text}" if whole and self.entry.layer == TOP else text


def said_of(scenario: Scenario, path: str) -> list[Said]:
    """What sets the path, the whole of which it is a part, or a part of it."""
    found = []
    for layer in scenario.layers:
        for dotted, entry in entries_of(layer, scenario.world):
            if dotted == path or dotted.startswith(f"{path}."):
                node: Node | None = entry.node
            elif path.startswith(f"{dotted}."):
                node = _part(entry.node, path.removeprefix(f"{dotted}."))
            else:
                continue
            found.append(Said(_by(scenario, layer, entry), dotted, _place(entry, node), node, entry))
    return found


def replaced_by(said: list[Said], number: int, path: str) -> Said | None:
    """The last word that takes away what the word of that number says of the path; None where it holds."""
    mine = said[number].path

    def covers(whole: str) -> bool:
        return any(f"{each}.".startswith(f"{whole}.") for each in (mine, path))

    return next((one for one in reversed(said[number + 1 :]) if covers(one.path)), None)


def entries_of(layer: Layer, world: World) -> Iterator[tuple[str, Entry]]:
    """All that a layer says but its events, by whole path; settings as set.<path>."""
    yield from layer.plain.items()
    yield from ((f"threats.{code}", entry) for code, entry in layer.threats.items())
    for written, entry in layer.settings.items():
        try:
            yield f"set.{world.canonical(written)}", entry
        except KeyError:  # another world's, in a parent of a scenario that plays elsewhere
            yield f"set.{written}", entry
    yield from ((f"variants.{name}", entry) for name, entry in layer.variants.items())


def events_of(scenario: Scenario) -> list[Said]:
    """Every event that a layer says, whether or not a run reaches it."""
    return [
        Said(_by(scenario, layer, entry), "events", entry.node.place, entry.node, entry)
        for layer in scenario.layers
        for entry in layer.events
    ]


def fate_of_event(scenario: Scenario, said: Said) -> str:
    """What came of an event that a layer says: it happens, or comes too late, or names who takes no part."""
    if said.place in {one.place for one in scenario.events}:
        return "happens"
    at = said.node.get("at") if isinstance(said.node, Mapping) else None
    month = None if at is None else as_month(at, [])
    last = scenario.start + scenario.months - 1
    if month is not None and month > last:
        return f"falls away: it comes after the end, {month_text(last)}"
    return "falls away"


def text_of(node: Node) -> str:
    """A value as it stands in its file, on one line.

    >>> from simulation.document import read_text
    >>> text_of(read_text("a: {b: [1, x], c: 'on'}", "x", []))
    '{a: {b: [1, x], c: "on"}}'
    """
    if isinstance(node, Scalar):
        return f'"{node.text}"' if node.quoted else node.text
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(text_of, node.items)) + "]"
    return "{" + ", ".join(f"{key.text}: {text_of(value)}" for key, value in node.entries) + "}"


def _part(node: Node, rest: str) -> Node | None:
    """The value below a node by the rest of a path."""
    head, _, below = rest.partition(".")
    found = node.get(head) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence):
        found = dict(enumerate(node.items)).get(int(head) if head.isdecimal() else -1)
    return found if found is None or not below else _part(found, below)


def _place(entry: Entry, node: Node | None) -> Place:
    """Where the value is said: at its own line, or at the key of the whole."""
    return entry.key.place if node is None or node is entry.node else node.place


def _by(scenario: Scenario, layer: Layer, entry: Entry) -> str:
    """What a reader calls the layer."""
    if layer.number == TOP:
        return ON_COMMAND_LINE
    if layer.number == VARIANT:
        known = variants_of(scenario.layers)
        return f"variant {next(name for name in scenario.chosen if _holds(known[name].node, entry))}"
    return f"file {layer.name}" if layer.number == 0 else f"parent {layer.name}"


def _holds(node: Node, entry: Entry) -> bool:
    """Whether the entry stands somewhere in the node."""
    if node is entry.node:
        return True
    if isinstance(node, Mapping):
        return any(key is entry.key or _holds(value, entry) for key, value in node.entries)
    return isinstance(node, Sequence) and any(_holds(item, entry) for item in node.items)
