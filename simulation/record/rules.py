"""From coding.yaml to the rules by which rungs are read off a record.

Each rule is at most as generous in a coding as in the next looser one. So a stricter coding never sees a
higher rung, and the reader refuses rules by which it could.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_bool,
    as_int,
    as_mapping,
    as_name,
    as_sequence,
    as_text,
    check_keys,
    counted,
    read_document,
    report,
    required,
)
from simulation.errors import Fault, quoted
from simulation.record.protocol import CODINGS, Break, Cap, Coding, Hold, Protocol, TrackRules
from simulation.world import Track

LONGEST = 120  # months that a meeting may count
T = TypeVar("T")
_HOLD = ("rung", "agreements", "events", "months", "both_ways", "why")
_BREAK = ("events", "ends", "codings", "why")
_CAP = ("agreements", "rung", "why")


def read_protocol(path: Path, tracks: tuple[Track, ...], faults: list[Fault]) -> Protocol:
    """The rules in a file; empty where they could not be read, with a fault for every reason."""
    file = read_document(path, faults)
    if file is None:
        return Protocol({}, {}, {})
    file = check_keys(file, faults, ("event_kinds", "agreement_kinds", "under_notice", "tracks"))
    kinds = [_kinds(file, name, faults) for name in ("event_kinds", "agreement_kinds")]
    reader = _Reader(kinds[0], kinds[1], faults)
    notice = _under_notice(file, reader)
    node = required(file, faults, "tracks")
    table = None if node is None else as_mapping(node, faults, "rules by track")
    rules: dict[str, list[TrackRules]] = {}
    for key, entry in () if table is None else table.entries:
        track = next((each for each in tracks if each.name == key.text), None)
        if track is None:
            as_name(key, faults, [each.name for each in tracks], "track")
        else:
            rules[track.name] = _track(key, entry, track, reader)
    for track in tracks if table is not None and table.whole else ():
        if track.name not in rules:
            report(faults, table or file, f"there are no rules for the track {quoted(track.name)}")
    codings = {
        name: Coding(name, notice[number], {track: each[number] for track, each in rules.items()})
        for number, name in enumerate(CODINGS)
    }
    return Protocol(kinds[0], kinds[1], codings)


@dataclass(frozen=True)
class _Reader:
    """What kinds there are, and where faults go."""

    event_kinds: dict[str, str]
    agreement_kinds: dict[str, str]
    faults: list[Fault]

    def kinds(self, node: Node | None, of: str) -> tuple[str, ...]:
        """A list of kinds of events or of agreements; any where the part that names them was not read."""
        valid = self.event_kinds if of == "event" else self.agreement_kinds
        items = None if node is None else as_sequence(node, self.faults, f"a list of kinds of {of}")
        words = () if items is None else items.items
        if not valid or (items is not None and not items.source.whole):
            return tuple(each.text for each in words if isinstance(each, Scalar))
        found = (as_name(each, self.faults, valid, f"kind of {of}") for each in words)
        return tuple(each for each in found if each is not None)


def _kinds(file: Mapping, name: str, faults: list[Fault]) -> dict[str, str]:
    node = required(file, faults, name)
    table = None if node is None else as_mapping(node, faults, "meanings by kind")
    return {key.text: as_text(entry, faults) or "" for key, entry in (table.entries if table else ())}


def _under_notice(file: Mapping, reader: _Reader) -> list[bool]:
    """Whether an agreement under notice holds, by coding."""
    node = required(file, reader.faults, "under_notice")
    fields = None if node is None else as_mapping(node, reader.faults, "holds and why")
    if fields is None:
        return [False] * 3
    fields = check_keys(fields, reader.faults, ("holds", "why"))
    _why(file.key("under_notice"), fields, reader)
    holds = required(fields, reader.faults, "holds")
    three = [None] * 3 if holds is None else _three(holds, lambda one: as_bool(one, reader.faults), reader)
    found = [bool(each) for each in three]
    _check_order(holds, found, "holds", reader)
    return found


def _track(key: Scalar, entry: Node, track: Track, reader: _Reader) -> list[TrackRules]:
    """The rules of a track in each coding."""
    fields = as_mapping(entry, reader.faults, "holds, breaks and caps")
    if fields is None:
        return [TrackRules((), (), ())] * 3
    fields = check_keys(fields, reader.faults, ("holds", "breaks", "caps"))
    required(fields, reader.faults, "holds", key)
    holds = [_hold(*each, track, reader) for each in _rules(fields, "holds", _HOLD, reader)]
    breaks = [_break(*each, reader) for each in _rules(fields, "breaks", _BREAK, reader)]
    caps = [_cap(*each, track, reader) for each in _rules(fields, "caps", _CAP, reader)]

    def of(rules: list[list[T | None]], number: int) -> tuple[T, ...]:
        return tuple(each for rule in rules if (each := rule[number]) is not None)

    return [TrackRules(of(holds, each), of(breaks, each), of(caps, each)) for each in range(3)]


def _rules(
    fields: Mapping, name: str, valid: tuple[str, ...], reader: _Reader
) -> list[tuple[Scalar, Mapping]]:
    """The rules of that name with their keys checked, each of which says why."""
    node = fields.get(name)
    table = None if node is None else as_mapping(node, reader.faults, "rules by name")
    found = []
    for key, entry in table.entries if table else ():
        rule = as_mapping(entry, reader.faults, "the fields of a rule")
        if rule is not None:
            rule = check_keys(rule, reader.faults, valid)
            _why(key, rule, reader)
            found.append((key, rule))
    return found


def _why(key: Scalar, rule: Mapping, reader: _Reader) -> None:
    node = required(rule, reader.faults, "why", key)
    if node is not None:
        as_text(node, reader.faults)


def _hold(key: Scalar, rule: Mapping, track: Track, reader: _Reader) -> list[Hold | None]:
    """The rule in each coding; None where it counts for nothing there."""
    rungs = _rungs(key, rule, track, reader, every=False)
    _check_order(rule.get("rung"), [-1 if each is None else each for each in rungs], "rung", reader)
    agreements = _agreements(rule, reader)
    events = reader.kinds(rule.get("events"), "event")
    months: list[int] = [0] * 3
    node = rule.get("months")
    if node is not None:
        three = _three(node, lambda one: as_int(one, reader.faults, 1, LONGEST, "months"), reader)
        months = [each or 0 for each in three]
        _check_order(node, months, "months", reader)
    if bool(events) != (node is not None):
        report(reader.faults, key, f"the rule {quoted(key.text)} needs `events` and `months` together")
    if not events and not rule.get("agreements"):
        report(reader.faults, key, f"the rule {quoted(key.text)} names neither `agreements` nor `events`")
    both = rule.get("both_ways")
    both_ways = False if both is None else bool(as_bool(both, reader.faults))
    return [
        None if rung is None else Hold(key.text, rung, agreements[n], events, months[n], both_ways)
        for n, rung in enumerate(rungs)
    ]


def _break(key: Scalar, rule: Mapping, reader: _Reader) -> list[Break | None]:
    events = reader.kinds(rule.get("events"), "event")
    ends = reader.kinds(rule.get("ends"), "agreement")
    node = rule.get("codings")
    named: tuple[str, ...] = CODINGS
    if node is not None:
        items = as_sequence(node, reader.faults, "a list of codings")
        words = [as_name(item, reader.faults, CODINGS, "coding") for item in (items.items if items else ())]
        named = tuple(each for each in words if each is not None)
        if len(named) == len(words) and named != CODINGS[: len(named)]:
            hint = "a break that a coding knows, every stricter one knows: [stricter, standard]"
            report(reader.faults, node, f"the break {quoted(key.text)} leaves out a stricter coding", hint)
    return [Break(key.text, events, ends) if name in named else None for name in CODINGS]


def _cap(key: Scalar, rule: Mapping, track: Track, reader: _Reader) -> list[Cap | None]:
    rungs = _rungs(key, rule, track, reader, every=True)
    _check_order(rule.get("rung"), [each or 0 for each in rungs], "rung", reader)
    kinds = reader.kinds(required(rule, reader.faults, "agreements", key), "agreement")
    return [Cap(key.text, kinds, rung or 0) for rung in rungs]


def _rungs(key: Scalar, rule: Mapping, track: Track, reader: _Reader, every: bool) -> list[int | None]:
    """The rung by coding; unless `every` coding needs one, a stricter one may be left out."""
    node = required(rule, reader.faults, "rung", key)
    if node is None:
        return [None] * 3
    found = _three(node, lambda one: as_name(one, reader.faults, track.rungs, "rung"), reader, every)
    return [None if each is None else track.rungs.index(each) for each in found]


def _agreements(rule: Mapping, reader: _Reader) -> list[tuple[str, ...]]:
    """The kinds by coding: a stricter one asks for all that a looser one asks for."""
    node = rule.get("agreements")
    if node is None:
        return [()] * 3
    three = [each or () for each in _three(node, lambda one: reader.kinds(one, "agreement"), reader)]
    for n in (0, 1):
        if not set(three[n + 1]) <= set(three[n]):
            message = f"{CODINGS[n]} asks for less than {CODINGS[n + 1]}"
            report(reader.faults, node, message, "a stricter coding asks for all that a looser one does")
    return three


def _three(
    node: Node, read: Callable[[Node], T | None], reader: _Reader, every: bool = True
) -> list[T | None]:
    """What a value is in each coding: the same, or as a mapping by coding says."""
    if not isinstance(node, Mapping):
        return [read(node)] * 3
    fields = check_keys(node, reader.faults, CODINGS)
    found: list[T | None] = []
    for name in CODINGS:
        one = required(fields, reader.faults, name) if every or name == CODINGS[-1] else fields.get(name)
        found.append(None if one is None else read(one))
    return found


def _check_order(node: Node | None, three: list[int] | list[bool], what: str, reader: _Reader) -> None:
    """A fault where a stricter coding has more than a looser one."""
    for n in (0, 1):
        if node is not None and three[n] > three[n + 1]:
            message = f"`{what}`: {CODINGS[n]} has more than {CODINGS[n + 1]}"
            if what == "months":
                message = (
                    f"{CODINGS[n]} counts {counted(three[n], 'months')}, {CODINGS[n + 1]} {three[n + 1]}"
                )
            report(reader.faults, node, message, "a stricter coding never sees a higher rung")
