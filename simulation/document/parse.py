"""From bytes to nodes, on the event stream of PyYAML's safe parser.

Size, depth and the number of nodes are checked on the events, before anything is composed: the composer
of the C library ends the process at a depth of 100,000. Anchors, aliases, `<<` and tags are refused. After
a fault in the syntax, what was read before it stands.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from simulation.document.nodes import Mapping, Node, Scalar, Sequence, Source, report
from simulation.errors import Fault, quoted, visible

MOST_BYTES = 1_000_000
MOST_NODES = 50_000
DEEPEST = 40
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMPOSE = "write the value out again; a scenario builds on another by `extends`"
_CLOSES = {
    "while parsing a flow mapping": "close the { of line {line} with }",
    "while parsing a flow sequence": "close the [ of line {line} with ]",
    "while scanning a quoted scalar": "close the quote of line {line}",
}


def shown(path: Path) -> str:
    """The path as messages show it: from the working directory where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def read_document(path: Path, faults: list[Fault]) -> Mapping | None:
    """What the file says; None where nothing of it could be read. Never raises: faults tell."""
    name = shown(path)
    try:
        if path.is_dir():
            faults.append(Fault(f"{visible(name)} is a folder; a file is wanted here"))
            return None
        if not path.is_file():
            faults.append(Fault(f"there is no file {visible(name)}"))
            return None
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        faults.append(Fault(f"{visible(name)} cannot be read: {getattr(error, 'strerror', None) or error}"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) <= MOST_BYTES:
            before = data[: error.start].decode("utf-8-sig", errors="replace")
            _not_utf8(Source(name, before), data[error.start], faults)
            return None
        text = data.decode("utf-8-sig", errors="replace")  # too large in any case: that is the fault
    return read_text(text, name, faults)


def read_text(text: str, name: str, faults: list[Fault]) -> Mapping | None:
    """What the text says; None where nothing of it could be read. `name` stands for the file in messages."""
    source = Source(name, text)
    if _refused(source, faults):
        return None
    tabs = _check_tabs(source, faults)
    builder = _Builder(source, faults)
    try:
        loader = LOADER(text)
        while builder.take(loader.get_event()):
            pass
    except yaml.MarkedYAMLError as error:
        _not_yaml(error, source, faults, tabs)
        source.cut(builder.last)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # of Python's parser, on "\U00110000"
        report(faults, _point(source, 0), f"not YAML: {visible(str(error))}")
        source.cut(builder.last)
    return builder.document(_point(source, 0))


def _refused(source: Source, faults: list[Fault]) -> bool:
    """Whether the text is too large, or holds what no text file holds."""
    text = source.text
    if len(text) > MOST_BYTES or len(text.encode("utf-8", errors="replace")) > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES:,} bytes"
        report(faults, _point(source, 0), message, "split it, or leave data out of it")
        return True
    bad = _UNPRINTABLE.search(text)
    if bad:
        message = f"the character U+{ord(bad.group()):04X} may not stand in a file"
        report(faults, _point(source, bad.start()), message, "delete it")
    return bad is not None


def _not_utf8(source: Source, byte: int, faults: list[Fault]) -> None:
    point = _point(source, len(source.text))
    report(faults, point, f"the byte 0x{byte:02X} is not UTF-8", "save the file in the encoding UTF-8")


def _point(source: Source, index: int) -> Scalar:
    """An empty scalar at the character of that index."""
    before = Source(source.name, source.text[:index]).lines
    return Scalar("", False, len(before), len(before[-1]) + 1, source)


def _check_tabs(source: Source, faults: list[Fault]) -> bool:
    """Whether there are tabs: one fault for all, at the first."""
    first = source.text.find("\t")
    if first < 0:
        return False
    count = sum("\t" in line for line in source.lines)
    more = "" if count == 1 else f", and in {count - 1} more line{'s' if count > 2 else ''}"
    report(faults, _point(source, first), f"a tab stands here{more}", 'use spaces; in quotes write "\\t"')
    return True


def _not_yaml(error: yaml.MarkedYAMLError, source: Source, faults: list[Fault], tabs: bool) -> None:
    """One fault about the syntax: where it was noticed, and what began where."""
    mark = error.problem_mark or error.context_mark
    point = Scalar("", False, mark.line + 1, mark.column + 1, source) if mark else _point(source, 0)
    char = source.line(point.line)[point.column - 1 : point.column]
    if tabs and (char == "\t" or "tab" in (error.problem or "")):
        return  # said already
    hint = None
    context = error.context_mark
    if error.context in _CLOSES and context is not None:
        hint = _CLOSES[error.context].replace("{line}", str(context.line + 1))
    elif char and char in "@`%&*!|>":
        hint = f"a text that begins with {char} needs quotes"
    elif "mapping values" in (error.problem or ""):
        hint = 'a text that holds ": " needs quotes'
    report(faults, point, f"not YAML: {error.problem or error.context}", hint)


@dataclass
class _Open:
    """A collection that has begun and not ended."""

    mapping: bool
    line: int
    column: int
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # of each key
    has_key: bool = False
    key: Scalar | None = None  # None although `has_key`: it was refused, and its value goes with it


def _at(event: yaml.Event) -> tuple[int, int]:
    """Line and column where the event begins, counted from 1."""
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


class _Builder:
    """Makes nodes of events."""

    def __init__(self, source: Source, faults: list[Fault]) -> None:
        self.source = source
        self.faults = faults
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.last = (1, 1)  # where the last word began
        self.nodes = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event in; False where no more may be read, or nothing is left."""
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None or event.anchor is not None:
                self._refuse_marks(event)
            line, column = _at(event)
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

    def _begin(self, event: yaml.CollectionStartEvent) -> bool:
        self._refuse_marks(event)
        if len(self.open) >= DEEPEST:
            self._fault(event, f"nested deeper than {DEEPEST} levels")
            self.source.whole = False
            return False
        self.open.append(_Open(isinstance(event, yaml.MappingStartEvent), *_at(event)))
        return self._counted(event)

    def _end(self) -> None:
        done = self.open.pop()
        if done.mapping:
            self._add(Mapping(tuple(done.entries), done.line, done.column, self.source))
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
                into.entries.append((into.key, node))
            into.has_key = False
        else:
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
            return None
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

    def _fault(self, event: yaml.Event, message: str, hint: str | None = None) -> None:
        report(self.faults, Scalar("", False, *_at(event), self.source), visible(message), hint)
