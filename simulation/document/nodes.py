"""What a document is made of: scalars, sequences and mappings, each knowing its place in its source."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias

from simulation.errors import Fault, Place

MOST_FAULTS = 1000


@dataclass
class Source:
    """A text and its name. `whole` turns False where something in it could not be read.

    Then what seems to be missing may stand in the part that was not read, and is no fault. After a fault in
    the syntax the last word before it may be cut short: from that place on (line, column) nothing is.
    """

    name: str
    text: str = field(repr=False)
    whole: bool = True
    sound: tuple[int, int] = field(default=(10**9, 0), repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, as YAML counts them: without their ends."""
        return _LINE_END.split(self.text)

    def cut(self, line_and_column: tuple[int, int]) -> None:
        """Say that the text is sound only before this place."""
        self.whole = False
        self.sound = line_and_column

    def line(self, number: int) -> str:
        """The line of that number, which counts from 1; empty past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Scalar(NamedTuple):
    """A word, number or text as it stands in the file: nothing is made of it before a reader asks.

    `quoted` is true in quotes and in blocks after `|` or `>`. Line and column count from 1.
    """

    text: str
    quoted: bool
    line: int
    column: int
    source: Source

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.source.name, self.line, self.column)


@dataclass(frozen=True, eq=False)
class Sequence:
    """The items of a list, in their order."""

    items: "tuple[Node, ...]"
    line: int
    column: int
    source: Source = field(repr=False)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.source.name, self.line, self.column)


@dataclass(frozen=True, eq=False)
class Mapping:
    """Keys with their values, in the order of the file; no key stands twice."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    line: int
    column: int
    source: Source = field(repr=False)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.source.name, self.line, self.column)

    @property
    def whole(self) -> bool:
        """Whether all of its source could be read: if not, a missing key is no fault."""
        return self.source.whole

    def get(self, key: str) -> "Node | None":
        """The value of the key, or None."""
        entry = self._index.get(key)
        return None if entry is None else entry[1]

    def key(self, key: str) -> Scalar:
        """The key itself, which knows its place; KeyError if there is none."""
        return self._index[key][0]

    def keys(self) -> tuple[str, ...]:
        """The words of the keys, in their order."""
        return tuple(self._index)

    @cached_property
    def _index(self) -> "dict[str, tuple[Scalar, Node]]":
        return {key.text: (key, node) for key, node in self.entries}


Node: TypeAlias = Scalar | Sequence | Mapping


def report(faults: list[Fault], node: Node, message: str, hint: str | None = None) -> None:
    """Add a fault about this node. After MOST_FAULTS only one more, which says that there are others."""
    if (node.line, node.column) >= node.source.sound:
        return
    if len(faults) < MOST_FAULTS:
        faults.append(Fault(message, node.place, node.source.line(node.line), hint))
    elif len(faults) == MOST_FAULTS:
        faults.append(Fault(f"{MOST_FAULTS} faults are shown, and there are more"))
