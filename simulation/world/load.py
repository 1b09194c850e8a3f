"""From a folder to a world, or to every fault in it at once."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from simulation.document import (
    Mapping,
    Source,
    as_mapping,
    check_keys,
    read_document,
    required,
    shown,
)
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.evidence import read_evidence, read_keys
from simulation.library import seeds_folder
from simulation.parameters import read_declarations
from simulation.world.countries import read_countries, read_levels
from simulation.world.events import read_events
from simulation.world.facts import Theory
from simulation.world.joint import read_joint
from simulation.world.relations import TRACKS, read_focus, read_rungs, read_tracks
from simulation.world.tables import Tables, check_complete, read_section
from simulation.world.values import WORD, Reading, check_word, read_needed
from simulation.world.whole import Names, World

MOST = 8  # worlds that a process keeps
MARK = "source.yaml"  # a folder that holds it is a world
SECTIONS: dict[str, tuple[str, ...]] = {
    "countries.yaml": ("countries", "threats", "parameters"),
    "relations.yaml": ("tracks", "focus", "rungs", "parameters"),
    "mechanisms.yaml": ("parameters",),
    "theories.yaml": ("theories", "parameters"),
    "events.yaml": ("events",),
}


def load_world(name_or_folder: str | Path) -> World:
    """The world of that name in the library, or in that folder. BadInput holds every fault in its files.

    A name is looked for in the library first; what has a separator in it, or is a Path, is a folder. As long
    as its files stay as they are, a process reads a world once: nobody may change what this returns.
    """
    folder = _folder(name_or_folder)
    return _loaded(folder, (_stamp(folder), _stamp(seeds_folder())))


def _stamp(folder: Path) -> tuple[str | tuple[str | int, ...], ...]:
    """What tells the files of a folder, as they are and as they are named, from what they were or will be."""
    try:
        files = sorted(
            each for each in folder.iterdir() if each.suffix in (".yaml", ".csv") and each.is_file()
        )
        stats = [(each.name, each.stat()) for each in files]
    except OSError as error:
        message = f"{shown(folder)} cannot be read: {error.strerror or error}"
        raise BadInput([Fault(message)]) from error
    marks = ((name, one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino) for name, one in stats)
    return (shown(folder / MARK), *marks)


@lru_cache(maxsize=MOST)
def _loaded(folder: Path, stamps: object) -> World:
    """The world as its files are; `stamps` tell them from others."""
    del stamps
    faults: list[Fault] = []
    world = _read(folder, faults)
    if faults:
        raise BadInput(faults)
    return world


def _folder(name_or_folder: str | Path) -> Path:
    """The folder of the world; BadInput where there is none."""
    path = Path(name_or_folder)
    places = [path]
    if isinstance(name_or_folder, str) and path.name == name_or_folder:
        places = [seeds_folder() / name_or_folder, path]
    try:
        found = next((place for place in places if (place / MARK).is_file()), None)
    except ValueError:  # a NUL in the name
        found = None
    if found is not None:
        return found
    known = sorted(each.parent.name for each in seeds_folder().glob(f"*/{MARK}"))
    text = str(name_or_folder)
    raise BadInput([Fault(f"there is no world {quoted(text)}", hint=suggestion(path.name, known))])


def _read(folder: Path, faults: list[Fault]) -> World:
    """The world, as far as it could be read."""
    evidence = read_evidence(folder, faults)
    declared = read_declarations(faults)
    files = {name: _file(folder / name, faults) for name in SECTIONS}
    files = {name: check_keys(file, faults, SECTIONS[name]) for name, file in files.items()}
    whole = all(file.whole for file in files.values())
    reading = Reading(faults, evidence.claims if evidence.whole else None, evidence.reference, whole)
    countries = read_countries(reading, files["countries.yaml"])
    tracks, sharing = read_tracks(reading, files["relations.yaml"])
    theories = _theories(reading, files["theories.yaml"])
    codes = tuple(countries)
    names = Names({code: tuple(one.camps) for code, one in countries.items()}, TRACKS, tuple(theories))
    tables = Tables(declared, names)
    for file in files.values():
        read_section(reading, file, tables)
    check_complete(reading, tables, files["mechanisms.yaml"])
    world = World(
        name=folder.resolve().name,
        folder=folder,
        title=evidence.title,
        reference=evidence.reference,
        codes=codes,
        countries=countries,
        camps=tuple((code, camp) for code in codes for camp in countries[code].camps),
        tracks=tracks,
        sharing=sharing,
        focus=read_focus(reading, files["relations.yaml"], codes),
        values=tables.values,
        declarations=declared,
        theories=theories,
        events=read_events(reading, files["events.yaml"], names),
        levels=read_levels(reading, files["countries.yaml"], codes),
        rungs=read_rungs(reading, files["relations.yaml"], codes, tracks),
        evidence=evidence,
    )
    if faults:
        return world
    declarations = {path: world.declaration(path) for path in world.values}
    return replace(world, joint=read_joint(folder, world.values, declarations, faults))


def _file(path: Path, faults: list[Fault]) -> Mapping:
    """What the file says. One that cannot be read says nothing, and nothing counts as missing in it."""
    file = read_document(path, faults)
    return file if file is not None else Mapping((), 1, 1, Source(str(path), "", whole=False))


def _theories(reading: Reading, file: Mapping) -> dict[str, Theory]:
    """The theories by name; their weights stand among the parameters."""
    node = required(file, reading.faults, "theories")
    table = None if node is None else as_mapping(node, reading.faults, "theories by name")
    found: dict[str, Theory] = {}
    for key, entry in () if table is None else table.entries:
        check_word(reading, key, WORD, "theory")
        fields = as_mapping(entry, reading.faults, "title, meaning and evidence")
        if fields is None:
            continue
        fields = check_keys(fields, reading.faults, ("title", "meaning", "evidence"))
        evidence = required(fields, reading.faults, "evidence", key)
        found[key.text] = Theory(
            name=key.text,
            title=read_needed(reading, fields, "title", key),
            meaning=read_needed(reading, fields, "meaning", key),
            evidence=() if evidence is None else read_keys(evidence, reading.claims, reading.faults),
        )
    return found
