"""Readers of values: each returns what the node says, or adds a fault and returns None.

Every value is typed from its raw text by the reader that asks for it. YAML 1.1 would make other things of
`on`, `no`, `12:30`, `010`, `0x1F` or `1_000`; here they are a text, or a fault.
"""

import math
import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from simulation.document.nodes import MOST_NEAR, Mapping, Node, Scalar, Sequence, report, report_unknown
from simulation.document.spelling import LONGEST_NUMBER, NUMBER, Meant, number_meant, whole_meant
from simulation.errors import Fault, nearest, quoted, suggestion, visible

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_MONTH = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])")
_NEARLY_MONTH = re.compile(r"([1-9][0-9]{3})[-/.]?(1[0-2]|0?[1-9])(?:[-/.][0-9]{1,2})?")
_MANY = frozenset({"countries", "fields", "keys", "names", "paths", "two", "values"})
_MONTHLY = frozenset({"date", "month", "since", "starting", "when"})
_ONE_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_YES = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}


def as_text(node: Node, faults: list[Fault], what: str = "a text") -> str | None:
    """The text, which may not be empty and holds no control character but line ends."""
    if not isinstance(node, Scalar):
        _wrong_kind(node, faults, what)
        return None
    if not node.text.strip() or is_empty(node):
        report(faults, node, f"{what} is missing here", "leave the key out if there is nothing to say")
        return None
    if not node.text.isprintable():
        bad = [each for each in node.text if each != "\n" and unicodedata.category(each) in {"Cc", "Cs"}]
        if bad:
            report(faults, node, f"the character U+{ord(bad[0]):04X} may not stand in a text", "delete it")
            return None
    return node.text


def as_int(
    node: Node, faults: list[Fault], lo: int | None = None, hi: int | None = None, unit: str | None = None
) -> int | None:
    """The whole number, from `lo` to `hi`; the unit is for messages."""
    span = Span(lo, hi, unit, whole=True)
    text = _plain(node, faults, "a whole number", span)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text) or len(text) > LONGEST_NUMBER:
        hint = span.hint(whole_meant(text) or number_meant(text, unit))
        report(faults, node, f"{quoted(text)} is not a whole number{_in_unit(unit)}", hint)
        return None
    return int(text) if _within(int(text), node, faults, span) else None


def as_number(
    node: Node, faults: list[Fault], lo: float | None = None, hi: float | None = None, unit: str | None = None
) -> float | None:
    """The decimal number in that unit, from `lo` to `hi`; never NaN or infinite."""
    span = Span(lo, hi, unit)
    text = _plain(node, faults, "a number", span)
    if text is None:
        return None
    value = float(text) if NUMBER.fullmatch(text) and len(text) <= LONGEST_NUMBER else math.nan
    if not math.isfinite(value):
        hint = span.hint(number_meant(text, unit))
        report(faults, node, f"{quoted(text)} is not a number{_in_unit(unit)}", hint)
        return None
    return value if _within(value, node, faults, span) else None


def as_month(node: Node, faults: list[Fault]) -> int | None:
    """The month YYYY-MM as months since the year 0: year x 12 + month - 1."""
    if not isinstance(node, Scalar):
        _wrong_kind(node, faults, "a month")
        return None
    found = _MONTH.fullmatch(node.text)
    if found:
        return int(found[1]) * 12 + int(found[2]) - 1
    nearly = _NEARLY_MONTH.fullmatch(node.text)
    hint = (
        f"write {nearly[1]}-{int(nearly[2]):02d}" if nearly else "write a month as YYYY-MM, such as 2023-06"
    )
    report(faults, node, f"{quoted(node.text)} is not a month", hint)
    return None


def as_bool(node: Node, faults: list[Fault]) -> bool | None:
    """`true` or `false`, and no other spelling."""
    if not isinstance(node, Scalar):
        _wrong_kind(node, faults, "true or false")
        return None
    if node.text in ("true", "false") and not node.quoted:
        return node.text == "true"
    meant = _YES.get(node.text.casefold())
    report(
        faults,
        node,
        f"{quoted(node.text)} is neither true nor false",
        f"write {meant}" if meant else "write true or false",
    )
    return None


