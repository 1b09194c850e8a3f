"""A scenario as layers: its oldest parent first, each child above it, the chosen variants, the command line.

A layer holds what one file says and where; `merged` tells which of it holds. Nothing here knows what a
value means: that is for the modules which read them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    Source,
    as_int,
    as_mapping,
    as_sequence,
    as_text,
    mended,
    read_document,
    read_value,
    report,
    report_unknown,
    required,
)
from simulation.document import Sequence as NodeList
from simulation.errors import Fault, quoted, suggestion
from simulation.scenario.schema import (
    FIXED_BY_FILE,
    FORMAT,
    FRAME,
    NAMES,
    belongs,
    section_of,
)
from simulation.scenario.search import find_scenario, leads_out, scenario_names

VARIANT = 1  # number of the layer of the chosen variants; the file is 0, its parent -1, and so on
TOP = 2  # number of the command line's layer
CASE = 3  # number of the layer of a case of a sweep
OLDEST = -1_000_000  # the number of what no layer says
EACH = "all"  # on the command line: every variant
_OF_THREATS = "threats."
_STAYS = {  # what is said where nothing stands above what a parent may say
    "events": ("an empty list takes no event away", "extend a scenario that has not got them"),
    "threats": ("an empty mapping takes no threat away", "name each country with its tempo"),
    "set": ("an empty mapping takes no setting away", "set each path to the value it is to have"),
    "variants": ("an empty mapping takes no variant away", "leave the key out"),
}
_NAME = re.compile(r"[^\W_][\w -]{0,59}")
_OVERRIDE = re.compile(r"\s*([^=\s]+)\s*=\s*([^\r\n]*)")


class Entry(NamedTuple):
    """One thing that a layer says: the key as it stands, its value, and the number of the layer."""

    key: Scalar
    node: Node
    layer: int


@dataclass
class Layer:
    """What one file, or the command line, says.

    `number` orders layers: the higher one holds. `folder` is where names lead from. `whole` is False
    where part of it could not be read.
    """

    path: Path | None
    folder: Path
    number: int
    file: Mapping = field(repr=False)
    plain: dict[str, Entry] = field(default_factory=dict)
    threats: dict[str, Entry] = field(default_factory=dict)
    settings: dict[str, Entry] = field(default_factory=dict)
    events: list[Entry] = field(default_factory=list)
    variants: dict[str, Entry] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name without its ending; empty for the command line."""
        return "" if self.path is None else self.path.stem

    def take(self, key: Scalar, node: Node, faults: list[Fault]) -> None:
        """Take in the value of one key of the schema."""
        tables = {
            "threats": (self.threats, "countries with their tempo"),
            "set": (self.settings, "paths with their values"),
            "variants": (self.variants, "names of variants with what they change"),
        }
        if key.text in tables:
            table, what = tables[key.text]
            found = as_mapping(node, faults, what)
            self._check_adds(key, found, faults)
            for name, value in () if found is None else found.entries:
                if key.text == "variants":
                    check_name(name, "variant", faults)
                self.put(*self._table(table, name.text), Entry(name, value, self.number), faults)
        elif key.text == "events":
            items = as_sequence(node, faults, "a list of events")
            self._check_adds(key, items, faults)
            self.events += [Entry(key, item, self.number) for item in (() if items is None else items.items)]
        else:
            self.put(self.plain, key.text, Entry(key, node, self.number), faults)

    def _check_adds(self, key: Scalar, found: Mapping | NodeList | None, faults: list[Fault]) -> None:
        """A fault where nothing is added to what lower layers say, which nothing takes away."""
        above = self.number >= VARIANT or self.file.get("extends") is not None
        inside = found.entries if isinstance(found, Mapping) else found.items if found is not None else ()
        if found is not None and above and not inside:
            message, hint = _STAYS[key.text]
            report(faults, found, message, hint)

    def put(self, table: dict[str, Entry], name: str, entry: Entry, faults: list[Fault]) -> None:
        """Put an entry in a table, once."""
        if name in table:
            first = table[name].key
            line = self.number == TOP
            hint = None if line else f"the first is at {first.place}"
            report(
                faults,
                entry.key,
                f"{quoted(name)} is set twice{' on the command line' if line else ''}",
                hint,
            )
        other = next((each for each in table if _within(name, each) or _within(each, name)), None)
        if other is not None and table is self.threats:
            whole, part = sorted((name, other), key=len)
            message = f"{quoted(part)} is a part of {quoted(whole)}, and both are set here"
            hint = f"the other is at {table[other].key.place}" if self.number == VARIANT else None
            report(faults, entry.key, message, hint or "write it into the profile")
        table[name] = entry

    def change(self, key: Scalar, node: Node, faults: list[Fault]) -> None:
        """Take in one change of a variant or of the command line: `threats.X`, `set.path` and a bare path
        may stand beside the keys of a file.
        """
        head, _, rest = key.text.partition(".")
        if key.text in FIXED_BY_FILE:
            where = {TOP: "on the command line", CASE: "by a sweep"}.get(self.number, "by a variant")
            report(faults, key, f"{quoted(key.text)} cannot be set {where}", "write it in the file")
        elif key.text in NAMES:
            self.take(key, node, faults)
        elif head == "threats":
            self.put(self.threats, rest, Entry(key, node, self.number), faults)
        else:
            path = rest if head == "set" else key.text
            self.put(*self._table(self.settings, path), Entry(key, node, self.number), faults)

    def _table(self, table: dict[str, Entry], name: str) -> tuple[dict[str, Entry], str]:
        """Where a key belongs: `set` may hold the dotted path of a threat too."""
        if table is self.settings and name.startswith(_OF_THREATS):
            return self.threats, name.removeprefix(_OF_THREATS)
        return table, name

    def frame(self) -> "Layer":
        """Of this layer only what a scenario and its parent must share for their runs to pair."""
        shared = {name: entry for name, entry in self.plain.items() if name in FRAME}
        return Layer(self.path, self.folder, self.number, self.file, shared)


