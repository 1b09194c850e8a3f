"""The printed table and verdict of a result."""

import math
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from simulation.scenario.forks import SEPARATOR

LIKELY = 0.005  # rungs less likely than this are left to --json
ONE_RUN = "one run: none"  # in place of an interval
LABEL = 44  # columns of the first column, so that all tables stand in line


def show(console: Console, summary: dict[str, Any]) -> None:
    """Print the summary of a result: outcome, verdict, rungs, milestones, reversals and acts."""
    parts: list[Text | Table] = [_head(summary)]
    if summary["ok"]:
        parts += [_outcome(summary), Text(verdict_of(summary), style="bold"), Text("")]
        parts += [_branches(summary), Text("")] if summary["branches"] else []
        parts += [_tracks(summary)]
        parts += [Text(""), _acts(summary)] if summary["acts"] else []
    else:
        parts.append(Text("No run ended well: there is nothing to say.", style="bold"))
    console.print(Group(*parts, *_foot(summary)))


def verdict_of(summary: dict[str, Any]) -> str:
    """The verdict as a sentence that says no more than the numbers."""
    change = summary["difference"]
    against = "the start" if change["against"] == "the start" else f"its parent {change['against']}"
    where = f"than at {against}" if against == "the start" else f"than in {against}"
    if change["verdict"] == "none":
        each = "the one run" if change["runs"] == 1 else f"any of {change['runs']:,} runs"
        return f"Verdict: no difference from {against} in {each}."
    if change["verdict"].startswith("not comparable"):
        return f"Verdict: {change['verdict']}."
    if change["runs"] == 1:
        return f"Verdict: none. One run has no interval: more runs would tell it from {against}."
    if change["verdict"] not in ("up", "down"):
        return f"Verdict: not distinguishable from {against} at this n ({change['runs']:,} runs)."
    word = "higher" if change["verdict"] == "up" else "lower"
    low, high = sorted(abs(end) for end in change["mean95"])
    size = f"{abs(change['mean']):.1f} points {word} {where} (95 %: {low:.1f} to {high:.1f})"
    return f"Verdict: {change['verdict']}. The mean index at {summary['horizon']} is {size}."


def _head(summary: dict[str, Any]) -> Text:
    kinds = ", ".join(summary["uncertainty"]) or "none"
    if "chance" not in summary["uncertainty"]:
        kinds += " (one luck for all runs: another rng_seed is another result)"
    theory = " + ".join(
        f"{name} {share:.0%}" if share < 1 else name for name, share in summary["theory"].items()
    )
    count = (
        f"{summary['ok']:,}"
        if summary["ok"] == summary["runs"]
        else f"{summary['ok']:,} of {summary['runs']:,}"
    )
    dyad = " and ".join(_country(summary, code) for code in summary["focus"])
    lines = Text(f"\n{summary['title']}\n", style="bold")
    lines.append(f"{dyad}, {summary['from']} to {summary['horizon']}\n", style="not bold")
    lines.append(
        f"n = {count} {'run' if summary['runs'] == 1 else 'runs'}; uncertainty: {kinds}; theory: {theory}\n",
        style="not bold",
    )
    if summary["engine"] != "ensemble":
        lines.append(f"engine: {summary['engine']} ({summary['engine_reason']})\n", style="not bold")
    return lines


def _country(summary: dict[str, Any], code: str) -> str:
    return f"{summary['countries'].get(code, code)} ({code})"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(columns[0], width=LABEL, overflow="fold")
    for column in columns[1:]:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _outcome(summary: dict[str, Any]) -> Table:
    """The index beside its parent's, or beside the start."""
    parent, change = summary["parent"], summary["difference"]
    table = _table(
        "Cooperation index (0 to 100), last month", "median", "80 % of runs", "mean", "95 % of the mean"
    )
    table.add_row(summary["scenario"], *_cells(summary["cooperation"]))
    if parent is None:
        table.add_row("at the start", f"{summary['start']:.0f}", "", f"{summary['start']:.1f}", "")
    else:
        under = f", {parent['theory']}" if parent["theory"] else ""
        table.add_row(f"{parent['scenario']} (parent{under})", *_cells(parent["cooperation"]))
    low, high = change["mean95"]
    label = "difference, paired run by run" if change["paired"] else "difference, unpaired"
    alone = ONE_RUN if change["runs"] == 1 else ""
    interval = alone if math.isnan(low) else f"{low:+.1f} to {high:+.1f}"
    table.add_row(label, "", "", "" if math.isnan(change["mean"]) else f"{change['mean']:+.1f}", interval)
    return table


