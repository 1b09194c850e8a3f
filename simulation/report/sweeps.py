"""The printed table of a sweep."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from simulation.analysis.swept import levels_of, lines_of, short
from simulation.errors import StoreError
from simulation.report.figures import FIGURES
from simulation.results.store import why

ALL = 40  # cases that are shown whole
ENDS = 10  # of more, so many from each end
WIDE = 3  # axes that stand in a table; more are left to a query
MOST_COLUMNS = 8  # values of the second axis of a matrix
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
    matrix = is_matrix(said)
    console.print(_matrix(said) if matrix else _cases(said))
    console.print(f"\n{_note(said, matrix)}")


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


def is_matrix(said: Said) -> bool:
    """Whether the cases fill a matrix: those of a grid, with few values of its last axis."""
    axes = said["axes"]
    return (
        said["design"] == "grid" and 1 < len(axes) <= WIDE and len(levels_of(said, axes[-1])) <= MOST_COLUMNS
    )


def _matrix(said: Said) -> Table:
    """A grid: the values of the last axis as columns, those of the others as rows."""
    *down, across = said["axes"]
    columns, tell = levels_of(said, across), teller(said)
    table = Table(
        box=None, pad_edge=False, header_style="bold", title=f"{across} across", title_justify="left",
        title_style="not italic",
    )  # fmt: skip
    for path in down:
        table.add_column("\n".join(lines_of(path)), vertical="bottom")
    for level in columns:
        table.add_column(short(level), justify="right", no_wrap=True)
    cells = {tuple(one["values"].values()): one for one in said["cases"][1:]}
    before: tuple[str, ...] = ()
    for row in dict.fromkeys(key[:-1] for key in cells):
        shown = [  # a value stands once where the rows below have it too
            "" if row[: k + 1] == before[: k + 1] and k < len(down) - 1 else short(value)
            for k, value in enumerate(row)
        ]
        table.add_row(*shown, *(_cell(cells.get((*row, level)), tell) for level in columns))
        before = row
    return table


def _cell(one: Said | None, tell: Callable[[float], str]) -> str:
    """A mean with half the width of its interval, marked where it differs from the reference."""
    if one is None:
        return ""
    low, high = one["mean95"]
    mark = {"up": " +", "down": " -"}.get(one["difference"]["verdict"], NO_MARK)
    return f"{tell(one['mean'])} ±{tell((high - low) / 2)}{mark}"


def _cases(said: Said) -> Table:
    """A row a case: its values, what is shown of it, and the difference to the reference."""
    axes, counts, tell = said["axes"][:WIDE], bool(said["goal"]) or _partly(said), teller(said)
    rows = [None if one is None else _cells(one, axes, counts, tell) for one in _chosen(said["cases"])]
    names = [
        "case",
        *("\n".join(lines_of(path)) for path in axes),
        "share" if said["shown"]["relation"] else "mean",
        "95 %",
    ]
    names += [*(["n"] if counts else []), "difference", "95 %", "verdict"]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for k, name in enumerate(names):
        is_axis = 0 < k <= len(axes)
        widest = max(len(name), *(len(row[k]) for row in rows if row is not None))
        justify: Literal["left", "right"] = "left" if name == "verdict" else "right"
        table.add_column(name, justify=justify, no_wrap=True, min_width=None if is_axis else widest)
    for row in rows:
        table.add_row(*(row or ["..."]), style=None if row else "dim")
    return table


def _partly(said: Said) -> bool:
    """Whether the measure has no value in some runs: a rung that was never reached has no month."""
    return said["goal"] is None and any(one["runs"] < said["runs"] for one in said["cases"])


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
        return [cells[0], "reference", *cells[2:], "", "", ""]
    low, high = (_signed(end, tell) for end in beside["mean95"])
    said = UNCLEAR if beside["verdict"].startswith("not dist") else beside["verdict"]
    return [*cells, _signed(beside["mean"], tell), f"{low} to {high}", said]


def _signed(value: float, tell: Callable[[float], str]) -> str:
    return tell(value) if value < 0 else f"+{tell(value)}"


def _note(said: Said, matrix: bool) -> str:
    tell, reference, shown = teller(said), said["cases"][0], said["shown"]
    low, high = reference["mean95"]
    unit = f" ({shown['unit']})" if shown["relation"] is None else ""
    lines = [f"{shown['says'][0].upper()}{shown['says'][1:]}{unit}: {shown['meaning']}."]
    if matrix:
        lines.append("± is half of its 95 % interval; + and - mark what lies above and below the reference.")
    elif any(one["difference"]["verdict"].startswith("not dist") for one in said["cases"][1:]):
        lines.append(f"{UNCLEAR}: not distinguishable from the reference at this n.")
    if _partly(said):
        have = f"of {said['runs']:,} runs those in which the measure has a value"
        lines.append(f"n: {have}; means are over these alone.")
    interval = f"{tell(reference['mean'])} (95 %: {tell(low)} to {tell(high)})"
    lines.append(f"The reference is {said['reference']}: {interval}.")
    if len(said["axes"]) > WIDE and not matrix:
        count = len(said["axes"]) - WIDE
        more = f"{count} more {'axis' if count == 1 else 'axes'}"
        lines.append(f"{more}: entente query {said['folder']} 'from cases'.")
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


def draw_sweep(said: Said, folder: Path) -> list[Path]:
    """The figure of a sweep; empty where its axes have none. StoreError where the disk refuses."""
    from simulation.plots.files import save
    from simulation.plots.sweeps import sweep_figure

    shown = said["shown"]
    relation = "" if shown["relation"] is None else f"-{shown['relation']}-{shown['bound']:g}"
    try:
        return save(sweep_figure(said), folder / FIGURES, f"{shown['measure']}{relation}")
    except LookupError:
        return []
    except OSError as error:
        raise StoreError(
            f"cannot write the figure in {folder}: {why(error)}; the numbers are saved"
        ) from error
