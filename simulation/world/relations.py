"""relations.yaml: the tracks with their ladders, the focus, and the rungs of each dyad at dates."""

from collections.abc import Iterator

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_int,
    as_mapping,
    as_sequence,
    as_text,
    check_keys,
    number_text,
    report,
    required,
)
from simulation.world.facts import Dated, Track
from simulation.world.values import (
    Range,
    Reading,
    check_unit,
    read_dated,
    read_reason,
    read_texts,
    read_value,
    unknown_country,
)

TRACKS = ("diplomatic", "security", "economic")
SHARING_TRACK = "security"
WEIGHT = Range("share", 0, 1)
SUM_WITHIN = 1e-9

Rungs = dict[str, tuple[Dated[int], ...]]


def read_tracks(reading: Reading, file: Mapping) -> tuple[tuple[Track, ...], int]:
    """The three tracks, and the security rung from which partners share intelligence."""
    node = required(file, reading.faults, "tracks")
    table = None if node is None else as_mapping(node, reading.faults, "the three tracks")
    if table is None:
        return (), 0
    table = check_keys(table, reading.faults, TRACKS, "track")
    found: list[Track] = []
    sharing = 0
    for name in TRACKS:
        entry = required(table, reading.faults, name, file.key("tracks"))
        fields = None if entry is None else as_mapping(entry, reading.faults, "weight and rungs")
        track = None if fields is None else _track(reading, table.key(name), fields)
        if track is not None and fields is not None:
            found.append(track)
            sharing = _sharing(reading, table.key(name), fields, track) if name == SHARING_TRACK else sharing
    order = [key.text for key, _ in table.entries if key.text in TRACKS]
    if order != [name for name in TRACKS if name in order]:
        report(
            reading.faults,
            file.key("tracks"),
            "the tracks are out of order",
            "in order: " + ", ".join(TRACKS),
        )
    total = sum(track.weight.value for track in found)
    if len(found) == len(TRACKS) and abs(total - 1) > SUM_WITHIN:
        message = f"the weights of the tracks sum to {number_text(round(total, 9))}, not to 1"
        report(reading.faults, file.key("tracks"), message)
    return tuple(found), sharing


def read_focus(reading: Reading, file: Mapping, codes: tuple[str, ...]) -> tuple[str, str]:
    """The two countries whose relations are reported."""
    node = required(file, reading.faults, "focus")
    items = None if node is None else as_sequence(node, reading.faults, "two countries")
    if node is None or items is None:
        return "", ""
    named = [as_text(item, reading.faults) or "" for item in items.items]
    if len(named) != 2 and not items.source.whole:
        return "", ""
    if len(named) != 2 or named[0] == named[1]:
        report(reading.faults, node, "the focus is two different countries")
        return "", ""
    for item in items.items:
        if isinstance(item, Scalar) and item.text not in codes:
            unknown_country(reading, item, codes)
    return named[0], named[1]


def read_rungs(
    reading: Reading, file: Mapping, codes: tuple[str, ...], tracks: tuple[Track, ...]
) -> dict[tuple[str, str], Rungs]:
    """The rungs of every dyad, lower slot first, on every track."""
    node = required(file, reading.faults, "rungs")
    table = None if node is None else as_mapping(node, reading.faults, "rungs by dyad")
    if table is None:
        return {}
    found: dict[tuple[str, str], Rungs] = {}
    for first, second, entry in _dyads(reading, table, codes):
        a, b = sorted((first.text, second.text), key=codes.index)
        if (a, b) in found:
            report(reading.faults, second, f"the rungs of {a} and {b} are given twice", "give each dyad once")
            continue
        found[a, b] = {}
        fields = as_mapping(entry, reading.faults, "rungs by track")
        if fields is not None:
            fields = check_keys(fields, reading.faults, TRACKS, "track")
            for track in tracks:
                found[a, b][track.name] = _history(reading, second, fields, track, (a, b))
    if table.whole and reading.whole:
        for i, a in enumerate(codes):
            for b in codes[i + 1 :]:
                if (a, b) not in found:
                    report(reading.faults, file.key("rungs"), f"the rungs of {a} and {b} are missing")
    return found


def _track(reading: Reading, key: Scalar, fields: Mapping) -> Track | None:
    fields = check_keys(
        fields, reading.faults, ("weight", "rungs", *(["sharing"] if key.text == SHARING_TRACK else []))
    )
    weight, rungs = (required(fields, reading.faults, name, key) for name in ("weight", "rungs"))
    names = () if rungs is None else read_texts(reading, rungs, "the names of the rungs, from 0 up")
    if rungs is not None and len(names) < 2 and fields.whole:
        report(reading.faults, rungs, "a ladder has two rungs or more")
    if weight is None:
        return None
    owner = fields.key("weight")
    inner = as_mapping(weight, reading.faults, "a value with its range and evidence (share)")
    if inner is None:
        return None
    check_unit(reading, owner, inner, WEIGHT.unit)
    value = read_value(reading, f"tracks.{key.text}.weight", owner, inner, WEIGHT, ("unit",))
    return None if value is None or len(names) < 2 else Track(key.text, names, value)


def _sharing(reading: Reading, key: Scalar, fields: Mapping, track: Track) -> int:
    node = required(fields, reading.faults, "sharing", key)
    inner = None if node is None else as_mapping(node, reading.faults, "a rung and its evidence")
    if inner is None:
        return 0
    inner = check_keys(inner, reading.faults, ("value", "evidence", "assumption"))
    read_reason(reading, fields.key("sharing"), inner)
    value = required(inner, reading.faults, "value", fields.key("sharing"))
    return 0 if value is None else as_int(value, reading.faults, 0, track.top, f"rungs of {track.name}") or 0


def _dyads(reading: Reading, table: Mapping, codes: tuple[str, ...]) -> Iterator[tuple[Scalar, Scalar, Node]]:
    """Each dyad of the table that names two different countries of the world."""
    for first, below in table.entries:
        if first.text not in codes:
            unknown_country(reading, first, codes)
            continue
        others = as_mapping(below, reading.faults, "rungs by partner")
        for second, entry in () if others is None else others.entries:
            if second.text == first.text or second.text not in codes:
                unknown_country(reading, second, [code for code in codes if code != first.text], first.text)
            else:
                yield first, second, entry


def _history(
    reading: Reading, owner: Scalar, fields: Mapping, track: Track, dyad: tuple[str, str]
) -> tuple[Dated[int], ...]:
    """The rungs of one dyad on one track."""
    node = fields.get(track.name)
    if node is None:
        if fields.whole:
            report(reading.faults, owner, f"{dyad[0]} and {dyad[1]} have no rung on the {track.name} track")
        return ()

    def rung(each: Node) -> int | None:
        return as_int(each, reading.faults, 0, track.top, f"rungs of {track.name}")

    return read_dated(reading, fields.key(track.name), node, "rung", rung)
