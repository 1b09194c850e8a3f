"""From the events of a parser to nodes: what may not stand in a file is refused here."""

from dataclasses import dataclass, field

import yaml

from simulation.document.nodes import Mapping, Node, Point, Scalar, Sequence, Source, report
from simulation.errors import Fault, quoted, visible

MOST_NODES = 50_000
DEEPEST = 40
_COMPOSE = "write the value out again; a scenario builds on another by `extends`"


@dataclass
class _Open:
    """A collection that has begun and not ended."""

    mapping: bool
    block: bool  # its keys or items stand in lines of their own, not in brackets
    line: int
    column: int
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    again: list[tuple[Scalar, Node]] = field(default_factory=list)  # with keys that stand above already
    lines: dict[str, int] = field(default_factory=dict)  # of each key
    has_key: bool = False
    twice: bool = False  # it is one that stands above
    key: Scalar | None = None  # None although `has_key`: it was refused, and its value goes with it


class Builder:
    """Makes nodes of events."""

    def __init__(self, source: Source, faults: list[Fault]) -> None:
        self.source = source
        self.faults = faults
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.last = (1, 1)  # where the last word began
        self.nodes = 0
        self.documents = 0
        self.resumed = False

    def take(self, event: yaml.Event) -> bool:
        """Take one event in; False where no more may be read, or nothing is left."""
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None or event.anchor is not None:
                self._refuse_marks(event)
            line, column = self._at(event)
            if event.value:
                self.last = (line, column)
            self._add(Scalar(event.value, bool(event.style), line, column, self.source))
            return self._counted(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._begin(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._fault(event, f"the alias *{event.anchor} is not understood here", _COMPOSE)
            self._add(None)
            return self._counted(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._fault(
                    event,
                    "a second document begins in this file",
                    "delete the line ---, or make it two files",
                )
                return False
        return not isinstance(event, yaml.StreamEndEvent)

    def document(self, start: Scalar) -> Mapping | None:
        """The mapping that the file is, with all that was read of it."""
        while self.open:
            self._end()
        if isinstance(self.root, Mapping):
            return self.root
        if self.root is not None and self.source.whole:
            report(self.faults, self.root, "a file holds keys with values", "write `key: value`")
        elif self.source.whole:
            report(self.faults, start, "the file holds nothing")
        return None

    def left_open(self) -> list[Point]:
        """Where the brackets begin that were not closed."""
        return [(one.line, one.column) for one in self.open if not one.block]

    def resume(self) -> bool:
        """Make ready for a later part, whose keys are the file's too; False where none may follow."""
        fits = self.open[0].block and self.open[0].mapping if self.open else isinstance(self.root, Scalar)
        if not fits or self.nodes > MOST_NODES:
            return False
        while len(self.open) > 1:
            self._end()
        self.root = None
        self.documents = 0
        self.resumed = bool(self.open)
        if self.open:
            self.open[0].has_key = False  # its value was not read
        return True

    def _begin(self, event: yaml.CollectionStartEvent) -> bool:
        if self.resumed:
            self.resumed = False
            return True
        self._refuse_marks(event)
        if len(self.open) >= DEEPEST:
            self._fault(event, f"nested deeper than {DEEPEST} levels")
            self.source.whole = False
            return False
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(_Open(mapping, not event.flow_style, *self._at(event)))
        return self._counted(event)

    def _end(self) -> None:
        done = self.open.pop()
        if done.mapping:
            again = tuple(done.again)
            self._add(Mapping(tuple(done.entries), done.line, done.column, self.source, again))
        else:
            self._add(Sequence(tuple(done.items), done.line, done.column, self.source))

    def _add(self, node: Node | None) -> None:
        """Give the node to what is open; None stands for one that was refused."""
        if node is None:
            self.source.whole = False
        if not self.open:
            self.root = node
            return
        into = self.open[-1]
        if not into.mapping:
            into.items += [] if node is None else [node]
        elif into.has_key:
            if into.key is not None and node is not None:
                (into.again if into.twice else into.entries).append((into.key, node))
            into.has_key = False
        else:
            into.twice = isinstance(node, Scalar) and node.text in into.lines
            into.key = self._key(node, into.lines)
            into.has_key = True

    def _key(self, node: Node | None, lines: dict[str, int]) -> Scalar | None:
        """The node as a key, or None if it cannot be one."""
        if isinstance(node, Sequence | Mapping):
            report(
                self.faults,
                node,
                "a key is one word, not a list or a mapping",
                "a text with brackets needs quotes",
            )
        elif node is not None and node.text == "<<" and not node.quoted:
            report(self.faults, node, "`<<` does not merge here", _COMPOSE)
        elif node is not None and node.text in lines:
            twice = f"the key {quoted(node.text)} stands twice"
            report(self.faults, node, twice, f"the first is in line {lines[node.text]}")
            return node
        elif node is not None:
            lines[node.text] = node.line
            return node
        self.source.whole = False
        return None

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        """Faults for an anchor or a tag; the node that bears it stands."""
        if event.anchor is not None:
            self._fault(event, f"the anchor &{event.anchor} is not understood here", _COMPOSE)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._fault(
                event,
                f"the tag {quoted(tag)} is not understood here",
                "leave it out: each key knows its type",
            )

    def _counted(self, event: yaml.Event) -> bool:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._fault(event, f"more than {MOST_NODES:,} values and keys in one file")
            self.source.whole = False
        return self.nodes <= MOST_NODES

    def _at(self, event: yaml.Event) -> Point:
        """Line and column where the event begins."""
        return (1, 1) if event.start_mark is None else self.source.point(event.start_mark)

    def _fault(self, event: yaml.Event, message: str, hint: str | None = None) -> None:
        report(self.faults, Scalar("", False, *self._at(event), self.source), visible(message), hint)
