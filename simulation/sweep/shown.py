"""What a sweep is read by: the mean of a measure, or the share of runs in which it lies beyond a number."""

import math
from collections.abc import Mapping as Table
from dataclasses import dataclass

from simulation.document import Mapping, Node, as_mapping, as_name, as_number, check_keys, number_text, report
from simulation.document import required as required_key
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.model.state import Floats
from simulation.scenario.measures import Measure
from simulation.sweep.schema import SHOW_KEYS

ABOVE, BELOW = "above", "below"
_KEYS = tuple(key.name for key in SHOW_KEYS)
USUAL = "cooperation.final"


@dataclass(frozen=True)
class Shown:
    """A measure; with `relation` and `bound` the share of runs in which it lies there."""

    measure: str = USUAL
    relation: str | None = None
    bound: float = 0.0

    def __str__(self) -> str:
        if self.relation is None:
            return f"mean of {self.measure}"
        return f"share of runs with {self.measure} {self.relation} {number_text(self.bound)}"

    def of(self, values: Floats) -> Floats:
        """What counts of the measure, run by run: itself, or 1 where it lies there and 0 elsewhere."""
        if self.relation is None:
            return values
        return (values > self.bound if self.relation == ABOVE else values < self.bound).astype(float)


def read_shown(node: Node | None, measures: Table[str, Measure], faults: list[Fault]) -> Shown:
    """The key `show` of a sweep; the usual one where it is left out or at fault."""
    said = None if node is None else as_mapping(node, faults, "such as {measure: highest.security, above: 3}")
    if said is None:
        return Shown()
    said = check_keys(said, faults, _KEYS, "key of what is shown")
    named = required_key(said, faults, "measure")
    name = None if named is None else as_name(named, faults, tuple(measures), "measure")
    if name is None:
        return Shown()
    if said.get(ABOVE) is not None and said.get(BELOW) is not None:
        report(faults, said.key(BELOW), "above stands here too, and one of them is shown")
        return Shown()
    return _related(said, measures[name], faults)


def _related(said: Mapping, measure: Measure, faults: list[Fault]) -> Shown:
    for relation in (ABOVE, BELOW):
        node = said.get(relation)
        if node is not None:
            bound = as_number(node, faults, measure.low, measure.high, measure.unit)
            return Shown(measure.name, relation, bound or 0.0)
    return Shown(measure.name)


def asked(
    usual: Shown, measure: str | None, above: float | None, below: float | None, measures: list[str]
) -> Shown:
    """What the command line asks to be shown. BadInput where there is no such measure, or both relations."""
    if measure is not None and measure not in measures:
        raise BadInput(
            [Fault(f"--measure: there is no measure {quoted(measure)}", hint=suggestion(measure, measures))]
        )
    if above is not None and below is not None:
        raise BadInput([Fault("--above and --below: one of them is shown")])
    for option, bound in (("--above", above), ("--below", below)):
        if bound is not None and not math.isfinite(bound):
            raise BadInput([Fault(f"{option} is {bound}: a number is wanted", file=option)])
    name = measure or usual.measure
    if above is not None:
        return Shown(name, ABOVE, above)
    if below is not None:
        return Shown(name, BELOW, below)
    return usual if measure is None else Shown(measure)
