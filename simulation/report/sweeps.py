"""The printed table of a sweep."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

ALL = 40  # cases that are shown whole
ENDS = 10  # of more, so many from each end
WIDE = 3  # axes that stand in a table; more are left to a query
MOST_COLUMNS = 8  # values of the second axis of a matrix
LONGEST = 18  # letters of a value
LEADING = 20  # axes of a table of indices
NO_MARK = "\u00a0\u00a0"  # spaces that a table does not take away
UNCLEAR = "-"  # in place of a verdict
FINE = 10.0  # means below this are told with two decimals

Said = dict[str, Any]


def show_sweep(console: Console, said: Said) -> None:
    """Print what a sweep says: its indices, a matrix for a grid of two axes, or a row a case."""
    kinds = ", ".join(said["uncertainty"]) or "none"
    console.print(said["title"], style="bold")
    what = f"{said['design']} of {said['count'] - 1:,} cases of {said['scenario']}"
    console.print(f"{what}, {runs_text(said)}; uncertainty: {kinds}\n")
    if said["indices"]:
        console.print(_of_indices(said))
        console.print(f"\n{_indices_note(said)}")
        return
    if not said["cases"]:
        console.print("No two cases differ: there are no indices to tell.")
        return
    matrix = _matrix(said)
    console.print(_cases(said) if matrix is None else matrix)
    console.print(f"\n{_note(said, matrix is not None)}")


def runs_text(said: Said) -> str:
    """How often each case was run, and when that was decided."""
    goal = said["goal"]
    if goal is None:
        return f"{said['runs']:,} runs each"
    counts = [one["runs"] for one in said["cases"]] or [said["runs"]]
    return (
        f"{min(counts):,} to {max(counts):,} runs each, until the mean of {goal['measure']} was known within"
        f" {goal['half']:g} or there were {goal['most']:,} (stopping was sequential, so that intervals are a"
        " little too narrow)"
    )


def teller(said: Said) -> Callable[[float], str]:
    """How values of what is shown are written: shares in percent, small numbers with two decimals."""
    if said["shown"]["relation"] is not None:
        return lambda value: f"{100 * value:.0f}%"
    sizes = [abs(one["mean"]) for one in said["cases"] if math.isfinite(one["mean"])]
    digits = 2 if sizes and max(sizes) < FINE else 1
    return lambda value: f"{value:.{digits}f}"


def levels_of(said: Said, axis: str) -> list[str]:
    """The values of an axis in the order in which cases first have them."""
    return list(dict.fromkeys(one["values"][axis] for one in said["cases"][1:]))


def short(text: str) -> str:
    """A value in few digits, or in few letters."""
    try:
        return f"{float(text):.4g}"
    except ValueError:
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def is_matrix(said: Said) -> bool:
    """Whether the cases fill a matrix of two axes."""
    return said["design"] == "grid" and len(said["axes"]) == 2


def _matrix(said: Said) -> Table | None:
    """A grid of two axes as rows and columns; None where it is no such grid, or too wide."""
    if not is_matrix(said):
        return None
    down, across = said["axes"]
    columns = levels_of(said, across)
    if len(columns) > MOST_COLUMNS:
        return None
    tell = teller(said)
    cells = {(one["values"][down], one["values"][across]): one for one in said["cases"][1:]}
    table = Table(
        box=None, pad_edge=False, header_style="bold", title=f"{across} across", title_justify="left"
    )
    table.title_style = "not italic"
    table.add_column(down)
    for level in columns:
        table.add_column(short(level), justify="right", no_wrap=True)
    for row in levels_of(said, down):
        table.add_row(short(row), *(_cell(cells.get((row, level)), tell) for level in columns))
    return table


def _cell(one: Said | None, tell: Callable[[float], str]) -> str:
    """A mean with half the width of its interval, marked where it differs from the reference."""
    if one is None:
        return ""
    low, high = one["mean95"]
    mark = {"up": " +", "down": " -"}.get(one["difference"]["verdict"], NO_MARK)
    return f"{tell(one['mean'])} ±{tell((high - low) / 2)}{mark}"


def _cases(said: Said) -> Table:
    axes, counts, tell = said["axes"][:WIDE], bool(said["goal"]), teller(said)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("case", justify="right", no_wrap=True)
    for path in axes:
        table.add_column(path.replace(".", ".\n", 1), justify="right", no_wrap=True)
    columns = ("share" if said["shown"]["relation"] else "mean", "95 %", *(["n"] if counts else []))
    for column in (*columns, "difference", "95 %"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for one in _chosen(said["cases"]):
        if one is None:
            table.add_row("...", style="dim")
        else:
            table.add_row(*_cells(one, axes, counts, tell))
    return table


def _chosen(cases: Sequence[Said]) -> list[Said | None]:
    """The reference and all cases, or of many those with the highest and the lowest means."""
    if len(cases) - 1 <= ALL:
        return list(cases)
    ranked = sorted(cases[1:], key=lambda one: -one["mean"])
    return [cases[0], *ranked[:ENDS], None, *ranked[-ENDS:]]


def _cells(one: Said, axes: Sequence[str], counts: bool, tell: Callable[[float], str]) -> list[str]:
    low, high = one["mean95"]
    values = [short(one["values"].get(path, "")) for path in axes]
    cells = [str(one["case"]), *values, tell(one["mean"]), f"{tell(low)} to {tell(high)}"]
    cells += [f"{one['runs']:,}"] if counts else []
    beside = one["difference"]
    if beside is None:
        return [*cells, "", "", "reference"]
    low, high = (_signed(end, tell) for end in beside["mean95"])
    said = UNCLEAR if beside["verdict"].startswith("not dist") else beside["verdict"]
    return [*cells, _signed(beside["mean"], tell), f"{low} to {high}", said]


def _signed(value: float, tell: Callable[[float], str]) -> str:
    return tell(value) if value < 0 else f"+{tell(value)}"


def _note(said: Said, matrix: bool) -> str:
    tell, reference, says = teller(said), said["cases"][0], said["shown"]["says"]
    low, high = reference["mean95"]
    lines = [f"{says[0].upper()}{says[1:]}."]
    if matrix:
        lines.append("± is half of its 95 % interval; + and - mark what lies above and below the reference.")
    elif any(one["difference"]["verdict"].startswith("not dist") for one in said["cases"][1:]):
        lines.append(f"{UNCLEAR}: not distinguishable from the reference at this n.")
    interval = f"{tell(reference['mean'])} (95 %: {tell(low)} to {tell(high)})"
    lines.append(f"The reference is {said['scenario']} as it is: {interval}.")
    if len(said["axes"]) > WIDE and not matrix:
        lines.append(f"{len(said['axes']) - WIDE} more axes: entente query {said['folder']} 'from cases'.")
    if math.isfinite(said["runs_for_one"]):
        lines.append(
            "Differences are paired, with the same draws: one run tells as much as"
            f" {said['runs_for_one']:.1f} independent ones{_saved(said)}."
        )
    return " ".join(lines)


def _saved(said: Said) -> str:
    """The runs that pairing saved: as many more would have been needed for differences as narrow."""
    total = sum(one["runs"] for one in said["cases"])
    more = round(total * (said["runs_for_one"] - 1))
    return f", which saved {more:,} runs" if more > 0 else ""


def _of_indices(said: Said) -> Table:
    sobol = said["design"] == "saltelli"
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("rank", justify="right")
    table.add_column("axis", no_wrap=True)
    for column in ("total", "95 %", "alone") if sobol else ("effect, size", "95 %", "effect, mean", "sd"):
        table.add_column(column, justify="right", no_wrap=True)
    for rank, one in enumerate(said["indices"][:LEADING], 1):
        last = [one["first"]] if sobol else [one["first"], one["sd"]]
        numbers = (one["whole"], f"{one['low']:.3f} to {one['high']:.3f}", *last)
        table.add_row(
            str(rank), one["axis"], *(each if isinstance(each, str) else f"{each:.3f}" for each in numbers)
        )
    return table


def _indices_note(said: Said) -> str:
    more = len(said["indices"]) - LEADING
    rest = f"{more} more axes: --json. " if more > 0 else ""
    says = said["shown"]["says"]
    if said["design"] == "saltelli":
        return (
            f"{rest}Of the variance of the {says} between cases: the share in which the axis has a part"
            " (total, with its 95 % interval by bootstrap), and the share that it makes alone."
        )
    return (
        f"{rest}What a step of two thirds of the range of an axis does to the {says}: the mean size of the"
        " effect with its 95 % interval by bootstrap, its mean, and how far effects differ."
    )