def as_name(node: Node, faults: list[Fault], valid: Collection[str], kind: str) -> str | None:
    """One of the valid names; `kind` says in the message what they are, such as "country"."""
    if not isinstance(node, Scalar):
        _wrong_kind(node, faults, f"the name of a {kind}")
        return None
    if node.text in valid:
        return node.text
    if not node.text:
        report(faults, node, f"the name of a {kind} is missing here", suggestion("", valid))
    else:
        report_unknown(faults, node, kind, valid)
    return None


def as_mapping(
    node: Node, faults: list[Fault], what: str = "keys with values", of_list: str | None = None
) -> Mapping | None:
    """The mapping; `what` says in the message what is wanted here, `of_list` what to write for a list."""
    if isinstance(node, Mapping):
        return node
    dashes = isinstance(node, Sequence) and node.items and isinstance(node.items[0], Mapping)
    instead = of_list if isinstance(node, Sequence) else None
    _wrong_kind(node, faults, what, "take the dashes out" if dashes else instead)
    return None


def as_sequence(node: Node, faults: list[Fault], what: str = "a list") -> Sequence | None:
    """The list; `what` says in the message what is wanted here."""
    if isinstance(node, Sequence):
        return node
    hint = None
    if isinstance(node, Scalar) and "list" in what and _ONE_WORD.fullmatch(node.text):
        hint = f"write [{node.text}]"
    elif isinstance(node, Mapping) and "list of" in what:
        hint = "begin each item of a list with `- `"
    _wrong_kind(node, faults, what, hint)
    return None


def check_keys(node: Mapping, faults: list[Fault], valid: Collection[str], kind: str = "key") -> Mapping:
    """A fault for every key that is not valid; the mapping with each mistyped key as it was meant."""
    absent = [each for each in valid if node.get(each) is None]
    for key, _ in node.entries:
        if key.text not in valid:
            dated = _dated(key.text, absent)
            report_unknown(faults, key, kind, valid, absent, dated and f"did you mean {quoted(dated)}?")
    return mended(node, valid)


def _dated(word: str, absent: Collection[str]) -> str | None:
    """The key for a month that the mapping lacks, where another word for one stands."""
    return next((each for each in ("from", "at") if each in absent), None) if word in _MONTHLY else None


def mended(node: Mapping, valid: Collection[str]) -> Mapping:
    """The mapping with each mistyped key as it was meant: what `check_keys` has said is said once.

    A key is mended where the nearest valid word is one that the mapping lacks.
    """
    if all(key.text in valid for key, _ in node.entries):
        return node
    absent = [each for each in valid if node.get(each) is None]
    unknown = [key for key, _ in node.entries if key.text not in valid]
    meant = {}
    for key in unknown[:MOST_NEAR]:  # one with more of them is no mapping of these keys
        near = _dated(key.text, absent) or nearest(key.text, valid, absent)
        if near in absent:
            absent.remove(near)
            meant[key.text] = key._replace(text=near)
    entries = tuple((meant.get(key.text, key), value) for key, value in node.entries)
    return Mapping(entries, node.line, node.column, node.source, node.again)


def required(node: Mapping, faults: list[Fault], key: str, owner: Node | None = None) -> Node | None:
    """The value of the key; where it is missing, a fault at `owner` (the key of the mapping, or itself).

    No fault where part of the file could not be read: the key may stand there.
    """
    value = node.get(key)
    if value is None and node.whole:
        report(faults, owner or node, f"the key {quoted(key)} is missing")
    return value


def month_text(month: int) -> str:
    """A month, counted since the year 0, as YYYY-MM.

    >>> month_text(2023 * 12 + 5)
    '2023-06'
    """
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def number_text(value: float) -> str:
    """A number as one would write it; a whole number whole.

    >>> number_text(60.0), number_text(0.35), number_text(2**63 - 1)
    ('60', '0.35', '9223372036854775807')
    """
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def unit_text(value: float, unit: str | None) -> str:
    """A number with its unit; a share has no need of one.

    >>> unit_text(1, "months"), unit_text(12, "months"), unit_text(0.5, "share")
    ('1 month', '12 months', '0.5')
    """
    number = number_text(value)
    return number if unit is None else f"{number}{_unit_after(number, unit)}"


