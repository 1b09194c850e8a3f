"""The futures of a scenario that forks: each a scenario that is its trunk up to the month of the fork."""

from collections.abc import Iterator
from dataclasses import replace

from simulation.scenario.forks import Branch, ways
from simulation.scenario.resolve import Scenario

SEPARATOR = "/"


def futures(trunk: Scenario) -> Iterator[tuple[str, int, Scenario]]:
    """Name (outer/inner), month of the last fork, and scenario of every branch."""
    for way in ways(trunk.forks):
        grown = trunk
        for branch in way:
            grown = _grown(grown, branch)
        yield SEPARATOR.join(branch.name for branch in way), way[-1].at, grown


def _grown(trunk: Scenario, branch: Branch) -> Scenario:
    """The trunk with what one branch changes."""
    changed = {one.path for one in branch.settings}
    kept = [
        one for one in trunk.settings if one.path not in changed or one.since is None or one.since < branch.at
    ]
    return replace(
        trunk,
        name=f"{trunk.name}{SEPARATOR}{branch.name}",
        title=branch.title or f"{trunk.title}: {branch.name}",
        settings=(*kept, *branch.settings),
        events=tuple(sorted((*trunk.events, *branch.events), key=lambda one: one.month)),
        later=(*trunk.later, (branch.at, branch.threats)),
        forks=(),
        parent=None,
    )
