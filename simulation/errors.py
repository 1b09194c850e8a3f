"""What can go wrong, and how it is said.

    EntenteError            exit 1    the root: catch this one to catch all below
    ├── CheckFailed         exit 1    an expectation or a verification failed
    ├── BadInput            exit 2    faults in files or on the command line, all of them at once
    ├── RunsNotOk           exit 3    some runs did not end well; each is a row with its reason
    ├── StoreError          exit 4    the disk, or a lock that someone else holds
    ├── ClusterError        exit 4    the cluster was lost, or its workers die; what is finished is saved
    └── Interrupted         exit 130  stopped from outside; what is finished is saved

A fault says what is wrong, where, and what to do:

    world/countries.yaml:3:11: unknown key "naem"
        JPN: {naem: Japan}
              ^
      did you mean "name"?
"""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

LONGEST_WORD = 60  # longer ones have no near neighbour, and comparing them would take forever
LONGEST_QUOTE = 60
WINDOW = 100  # terminal columns of a source line that a fault shows
BEFORE = 60  # of these, before the caret
FEW = 12  # so many words and no more are listed in a hint
MOST_SLIPS = 3  # wrong letters in a long word that is still recognised
SHORTEST_PART = 4  # letters of a part by which a longer word is recognised
DOUBLED = 0.8  # what a letter written twice counts, where a wrong one counts 1
SWAPPED = 0.9  # and two that changed places
_Prepared: TypeAlias = tuple[str, str, int, int]


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


class ClusterError(EntenteError):
    """The cluster was lost, or its workers die."""

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
    """One thing that is wrong, where, the line it stands on, and what would be right.

    `file` says which file or option is meant where no place in it can be told.
    """

    message: str
    place: Place | None = None
    source_line: str | None = None
    hint: str | None = None
    file: str | None = None

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


def nearest(word: str, valid: Iterable[str], prefer: Collection[str] = ()) -> str | None:
    """The valid word most like `word`: the same but for capitals, or the closest spelling; None if none is.

    Of words that are equally close one of `prefer` is taken, then the one that begins alike for longest.

    >>> (
    ...     nearest("jpn", ["KOR", "JPN"]),
    ...     nearest("grievence", ["grievance", "trust"]),
    ...     nearest("t", ["at", "to"], prefer=["at"]),
    ...     nearest("xyz", ["trust"]),
    ... )
    ('JPN', 'grievance', 'at', None)
    """
    if not 0 < len(word) <= LONGEST_WORD:
        return None
    plain = word.casefold()
    prepared = _prepared(tuple(valid))
    same = next((each for each, other, _, _ in prepared if other == plain), None)
    if same is not None:
        return same
    closest = (_closest(plain, prepared, most, prefer) for most in range(1, _room(plain) + 1))
    return next((each for each in closest if each is not None), None)


def _closest(word: str, valid: tuple[_Prepared, ...], most: int, prefer: Collection[str]) -> str | None:
    """The valid word with the fewest slips, where they count no more than `most`."""
    letters = _letters(word)
    best: tuple[float, bool, int] | None = None
    found = None
    for each, other, size, theirs in valid:
        if not -most <= size - len(word) <= most:
            continue
        if (letters & ~theirs).bit_count() > most or (theirs & ~letters).bit_count() > most:
            continue
        cost = _edits(word, other, most)
        rank = (cost, each not in prefer, -_alike(word, other))
        if cost <= most and cost < max(len(word), size) and (best is None or rank < best):
            best, found = rank, each
    return found


def suggestion(word: str, valid: Collection[str], prefer: Collection[str] = ()) -> str | None:
    """A hint for a word that is not among the valid ones: the nearest, or all if they are few.

    Where no spelling is close, a valid word that holds it, or that it holds, is near too.

    >>> suggestion("secruity", ["diplomatic", "security", "economic"])
    'did you mean "security"?'
    >>> suggestion("ruling", ["court_ruling", "war_ends"])
    'did you mean "court_ruling"?'
    >>> suggestion("x", ["country", "camp"])
    'one of: country, camp'
    """
    near = nearest(word, valid, prefer) or _part(word, valid)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    if 0 < len(valid) <= FEW:
        return "one of: " + ", ".join(visible(each) for each in valid)
    return None


def _part(word: str, valid: Iterable[str]) -> str | None:
    """The shortest valid word that holds the word or is held by it; short words are held by chance."""
    if not SHORTEST_PART <= len(word) <= LONGEST_WORD:
        return None
    plain = word.casefold()
    held = [
        each
        for each in valid
        if plain in each.casefold() or (len(each) >= SHORTEST_PART and each.casefold() in plain)
    ]
    return min(held, key=len, default=None)


def _room(word: str) -> int:
    """How many slips of the fingers a word of that length may hold and still be recognised."""
    return max(1, min(len(word) // 3, MOST_SLIPS))


@lru_cache(maxsize=64)
def _prepared(valid: tuple[str, ...]) -> tuple[_Prepared, ...]:
    """Each valid word, and of it in small letters itself, its length and its letters."""
    folded = [(each, each.casefold()) for each in valid]
    return tuple((each, other, len(other), _letters(other)) for each, other in folded)


def _letters(word: str) -> int:
    """Which letters a word has, as bits: words that differ in many are not compared further."""
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) % 61)
    return bits


def _alike(word: str, other: str) -> int:
    """How many characters both begin with."""
    count = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        count += 1
    return count


def _edits(word: str, other: str, most: int) -> float:
    """How many letters are wrong, missing or too many in `word`, or have changed places with the next.

    A letter written twice, and two that changed places, are the likelier slips and count a little less.
    More than `most` is not told exactly. What both begin and end with is alike, and is left out.
    """
    begin = _alike(word, other)
    end, shorter = 0, min(len(word), len(other)) - begin
    while end < shorter and word[-1 - end] == other[-1 - end]:
        end += 1
    wanted = other[begin : len(other) - end]
    before: list[float] = []
    row: list[float] = [float(column) for column in range(len(wanted) + 1)]
    for i in range(begin, len(word) - end):
        char = word[i]
        swapped = word[i - 1] if i > begin else ""
        extra = DOUBLED if i and char == word[i - 1] else 1.0
        now = [row[0] + extra]
        for j, letter in enumerate(wanted):
            cost = min(row[j] + (char != letter), row[j + 1] + extra, now[j] + 1.0)
            if swapped == letter and j and char == wanted[j - 1]:
                cost = min(cost, before[j - 1] + SWAPPED)
            now.append(cost)
        if min(now) > most and min(row) > most:
            return most + 1.0
        before, row = row, now
    return row[-1]


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
