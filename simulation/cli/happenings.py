"""`entente events`."""

import sys
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from rich.console import Console

from simulation.cli.kinds import events, named_world, span, why
from simulation.cli.listing import matching, nothing
from simulation.cli.printing import print_json
from simulation.document import number_text
from simulation.evidence import Evidence
from simulation.world import EventField, EventType, World
from simulation.world.effects import in_words
from simulation.world.example import example_line

PIPED = 110  # columns where the output is no terminal
NARROWEST = 60


def show_events(word: str | None, world: str, as_json: bool) -> None:
    """Print the events that hold the word; the one of that very name in full."""
    whole = named_world(world)
    entries = events(whole)
    if word in whole.events:
        found = [one for one in entries if one.name == word]
    else:
        found = matching(entries, word, whole)
    if word and not found:
        raise nothing("events", word, entries, whole)
    if as_json:
        print_json([one.record | _lines(whole, whole.events[one.name]) for one in found])
    elif word in whole.events:
        print("\n".join(in_full(whole, whole.events[word], _width())))
    else:
        blocks = ("\n".join(in_short(whole.events[one.name], _width())) for one in found)
        print("\n\n".join(blocks))


def _lines(world: World, event: EventType) -> dict[str, Any]:
    return {"line_with_numbers": example_line(world, event, numbers=True)}


def _width() -> int:
    return max(NARROWEST, Console().width if sys.stdout.isatty() else PIPED)


def in_short(event: EventType, width: int) -> Iterator[str]:
    """An event in a few lines: what it is, who takes part, its numbers, what it moves, on what evidence."""
    yield from _hung(f"{event.name}: ", event.meaning, width, "    ")
    yield from _hung("    fields    ", ", ".join(_named(field) for field in event.fields.values()), width)
    for label, effect in zip(_labels("    effects   "), event.effects, strict=False):
        yield from _hung(label, in_words(effect), width)
    yield from _hung("    evidence  ", " ".join(event.evidence), width)


def _named(field: EventField) -> str:
    value = field.value
    if value is None:
        return f"{field.name} (a {field.kind})"
    return f"{field.name} {number_text(value.value)} {value.unit} ({span(value.low, value.high)})"


def in_full(world: World, event: EventType, width: int) -> Iterator[str]:
    """All that the world says of an event, and lines for a scenario."""
    yield from _hung(f"{event.name}: ", event.meaning, width, "    ")
    yield ""
    yield "Fields"
    for field in event.fields.values():
        yield from _field(field, width)
    yield ""
    yield "Effects"
    for effect in event.effects:
        yield from _hung("  ", in_words(effect), width)
    yield ""
    yield "Evidence"
    for key in _keys(event):
        yield from _hung(f"  {key}  ", _claim(world.evidence, key), width)
    line = example_line(world, event)
    if line is not None:
        yield from _to_paste(world, event, line)


def _field(field: EventField, width: int) -> Iterator[str]:
    value = field.value
    if value is None:
        yield f"  {field.name}: a {field.kind}, which a scenario must say"
        return
    assert field.bounds is not None
    said = (
        f"{number_text(value.value)} {value.unit} where it is left out, uncertain from "
        f"{span(value.low, value.high)}; {span(*field.bounds)} can be said; {why(value)}"
    )
    yield from _hung(f"  {field.name}: ", said, width, "    ")


def _to_paste(world: World, event: EventType, line: str) -> Iterator[str]:
    yield ""
    yield "To paste into a scenario; a number that is left out keeps its range"
    yield "events:"
    yield f"  {line}"
    full = example_line(world, event, numbers=True)
    if full != line:
        yield "  # or, with every number fixed:"
        yield f"  # {full}"
        yield "set:  # another number, or range, wherever a scenario leaves it out"
    for field in event.fields.values():
        if field.value is not None:
            spread = {"value": field.value.value, "low": field.value.low, "high": field.value.high}
            said = ", ".join(f"{name}: {number_text(number)}" for name, number in spread.items())
            yield f"  {field.value.path}: {{{said}}}"


def _keys(event: EventType) -> list[str]:
    """The evidence of the event and of its numbers, each once, in the order of the file."""
    values = [field.value.evidence for field in event.fields.values() if field.value is not None]
    return list(dict.fromkeys(key for keys in (event.evidence, *values) for key in keys))


def _claim(evidence: Evidence, key: str) -> str:
    claim = evidence.claims[key]
    source = evidence.sources[claim.source]
    return f"{claim.claim} ({source.author}, {source.title}, {source.year}; {claim.confidence})"


def _labels(first: str) -> Iterator[str]:
    yield first
    while True:
        yield " " * len(first)


def _hung(label: str, text: str, width: int, indent: str | None = None) -> list[str]:
    """The text after its label, further lines below its beginning or at the indent."""
    below = " " * len(label) if indent is None else indent
    return wrap(text, width, initial_indent=label, subsequent_indent=below, break_on_hyphens=False)
