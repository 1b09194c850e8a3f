"""`entente plot`."""

from collections.abc import Sequence
from pathlib import Path

from simulation.cli.running import load_all
from simulation.scenario.scenario import Scenario


def plot_scenarios(names: Sequence[str], settings: Sequence[str], variants: Sequence[str], out: Path) -> None:
    """Draw what scenarios prescribe, and print where the figures are. BadInput before the first is drawn."""
    for one in load_all(names, settings, variants):
        _plot(one.scenario, out)


def _plot(scenario: Scenario, out: Path) -> None:
    from simulation.plots.files import save
    from simulation.plots.prescription import drivers
    from simulation.results.digest import result_digest

    try:
        chart = drivers(scenario)
    except LookupError as error:
        print(f"{scenario.name}: nothing to draw: {error.args[0]}")
        return
    # The digest keeps scenarios of one name apart, and stands in the name of the result folder too.
    for path in save(chart, out, f"{scenario.name}-{result_digest(scenario)[:10]}-drivers"):
        print(f"figure {path}")