@dataclass
class Merged:
    """What holds when layers lie on each other: the highest entry of each key, and every event."""

    layers: tuple[Layer, ...]
    plain: dict[str, Entry]
    threats: dict[str, Entry]  # PRK, and PRK.to where a layer changes that field of what lower ones say
    settings: list[tuple[str, Entry]]  # lowest first, not yet merged: a path may be written in two ways
    events: list[Entry]

    @property
    def whole(self) -> bool:
        """Whether every layer could be read: if not, a missing key is no fault."""
        return all(layer.file.whole for layer in self.layers)

    def layer(self, entry: Entry) -> Layer:
        """The layer that says the entry."""
        return next(layer for layer in self.layers if layer.number == entry.layer)

    def folder(self, number: int) -> Path:
        """The folder from which the names in the layer of that number lead."""
        return next(layer.folder for layer in self.layers if layer.number == number)


def merged(layers: Collection[Layer]) -> Merged:
    """The layers on each other, lowest first."""
    plain: dict[str, Entry] = {}
    threats: dict[str, Entry] = {}
    for layer in layers:
        plain |= layer.plain
        for name, entry in layer.threats.items():
            threats = {each: one for each, one in threats.items() if not _within(each, name)}
            threats[name] = entry
    return Merged(
        layers=tuple(layers),
        plain=plain,
        threats=threats,
        settings=[(path, entry) for layer in layers for path, entry in layer.settings.items()],
        events=[entry for layer in layers for entry in layer.events],
    )


def _within(name: str, whole: str) -> bool:
    """Whether a dotted name is a part of another: PRK.parts.1.peak of PRK.parts.1."""
    return name.startswith(f"{whole}.")


def read_chain(path: Path, faults: list[Fault]) -> list[Layer]:
    """The layers of a file and its parents, the oldest first."""
    chain: list[Layer] = []
    follow: Path | None = path
    while follow is not None:
        file = read_document(follow, faults)
        if file is None:
            file = Mapping((), 1, 1, Source(str(follow), "", whole=False))
        layer = Layer(follow, follow.parent, -len(chain), file)
        _read(layer, faults)
        chain.append(layer)
        follow = _parent(chain, faults)
    return chain[::-1]


def read_overrides(overrides: Sequence[str], folder: Path, faults: list[Fault]) -> Layer:
    """The layer of the command line, from texts `path=value`; `folder` is the working directory."""
    layer = Layer(None, folder, TOP, Mapping((), 1, 1, Source("--set", "")))
    said: dict[str, str] = {}
    for one in overrides:
        found = _OVERRIDE.fullmatch(one)
        if found is None:
            hint = "such as --set months=12 or --set threats.PRK=high"
            message = f"--set {quoted(one)} is not a path and a value with = between"
            faults.append(Fault(message, hint=hint, file=f"--set {one}"))
            continue
        name = f"--set {one}"
        key = Scalar(found[1], False, 1, found.start(1) + 1, Source(name, one))
        node = read_value(one, found.start(2), name, faults)
        if found[1] in said:
            first = f"the first is --set {said[found[1]]}"
            report(faults, key, f"{quoted(found[1])} is set twice on the command line", first)
            continue
        said[found[1]] = one
        if node is not None:
            layer.change(key, node, faults)
    return layer