def counted(count: int, unit: str) -> str:
    """A count with its unit, to be read in a sentence.

    >>> counted(1, "runs"), counted(1000, "runs")
    ('1 run', '1,000 runs')
    """
    return f"{count:,}{_unit_after(str(count), unit)}"


def _unit_after(number: str, unit: str | None) -> str:
    """What follows the number: the unit, for one thing in the singular."""
    if unit is None or unit == "share":
        return ""
    return " " + (_PLURAL.sub(r"\1", unit) if number == "1" else unit)


_PLURAL = re.compile(r"^(act|block|case|month|point|run|rung|step|thread|time|year)s\b")


class Span(NamedTuple):
    """The numbers that may stand somewhere: from `low` to `high` (None: no bound) in `unit`, whole or not."""

    low: float | None
    high: float | None
    unit: str | None
    whole: bool = False

    def __str__(self) -> str:
        return f"from {number_text(self.low or 0)} to {unit_text(self.high or 0, self.unit)}"

    def hint(self, meant: Meant | None) -> str | None:
        """What to say of a number written in another way: how to write it, if it could stand here then."""
        if meant is None or meant.number is None or self.takes(meant.number):
            return None if meant is None else meant.hint
        return self.both

    def takes(self, text: str) -> bool:
        """Whether the text is such a number."""
        if not (_WHOLE if self.whole else NUMBER).fullmatch(text):
            return False
        value = float(text)
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    @property
    def both(self) -> str | None:
        """The bounds in words, where both are known."""
        return None if self.low is None or self.high is None else str(self)


def is_empty(node: Node) -> bool:
    """Whether nothing stands here."""
    return isinstance(node, Scalar) and node.text in _NOTHING and not node.quoted


def _plain(node: Node, faults: list[Fault], what: str, span: Span) -> str | None:
    """The text of an unquoted scalar."""
    if not isinstance(node, Scalar):
        _wrong_kind(node, faults, what + _in_unit(span.unit))
        return None
    if is_empty(node):
        report(faults, node, f"{what}{_in_unit(span.unit)} is missing here")
        return None
    if node.quoted:
        hint = span.hint(Meant("drop the quotes", node.text)) if NUMBER.fullmatch(node.text.strip()) else None
        wanted = f"{what}{_in_unit(span.unit)} is wanted here"
        report(faults, node, f"{quoted(node.text)} is a text; {wanted}", hint)
        return None
    return node.text


def _within(value: float, node: Node, faults: list[Fault], span: Span) -> bool:
    """Whether the value lies within its bounds; a fault names the one it passes."""
    assert isinstance(node, Scalar)
    said = node.text  # as it stands there: 1e23 is no 99999999999999991611392
    if span.low is not None and value < span.low:
        message = f"{said} is below the lowest value, {unit_text(span.low, span.unit)}"
    elif span.high is not None and value > span.high:
        message = f"{said} is above the highest value, {unit_text(span.high, span.unit)}"
    else:
        return True
    report(faults, node, message, span.both)
    return False


def _in_unit(unit: str | None) -> str:
    return f" ({unit})" if unit else ""


def _wrong_kind(node: Node, faults: list[Fault], what: str, hint: str | None = None) -> None:
    found = {Scalar: "a single word", Sequence: "a list", Mapping: "a mapping"}[type(node)]
    if is_empty(node):
        found = "nothing"
    if isinstance(node, Scalar) and not node.quoted:
        glued = re.match(r"([A-Za-z_][A-Za-z0-9_.]*):(\S.*)", node.text)
        hint = visible(f'write a space after the colon: "{glued[1]}: {glued[2][:40]}"') if glued else hint
    verb = "are" if what.partition(" ")[0] in _MANY or " and its " in what else "is"
    report(faults, node, f"{what} {verb} wanted here, and {found} stands here", hint)
