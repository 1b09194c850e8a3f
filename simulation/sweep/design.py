"""From a sweep file to its cases: every value is tried before the first run."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulation.document import Scalar, number_text, read_cells, report
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.scenario.column import find_table
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import NAMES
from simulation.scenario.search import find_scenario, leads_out, scenario_names
from simulation.sweep import sampling
from simulation.sweep.axes import Axis
from simulation.sweep.cases import Cases, at_point
from simulation.sweep.distributions import Triangular
from simulation.sweep.file import Sweep, read_sweep
from simulation.sweep.points import Points, drawn, gridded, listed

SWEPT = ("theory", "background", "events")  # keys of a scenario that leave what a run yields as it is
MOST_SHOWN = 20  # cases whose values are at fault together


def load_sweep(path: Path, overrides: Sequence[str] = ()) -> tuple[Sweep, Cases]:
    """A sweep and its cases; `overrides` are path=value texts for its scenario. BadInput with every fault."""
    faults: list[Fault] = []
    sweep = read_sweep(path, faults)
    base = None if sweep is None else _base(sweep, overrides, faults)
    if sweep is None or base is None:
        raise BadInput(faults)
    return sweep, designed(sweep, base, faults)


def designed(sweep: Sweep, base: Scenario, faults: Sequence[Fault] = ()) -> Cases:
    """The cases of a sweep of that scenario. BadInput with every fault of its axes, and those before."""
    found = list(faults)
    axes = _axes(sweep, base, found)
    for axis in axes:
        _try_alone(axis, base, found)
    if found or not axes:
        raise BadInput(found)
    cases = Cases(base, axes, _points(sweep, axes, base.rng_seed))
    _try_together(cases, found)
    if found:
        raise BadInput(found)
    return cases


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
        base = load_scenario(path, overrides, sweep.variants)
    except BadInput as error:
        faults += error.faults
        return None
    said = sweep.runs is not None and not any(one.startswith("runs=") for one in overrides)
    return replace(base, runs=sweep.runs) if said and sweep.runs is not None else base


def _axes(sweep: Sweep, base: Scenario, faults: list[Fault]) -> tuple[Axis, ...]:
    if sweep.table is not None:
        return _table(sweep.table, sweep.path.parent, faults)
    if sweep.everything:
        key = sweep.file.key("vary")
        ranges = {path: value for path, value in base.world.values.items() if value.low < value.high}
        return tuple(
            Axis(path, key._replace(text=path), spread=Triangular(one.low, one.value, one.high))
            for path, one in ranges.items()
        )
    found = [_of_seeds(axis, base, faults) if axis.of_seeds else axis for axis in sweep.axes]
    return tuple(axis for axis in found if axis is not None)


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


def _table(name: Scalar, folder: Path, faults: list[Fault]) -> tuple[Axis, ...]:
    """An axis a column of a CSV file: its first line names paths, and each other line is a case."""
    path = find_table(name, folder, faults)
    lines = None if path is None else read_cells(path, faults)
    if lines is None:
        return ()
    head, *rows = lines
    for row in rows:
        if len(row) != len(head):
            stand = "1 cell stands" if len(row) == 1 else f"{len(row)} cells stand"
            report(faults, row[0], f"{stand} here, and the first line names {len(head)} paths")
    for k, cell in enumerate(head):
        if cell.text in {other.text for other in head[:k]}:
            report(faults, cell, f"the path {quoted(cell.text)} stands twice")
    if not rows:
        report(faults, head[0], "no case stands below the first line")
    whole = [row for row in rows if len(row) == len(head)]
    return tuple(
        Axis(cell.text, cell, tuple(row[k] for row in whole)) for k, cell in enumerate(head) if whole
    )


def _try_alone(axis: Axis, base: Scenario, faults: list[Fault]) -> None:
    """Every value of a list, and both ends of a range, with all else as the scenario has it."""
    if axis.path in NAMES and axis.path not in SWEPT:
        message = f"{quoted(axis.path)} cannot vary in a sweep"
        report(
            faults,
            axis.key,
            message,
            f"a path of the world, threats.X, events.X.at, {' or '.join(SWEPT)} can",
        )
        return
    ends = () if axis.spread is None else tuple(axis.written(number_text(end)) for end in axis.spread.ends)
    for node in axis.levels or ends:
        before = len(faults)
        at_point(base, [(axis, node)], faults)
        if any(fault.place == axis.key.place for fault in faults[before:]):
            return  # it is the path that is at fault, or every value


def _points(sweep: Sweep, axes: tuple[Axis, ...], rng_seed: int) -> Points:
    if sweep.design == "grid":
        return gridded(axes)
    if sweep.design in ("list", "table"):
        return listed(axes)
    sample = {"lhs": sampling.lhs, "sobol": sampling.sobol, "saltelli": sampling.saltelli}[sweep.design]
    return drawn(axes, sample(sweep.cases, len(axes), rng_seed))


def _try_together(cases: Cases, faults: list[Fault]) -> None:
    """Every case, where values can be right alone and wrong together: numbers of parameters cannot."""
    known = set(cases.base.world.names)
    if all(axis.path in known and axis.spread is not None for axis in cases.axes):
        return
    for case in range(1, len(cases)):
        found: list[Fault] = []
        if cases.scenario(case, found) is None:
            values = ", ".join(f"{c.axis.path} {c.text(case - 1)}" for c in cases.points.columns)
            faults += [replace(one, message=f"{one.message} (in the case {values})") for one in found]
        if len(faults) >= MOST_SHOWN:
            return
