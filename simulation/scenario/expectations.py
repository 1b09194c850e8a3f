"""What a scenario file expects of its own runs: read here, judged in simulation/analysis/expect.py.

An expectation is a test, and no assumption: no run depends on it. It belongs to the file or the variant
that says it: a child inherits none, and a variant is not judged by what its file expects. What the command
line makes meaningless (a measure that another focus does not have, a parent that no longer pairs) falls
away; in the file itself it is a fault.
"""

import math
from collections.abc import Collection
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulation.document import (
    Mapping,
    Node,
    as_mapping,
    as_name,
    as_number,
    as_sequence,
    check_keys,
    number_text,
    report,
    required,
)
from simulation.errors import Fault, Place, quoted
from simulation.scenario.layers import OLDEST, VARIANT, Entry, Layer, Merged
from simulation.scenario.measures import NEVER, Measure, measures_in
from simulation.scenario.schema import EXPECT_KEYS, PAIRING, PARENT, RELATIONS

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

_KEYS = tuple(key.name for key in EXPECT_KEYS)
_RELATION = "a relation such as {above: 40}"


@dataclass(frozen=True)
class Expectation:
    """One thing that the runs of a scenario are expected to show.

    `relation` is above or below `bounds[0]`, which itself is neither, or between the two bounds, which
    belong to it; bounds are in the unit of the measure. `share` is the least share of the runs in which
    it is to hold (above 0, to 1); None where it is the mean of the measure that is to lie there.
    With `than_parent` it is of the difference to the parent, run by run.
    """

    measure: str
    relation: str
    bounds: tuple[float, ...]
    share: float | None
    than_parent: bool = False
    place: Place | None = field(default=None, compare=False)

    def __str__(self) -> str:
        what = f"{self.measure} less its parent's" if self.than_parent else self.measure
        values = " and ".join(number_text(bound) for bound in self.bounds)
        if self.share is None:
            return f"mean of {what} {self.relation} {values}"
        percent = number_text(round(100 * self.share, 10))
        return f"{what} {self.relation} {values} in at least {percent} % of runs"


@dataclass(frozen=True)
class Ground:
    """What expectations are read against: the measures by name, the horizon, and the parent.

    `quiet` are those of the measures that are 0 in every run: acts of countries that are no challengers.
    `unpaired` says why nothing can be expected of the difference to the parent; empty where it can.
    `decided` is the number of the latest layer that decided any of this.
    """

    measures: Table[str, Measure]
    quiet: Collection[str]
    months: int
    unpaired: str
    decided: int
    faults: list[Fault]


def ground_of(scenario: "Scenario", stack: Merged, file: Layer, faults: list[Fault]) -> Ground:
    """What the expectations of a scenario are read against; `file` is the layer of its own file."""
    alone = "extends" not in file.plain and all(layer.number != VARIANT for layer in stack.layers)
    unpaired = "this scenario extends nothing, and has no parent" if alone else ""
    parent = scenario.parent
    if parent is not None:
        unlike = [key for key in PAIRING if _shared(scenario, key) != _shared(parent, key)]
        unlike += ["uncertainty"] if scenario.luck != parent.luck else []
        unpaired = f"its runs do not pair with its parent's: `{unlike[0]}` differs" if unlike else ""
    deciding = [stack.plain[key].layer for key in (*PAIRING, "without") if key in stack.plain]
    return Ground(
        measures=measures_in(scenario.world, scenario.focus, scenario.without),
        quiet=[f"acts.{code}" for code in scenario.world.codes if not _acts(code, scenario, stack)],
        months=scenario.months,
        unpaired=unpaired,
        decided=max(deciding, default=OLDEST),
        faults=faults,
    )


def _acts(code: str, scenario: "Scenario", stack: Merged) -> bool:
    """Whether a country is a challenger, or a layer means to make it one."""
    path = f"tempo.reference.{code}"
    return scenario.world.value(path).value > 0 or any(said == path for said, _ in stack.settings)


def _shared(scenario: "Scenario", key: str) -> object:
    return scenario.world.folder if key == "world" else getattr(scenario, key)


def read_expectations(entry: Entry | None, ground: Ground) -> tuple[Expectation, ...]:
    """The expectations in the order of the file, without those that fell away."""
    items = None if entry is None else as_sequence(entry.node, ground.faults, "a list of expectations")
    if entry is None or items is None:
        return ()
    read = [_expectation(item, entry, ground) for item in items.items]
    return tuple(one for one in read if one is not None)


def _expectation(item: Node, entry: Entry, ground: Ground) -> Expectation | None:
    what = "an expectation such as {measure: cooperation.final, above: 40, in: 0.8}"
    said = as_mapping(item, ground.faults, what)
    if said is None:
        return None
    said = check_keys(said, ground.faults, _KEYS, "key of an expectation")
    than_parent = _than(said, entry, ground)
    measure = _measure(said, entry, ground)
    share, relation = _share(said, ground.faults), _relation(said, ground.faults)
    if measure is None or relation is None or than_parent is None:
        return None
    name, node, of_mean = relation
    if of_mean and measure.name.startswith(NEVER):
        message = f"{measure.name} is empty in runs that never get there, and has no mean over all"
        hint = "expect it of a share of the runs: a run that never gets there is neither above nor below"
        report(ground.faults, said.key("mean"), message, hint)
        return None
    bounds = _bounds(name, node, _range(measure, ground.months, than_parent), measure, ground.faults)
    if bounds is None or (share is None and not of_mean):
        return None
    return Expectation(measure.name, name, bounds, share, than_parent, said.place)


