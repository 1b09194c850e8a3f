"""The futures of a scenario that forks: each a scenario that is its trunk up to the month of the fork."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from simulation.scenario.forks import SEPARATOR, Branch, named_ways
from simulation.scenario.profiles import Profile, prescribed, walk_of
from simulation.scenario.scenario import Scenario
from simulation.scenario.settings import Setting


def futures(trunk: Scenario) -> Iterator[tuple[str, int, Scenario]]:
    """Name (outer/inner), month of the last fork, and scenario of every branch."""
    for name, way in named_ways(trunk.forks):
        yield name, way[-1].at, _future(trunk, way)


def retitled(trunk: Scenario, titles: Mapping[str, str]) -> Scenario:
    """The scenario with branches that its futures, by name, have these titles for."""

    def said(branches: tuple[Branch, ...], before: str, over: str) -> tuple[Branch, ...]:
        made = []
        for one in branches:
            name = f"{before}{one.name}"
            title = titles.get(name, _title(over, one))
            own = "" if title == _title(over, replace(one, title="")) else title
            made.append(replace(one, title=own, branches=said(one.branches, name + SEPARATOR, title)))
        return tuple(made)

    return replace(trunk, forks=said(trunk.forks, "", trunk.title))


def _title(over: str, branch: Branch) -> str:
    """What a branch of what has the title `over` is called."""
    return branch.title or f"{over}: {branch.name}"


def idle(trunk: Scenario) -> Iterator[tuple[str, Branch]]:
    """The branches, by name, that change nothing of what they fork from, and fork into nothing either."""
    for name, way in named_ways(trunk.forks):
        if not way[-1].branches and _changes_nothing(_future(trunk, way[:-1]), way[-1]):
            yield name, way[-1]


def _future(trunk: Scenario, way: tuple[Branch, ...]) -> Scenario:
    for branch in way:
        trunk = _grown(trunk, branch)
    return trunk


def _changes_nothing(trunk: Scenario, branch: Branch) -> bool:
    """Whether all that a branch says holds already; a walk begins anew, and is a change."""
    if branch.events or any(not _holds_already(trunk, one) for one in branch.settings):
        return False
    return all(_goes_on(trunk, branch.at, code, profile) for code, profile in branch.threats.items())


def _holds_already(trunk: Scenario, setting: Setting) -> bool:
    """Whether every run of the trunk has the value of that setting from its month on."""
    before = trunk.world.value(setting.path)
    span = (before.low, before.high)
    for one in sorted(trunk.settings, key=lambda each: each.since or 0):
        if one.path == setting.path:
            later = one.since is not None and setting.since is not None and one.since > setting.since
            if later and one.value != setting.value:
                return False
            span = (one.value, one.value) if later else (one.low, one.high)
    return span == (setting.value, setting.value)


def _goes_on(trunk: Scenario, at: int, code: str, profile: Profile) -> bool:
    """Whether the tempo of a challenger is from that month on what it is in the trunk."""
    begun, before = trunk.start, trunk.threats[code]
    for month, threats in trunk.later:
        if code in threats:
            begun, before = month, threats[code]
    if walk_of(profile) is not None or walk_of(before) is not None:
        return False
    end = trunk.start + trunk.months
    return prescribed(profile, at, end - at) == prescribed(before, begun, end - begun)[at - begun :]


def _grown(trunk: Scenario, branch: Branch) -> Scenario:
    """The trunk with what one branch changes."""
    begins = {one.path: one.since or branch.at for one in branch.settings}
    kept = [
        one for one in trunk.settings if one.since is None or one.since < begins.get(one.path, one.since + 1)
    ]
    return replace(
        trunk,
        name=f"{trunk.name}{SEPARATOR}{branch.name}",
        title=_title(trunk.title, branch),
        settings=(*kept, *branch.settings),
        events=tuple(sorted((*trunk.events, *branch.events), key=lambda one: one.month)),
        later=(*trunk.later, (branch.at, branch.threats)),
        forks=(),
        parent=None,
    )
