"""Where a value comes from: the whole chain that set it, what it rests on, and who reads it."""

from simulation.describe.chain import Explanation
from simulation.describe.differences import event_amounts
from simulation.describe.flat import facts_of
from simulation.describe.of_driver import of_amount, of_event, of_threat
from simulation.describe.of_key import of_key
from simulation.describe.of_parameter import of_parameter
from simulation.errors import BadInput, Fault, nearest, quoted
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import NAMES


def explain(scenario: Scenario, path: str) -> Explanation:
    """The explanation of a path; BadInput with the nearest one where there is no such path."""
    world = scenario.world
    path = path.removeprefix("set.")
    head, _, rest = path.partition(".")
    first, _, second = rest.partition(".")
    if head == "events" and first in world.events:
        kind, amounts = world.events[first], event_amounts(world)
        if path in amounts:
            return of_amount(scenario, kind, second, amounts[path])
        if not second:
            return of_event(scenario, kind)
    try:
        return of_parameter(scenario, world.canonical(path))
    except KeyError:
        pass
    if head == "threats" and first in world.codes:
        return of_threat(scenario, first, second)
    if path in NAMES or (head == "theory" and rest in world.theories):
        return of_key(scenario, path)
    raise BadInput([Fault(f"there is no path {quoted(path)} to explain", hint=_near(scenario, path))])


def paths_of(scenario: Scenario) -> list[str]:
    """Every path that can be explained."""
    world = scenario.world
    return [
        *NAMES,
        *(f"theory.{name}" for name in world.theories),
        *(f"threats.{code}" for code in scenario.threats),
        *(path for path in facts_of(scenario) if path.startswith("threats.") and path.count(".") > 1),
        *world.paths(),
        *(f"events.{name}" for name in world.events),
    ]


def _near(scenario: Scenario, path: str) -> str:
    """The nearest path, or how to find one."""
    valid = paths_of(scenario)
    near = nearest(path, valid)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    return "entente list parameters WORD finds what can be set"
