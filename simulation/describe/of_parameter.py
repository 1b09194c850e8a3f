"""The explanation of a parameter: the world's number, what files make of it, how it is drawn, its rules."""

from collections.abc import Iterator

from simulation.describe.acting import acting_on
from simulation.describe.chain import Explanation, Step, at, branches_of, ground, names_of
from simulation.describe.flat import setting_fact, value_fact
from simulation.describe.ranks import rank_of
from simulation.describe.readers import readers_of
from simulation.describe.said import Said, said_of
from simulation.document import month_text, number_text
from simulation.scenario.scenario import Scenario
from simulation.scenario.settings import Setting
from simulation.world import Value


def of_parameter(scenario: Scenario, path: str) -> Explanation:
    """Where the value at a path of the world comes from."""
    world, declared = scenario.world, scenario.world.declaration(path)
    value = world.value(path)
    setting = next((one for one in scenario.settings if one.path == path), None)
    fact = value_fact(value) if setting is None else setting_fact(setting, world)
    return Explanation(
        path=path,
        scenario=scenario.name,
        title=scenario.title,
        value=fact.text,
        unit=declared.unit,
        bounds=(declared.low, declared.high),
        meaning=declared.meaning,
        declared=declared.place,
        names=tuple(names_of(world, path.removeprefix(declared.path).split("."))),
        chain=tuple(_steps_of_parameter(scenario, value, setting)),
        notes=tuple(_notes_of_parameter(scenario, path, value, setting)),
        readers=readers_of("Parameters", declared.path.replace(".", "_")),
        rank=rank_of(world.name, path),
    )


def _steps_of_parameter(scenario: Scenario, value: Value, setting: Setting | None) -> Iterator[Step]:
    said = said_of(scenario, f"set.{value.path}")
    world = scenario.world
    then = _fate(said, -1, setting)
    if value.path in world.values:
        yield Step("world", value.place, value_fact(value).text, then, (ground(world, value),))
    else:
        default = f"{number_text(value.value)}, which a table is worth where no file of the world names it"
        yield Step("default", value.place, default, then)
    for number, one in enumerate(said):
        yield Step(one.by, one.place, one.text, _fate(said, number, setting))


def _fate(said: list[Said], number: int, setting: Setting | None) -> str:
    """What came of the word of that number, where -1 is the world's: the last holds, unless it fell away."""
    last = len(said) - 1
    if number == -1 and setting is not None and setting.since is not None:
        return f"holds until {month_text(setting.since - 1)}"
    if setting is None:
        return "holds" if number == -1 else "falls away"
    if number < last:
        return f"replaced {at(said[last].place)}"
    return "holds" if setting.since is None else f"holds from {month_text(setting.since)} on"


def _notes_of_parameter(
    scenario: Scenario, path: str, value: Value, setting: Setting | None
) -> Iterator[str]:
    absent = [code for code in path.split(".") if code in scenario.without]
    if absent:
        where = scenario.places["without"]
        yield f"{' and '.join(absent)} takes no part here ({at(where)}): no run reads this value."
        return
    theory = path.split(".")[1] if path.startswith("weights.") else None
    if theory is not None and theory not in scenario.theory:
        yield f"No run decides by {theory} here, and none reads this value: see the path theory."
        return
    yield from drawn(scenario, value, setting)
    for name, branch in branches_of(scenario):
        for one in branch.settings:
            if one.path == path:
                since = branch.at if one.since is None else one.since
                said = f"{number_text(one.value)} from {month_text(since)} on"
                yield f"In the branch {name}: {said} ({at(one.place)})."
    yield from acting_on(scenario, path)


def _learnt(scenario: Scenario, value: Value, setting: Setting | None) -> bool:
    """Whether the value varies with others, as the world has learnt of them together."""
    joint = scenario.world.joint
    replaced = setting is not None and setting.since is None
    return joint is not None and value.path in joint.paths and not replaced


def drawn(scenario: Scenario, value: Value, setting: Setting | None) -> Iterator[str]:
    """How the value varies from draw to draw."""
    low, high = value.low, value.high
    if setting is not None and setting.since is None:
        low, high = setting.low, setting.high
    until = "" if setting is None or setting.since is None else f" until {month_text(setting.since - 1)}"
    if low == high:
        yield f"The same number in every run{until}: nothing is drawn."
    elif "parameters" in scenario.uncertainty and _learnt(scenario, value, setting):
        joint = scenario.world.joint
        assert joint is not None
        first, middle, last = (f"{end:.3g}" for end in joint.interval(value.path))
        row = f"one of {len(joint.rows):,} rows of posterior.csv, with {len(joint.paths) - 1} others"
        yield f"Each draw takes its own value{until}, {row}: median {middle}, middle 80 % {first} to {last}."
    elif "parameters" in scenario.uncertainty:
        likely = value.value if setting is None or setting.since is not None else setting.value
        between = f"between {number_text(low)} and {number_text(high)}, most likely {number_text(likely)}"
        yield f"Each draw takes its own value{until}, {between} (triangular)."
    else:
        yield f"Every run takes the most likely value{until}: `uncertainty` does not name parameters."