def reread(layer: Layer, file: Mapping, faults: list[Fault]) -> Layer:
    """The layer as it would be if its file said this."""
    other = Layer(layer.path, layer.folder, layer.number, file)
    _read(other, faults)
    return other


def check_name(key: Scalar, what: str, faults: list[Fault]) -> bool:
    """Whether a name of the author's can stand in tables, on the command line and in a folder's name."""
    if _NAME.fullmatch(key.text) and key.text != EACH:
        return True
    message = f"{quoted(key.text)} cannot be the name of a {what}"
    report(faults, key, message, f"letters, digits, _, - and spaces make a name, and not `{EACH}`")
    return False


def variants_of(chain: Collection[Layer]) -> dict[str, Entry]:
    """The variants that a file has, its parents' included: a child's replaces its parent's of that name."""
    found: dict[str, Entry] = {}
    for layer in chain:
        found |= layer.variants
    return found


def variant_layer(chain: Sequence[Layer], names: Sequence[str], faults: list[Fault]) -> Layer:
    """The layer of some variants together; what two of them set is a fault."""
    known, file = variants_of(chain), chain[-1]
    layer = Layer(None, file.folder, VARIANT, file.file)
    for name in names:
        entry = known.get(name)
        if entry is None:
            hint = suggestion(name, known) if known else f"{file.name} has no variants"
            faults.append(Fault(f"{file.name} has no variant {quoted(name)}", hint=hint))
            continue
        changes = as_mapping(entry.node, faults, "keys and paths with their values")
        for key, node in () if changes is None else changes.entries:
            layer.change(key, node, faults)
    return layer


def _read(layer: Layer, faults: list[Fault]) -> None:
    """Take in the keys of a file."""
    file = layer.file
    absent = [name for name in NAMES if file.get(name) is None]
    unknown = [key for key, _ in file.entries if key.text not in NAMES]
    elsewhere = {key.text: belongs(key.text, isinstance(file.get(key.text), Scalar)) for key in unknown}
    for key in unknown:
        report_unknown(faults, key, "key", NAMES, absent, elsewhere[key.text])
    # What is mistyped is read as it was meant: it is not missing, and has faults of its own.
    own = tuple(entry for entry in file.entries if elsewhere.get(entry[0].text) is None)
    layer.file = mended(replace(file, entries=own), NAMES)
    if layer.file.entries:
        _check_format(layer.file, faults)
    misplaced = {section_of(key.text) for key in unknown}
    for key, node in layer.file.entries:
        empty = isinstance(node, Scalar) and not node.text and not node.quoted
        if key.text in NAMES and not (empty and key.text in misplaced):
            layer.take(key, node, faults)


def _check_format(file: Mapping, faults: list[Fault]) -> None:
    """A fault where the file is not of the format that this version reads."""
    node = required(file, faults, "format")
    version = None if node is None else as_int(node, faults)
    if node is not None and version not in (None, FORMAT):
        hint = f"this version reads format {FORMAT}: write `format: {FORMAT}`"
        report(faults, node, f"format {version} is not one that this version reads", hint)


def _parent(chain: list[Layer], faults: list[Fault]) -> Path | None:
    """The file that the last layer of the chain extends."""
    layer = chain[-1]
    entry = layer.plain.get("extends")
    name = None if entry is None else as_text(entry.node, faults, "the name of a scenario")
    if entry is None or name is None:
        return None
    if leads_out(name, layer.folder):
        report(faults, entry.node, f"{quoted(name)} leads out of the folder of this scenario", STAY)
        return None
    found = find_scenario(name, layer.folder)
    if found is None:
        hint = suggestion(name, scenario_names(layer.folder)) or WHERE
        report(faults, entry.node, f"unknown scenario {quoted(name)}", hint)
        return None
    if found in [each.path for each in chain]:
        circle = " -> ".join([*(each.name for each in chain), found.stem])
        report(faults, entry.node, f"circular extends: {circle}", "one of them has to stand alone")
        return None
    return found


WHERE = "looked for beside it, in the nearest scenarios folder and in the library: `entente list scenarios`"
STAY = "name what lies beside it, in its scenarios folder or in the library"
