"""A sweep as a file beside the scenario that it sweeps: what is enough to go on with it anywhere."""

from collections.abc import Sequence

from simulation.document import number_text
from simulation.scenario.schema import FORMAT
from simulation.scenario.writing import in_quotes
from simulation.sweep.axes import Axis, label
from simulation.sweep.distributions import DISTRIBUTIONS
from simulation.sweep.file import Sweep
from simulation.sweep.schema import POSTERIOR
from simulation.sweep.shown import Shown

SCENARIO = "scenario.yaml"
JOINT = "posterior.csv"


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
        *([f"show: {_shown(sweep.shown)}"] if sweep.shown != Shown() else []),
        "vary:",
        *(f"  {axis.path}: {_values(axis)}" for axis in axes if not axis.joint),
        *([f"  {POSTERIOR}: {JOINT}"] if any(axis.joint for axis in axes) else []),
    ]
    return "\n".join(lines) + "\n"


def joint_csv(axes: Sequence[Axis]) -> str:
    """The file of the joint draws; empty where there are none."""
    joint = [axis for axis in axes if axis.joint]
    rows = [[axis.path for axis in joint], *zip(*(map(label, axis.levels) for axis in joint), strict=True)]
    return "".join(f"{','.join(row)}\n" for row in rows) if joint else ""


def _shown(one: Shown) -> str:
    relation = "" if one.relation is None else f", {one.relation}: {number_text(one.bound)}"
    return f"{{measure: {one.measure}{relation}}}"


def _values(axis: Axis) -> str:
    if axis.spread is None:
        return f"[{', '.join(label(node) for node in axis.levels)}]"
    name, kind = next(each for each in DISTRIBUTIONS.items() if each[1].make is type(axis.spread))
    numbers = ", ".join(number_text(getattr(axis.spread, each)) for each in kind.numbers)
    return f"{{{name}: [{numbers}]}}"
