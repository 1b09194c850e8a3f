"""What can go wrong, and how it is said.

    EntenteError            exit 1    the root: catch this one to catch all below
    ├── CheckFailed         exit 1    an expectation or a verification failed
    ├── BadInput            exit 2    faults in files or on the command line, all of them at once
    ├── RunsNotOk           exit 3    some runs did not end well; each is a row with its reason
    ├── StoreError          exit 4    the disk, or a lock that someone else holds
    └── Interrupted         exit 130  stopped from outside; what is finished is saved

A fault says what is wrong, where, and what to do:

    world/countries.yaml:3:11: unknown key "naem"
        JPN: {naem: Japan}
              ^
      did you mean "name"?
"""

import difflib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

LONGEST_WORD = 60  # longer ones have no near neighbour, and comparing them would take forever
LONGEST_QUOTE = 60
WINDOW = 100  # terminal columns of a source line that a fault shows
BEFORE = 60  # of these, before the caret
FEW = 12  # so many words and no more are listed in a hint


class EntenteError(Exception):
    """Root of everything that Entente raises on purpose; `exit_code` is what the command ends with."""

    exit_code: int = 1


class CheckFailed(EntenteError):  # noqa: N818 (named for what the reader sees)
    """An expectation or a verification failed."""

    exit_code = 1


class RunsNotOk(EntenteError):  # noqa: N818 (named for what the reader sees)
    """Some runs did not end well."""

    exit_code = 3


class StoreError(EntenteError):
    """The disk refused, or a lock is held by another process."""

    exit_code = 4


class Interrupted(EntenteError):  # noqa: N818 (named for what the reader sees)
    """Stopped from outside, as by Ctrl-C."""

    exit_code = 130


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{visible(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where, the line it stands on, and what would be right."""

    message: str
    place: Place | None = None
    source_line: str | None = None
    hint: str | None = None

    def __str__(self) -> str:
        lines = [self.message if self.place is None else f"{self.place}: {self.message}"]
        if self.place is not None and (self.source_line or "").strip():
            lines += [f"    {line}".rstrip() for line in _pointed(self.source_line or "", self.place.column)]
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)


class BadInput(EntenteError):  # noqa: N818 (named for what the reader sees)
    """Faults in what was given, sorted by place: first those without one.

    >>> print(BadInput([Fault("unknown country", Place("a.yaml", 2, 5), "PRK: JNP", 'did you mean "JPN"?')]))
    a.yaml:2:5: unknown country
        PRK: JNP
            ^
      did you mean "JPN"?
    """

    exit_code = 2

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(dict.fromkeys(faults), key=_by_place))
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """The valid word most like `word`: the same but for capitals, or the closest spelling; None if none is.

    >>> (
    ...     nearest("jpn", ["KOR", "JPN"]),
    ...     nearest("grievence", ["grievance", "trust"]),
    ...     nearest("xyz", ["trust"]),
    ... )
    ('JPN', 'grievance', None)
    """
    if len(word) > LONGEST_WORD:
        return None
    words = list(valid)
    same = next((each for each in words if each.casefold() == word.casefold()), None)
    if same is not None:
        return same
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(word: str, valid: Collection[str]) -> str | None:
    """A hint for a word that is not among the valid ones: the nearest, or all if they are few.

    >>> suggestion("secruity", ["diplomatic", "security", "economic"])
    'did you mean "security"?'
    >>> suggestion("x", ["country", "camp"])
    'one of: country, camp'
    """
    near = nearest(word, valid)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    if 0 < len(valid) <= FEW:
        return "one of: " + ", ".join(visible(each) for each in valid)
    return None


def quoted(text: str) -> str:
    """The text in double quotes, cut where it is long, with nothing in it that a terminal would obey."""
    cut = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f'"{visible(cut)}"'


def visible(text: str) -> str:
    """The text with every character that does not print (a control, a mark of direction) shown as �."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if unicodedata.category(each) in _UNPRINTED else each for each in text)


_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _by_place(fault: Fault) -> tuple[bool, str, int, int, str]:
    place = fault.place or Place("", 0, 0)
    return fault.place is not None, place.file, place.line, place.column, fault.message


def _pointed(line: str, column: int) -> list[str]:
    """The part of the line around the column, and under it the caret."""
    shown = visible(line.replace("\t", " "))
    at = min(column - 1, len(shown))
    first = _back(shown, at, BEFORE)
    last = _forth(shown, first, WINDOW)
    head = "…" if first else ""
    tail = "…" if last < len(shown) else ""
    gap = " " * (len(head) + sum(map(_width, shown[first:at])))
    return [f"{head}{shown[first:last]}{tail}".rstrip(), f"{gap}^"]


def _back(line: str, at: int, room: int) -> int:
    """The first character to show: as far before `at` as the room in columns reaches."""
    while at > 0 and room >= _width(line[at - 1]):
        at -= 1
        room -= _width(line[at])
    return at


def _forth(line: str, at: int, room: int) -> int:
    """One after the last character to show."""
    while at < len(line) and room >= _width(line[at]):
        room -= _width(line[at])
        at += 1
    return at


def _width(char: str) -> int:
    """Columns that a terminal gives the character: 2 for wide ones, 0 for accents that sit on another."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
