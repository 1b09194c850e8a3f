"""The axes of a sweep: which path varies, and where its values lie."""

from collections.abc import Sequence as Sequenced
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    as_int,
    as_mapping,
    as_month,
    as_number,
    as_sequence,
    check_keys,
    mended,
    month_text,
    number_text,
    report,
    required,
)
from simulation.document.spelling import NUMBER
from simulation.errors import Fault, quoted
from simulation.model.state import Floats
from simulation.scenario.profiles import FIELDS
from simulation.scenario.scenario import Scenario
from simulation.sweep.distributions import DISTRIBUTIONS, Distribution
from simulation.sweep.sampling import places
from simulation.sweep.schema import MOST_CASES, OF_SEEDS, POSTERIOR, STEP_KEYS

_STEPS = tuple(key.name for key in STEP_KEYS)
_FORMS = "a list of values, {from, to, steps}, or a distribution such as {uniform: [0.2, 0.8]}"
DIGITS = 12  # of a value between two ends: 0.1 + 2 x 0.1 is 0.3


@dataclass(frozen=True)
class Axis:
    """One path that varies: over a list of values as a file writes them, or over a distribution.

    Neither where its values are those of seeds/, which only the world tells. `joint` axes are the columns of
    one file: their values are drawn together, a row at a time.
    """

    path: str
    key: Scalar = field(compare=False)
    levels: tuple[Node, ...] = ()
    spread: Distribution | None = None
    joint: bool = False

    @property
    def of_seeds(self) -> bool:
        """Whether the world is to say where its values lie."""
        return not self.levels and self.spread is None

    @cached_property
    def numeric(self) -> bool:
        """Whether every value is a number."""
        return all(NUMBER.fullmatch(label(node)) for node in self.levels)

    def values(self, u: Floats) -> list[Node]:
        """The values at coordinates inside [0, 1), as a file would write them."""
        if self.spread is None:
            return [self.levels[k] for k in places(u, len(self.levels))]
        return [self.written(number_text(float(value))) for value in self.spread.at(u)]

    def written(self, text: str) -> Scalar:
        """A value of this axis that no file writes; what is wrong with it is said of the axis."""
        return self.key._replace(text=text, quoted=False)


def read_axes(node: Node, faults: list[Fault]) -> tuple[Axis, ...]:
    """The axes in the order of the file, without those at fault, and without a posterior."""
    said = as_mapping(node, faults, "paths with their values")
    if said is None:
        return ()
    if not said.entries:
        report(faults, said, "no path varies here", _FORMS)
    read = [_axis(key, value, faults) for key, value in said.entries if key.text != POSTERIOR]
    return tuple(axis for axis in read if axis is not None)


def coordinates(axes: Sequenced[Axis]) -> tuple[str, ...]:
    """What a design draws a coordinate for: each axis by its path, and those that are joint together."""
    return tuple(dict.fromkeys(POSTERIOR if axis.joint else axis.path for axis in axes))


def _axis(key: Scalar, node: Node, faults: list[Fault]) -> Axis | None:
    if isinstance(node, Sequence):
        return _listed(key, node, faults)
    if isinstance(node, Mapping):
        if any(node.get(name) is not None for name in _STEPS):
            return _stepped(key, node, faults)
        return _distributed(key, node, faults)
    if node.text == OF_SEEDS:
        return Axis(key.text, key)
    report(faults, node, f"one value does not vary: {quoted(node.text)}", f"write {_FORMS}, or {OF_SEEDS}")
    return None


def _listed(key: Scalar, node: Sequence, faults: list[Fault]) -> Axis | None:
    if not node.items:
        report(faults, node, "no value stands in this list", _FORMS)
    return Axis(key.text, key, node.items) if node.items else None


