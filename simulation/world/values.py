"""Readers that all files of a world share: a value with its range and evidence, and dated lists."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_mapping,
    as_month,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    month_text,
    number_text,
    report,
    required,
)
from simulation.errors import Fault, quoted, suggestion
from simulation.evidence import read_keys
from simulation.world.facts import Dated, Value

T = TypeVar("T")
VALUE_KEYS = ("value", "low", "high", "evidence", "assumption")
CODE = re.compile("[A-Z][A-Z0-9]{1,7}")
WORD = re.compile("[a-z][a-z0-9_]{0,39}")


@dataclass
class Reading:
    """What readers share: the faults so far, the known evidence (None: not checked), the reference month.

    `whole` is False where part of a file could not be read: then nothing counts as missing or unknown.
    """

    faults: list[Fault]
    claims: Collection[str] | None
    reference: int
    whole: bool


@dataclass(frozen=True)
class Range:
    """What a value may be: its unit and its bounds."""

    unit: str
    low: float
    high: float


def read_value(
    reading: Reading, path: str, key: Scalar, node: Node, allowed: Range, also: tuple[str, ...] = ()
) -> Value | None:
    """A value with its range and its reason; `also` names keys that another reader takes."""
    faults = reading.faults
    fields = as_mapping(node, faults, f"a value with its range and evidence ({allowed.unit})")
    if fields is None:
        return None
    fields = check_keys(fields, faults, VALUE_KEYS + also)
    evidence, assumption = read_reason(reading, key, fields)
    low, value, high = (_number(reading, key, fields, name, allowed) for name in ("low", "value", "high"))
    if low is None or value is None or high is None:
        return None
    if low > value:
        _report(reading, fields, "low", f"low {number_text(low)} is above the value {number_text(value)}")
    if high < value:
        _report(reading, fields, "high", f"high {number_text(high)} is below the value {number_text(value)}")
    return Value(path, value, low, high, allowed.unit, evidence, assumption, key.place)


def read_reason(reading: Reading, owner: Node, fields: Mapping) -> tuple[tuple[str, ...], str | None]:
    """The evidence and the assumption behind a record: at least one of the two."""
    evidence, assumption = fields.get("evidence"), fields.get("assumption")
    if evidence is None and assumption is None and fields.whole:
        report(
            reading.faults,
            owner,
            "neither evidence nor an assumption stands behind this",
            "write `evidence: [E07]`, or `assumption:` with a reason",
        )
    return (
        () if evidence is None else read_keys(evidence, reading.claims, reading.faults),
        None if assumption is None else as_text(assumption, reading.faults, "a reason"),
    )


def read_dated(
    reading: Reading, owner: Node, node: Node, name: str, read: Callable[[Node], T | None], ever: bool = True
) -> tuple[Dated[T], ...]:
    """A list of {since, <name>, evidence}, each later than the one before.

    With `ever` something holds at all times, so the first is not after the world's reference month.
    """
    items = as_sequence(node, reading.faults, "a list of dated entries")
    if items is None:
        return ()
    found: list[Dated[T]] = []
    first: int | None = None
    last: int | None = None
    for item in items.items:
        fields = as_mapping(item, reading.faults, f"since, {name} and evidence")
        if fields is None:
            continue
        fields = check_keys(fields, reading.faults, ("since", name, "evidence", "assumption"))
        evidence, assumption = read_reason(reading, item, fields)
        since = _since(reading, fields, last)
        first = since if item is items.items[0] else first
        last = since if since is not None else last
        node_of_value = required(fields, reading.faults, name)
        value = None if node_of_value is None else read(node_of_value)
        if since is not None and value is not None:
            found.append(Dated(since, value, evidence, assumption, item.place))
    if not items.items and items.source.whole:
        report(reading.faults, owner, "the list is empty", "say what held in the world's reference month")
    elif ever and first is not None and reading.reference and first > reading.reference:
        message = f"nothing is said of {month_text(reading.reference)}, the world's reference month"
        report(reading.faults, items.items[0], message, "begin at or before it")
    return tuple(found)


def read_texts(reading: Reading, node: Node, what: str) -> tuple[str, ...]:
    """A list of texts."""
    items = as_sequence(node, reading.faults, what)
    texts = [as_text(item, reading.faults) for item in (() if items is None else items.items)]
    return tuple(text for text in texts if text is not None)


def read_needed(reading: Reading, fields: Mapping, name: str, owner: Node) -> str:
    """A text that must be there; empty after a fault."""
    node = required(fields, reading.faults, name, owner)
    return "" if node is None else as_text(node, reading.faults) or ""


def check_word(reading: Reading, key: Scalar, pattern: re.Pattern[str], kind: str) -> None:
    """A fault where a name that the world makes up is not written as such names are."""
    if not pattern.fullmatch(key.text):
        how = "two to eight capital letters or digits" if pattern is CODE else "small letters, digits and _"
        report(reading.faults, key, f"{quoted(key.text)} cannot name a {kind}", f"{how}, a letter first")


def unknown_country(reading: Reading, key: Scalar, codes: Collection[str], first: str | None = None) -> None:
    """A fault for a name that is no country, or is the `first` of a pair once more."""
    if key.text == first:
        report(reading.faults, key, f"{key.text} holds nothing about itself here")
    elif reading.whole:
        report(reading.faults, key, f"unknown country {quoted(key.text)}", suggestion(key.text, codes))


def check_unit(reading: Reading, owner: Node, fields: Mapping, unit: str) -> None:
    """A fault where the unit is missing or is not the declared one."""
    node = required(fields, reading.faults, "unit", owner)
    if node is not None and not (isinstance(node, Scalar) and node.text == unit):
        stands = quoted(node.text) if isinstance(node, Scalar) else "no word"
        report(
            reading.faults,
            node,
            f"the unit is {quoted(unit)}, and {stands} stands here",
            f"write unit: {unit}",
        )


def _number(reading: Reading, key: Scalar, fields: Mapping, name: str, allowed: Range) -> float | None:
    node = required(fields, reading.faults, name, key)
    return None if node is None else as_number(node, reading.faults, allowed.low, allowed.high, allowed.unit)


def _since(reading: Reading, fields: Mapping, last: int | None) -> int | None:
    node = required(fields, reading.faults, "since")
    since = None if node is None else as_month(node, reading.faults)
    if node is not None and since is not None and last is not None and since <= last:
        message = f"{month_text(since)} is not after {month_text(last)}, the entry before"
        report(reading.faults, node, message, "put the entries in the order of time")
    return since


def _report(reading: Reading, fields: Mapping, name: str, message: str) -> None:
    node = fields.get(name)
    report(reading.faults, fields if node is None else node, message)
