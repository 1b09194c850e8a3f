"""What a document is made of: scalars, sequences and mappings, each knowing its place in its source."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol, TypeAlias

from simulation.errors import Fault, Place, quoted, suggestion

MOST_FAULTS = 1000
MOST_NEAR = 100  # faults after which no near word is looked for: it takes time, and nobody reads so far
Point: TypeAlias = tuple[int, int]
"""Line and column, counted from 1."""


class Mark(Protocol):
    """A place as the parser names it: counted from 0."""

    line: int
    column: int


@dataclass
class Source:
    """A text and its name. `whole` turns False where something in it could not be read.

    Then what seems to be missing may stand in the part that was not read, and is no fault. `gaps` are the
    parts, from one (line, column) to before another, that a fault in the syntax made unsure: the last word
    before it may be cut short, and what was left open would have gone on. Nothing is said about them.
    `shifts` are how many columns further right a line stands in the text than where the parser saw it.
    """

    name: str
    text: str = field(repr=False)
    whole: bool = True
    shifts: dict[int, int] = field(default_factory=dict, repr=False)
    gaps: list[tuple[Point, Point]] = field(default_factory=list, repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, as YAML counts them: without their ends."""
        return _LINE_END.split(self.text)

    def point(self, mark: Mark) -> Point:
        """Line and column of a place that the parser names."""
        return mark.line + 1, max(1, mark.column + 1 + self.shifts.get(mark.line + 1, 0))

    def cut(self, begin: Point, end: Point) -> None:
        """Say that nothing from `begin` to before `end` is sure."""
        self.whole = False
        self.gaps.append((begin, end))

    def sure(self, point: Point) -> bool:
        """Whether the text at this place is sure to mean what it says."""
        return not any(begin <= point < end for begin, end in self.gaps)

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
    """Keys with their values, in the order of the file; no key stands twice.

    `again` are entries of the file whose key stands in `entries` already: a fault, and their values may have
    faults of their own.
    """

    entries: "tuple[tuple[Scalar, Node], ...]"
    line: int
    column: int
    source: Source = field(repr=False)
    again: "tuple[tuple[Scalar, Node], ...]" = ()

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
    if not node.source.sure((node.line, node.column)):
        return
    if len(faults) < MOST_FAULTS:
        faults.append(Fault(message, node.place, node.source.line(node.line), hint))
    elif len(faults) == MOST_FAULTS:
        faults.append(Fault(f"{MOST_FAULTS} faults are shown, and there are more"))


def report_unknown(
    faults: list[Fault],
    node: Scalar,
    kind: str,
    valid: Collection[str],
    prefer: Collection[str] = (),
    hint: str | None = None,
    otherwise: str | None = None,
) -> None:
    """Add a fault about a word that is not among the valid ones; without a `hint` the nearest is named.

    Of words that are equally near one of `prefer` is named; `otherwise` is the hint where none is near.
    """
    if len(faults) <= MOST_FAULTS:
        near = suggestion(node.text, valid, prefer) if hint is None and len(faults) < MOST_NEAR else None
        glued = ":" in node.text and not node.quoted and "write a space after the colon"
        said = hint or glued or near or otherwise
        report(faults, node, f"unknown {kind} {quoted(node.text)}", said)
