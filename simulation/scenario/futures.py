"""The futures of a scenario that forks: each a scenario that is its trunk up to the month of the fork."""

from collections.abc import Iterator
from dataclasses import replace

from simulation.scenario.forks import Branch, ways
from simulation.scenario.scenario import Scenario

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
    begins = {one.path: one.since or branch.at for one in branch.settings}
    kept = [
        one for one in trunk.settings if one.since is None or one.since < begins.get(one.path, one.since + 1)
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
