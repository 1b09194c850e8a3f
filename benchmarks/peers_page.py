"""What peers.py measured, as the tables and the figure of a page; the words around them stay."""

import platform
from pathlib import Path
from typing import Any

import altair as alt

from simulation.plots import look
from simulation.plots.files import save

CALLED = {
    "entente": "Entente: `entente sweep`",
    "numpy": "NumPy, all runs of a case at once, a process a core",
    "batch_run": "Mesa's `batch_run` over the Mesa model, a process a core",
    "workbench": "EMA Workbench's multiprocessing evaluator around the Mesa model",
}
TENS = alt.Axis(values=[10**k for k in range(-1, 8)])
SHORT = {"entente": "Entente", "numpy": "NumPy", "batch_run": "Mesa, batch_run", "workbench": "EMA Workbench"}


def write(found: dict[str, Any], page: Path) -> None:
    """Renew the parts between marks, and the figure beside the page."""
    text = page.read_text(encoding="utf-8")
    parts = {"peers": _peers(found), "runs": _runs(found["runs"]), "sizes": _sizes(found["sizes"])}
    for name, lines in parts.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        text = before + begin + "\n".join(lines) + "\n" + end + rest.partition(end)[2]
    page.write_text(text, encoding="utf-8")
    save(figure(found), page.parent / "figures", "performance")


def _peers(found: dict[str, Any]) -> list[str]:
    machine = f"{platform.machine()}, {found['cores']} cores, Python {platform.python_version()}"
    rows = [
        f"{machine}; medians of {found['repeats']} rounds in which each way took its turn.",
        "",
        "| way | runs a second | lowest to highest | Entente is faster by | peak memory | on disk |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    fastest = found["ways"]["entente"]["rate"]
    for way, one in found["ways"].items():
        low, high = found["spread"][way]
        rates = f"{one['rate']:,.0f} | {low:,.0f} to {high:,.0f} | {fastest / one['rate']:.1f} times"
        rows.append(
            f"| {CALLED[way]} | {rates} | {one['peak_mb']:,.0f} MB | {one['bytes']:,.0f} bytes a run |"
        )
    return rows


def _runs(rows: list[dict[str, Any]]) -> list[str]:
    head = ["| runs | seconds | runs a second | peak memory | on disk |", "| --- | --- | --- | --- | --- |"]
    return head + [
        f"| {one['runs']:,} | {one['seconds']:,.1f} | {one['rate']:,.0f} | {one['peak_mb']:,.0f} MB |"
        f" {one['bytes'] * one['runs'] / 1e6:,.1f} MB |"
        for one in rows
    ]


def _sizes(found: dict[str, list[dict[str, Any]]]) -> list[str]:
    head = ["| what grows | to | runs a second | microseconds a run | peak memory |", "| --- " * 5 + "|"]
    return head + [
        f"| {what} | {one['size']} | {one['rate']:,.0f} | {_each(one):,.0f} | {one['peak_mb']:,.0f} MB |"
        for what, rows in found.items()
        for one in rows
    ]


def _each(one: dict[str, Any]) -> float:
    """Microseconds a run."""
    return float(1e6 * one["seconds"] / one["runs"])


def figure(found: dict[str, Any]) -> look.AnyChart:
    """Runs a second of each way, and what a run costs as months and countries grow."""
    ways = [{"way": SHORT[way], "rate": one["rate"]} for way, one in found["ways"].items()]
    scale = alt.Scale(type="log", nice=False)
    bars = (
        alt.Chart(look.data(ways))
        .mark_point(filled=True, size=80)
        .encode(
            x=alt.X("rate:Q", scale=alt.Scale(type="log"), axis=TENS, title="runs a second"),
            y=alt.Y("way:N", sort=None, title=None),
        )
        .properties(width=520, height=110, title="The same model and design, four ways")
    )
    panels = [_growth(found["sizes"][what], what, scale) for what in ("months", "countries")]
    return look.finish(alt.vconcat(bars, alt.hconcat(*panels)))


def _growth(rows: list[dict[str, Any]], what: str, scale: alt.Scale) -> alt.Chart:
    points = [{"size": one["size"], "each": _each(one)} for one in rows]
    return (
        alt.Chart(look.data(points))
        .mark_line(point=True)
        .encode(
            x=alt.X("size:Q", scale=scale, axis=alt.Axis(values=[one["size"] for one in rows]), title=what),
            y=alt.Y("each:Q", scale=alt.Scale(type="log"), axis=TENS, title="microseconds a run"),
        )
        .properties(width=220, height=180, title=f"By {what}")
    )
