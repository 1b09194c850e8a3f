"""The printed verdicts on what scenarios expect of their runs."""

import math
from collections.abc import Sequence

from rich.table import Table

from simulation.analysis.expect import FAILS, HOLDS, OPEN, Judged


def expectations_table(judged: Sequence[Judged]) -> Table:
    """One row an expectation: its verdict, the estimate with its interval, and the number of runs."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Expected", overflow="fold")
    table.add_column("verdict", overflow="fold")
    for column in ("estimate", "95 %", "n"):
        table.add_column(column, justify="right", no_wrap=True)
    for one in judged:
        cells = _share(one) if one.expectation.share is not None else _mean(one)
        style = "bold" if one.verdict == FAILS else ""
        table.add_row(str(one.expectation), one.verdict, *cells, f"{one.runs:,}", style=style)
    return table


def counted(judged: Sequence[Judged]) -> str:
    """How many hold, fail or are open, as a sentence; what is none of them is not said."""
    count = {verdict: sum(one.verdict == verdict for one in judged) for verdict in (HOLDS, FAILS, OPEN)}
    words = {HOLDS: ("holds", "hold"), FAILS: ("fails", "fail"), OPEN: ("is", "are")}
    parts = [f"{n} {words[verdict][n != 1]}" for verdict, n in count.items() if n]
    text = ", ".join(parts) or "none"
    if count[OPEN]:
        text += " not decided at this n; more runs may decide"
    return f"{len(judged)} expectation{'' if len(judged) == 1 else 's'}: {text}"


def _share(one: Judged) -> tuple[str, str]:
    if math.isnan(one.estimate):
        return "no run ok", ""
    return f"{100 * one.estimate:.1f} %", f"{100 * one.low:.1f} to {100 * one.high:.1f} %"


def _mean(one: Judged) -> tuple[str, str]:
    if math.isnan(one.estimate):
        return "no run ok", ""
    sign = "+" if one.expectation.than_parent else ""
    interval = "" if math.isnan(one.low) else f"{one.low:{sign}.2f} to {one.high:{sign}.2f}"
    return f"{one.estimate:{sign}.2f}", interval