def _measure(said: Mapping, entry: Entry, ground: Ground) -> Measure | None:
    node = required(said, ground.faults, "measure")
    if node is None:
        return None
    known = ground.measures
    excused = ground.decided > entry.layer  # the file itself has been checked without what decided this
    name = as_name(node, [] if excused else ground.faults, tuple(known), "measure")
    if name is not None and name in ground.quiet:
        _, _, code = name.partition(".")
        named = [each for each in known if each.startswith("acts.") and each not in ground.quiet]
        message = f"{name} is 0 in every run: {code} is no challenger"
        report(ground.faults, node, message, f"one of: {', '.join(named)}")
        return None
    return None if name is None else known[name]


def _than(said: Mapping, entry: Entry, ground: Ground) -> bool | None:
    """Whether it is of the difference to the parent; None where it cannot be."""
    node = said.get("than")
    if node is None:
        return False
    if as_name(node, ground.faults, (PARENT,), "scenario to compare with") is None:
        return None
    if ground.unpaired and ground.decided <= entry.layer:
        report(ground.faults, node, ground.unpaired, "leave `than` out")
    return None if ground.unpaired else True


def _share(said: Mapping, faults: list[Fault]) -> float | None:
    """The share of the runs; None where none is said, or at fault."""
    node = said.get("in")
    if node is None:
        if said.whole and said.get("mean") is None and any(said.get(name) is not None for name in RELATIONS):
            hint = "say in what share of the runs: `in: 0.8`; for the mean write `mean: {above: 40}`"
            report(faults, said, 'the key "in" is missing', hint)
        return None
    if said.get("mean") is not None:
        report(faults, said.key("in"), '"in" cannot stand beside `mean`: a mean is of all runs')
        return None
    share = as_number(node, faults, 0, 1, "share")
    if share == 0:
        report(faults, node, "a share of 0 holds whatever the runs are", "a share is above 0 and at most 1")
        return None
    return share


def _relation(said: Mapping, faults: list[Fault]) -> tuple[str, Node, bool] | None:
    """The name of the one relation, its value, and whether it is of the mean."""
    mean, holder = said.get("mean"), said
    if mean is not None:
        found = as_mapping(mean, faults, _RELATION)
        if found is None:
            return None
        holder = check_keys(found, faults, RELATIONS, "relation")
    named = [name for name in said.keys() if name in RELATIONS]  # noqa: SIM118 (a Mapping of nodes)
    if mean is not None and named:
        report(faults, said.key(named[0]), f"{quoted(named[0])} stands beside `mean`", "put it into `mean`")
        return None
    named = [name for name in holder.keys() if name in RELATIONS]  # noqa: SIM118
    if len(named) > 1:
        message = f"{quoted(named[1])} is a second relation, beside {quoted(named[0])}"
        report(faults, holder.key(named[1]), message, "make it two expectations, or use `between: [a, b]`")
        return None
    if not named:
        unknown = [name for name in holder.keys() if name not in (*RELATIONS, *_KEYS)]  # noqa: SIM118
        if holder.whole and not unknown:  # else the relation is misspelt, and that has been said
            report(faults, holder, "no relation stands here", f"one of: {', '.join(RELATIONS)}")
        return None
    value = holder.get(named[0])
    assert value is not None
    return named[0], value, mean is not None


def _range(measure: Measure, months: int, than_parent: bool) -> tuple[float | None, float | None]:
    """The lowest and highest value of the measure, or of its difference; None where nothing bounds it."""
    low, high = measure.low, measure.high
    if measure.name.startswith(NEVER):
        high = months or high  # 0 where the horizon is at fault
    if than_parent:
        low, high = low - high, high - low
    return low if math.isfinite(low) else None, high if math.isfinite(high) else None


def _bounds(
    name: str, node: Node, span: tuple[float | None, float | None], measure: Measure, faults: list[Fault]
) -> tuple[float, ...] | None:
    """The one or two values of a relation, inside the range of the measure."""
    low, high = span
    if name == "between":
        return _between(node, span, measure, faults)
    value = as_number(node, faults, low, high, measure.unit)
    if value is None:
        return None
    end, word = (high, "highest") if name == "above" else (low, "lowest")
    if value == end:
        text = f"{number_text(value)} {measure.unit}, the {word} value"
        report(faults, node, f"{measure.name} is never {name} {text}")
        return None
    return (value + 0.0,)


def _between(
    node: Node, span: tuple[float | None, float | None], measure: Measure, faults: list[Fault]
) -> tuple[float, ...] | None:
    items = as_sequence(node, faults, "two numbers such as [30, 50]")
    if items is None:
        return None
    if len(items.items) != 2:
        report(faults, node, f"`between` takes two numbers, and {len(items.items)} stand here", "[30, 50]")
        return None
    first, second = (as_number(item, faults, *span, measure.unit) for item in items.items)
    if first is None or second is None:
        return None
    if first > second:
        message = f"{number_text(first)} is above {number_text(second)}: nothing lies between"
        report(faults, node, message, "write the lower number first")
        return None
    return first + 0.0, second + 0.0
