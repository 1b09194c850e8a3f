"""From bytes to nodes, on the event stream of PyYAML's safe parser.

Size, depth and the number of nodes are checked on the events, before anything is composed: the composer
of the C library ends the process at a depth of 100,000. Anchors, aliases, `<<` and tags are refused. After
a fault in the syntax, what was read before it stands, and reading goes on at the next key of the file.
"""

import re
from pathlib import Path

import yaml

from simulation.document.build import Builder
from simulation.document.nodes import Mapping, Node, Scalar, Source, report
from simulation.document.syntax import Explained, explain, next_key
from simulation.errors import Fault, visible

MOST_BYTES = 1_000_000
MOST_RESUMED = 20  # faults in the syntax after which reading goes on
MOST_LEVELLED = 20  # lines that begin in a wrong column, and are read where they belong
LONGEST_LEVELLED = 50_000  # characters of a file that is read again for that
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def shown(path: Path) -> str:
    """The path as messages show it: from the working directory where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def read_document(path: Path, faults: list[Fault]) -> Mapping | None:
    """What the file says; None where nothing of it could be read. Never raises: faults tell."""
    name = shown(path)
    try:
        if path.is_dir():
            faults.append(Fault(f"{visible(name)} is a folder; a file is wanted here", file=name))
            return None
        if not path.is_file():
            faults.append(Fault(f"there is no file {visible(name)}", file=name))
            return None
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        faults.append(Fault(f"{visible(name)} cannot be read: {why}", file=name))
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
    before = len(faults)
    # Tabs have been said: as spaces they do not keep the rest from being read.
    file = _read(source, text.replace("\t", " "), faults)
    if tabs or not source.gaps or len(text) > LONGEST_LEVELLED:
        return file
    said: list[Fault] = []
    again = Source(name, text)
    level = _levelled(again, said)
    if not said:
        return file
    faults[before:] = said
    return _read(again, level, faults)


def _levelled(source: Source, faults: list[Fault]) -> str:
    """The text with every line that begins in a wrong column where it belongs, after a fault about each.

    What stands below it as its value moves with it. So the rest of its block is read too.
    """
    text = source.text
    for _ in range(MOST_LEVELLED):
        found = _first_fault(Source(source.name, text))
        if found is None or found.column is None:
            break
        line, column = found.at
        by = found.column - column
        point = Scalar("", False, line, column + source.shifts.get(line, 0), source)
        report(faults, point, found.message, found.hint)
        source.whole = False
        text = _moved(source, text, line, column, by)
    return text


def _first_fault(source: Source) -> Explained | None:
    """The first fault in the syntax."""
    last = (1, 1)
    try:
        loader = LOADER(source.text)
        while (event := loader.get_event()) is not None and not isinstance(event, yaml.StreamEndEvent):
            if isinstance(event, yaml.ScalarEvent) and event.value and event.start_mark is not None:
                last = source.point(event.start_mark)
    except yaml.MarkedYAMLError as error:
        return explain(error, source, last)
    except (yaml.YAMLError, ValueError, OverflowError):
        pass
    return None


def _moved(source: Source, text: str, line: int, column: int, by: int) -> str:
    """The text with a line moved by so many columns, and with it what stands below as its value."""
    lines = Source(source.name, text).lines[:]
    has_value_below = lines[line - 1].split(" #")[0].rstrip().endswith(":")
    for number in range(line, len(lines) + 1):
        here = lines[number - 1]
        below = not here.strip() or len(here) - len(here.lstrip(" ")) >= column
        if number > line and not (has_value_below and below):
            break
        lines[number - 1] = " " * by + here if by > 0 else here[-by:]
        source.shifts[number] = source.shifts.get(number, 0) - by
    return "\n".join(lines)


def _read(source: Source, text: str, faults: list[Fault]) -> Mapping | None:
    """What the text says: that of the source, or the same mended."""
    parsed = Source(source.name, text)
    builder = Builder(source, faults)
    line = 1
    for _ in range(MOST_RESUMED):
        line = _take(builder, source, _from(parsed, line), line)
        if not line or not builder.resume():
            break
    return builder.document(_point(source, 0))


def read_value(text: str, begin: int, name: str, faults: list[Fault]) -> Node | None:
    """The value that stands in one line of text from the index `begin` on; None where it is at fault."""
    source = Source(name, text, shifts={1: begin - len(_KEY)})
    if _refused(source, faults):
        return None
    _check_tabs(source, faults)
    builder = Builder(source, faults)
    _take(builder, source, _KEY + text[begin:].replace("\t", " "), 0)
    file = builder.document(_point(source, 0))
    return file.entries[0][1] if file is not None and file.entries and source.whole else None


_KEY = "k: "  # makes a value a file


def _from(source: Source, line: int) -> str:
    """The text from that line on, in its place."""
    return source.text if line == 1 else "\n" * (line - 1) + "\n".join(source.lines[line - 1 :])


def _take(builder: Builder, source: Source, text: str, first: int) -> int:
    """Take the text in; after a fault in its syntax, the line after `first` to go on at, otherwise 0."""
    try:
        loader = LOADER(text)
        while builder.take(loader.get_event()):
            pass
    except yaml.MarkedYAMLError as error:
        found = explain(error, source, builder.last)
        following = next_key(source, max(first, found.goes_on_after)) if first else 0
        if not any("\t" in source.line(number) for number in (found.at[0] - 1, found.at[0])):
            point = Scalar("", False, *found.at, source)
            report(builder.faults, point, found.message, found.hint)
        source.cut(found.unsure_from, (following, 1) if following else (len(source.lines) + 2, 1))
        for line, column in builder.left_open():  # it is no fault of theirs that more was to follow
            source.cut((line, column), (line, column + 1))
        return following
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # of Python's parser, on "\U00110000"
        report(builder.faults, _point(source, 0), f"not YAML: {visible(str(error))}")
        source.cut(builder.last, (len(source.lines) + 2, 1))
    return 0


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