def _branches(summary: dict[str, Any]) -> Table:
    """Every branch of the forks: its index in the last month, and its difference from the trunk.

    Below a nested one stands its difference from the branch that it forks from.
    """
    table = _table("Branches, last month", "median", "80 % of runs", "less the trunk (95 %)", "verdict")
    for one in summary["branches"]:
        median, spread, _, _ = _cells(one["cooperation"])
        less = _less(one["difference"])
        table.add_row(f"{one['branch']} (from {one['fork']})", median, spread, *less)
        if one["from_outer"] is not None:
            outer = one["branch"].rpartition(SEPARATOR)[0]
            table.add_row(f"  less {outer}, from which it forks", "", "", *_less(one["from_outer"]))
    return table


def _less(change: dict[str, Any]) -> tuple[str, str]:
    """A difference with its interval, and its verdict."""
    low, high = change["mean95"]
    size = "" if math.isnan(low) else f"{change['mean']:+.1f} ({low:+.1f} to {high:+.1f})"
    return size, _word(change["verdict"])


def _word(verdict: str) -> str:
    return "not distinguishable" if verdict.startswith("not dist") else verdict


def _cells(index: dict[str, Any]) -> tuple[str, str, str, str]:
    if not index["runs"]:
        return "no run ok", "", "", ""
    (low, high), (less, more) = index["interval80"], index["mean95"]
    sure = ONE_RUN if math.isnan(less) else f"{less:.1f} to {more:.1f}"
    within = ONE_RUN if index["runs"] == 1 else f"{low:.0f} to {high:.0f}"
    return f"{index['median']:.0f}", within, f"{index['mean']:.1f}", sure


def _tracks(summary: dict[str, Any]) -> Table:
    table = _table("Rung in the last month", "probability", "95 %", "ever reached", "after months")
    for number, (track, one) in enumerate(summary["tracks"].items()):
        if number:
            table.add_row()
        table.add_row(f"{track.capitalize()} track", style="bold")
        for row in one["rungs"]:
            goal = row["reached"]
            if row["probability"] < LIKELY and (goal is None or goal["probability"] < LIKELY):
                continue
            table.add_row(
                f"{row['rung']} {row['name']}" + (" (start)" if row["rung"] == one["start"] else ""),
                percent(row["probability"]),
                f"{row['interval95'][0]:.0%} to {row['interval95'][1]:.0%}",
                percent(goal["probability"]) if goal else "",
                f"{goal['median_months']:.0f}" if goal and not math.isnan(goal["median_months"]) else "",
            )
        falls = one["reversals"]
        low, high = falls["interval80"]
        words = f"reversals: {falls['mean']:.1f} a run (80 %: {low:.0f} to {high:.0f})"
        table.add_row(words, style="dim")
    return table


def percent(share: float) -> str:
    """A share in whole per cent, where what is not quite nothing is no 0.

    >>> percent(0.0), percent(0.005), percent(0.0051), percent(0.994)
    ('0%', '<1%', '1%', '99%')
    """
    return "<1%" if 0 < share <= LIKELY else f"{share:.0%}"  # a half rounds to the even side: to 0


def _acts(summary: dict[str, Any]) -> Table:
    table = _table("Hostile acts a year", "mean", "80 % of runs")
    for code, acts in summary["acts"].items():
        low, high = acts["interval80"]
        table.add_row(_country(summary, code), f"{acts['mean']:.0f}", f"{low:.0f} to {high:.0f}")
    return table


def _foot(summary: dict[str, Any]) -> list[Text]:
    bad = {name: count for name, count in summary["status"].items() if name != "ok" and count}
    if not bad:
        return []
    words = ", ".join(f"{count:,} {name}" for name, count in bad.items())
    return [Text(f"\nNot ok and left out, parent included: {words}", style="bold")]
