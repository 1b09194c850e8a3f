"""What the model reads, as seeds/parameters.yaml declares it: unit, bounds and meaning of every parameter."""

from dataclasses import dataclass

from simulation.document import (
    Mapping,
    Scalar,
    as_mapping,
    as_name,
    as_number,
    as_sequence,
    as_text,
    check_keys,
    read_document,
    report,
    required,
)
from simulation.errors import Fault, Place, quoted
from simulation.library import seeds_folder

# How many names follow the path of each kind, and what they are, is for the world to say.
BY = ("none", "country", "pair", "dyad", "camp", "camp_country", "track", "term")
_KEYS = ("by", "unit", "bounds", "default", "meaning")


@dataclass(frozen=True)
class Declaration:
    """One parameter: `by` says which names follow its path, `low` and `high` are its bounds in `unit`.

    `default` is what an entry of a table is worth that no world file names; None: all must be named.
    """

    path: str
    by: str
    unit: str
    low: float
    high: float
    default: float | None
    meaning: str
    place: Place


def read_declarations(faults: list[Fault]) -> dict[str, Declaration]:
    """Every declared parameter by its path, in the order of the file; whatever is wrong becomes a fault."""
    file = read_document(seeds_folder() / "parameters.yaml", faults)
    declared: dict[str, Declaration] = {}
    for key, node in () if file is None else file.entries:
        fields = as_mapping(node, faults)
        one = None if fields is None else _declaration(key, fields, faults)
        if one is not None:
            declared[one.path] = one
    return declared


def read_bounds(fields: Mapping, owner: Scalar, faults: list[Fault]) -> tuple[float, float] | None:
    """The lowest and the highest value, as `bounds: [0, 1]` says them."""
    node = required(fields, faults, "bounds", owner)
    pair = None if node is None else as_sequence(node, faults, "the lowest and the highest value")
    if node is None or pair is None:
        return None
    if len(pair.items) != 2 and not node.source.whole:
        return None
    if len(pair.items) != 2:
        report(faults, node, "bounds are two numbers, the lowest and the highest value", "such as [0, 1]")
        return None
    low, high = as_number(pair.items[0], faults), as_number(pair.items[1], faults)
    if low is None or high is None:
        return None
    if low >= high:
        report(faults, node, "the lowest value is not below the highest")
        return None
    return low, high


def _declaration(key: Scalar, fields: Mapping, faults: list[Fault]) -> Declaration | None:
    fields = check_keys(fields, faults, _KEYS)
    by, unit, meaning = (required(fields, faults, name, key) for name in ("by", "unit", "meaning"))
    bounds = read_bounds(fields, key, faults)
    if by is None or unit is None or meaning is None or bounds is None:
        return None
    by_word, unit_text = as_name(by, faults, BY, "kind of table"), as_text(unit, faults)
    meaning_text, node = as_text(meaning, faults), fields.get("default")
    default = None if node is None else as_number(node, faults, *bounds, unit_text)
    if node is not None and by_word == "none":
        report(faults, fields.key("default"), f"{quoted(key.text)} is no table: it has no default")
    if by_word is None or unit_text is None or meaning_text is None:
        return None
    return Declaration(key.text, by_word, unit_text, *bounds, default, meaning_text, key.place)
