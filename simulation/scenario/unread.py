"""What a scenario says or its world holds and no run of it reads: no fault, and worth a note."""

from collections.abc import Iterator

from simulation.document import number_text
from simulation.errors import Fault, Place
from simulation.scenario.forks import named_ways
from simulation.scenario.layers import OLDEST, Merged
from simulation.scenario.scenario import Scenario
from simulation.scenario.settings import Setting

DRAWN = "parameters"  # the kind of uncertainty that draws from ranges
SHOCKS = "shock."  # begins what only shocks read that nobody scripted
LEAST_CLIENTS = 2  # that there is something to broker between


def unread(scenario: Scenario, stack: Merged, own: int) -> Iterator[Fault]:
    """A note for each setting of the layer `own`, or above it, that nothing reads, and for each idle patron.

    Nothing is said of what a higher layer switches off: whoever does that knows.
    """
    layers = {entry.key.place: entry.layer for _, entry in stack.settings}
    forks = stack.plain.get("forks")
    inside = OLDEST if forks is None else forks.layer

    def said_since(key: str, place: Place) -> bool:
        layer, entry = layers.get(place, inside), stack.plain.get(key)
        return layer >= own and entry is not None and layer >= entry.layer

    for one in _settings(scenario):
        if DRAWN not in scenario.uncertainty and one.low < one.high and said_since("uncertainty", one.place):
            message = f"no run draws {one.path} from its range: `uncertainty` does not name {DRAWN}"
            yield Fault(f"{message}, and every run takes {number_text(one.value)}", one.place)
        if scenario.background == 0 and one.path.startswith(SHOCKS) and said_since("background", one.place):
            yield Fault(f"no run reads {one.path}: `background: 0` switches off what it is about", one.place)
    yield from _idle_patrons(scenario)


def _settings(scenario: Scenario) -> Iterator[Setting]:
    """The settings of the scenario and of its branches."""
    yield from scenario.settings
    for _, way in named_ways(scenario.forks):
        yield from way[-1].settings


def _idle_patrons(scenario: Scenario) -> Iterator[Fault]:
    """A note for each patron of several clients that never brokers, where a theory weighs that it does."""
    world, said = scenario.world, _highest(scenario)

    def highest(path: str) -> float:
        return said.get(path, world.value(path).high)

    if not any(highest(f"weights.{name}.brokerage") > 0 for name in scenario.theory):
        return
    present = [code for code in world.codes if code not in scenario.without]
    for patron in present:
        paths = {code: f"commitment.{patron}.{code}" for code in present if code != patron}
        clients = [code for code, path in paths.items() if highest(path) > 0]
        efforts = [f"effort.{patron}.{camp}" for camp in world.countries[patron].camps]
        if len(clients) >= LEAST_CLIENTS and not any(highest(path) > 0 for path in efforts):
            message = f"{patron} is committed to {' and '.join(clients)} and brokers nothing between them"
            yield Fault(f"{message}: `effort` of its camps is 0", world.value(paths[clients[0]]).place)


def _highest(scenario: Scenario) -> dict[str, float]:
    """The highest value that each path which is set may have in a run: the world's until a later month."""
    found: dict[str, float] = {}
    whole = {one.path for one in scenario.settings if one.since is None}
    for one in _settings(scenario):
        before = 0.0 if one.path in whole else scenario.world.value(one.path).high
        found[one.path] = max(one.high, found.get(one.path, before))
    return found
