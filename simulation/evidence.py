"""What the numbers rest on: sources and the claims they support, with keys that values and rules name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_int,
    as_mapping,
    as_month,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    read_document,
    report,
    required,
)
from simulation.errors import Fault, quoted, suggestion

SOURCE_KINDS = ("article", "dataset", "official", "press", "scholarship", "survey")
CLAIM_KINDS = ("figure", "finding", "judgement")
CONFIDENCES = ("verified", "recalled")
_KEY = re.compile("[A-Z][0-9]{2,4}")
_SOURCE_KEYS = ("author", "title", "outlet", "year", "kind", "note")
_CLAIM_KEYS = (
    "claim",
    "source",
    "paragraph",
    "kind",
    "figure",
    "unit",
    "confidence",
    "differs",
    "context",
)
_EARLIEST, _LATEST = 1500, 2200  # years of publication
_MOST_PARAGRAPHS = 10_000


@dataclass(frozen=True)
class Source:
    """A text or dataset that claims come from; `year` is that of publication."""

    key: str
    author: str
    title: str
    outlet: str
    year: int
    kind: str
    note: str | None


@dataclass(frozen=True)
class Claim:
    """One claim in our own words.

    `paragraph` counts from 1 and is given for an article only; a `figure` has its `unit`; `confidence` is
    verified (seen in the source) or recalled; `differs` names claims it disagrees with; `context` says why
    it is kept where no number and no rule uses it.
    """

    key: str
    claim: str
    source: str
    kind: str
    confidence: str
    paragraph: int | None
    figure: float | None
    unit: str | None
    differs: tuple[str, ...]
    context: str | None


@dataclass(frozen=True)
class Evidence:
    """The evidence of a world, with the world's title and reference month (source.yaml says them).

    `reference` counts months from the year 0, and is 0 where it could not be read.
    `whole` is False where part of the files could not be read: then an unknown key may stand there.
    """

    title: str
    reference: int
    sources: dict[str, Source]
    claims: dict[str, Claim]
    whole: bool


def read_evidence(folder: Path, faults: list[Fault]) -> Evidence:
    """The evidence of the world in the folder; whatever is wrong becomes a fault."""
    about = read_document(folder / "source.yaml", faults)
    sources: dict[str, Source] = {}
    title, reference = None, None
    if about is not None:
        about = check_keys(about, faults, ("title", "reference", "sources"))
        title = _text(about, "title", faults, about)
        month = required(about, faults, "reference")
        reference = None if month is None else as_month(month, faults)
        sources = _sources(about, faults)
    file = read_document(folder / "evidence.yaml", faults)
    claims: dict[str, Claim] = {}
    if file is not None:
        file = check_keys(file, faults, ("evidence",))
        known = sources if about is not None and about.whole else None
        claims = _claims(file, known, faults)
    whole = file is not None and file.whole
    return Evidence(title or folder.name, reference or 0, sources, claims, whole)


def read_keys(node: Node, known: Collection[str] | None, faults: list[Fault]) -> tuple[str, ...]:
    """A list of evidence keys, each known and named once; where `known` is None they are not checked."""
    items = as_sequence(node, faults, "a list of evidence keys, such as [E07]")
    if items is None:
        return ()
    if not items.items and items.source.whole:
        report(
            faults,
            node,
            "the list of evidence is empty",
            "name a claim, or write `assumption:` with a reason",
        )
    keys: list[str] = []
    for item in items.items:
        if not isinstance(item, Scalar):
            report(faults, item, "an evidence key is one word, such as E07")
        elif known is not None and item.text not in known:
            report(faults, item, f"unknown evidence {quoted(item.text)}", suggestion(item.text, known))
        elif item.text in keys:
            report(faults, item, f"the evidence {quoted(item.text)} is named twice")
        else:
            keys.append(item.text)
    return tuple(keys)


def _sources(about: Mapping, faults: list[Fault]) -> dict[str, Source]:
    node = required(about, faults, "sources")
    table = None if node is None else as_mapping(node, faults, "sources by key")
    found: dict[str, Source] = {}
    for key, entry in () if table is None else table.entries:
        fields = _record(key, entry, _SOURCE_KEYS, "S01", faults)
        if fields is None:
            continue
        year = required(fields, faults, "year", key)
        found[key.text] = Source(
            key=key.text,
            author=_text(fields, "author", faults, key) or "",
            title=_text(fields, "title", faults, key) or "",
            outlet=_text(fields, "outlet", faults, key) or "",
            year=0 if year is None else as_int(year, faults, _EARLIEST, _LATEST) or 0,
            kind=_name(fields, "kind", SOURCE_KINDS, "kind of source", faults, key),
            note=_maybe_text(fields, "note", faults),
        )
    return found


def _claims(file: Mapping, sources: dict[str, Source] | None, faults: list[Fault]) -> dict[str, Claim]:
    node = required(file, faults, "evidence")
    table = None if node is None else as_mapping(node, faults, "claims by key")
    if table is None:
        return {}
    known = table.keys() if table.whole else None
    found: dict[str, Claim] = {}
    for key, entry in table.entries:
        fields = _record(key, entry, _CLAIM_KEYS, "E01", faults)
        if fields is not None:
            found[key.text] = _claim(key, fields, sources, known, faults)
    return found


def _claim(
    key: Scalar,
    fields: Mapping,
    sources: dict[str, Source] | None,
    known: Collection[str] | None,
    faults: list[Fault],
) -> Claim:
    """One claim, with what must stand together standing together."""
    source = _source_of(key, fields, sources, faults)
    paragraph, figure, differs = fields.get("paragraph"), fields.get("figure"), fields.get("differs")
    if paragraph is not None and source in (sources or {}) and (sources or {})[source].kind != "article":
        report(
            faults,
            fields.key("paragraph"),
            f"the source {quoted(source)} is no article and has no paragraphs",
        )
    if (figure is None) != (fields.get("unit") is None) and fields.whole:
        report(
            faults, key, "a figure and its unit stand together", "give both `figure` and `unit`, or neither"
        )
    if differs is not None and known is not None:
        known = [each for each in known if each != key.text]
    return Claim(
        key=key.text,
        claim=_text(fields, "claim", faults, key) or "",
        source=source,
        kind=_name(fields, "kind", CLAIM_KINDS, "kind of claim", faults, key),
        confidence=_name(fields, "confidence", CONFIDENCES, "confidence", faults, key),
        paragraph=None if paragraph is None else as_int(paragraph, faults, 1, _MOST_PARAGRAPHS),
        figure=None if figure is None else as_number(figure, faults),
        unit=_maybe_text(fields, "unit", faults),
        differs=() if differs is None else read_keys(differs, known, faults),
        context=_maybe_text(fields, "context", faults),
    )


def _source_of(key: Scalar, fields: Mapping, sources: dict[str, Source] | None, faults: list[Fault]) -> str:
    node = required(fields, faults, "source", key)
    if node is None:
        return ""
    if sources is None:
        return as_text(node, faults) or ""
    return as_name(node, faults, sources, "source") or ""


def _record(
    key: Scalar, entry: Node, valid: tuple[str, ...], example: str, faults: list[Fault]
) -> Mapping | None:
    """The fields of a source or claim, its key and keys checked."""
    if not _KEY.fullmatch(key.text):
        report(
            faults,
            key,
            f"{quoted(key.text)} is no key",
            f"a letter and two to four digits, such as {example}",
        )
    fields = as_mapping(entry, faults)
    if fields is not None:
        fields = check_keys(fields, faults, valid)
    return fields


def _text(fields: Mapping, name: str, faults: list[Fault], owner: Node) -> str | None:
    node = required(fields, faults, name, owner)
    return None if node is None else as_text(node, faults)


def _maybe_text(fields: Mapping, name: str, faults: list[Fault]) -> str | None:
    node = fields.get(name)
    return None if node is None else as_text(node, faults)


def _name(
    fields: Mapping, name: str, valid: tuple[str, ...], kind: str, faults: list[Fault], owner: Node
) -> str:
    node = required(fields, faults, name, owner)
    return "" if node is None else as_name(node, faults, valid, kind) or ""
