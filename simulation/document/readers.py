"""Readers of values: each returns what the node says, or adds a fault and returns None.

Every value is typed from its raw text by the reader that asks for it. YAML 1.1 would make other things of
`on`, `no`, `12:30`, `010`, `0x1F` or `1_000`; here they are a text, or a fault.
"""

import math
import re
import unicodedata
from collections.abc import Collection

from simulation.document.nodes import Mapping, Node, Scalar, Sequence, report
from simulation.errors import Fault, quoted, suggestion

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MONTH = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])")
_NEARLY_MONTH = re.compile(r"([1-9][0-9]{3})[-/.]?(1[0-2]|0?[1-9])(?:[-/.][0-9]{1,2})?")
_LONGEST_NUMBER = 40
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_YES = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}


def as_text(node: Node, faults: list[Fault], what: str = "a text") -> str | None:
    """The text, which may not be empty and holds no control character but line ends."""
    if not isinstance(node, Scalar):
        _wrong_kind(node, faults, what)
        return None
    if not node.text.strip() or (node.text in _NOTHING and not node.quoted):
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
    text = _plain(node, faults, "a whole number", unit)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text) or len(text) > _LONGEST_NUMBER:
        hint = _number_hint(text)
        if _NUMBER.fullmatch(text) and len(text) <= _LONGEST_NUMBER and float(text).is_integer():
            hint = f"write {int(float(text))}"
        report(faults, node, f"{quoted(text)} is not a whole number{_in_unit(unit)}", hint)
        return None
    return int(text) if _within(int(text), node, faults, lo, hi, unit) else None


def as_number(
    node: Node, faults: list[Fault], lo: float | None = None, hi: float | None = None, unit: str | None = None
) -> float | None:
    """The decimal number in that unit, from `lo` to `hi`; never NaN or infinite."""
    text = _plain(node, faults, "a number", unit)
    if text is None:
        return None
    value = float(text) if _NUMBER.fullmatch(text) and len(text) <= _LONGEST_NUMBER else math.nan
    if not math.isfinite(value):
        report(faults, node, f"{quoted(text)} is not a number{_in_unit(unit)}", _number_hint(text))
        return None
    return value if _within(value, node, faults, lo, hi, unit) else None


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
        report(faults, node, f"unknown {kind} {quoted(node.text)}", suggestion(node.text, valid))
    return None


def as_mapping(node: Node, faults: list[Fault], what: str = "keys with values") -> Mapping | None:
    """The mapping; `what` says in the message what is wanted here."""
    if isinstance(node, Mapping):
        return node
    _wrong_kind(node, faults, what)
    return None


def as_sequence(node: Node, faults: list[Fault], what: str = "a list") -> Sequence | None:
    """The list; `what` says in the message what is wanted here."""
    if isinstance(node, Sequence):
        return node
    _wrong_kind(node, faults, what)
    return None


def check_keys(node: Mapping, faults: list[Fault], valid: Collection[str], kind: str = "key") -> None:
    """A fault for every key that is not valid."""
    for key, _ in node.entries:
        if key.text not in valid:
            report(faults, key, f"unknown {kind} {quoted(key.text)}", suggestion(key.text, valid))


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
    """A number as one would write it.

    >>> number_text(60.0), number_text(0.35)
    ('60', '0.35')
    """
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _plain(node: Node, faults: list[Fault], what: str, unit: str | None) -> str | None:
    """The text of an unquoted scalar."""
    if not isinstance(node, Scalar):
        _wrong_kind(node, faults, what + _in_unit(unit))
        return None
    if node.text in _NOTHING and not node.quoted:
        report(faults, node, f"{what}{_in_unit(unit)} is missing here")
        return None
    if node.quoted:
        hint = "drop the quotes" if _NUMBER.fullmatch(node.text.strip()) else None
        report(faults, node, f"{quoted(node.text)} is a text; {what}{_in_unit(unit)} is wanted here", hint)
        return None
    return node.text


def _within(
    value: float, node: Node, faults: list[Fault], lo: float | None, hi: float | None, unit: str | None
) -> bool:
    """Whether the value lies within its bounds; a fault names the one it passes."""
    unit_text = f" {unit}" if unit else ""
    if lo is not None and value < lo:
        message = f"{number_text(value)} is below the lowest value, {number_text(lo)}{unit_text}"
    elif hi is not None and value > hi:
        message = f"{number_text(value)} is above the highest value, {number_text(hi)}{unit_text}"
    else:
        return True
    bounds = f"from {number_text(lo)} to {number_text(hi)}" if lo is not None and hi is not None else None
    report(faults, node, message, bounds and f"{bounds}{unit_text}")
    return False


def _in_unit(unit: str | None) -> str:
    return f" ({unit})" if unit else ""


def _number_hint(text: str) -> str | None:
    """What to write for a number in a spelling that other readers of YAML would take."""
    bare = text.replace("_", "")
    if re.fullmatch(r"[+-]?0x[0-9a-fA-F]{1,12}|[+-]?0o[0-7]{1,12}|[+-]?0b[01]{1,32}", bare):
        return f"write it in decimals: {int(bare, 0)}"
    if bare.lstrip("+-").casefold() in {".inf", ".nan", "inf", "nan", "infinity"}:
        return "a number is finite"
    if len(text) > _LONGEST_NUMBER:
        return f"write at most {_LONGEST_NUMBER} characters" if _NUMBER.fullmatch(text) else None
    if _NUMBER.fullmatch(text):
        return None if math.isfinite(float(text)) else "it is too large"
    for meant in (bare.lstrip("+"), re.sub(r"^(-?)0+(?=[0-9])", r"\1", bare), "0" + bare, bare + "0"):
        if _NUMBER.fullmatch(meant) and math.isfinite(float(meant)):
            return f"write {meant}"
    return None


def _wrong_kind(node: Node, faults: list[Fault], what: str) -> None:
    found = {Scalar: "a single word", Sequence: "a list", Mapping: "a mapping"}[type(node)]
    if isinstance(node, Scalar) and node.text in _NOTHING and not node.quoted:
        found = "nothing"
    report(faults, node, f"{what} is wanted here, and {found} stands here")
