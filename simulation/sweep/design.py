"""From a sweep file to its cases: every value is tried before the first run."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulation.document import Mapping, Node, Scalar, as_mapping, number_text, report
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.scenario.measures import measures_in
from simulation.scenario.resolve import load_scenario, with_changes
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import NAMES
from simulation.scenario.search import find_scenario, leads_out, scenario_names
from simulation.sweep import sampling
from simulation.sweep.axes import Axis, coordinates, label
from simulation.sweep.cases import Cases, at_point
from simulation.sweep.columns import read_columns
from simulation.sweep.distributions import Triangular
from simulation.sweep.file import Sweep, read_sweep
from simulation.sweep.files import travels
from simulation.sweep.points import Points, drawn, gridded, listed
from simulation.sweep.schema import MOST_CASES
from simulation.sweep.shown import read_shown

SWEPT = ("theory", "background", "events")  # keys of a scenario that leave what a run yields as it is
MOST_SHOWN = 20  # cases whose values are at fault together
MANY = 50  # numbers of an axis: of more only the ends are tried
SAMPLES = {
    "lhs": sampling.lhs,
    "sobol": sampling.sobol,
    "saltelli": sampling.saltelli,
    "morris": sampling.morris,
}


def load_sweep(path: Path, overrides: Sequence[str] = ()) -> tuple[Sweep, Cases]:
    """A sweep and its cases; `overrides` are path=value texts for its scenario. BadInput with every fault."""
    faults: list[Fault] = []
    sweep = read_sweep(path, faults)
    base = None if sweep is None else _base(sweep, overrides, faults)
    if sweep is None or base is None:
        raise BadInput(faults)
    measures = measures_in(base.world, base.focus, base.without)
    sweep = replace(sweep, shown=read_shown(sweep.file.get("show"), measures, faults))
    changed = _changed(sweep, base, faults)
    if changed is None:
        raise BadInput(faults)
    if sweep.runs is not None and not any(one.startswith("runs=") for one in overrides):
        changed = replace(changed, runs=sweep.runs)
    return sweep, designed(sweep, changed, faults)


def designed(sweep: Sweep, base: Scenario, faults: Sequence[Fault] = ()) -> Cases:
    """The cases of a sweep of that scenario. BadInput with every fault of its axes, and those before."""
    found = list(faults)
    axes = _axes(sweep, base, found)
    for axis in axes:
        if travels(axis, found):
            _try_alone(axis, base, found)
    if not found:
        _check_size(sweep, axes, found)
    if found or not axes:
        raise BadInput(found)
    cases = Cases(base, axes, _points(sweep, axes, base.rng_seed))
    _try_together(cases, found)
    if found:
        raise BadInput(found)
    return cases


def _check_size(sweep: Sweep, axes: tuple[Axis, ...], faults: list[Fault]) -> None:
    """A fault where the axes of a grid make more cases than a sweep may have."""
    cases = math.prod(len(axis.levels) for axis in axes)
    if sweep.design == "grid" and cases > MOST_CASES:
        hint = "fewer values, or a design that draws its cases: lhs, sobol"
        message = f"this grid has {cases:,} cases, and a sweep {MOST_CASES:,} at most"
        report(faults, sweep.file.key("vary"), message, hint)


def _base(sweep: Sweep, overrides: Sequence[str], faults: list[Fault]) -> Scenario | None:
    """The scenario that is swept: found from the folder of the sweep."""
    node, folder = sweep.scenario, sweep.path.absolute().parent
    if node is None:
        return None
    path = None if leads_out(node.text, folder) else find_scenario(node.text, folder)
    if path is None:
        hint = suggestion(node.text, scenario_names(folder))
        report(faults, node, f"there is no scenario {quoted(node.text)}", hint)
        return None
    try:
        return load_scenario(path, overrides, sweep.variants)
    except BadInput as error:
        faults += error.faults
        return None


def _changed(sweep: Sweep, base: Scenario, faults: list[Fault]) -> Scenario | None:
    """The scenario with what the sweep changes in it; None where that is at fault."""
    node = sweep.file.get("changes")
    said = None if node is None else as_mapping(node, faults, "paths with their values")
    if node is not None and said is None:
        return None
    names_files = any(isinstance(level, Mapping) for axis in sweep.axes for level in axis.levels)
    if said is None and not names_files:
        return base
    before = len(faults)
    # Also where nothing is said: what the values of axes name is found from the folder of the sweep.
    found = with_changes(base, said.entries if said else (), faults, sweep.path.absolute().parent)
    return found if len(faults) == before else None


def _axes(sweep: Sweep, base: Scenario, faults: list[Fault]) -> tuple[Axis, ...]:
    folder = sweep.path.absolute().parent
    if sweep.table is not None:
        columns = read_columns(sweep.table, folder, "case", faults)
        return tuple(Axis(head.text, head, cells) for head, cells in columns)
    if sweep.everything:
        return _uncertain(sweep.file.key("vary"), base, faults)
    found = [_of_seeds(axis, base, faults) if axis.of_seeds else axis for axis in sweep.axes]
    if sweep.posterior is not None:
        columns = read_columns(sweep.posterior, folder, "draw", faults)
        alone = {axis.path for axis in sweep.axes}
        for head, _ in columns:
            if head.text in alone:
                report(faults, head, f"{head.text} is an axis of its own in {sweep.name} too")
        found += [Axis(head.text, head, cells, joint=True) for head, cells in columns]
    return tuple(axis for axis in found if axis is not None)


def _uncertain(key: Scalar, base: Scenario, faults: list[Fault]) -> tuple[Axis, ...]:
    """An axis for every parameter whose range has a width, and that the scenario leaves as the world has it.

    Left out is what no run of the scenario reads: of theories without a share, of countries without a part.
    """
    every = base.world.values | base.world.amounts
    ranges = {path: value for path, value in every.items() if value.low < value.high}
    taken = {one.path for one in base.settings}
    found = []
    for path, one in ranges.items():
        axis = Axis(path, key._replace(text=path), spread=Triangular(one.low, one.value, one.high))
        if path not in taken and at_point(base, [(axis, axis.written(number_text(one.high)))], []):
            found.append(axis)
    if not found:
        report(faults, key, f"no parameter that {base.name} reads is uncertain")
    return tuple(found)


def _of_seeds(axis: Axis, base: Scenario, faults: list[Fault]) -> Axis | None:
    """The axis over the range that the world gives its parameter."""
    try:
        one = base.world.value(axis.path)
    except KeyError:
        one = None
    if one is None or not one.low < one.high:
        said = (
            "is no parameter of the world" if one is None else f"is {number_text(one.value)}, without a range"
        )
        report(faults, axis.key, f"{quoted(axis.path)} {said}", "write the values, or a distribution")
        return None
    return replace(axis, spread=Triangular(one.low, one.value, one.high))


def _try_alone(axis: Axis, base: Scenario, faults: list[Fault]) -> None:
    """Every value of a list, and both ends of a range, with all else as the scenario has it."""
    if axis.path in NAMES and axis.path not in SWEPT:
        message = f"{quoted(axis.path)} cannot vary in a sweep"
        report(
            faults,
            axis.key,
            message,
            f"a path of the world, threats.X, fields of these and of events, {' or '.join(SWEPT)} can",
        )
        return
    ends = () if axis.spread is None else tuple(axis.written(number_text(end)) for end in axis.spread.ends)
    for node in _telling(axis) or ends:
        before = len(faults)
        at_point(base, [(axis, node)], faults)
        if any(fault.place == axis.key.place for fault in faults[before:]):
            return  # it is the path that is at fault, or every value


def _telling(axis: Axis) -> tuple[Node, ...]:
    """The values that tell of all: each once, and of many numbers the lowest and the highest."""
    each = {label(node): node for node in axis.levels}
    if not axis.numeric or len(each) < MANY:
        return tuple(each.values())
    ordered = sorted(each, key=float)
    return each[ordered[0]], each[ordered[-1]]


def _points(sweep: Sweep, axes: tuple[Axis, ...], rng_seed: int) -> Points:
    if sweep.design == "grid":
        return gridded(axes)
    if sweep.design in ("list", "table"):
        return listed(axes)
    return drawn(axes, SAMPLES[sweep.design](sweep.cases, len(coordinates(axes)), rng_seed))


def _try_together(cases: Cases, faults: list[Fault]) -> None:
    """Every case, where values can be right alone and wrong together: numbers of parameters cannot."""
    if cases.numbers_alone or cases.right_together:
        return
    for case in range(1, len(cases)):
        found: list[Fault] = []
        if cases.scenario(case, found) is None:
            values = ", ".join(f"{c.axis.path} {c.text(case - 1)}" for c in cases.points.columns)
            faults += [replace(one, message=f"{one.message} (in the case {values})") for one in found]
        if len(faults) >= MOST_SHOWN:
            return