def _stepped(key: Scalar, node: Mapping, faults: list[Fault]) -> Axis | None:
    """Values from one end to the other: numbers in so many steps, or months."""
    node = check_keys(node, faults, _STEPS, "key of an axis")
    node = mended(node, _STEPS)
    ends = [required(node, faults, name, key) for name in ("from", "to")]
    if any(end is None for end in ends):
        return None
    first = ends[0]
    dated = isinstance(first, Scalar) and "-" in first.text.lstrip("-")
    found = [as_month(e, faults) if dated else as_number(e, faults) for e in ends if e is not None]
    low, high = found
    if low is None or high is None:
        return None
    if not low < high:
        report(faults, node.key("to"), "an axis goes up: `to` lies above `from`")
        return None
    steps = node.get("steps")
    if steps is None and not dated:
        report(faults, node, 'the key "steps" is missing', "how many values, both ends among them")
        return None
    most = int(high - low) + 1 if dated else MOST_CASES
    count = most if steps is None else as_int(steps, faults, 2, most, "values")
    return None if count is None else _between(key, low, high, count, dated)


def _between(key: Scalar, low: float, high: float, count: int, dated: bool) -> Axis:
    axis = Axis(key.text, key)
    numbers = np.linspace(low, high, count)
    texts = [month_text(round(n)) if dated else number_text(float(f"{n:.{DIGITS}g}")) for n in numbers]
    return Axis(key.text, key, tuple(axis.written(text) for text in texts))


def _distributed(key: Scalar, node: Mapping, faults: list[Fault]) -> Axis | None:
    """A distribution: its name, and the list of its numbers."""
    node = check_keys(node, faults, DISTRIBUTIONS, "distribution")
    node = mended(node, DISTRIBUTIONS)
    known = [name for name in DISTRIBUTIONS if node.get(name) is not None]
    if len(known) > 1:
        report(faults, node.key(known[1]), f"an axis has one distribution, and {known[0]} stands here too")
    elif not node.entries:
        report(
            faults, node, "nothing stands in these brackets", f"a distribution: {', '.join(DISTRIBUTIONS)}"
        )
    if len(known) != 1:
        return None
    value, kind = node.get(known[0]), DISTRIBUTIONS[known[0]]
    assert value is not None
    wanted = f"[{', '.join(kind.numbers)}]"
    items = as_sequence(value, faults, f"a list {wanted}")
    if items is None:
        return None
    read = [as_number(item, faults) for item in items.items]
    numbers = [one for one in read if one is not None]
    if len(numbers) < len(read):
        return None
    if len(numbers) != len(kind.numbers):
        report(faults, items, f"{known[0]} has {len(kind.numbers)} numbers: {wanted}")
        return None
    wrong = kind.wrong(*numbers)
    if wrong is not None:
        report(faults, items, wrong, f"{known[0]} is {wanted}")
        return None
    return Axis(key.text, key, spread=kind.make(*numbers))


def unit_of(base: Scenario, path: str) -> str:
    """The unit of the numbers of an axis; empty where they have none, or are no numbers."""
    head, _, rest = path.partition(".")
    if path in base.world.names:
        return base.world.declaration(path).unit
    if head != "threats":
        return ""
    code, _, field = rest.partition(".")
    fields = FIELDS[base.threats[code].shape] if code in base.threats and field else ()
    units = {one.key: one.unit for one in fields}
    return (units.get(field) if field else "acts/year") or ""


def check_once(axis: Axis, faults: list[Fault]) -> None:
    """A fault for every value that stands twice: a case is computed once."""
    known: set[str] = set()
    for node in axis.levels:
        if label(node) in known:
            report(faults, node, f"the value {label(node)} stands twice")
        known.add(label(node))


def label(node: Node) -> str:
    """A value in one line, as a file may write it.

    A case is told by these: two values are the same where their labels are, and 33.0 is 33.
    """
    if isinstance(node, Scalar):
        return number_text(float(node.text) + 0.0) if NUMBER.fullmatch(node.text) else node.text
    if isinstance(node, Sequence):
        return f"[{', '.join(label(item) for item in node.items)}]"
    return "{" + ", ".join(f"{key.text}: {label(value)}" for key, value in node.entries) + "}"
