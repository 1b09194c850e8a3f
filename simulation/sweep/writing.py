"""A sweep as a file beside the scenario that it sweeps: what is enough to go on with it anywhere."""

from simulation.document import number_text
from simulation.scenario.schema import FORMAT
from simulation.scenario.writing import in_quotes
from simulation.sweep.axes import Axis, label
from simulation.sweep.distributions import DISTRIBUTIONS
from simulation.sweep.file import Sweep

SCENARIO = "scenario.yaml"


def to_yaml(sweep: Sweep, axes: tuple[Axis, ...]) -> str:
    """The sweep as a file that names the resolved scenario beside it, and leaves nothing to that of others.

    A table becomes a list, and ranges that the world gave are written out.
    """
    design = "list" if sweep.design == "table" else sweep.design
    lines = [
        f"format: {FORMAT}",
        f"title: {in_quotes(sweep.title)}",
        *([f"why: {in_quotes(sweep.why)}"] if sweep.why else []),
        f"scenario: {SCENARIO}",
        f"design: {design}",
        *([f"cases: {sweep.cases}"] if sweep.cases else []),
        "vary:",
        *(f"  {axis.path}: {_values(axis)}" for axis in axes),
    ]
    return "\n".join(lines) + "\n"


def _values(axis: Axis) -> str:
    if axis.spread is None:
        return f"[{', '.join(label(node) for node in axis.levels)}]"
    name, kind = next(each for each in DISTRIBUTIONS.items() if each[1].make is type(axis.spread))
    numbers = ", ".join(number_text(getattr(axis.spread, each)) for each in kind.numbers)
    return f"{{{name}: [{numbers}]}}"
