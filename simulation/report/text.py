"""The printed table and verdict of a result."""

from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

LIKELY = 0.005  # rungs less likely than this are left to --json


def show(console: Console, summary: dict[str, Any]) -> None:
    """Print the summary of a result: outcome, verdict, rungs, milestones, reversals and acts."""
    console.print(Group(*_head(summary), _outcome(summary), *_rungs(summary), _dyads(summary), _foot(summary)))


def _head(summary: dict[str, Any]) -> list[Text]:
    kinds = ", ".join(summary["uncertainty"]) or "none"
    theory = " + ".join(f"{name} {share:.0%}" if share < 1 else name for name, share in summary["theory"].items())
    engine = "" if summary["engine"] == "ensemble" else f" · engine: {summary['engine']}"
    return [
        Text(f"\n{summary['title']}", style="bold"),
        Text(f"n = {summary['runs']:,} runs to {summary['horizon']} · theory: {theory} · uncertainty: {kinds}{engine}"),
        Text(""),
    ]


def _outcome(summary: dict[str, Any]) -> Group:
    index, change = summary["cooperation"], summary["difference"]
    if not index["runs"]:
        return Group(Text("no run ended well: there is nothing to say", style="bold"))
    low, high = index["interval80"]
    lines = Table.grid(padding=(0, 2))
    lines.add_row("Cooperation index at the horizon", f"median {index['median']:.0f}", f"80 % of runs {low:.0f} to {high:.0f}", "of 0 to 100")
    less = "at the start" if change["against"] == "the start" else f"in {change['against']}"
    kind = "paired run by run" if change["paired"] else "unpaired: start, months or rng_seed differ"
    lines.add_row(
        f"Mean difference from the index {less}",
        f"{change['mean']:+.1f}",
        f"95 % of the mean {change['mean95'][0]:+.1f} to {change['mean95'][1]:+.1f}",
        f"n = {change['runs']:,}, {kind}",
    )
    return Group(lines, Text(verdict_of(summary), style="bold"), Text(""))


def verdict_of(summary: dict[str, Any]) -> str:
    """The verdict as a sentence that says no more than the numbers."""
    change = summary["difference"]
    against = "the index stays as at the start" if change["against"] == "the start" else change["against"]
    words = {
        "up": f"Verdict: up against {against!r}.",
        "down": f"Verdict: down against {against!r}.",
        "none": f"Verdict: no difference from {against!r} in any run.",
    }
    return words.get(change["verdict"], f"Verdict: not distinguishable from {against!r} at this n.")


def _rungs(summary: dict[str, Any]) -> list[Table]:
    made = []
    for track, rows in summary["rungs"].items():
        table = Table(title=f"{track.capitalize()} track", title_justify="left", title_style="bold", box=None, pad_edge=False)
        table.add_column("rung at the horizon", width=44)
        table.add_column("probability", justify="right")
        table.add_column("95 %", justify="right")
        table.add_column("ever reached", justify="right")
        table.add_column("median months", justify="right")
        goals = {row["rung"]: row for row in summary["milestones"][track]}
        for row in rows:
            goal = goals.get(row["rung"])
            if row["probability"] < LIKELY and (goal is None or goal["reached"] < LIKELY):
                continue
            table.add_row(
                f"{row['rung']} {row['name']}",
                f"{row['probability']:.0%}",
                f"{row['interval95'][0]:.0%}–{row['interval95'][1]:.0%}",
                f"{goal['reached']:.0%}" if goal else "",
                f"{goal['median_months']:.0f}" if goal and goal["median_months"] is not None else "",
            )
        falls = summary["reversals"][track]
        table.add_row("reversals a run", f"{falls['mean']:.1f}", f"{falls['interval80'][0]:.0f}–{falls['interval80'][1]:.0f}", style="dim")
        made.append(table)
    return made


def _dyads(summary: dict[str, Any]) -> Table:
    table = Table(title="\nActs a year", title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("challenger", width=44)
    table.add_column("mean", justify="right")
    table.add_column("80 % of runs", justify="right")
    for code, acts in summary["acts"].items():
        table.add_row(code, f"{acts['mean']:.0f}", f"{acts['interval80'][0]:.0f}–{acts['interval80'][1]:.0f}")
    return table


def _foot(summary: dict[str, Any]) -> Text:
    bad = {name: count for name, count in summary["status"].items() if name != "ok" and count}
    words = f"\n{sum(bad.values()):,} runs not ok: {bad}" if bad else ""
    return Text(words)
