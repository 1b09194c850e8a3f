"""A sweep file: read whole, with every fault in it at once."""

from dataclasses import dataclass, field
from pathlib import Path

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    as_int,
    as_name,
    as_text,
    check_keys,
    mended,
    read_document,
    report,
    required,
)
from simulation.errors import Fault, quoted
from simulation.scenario.schema import FORMAT, MOST_RUNS
from simulation.sweep.axes import Axis, check_once, read_axes
from simulation.sweep.schema import DESIGNS, EVERYTHING, MOST_CASES, POSTERIOR, RANDOM, SWEEP_KEYS
from simulation.sweep.shown import Shown

_KEYS = tuple(key.name for key in SWEEP_KEYS)
WANTED_BY = {"cases": RANDOM, "table": ("table",)}  # keys that only some designs read


@dataclass(frozen=True)
class Sweep:
    """What a sweep file says. `axes` is empty where the design is a table, or every parameter varies; the
    columns of a posterior are not among them. What is shown is known once the scenario is; `changed` says
    whether that is changed first.

    `scenario` is None where the file names none, `runs` where the scenario says how many. `design` is empty
    where it is at fault.
    """

    name: str = field(compare=False)
    path: Path = field(compare=False)
    title: str
    why: str
    scenario: Scalar | None
    variants: tuple[str, ...]
    runs: int | None
    design: str
    axes: tuple[Axis, ...]
    everything: bool
    cases: int
    table: Scalar | None
    posterior: Scalar | None
    shown: Shown
    changed: bool
    file: Mapping = field(compare=False, repr=False)


def read_sweep(path: Path, faults: list[Fault]) -> Sweep | None:
    """The sweep, as far as it could be read; None where nothing could."""
    file = read_document(path, faults)
    if file is None:
        return None
    file = check_keys(file, faults, _KEYS)
    file = mended(file, _KEYS)
    words = {name: _text(file, name, faults) for name in ("title", "why", "scenario", "variant")}
    scenario = file.get("scenario")
    version = required(file, faults, "format")
    if version is not None:
        as_int(version, faults, FORMAT, FORMAT)
    runs = file.get("runs")
    count = None if runs is None else as_int(runs, faults, 1, MOST_RUNS, "runs")
    said = required(file, faults, "design")
    design = None if said is None else as_name(said, faults, DESIGNS, "design")
    if design is not None:
        _check_belonging(file, design, faults)
    varied = None if design == "table" else required(file, faults, "vary")
    everything = isinstance(varied, Scalar) and varied.text == EVERYTHING
    axes = () if varied is None or everything else read_axes(varied, faults)
    posterior = _posterior(varied, design, faults)
    if design is not None:
        _check_fit(axes, design, everything, varied, faults)
    cases = required(file, faults, "cases") if design in RANDOM else None
    table = required(file, faults, "table") if design == "table" else None
    points = 0 if cases is None else as_int(cases, faults, 1, MOST_CASES, "cases")
    if table is not None:
        as_text(table, faults, "the name of a file")
    return Sweep(
        name=path.stem,
        path=path,
        title=words["title"],
        why=words["why"],
        scenario=scenario if isinstance(scenario, Scalar) and words["scenario"] else None,
        variants=tuple(name.strip() for name in words["variant"].split(",") if name.strip()),
        runs=count,
        design=design or "",
        axes=axes,
        everything=everything,
        cases=points or 0,
        table=table if isinstance(table, Scalar) else None,
        posterior=posterior,
        shown=Shown(),
        changed=file.get("changes") is not None,
        file=file,
    )


def _text(file: Mapping, name: str, faults: list[Fault]) -> str:
    must = next(key.required for key in SWEEP_KEYS if key.name == name)
    node = required(file, faults, name) if must else file.get(name)
    return "" if node is None else as_text(node, faults) or ""


def _posterior(varied: Node | None, design: str | None, faults: list[Fault]) -> Scalar | None:
    """The name of the file of joint draws among the axes."""
    said = varied.get(POSTERIOR) if isinstance(varied, Mapping) else None
    if said is None or as_text(said, faults, "the name of a file") is None:
        return None
    if design is not None and design not in RANDOM:
        message = f"a {design} combines values, and those of a {POSTERIOR} are drawn"
        report(faults, said, message, f"designs that draw: {', '.join(RANDOM)}")
    return said if isinstance(said, Scalar) else None


def _check_belonging(file: Mapping, design: str, faults: list[Fault]) -> None:
    """A fault for every key that this design does not read."""
    for name, designs in WANTED_BY.items():
        if file.get(name) is not None and design not in designs:
            message = f"{quoted(name)} is read by no {design}"
            report(faults, file.key(name), message, f"designs that read it: {', '.join(designs)}")
    if design == "table" and file.get("vary") is not None:
        report(faults, file.key("vary"), '"vary" is read by no table', "the columns of its file are the axes")


def _check_fit(
    axes: tuple[Axis, ...], design: str, everything: bool, varied: Node | None, faults: list[Fault]
) -> None:
    """A fault for every axis that has no values to combine, or none to draw from."""
    if everything and varied is not None and design not in RANDOM:
        message = f"a {design} combines values, and {EVERYTHING} parameters have ranges"
        report(faults, varied, message, f"designs that draw from ranges: {', '.join(RANDOM)}")
    for axis in axes if design != "list" else ():
        check_once(axis, faults)
    if design in RANDOM:
        return
    for axis in axes:
        if not axis.levels:
            message = f"a {design} combines values, and those of {axis.path} are a range"
            report(faults, axis.key, message, "write a list, or {from, to, steps}")
    if design == "list" and len({len(axis.levels) for axis in axes}) > 1:
        counts = ", ".join(f"{axis.path} {len(axis.levels)}" for axis in axes)
        report(faults, axes[-1].key, "the axes of a list have as many values each", counts)
