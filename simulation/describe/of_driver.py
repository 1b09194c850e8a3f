"""The explanation of what a scenario prescribes: the tempo of a challenger, an event, an amount of one."""

from collections.abc import Iterator
from dataclasses import replace

from simulation.describe.chain import (
    Explanation,
    Ground,
    Step,
    at,
    branches_of,
    cited,
    ground,
    names_of,
)
from simulation.describe.flat import event_text, field_facts, profile_text, setting_fact, value_fact
from simulation.describe.of_parameter import drawn
from simulation.describe.readers import readers_of_key
from simulation.describe.said import Said, events_of, fate_of_event, replaced_by, said_of, text_of
from simulation.document import Mapping, Node, Scalar, Sequence, month_text, number_text
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.scenario.layers import TOP
from simulation.scenario.profiles import FIELDS, HIGHEST_TEMPO, Field, Profile, Sum
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import BY_NAME
from simulation.scenario.shapes import UNIT
from simulation.world import Effect, EventType, Value, World


def of_threat(scenario: Scenario, code: str, key: str) -> Explanation:
    """Where the tempo of a challenger comes from, or one field of its profile (`key`; empty: the whole)."""
    profile, path = scenario.threats.get(code), f"threats.{code}"
    level = scenario.world.levels.get(code, {}).get(key)
    if level is not None and (profile is None or key not in {row.key for row in FIELDS[profile.shape]}):
        return _of_level(scenario, code, key, level)
    row = _row(profile, code, key) if key else None
    path = f"{path}.{key}" if key else path
    said = said_of(scenario, path)
    return Explanation(
        path=path,
        scenario=scenario.name,
        title=scenario.title,
        value=_value(profile, key, said),
        unit=UNIT if row is None else row.unit,
        bounds=(0.0, HIGHEST_TEMPO) if row is None else _bounds(row),
        meaning=BY_NAME["threats"].meaning if row is None else row.meaning,
        declared=None,
        names=tuple(names_of(scenario.world, [code])),
        chain=tuple(_steps(scenario, code, path, said)),
        notes=tuple(_notes(scenario, code, key)),
        readers=readers_of_key("threats"),
    )


def _of_level(scenario: Scenario, code: str, name: str, value: Value) -> Explanation:
    """What a named level of threat stands for."""
    world, text = scenario.world, value_fact(value).text
    note = f"`threats: {{{code}: {name}}}` names it. It stands for its number: no range is drawn"
    return Explanation(
        path=value.path,
        scenario=scenario.name,
        title=scenario.title,
        value=text,
        unit=value.unit,
        bounds=(0.0, HIGHEST_TEMPO),
        meaning=f"A level of threat of {world.name}, which no scenario sets.",
        declared=None,
        names=tuple(names_of(world, [code])),
        chain=(Step("world", value.place, text, "holds", (ground(world, value),)),),
        notes=(f"{note}, and a number in its place is another tempo.",),
        readers=readers_of_key("threats"),
    )


def _row(profile: Profile | None, code: str, key: str) -> Field | None:
    """The declared field at a path in a profile; None for a part of a sum as a whole. BadInput otherwise."""
    if profile is None:
        raise BadInput([Fault(f"{code} has no tempo here, and no field {quoted(key)} of one")])
    head, _, rest = key.partition(".")
    rows = {row.key: row for row in FIELDS[profile.shape]}
    if head not in rows:
        message = f"the tempo of {code} is a {profile.shape}, which has no field {quoted(head)}"
        raise BadInput([Fault(message, hint=suggestion(head, list(rows)))])
    if not rest:
        return rows[head]
    number, _, below = rest.partition(".")
    parts = {str(at): part for at, part in enumerate(profile.parts if isinstance(profile, Sum) else ())}
    if number not in parts:
        raise BadInput([Fault(f"the tempo of {code} has no part {quoted(key)}", hint=_counted(len(parts)))])
    return _row(parts[number], code, below) if below else None


def _counted(parts: int) -> str | None:
    return f"parts are counted from 0 to {parts - 1}" if parts else None


def _bounds(row: Field) -> tuple[float, float] | None:
    return None if row.high is None else (row.low, row.high)


def _value(profile: Profile | None, key: str, said: list[Said]) -> str:
    """What holds, on one line."""
    if profile is None:
        return "none"
    if not key:
        return profile_text(profile)
    texts = {name: text for name, text, _ in field_facts(profile)}
    if key in texts:
        return texts[key]
    inside = ", ".join(
        f"{name.removeprefix(f'{key}.')} {text}" for name, text in texts.items() if name.startswith(f"{key}.")
    )
    return inside or (said[-1].text if said else "") or "none"


def _steps(scenario: Scenario, code: str, path: str, said: list[Said]) -> Iterator[Step]:
    world = scenario.world
    if path == f"threats.{code}":  # a field of a profile is nothing that the world says
        usual = world.value(f"tempo.reference.{code}")
        wholes = [one for one in said if one.path == path]
        text = (
            f"{number_text(usual.value)}: the tempo that tempo.reference.{code} gives where no file names one"
        )
        then = f"replaced {at(wholes[-1].place)}" if wholes else "holds"
        yield Step("world", usual.place, text, then, (ground(world, usual),))
    for number, one in enumerate(said):
        other = replaced_by(said, number, path)
        then = f"replaced {at(other.place)}" if other else "holds"
        if not other and code not in scenario.threats:
            then = "falls away"
        elif not other and one is not said[-1]:
            then = "holds but for what is changed below"
        text = one.text if path.startswith(one.path) or one.entry.layer == TOP else f"{one.path}: {one.text}"
        if one.node is None:  # nothing of this field: what the whole rests on is not its chain
            text = f"{text_of(one.entry.node)}, without a field {path.rpartition('.')[2]}"
            whole = next(
                (each for each in said[number + 1 :] if f"{one.path}.".startswith(f"{each.path}.")), None
            )
            then = f"replaced {at(whole.place)}" if whole else then
        levels = () if one.node is None else _levels(world, code, one.node)
        yield Step(one.by, one.place, text, then, tuple(levels))


def _levels(world: World, code: str, node: Node) -> Iterator[Ground]:
    """The named tempos that stand in a value."""
    levels = world.levels.get(code, {})
    if isinstance(node, Scalar) and node.text in levels:
        yield ground(world, levels[node.text])
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text != "profile":
                yield from _levels(world, code, value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _levels(world, code, item)


def _notes(scenario: Scenario, code: str, key: str) -> Iterator[str]:
    if not key and code in scenario.threats:
        yield _measure(scenario, code)
    if code in scenario.without:
        yield f"{code} takes no part here ({at(scenario.places['without'])}): it acts in no run."
    elif code not in scenario.threats:
        yield f"{code} is no challenger: its tempo.reference is 0."
    levels = scenario.world.levels.get(code, {})
    if levels:
        named = ", ".join(f"{name} {value_fact(one).text}" for name, one in levels.items())
        yield f"Levels in {scenario.world.name}: {named}. A level stands for its number: no range is drawn."
    for name, branch in branches_of(scenario):
        if code in branch.threats:
            what = f" the whole tempo of {code} gives way to" if key else ":"
            text = f"{profile_text(branch.threats[code])} from {month_text(branch.at)} on"
            yield f"In the branch {name}{what} {text} ({at(branch.place)})."


def _measure(scenario: Scenario, code: str) -> str:
    """By what the acts of a challenger are measured: no tempo, though it has the unit of one."""
    path = f"tempo.reference.{code}"
    setting = next((one for one in scenario.settings if one.path == path), None)
    if setting is None:
        fact, where = value_fact(scenario.world.value(path)), "the world's"
    else:
        fact, where = setting_fact(setting, scenario.world), f"set {at(setting.place)}"
    return (
        f"Acts of {code} are measured by {path}, {fact.text} ({where}): at that tempo the signal is one half."
    )


def of_event(scenario: Scenario, kind: EventType) -> Explanation:
    """What an event is, what it moves, and when it happens."""
    world = scenario.world
    happens = [event_text(one) for one in scenario.events if one.event == kind.name]
    step = Step("world", None, kind.meaning, "can happen", (Ground(None, cited(world, kind.evidence)),))
    text = "; ".join(happens) or "does not happen"
    return _event(scenario, kind, f"events.{kind.name}", text, (step,), kind.effects)


def of_amount(scenario: Scenario, kind: EventType, name: str, value: Value) -> Explanation:
    """Where an amount of an event comes from: the world, a setting of its path, the event that says it."""
    world = scenario.world
    setting = next((one for one in scenario.settings if one.path == value.path), None)
    said = said_of(scenario, f"set.{value.path}")
    holds = "holds where an event leaves it out"
    then = f"replaced {at(said[-1].place)}" if said else holds
    steps = [Step("world", value.place, value_fact(value).text, then, (ground(world, value),))]
    for one in said:
        then = holds if one is said[-1] else f"replaced {at(said[-1].place)}"
        steps.append(Step(one.by, one.place, one.text, then))
    text = value_fact(value).text if setting is None else setting_fact(setting, world).text
    effects = tuple(one for one in kind.effects if one.amount == name)
    found = _event(scenario, kind, value.path, text, tuple(steps), effects, name)
    return replace(found, notes=(*found.notes, *drawn(scenario, value, setting)))


def _event(
    scenario: Scenario,
    kind: EventType,
    path: str,
    value: str,
    lowest: tuple[Step, ...],
    effects: tuple[Effect, ...],
    name: str = "",
) -> Explanation:
    own = tuple(_instances(scenario, kind.name, name))
    notes = [f"It moves {'; '.join(_moves(one) for one in effects)}."]
    if not own:
        notes.append(f"No {kind.name} stands in the timeline of {scenario.name}.")
    for branch_name, branch in branches_of(scenario):
        happens = [event_text(one) for one in branch.events if one.event == kind.name]
        notes += [f"In the branch {branch_name}: {text}." for text in happens]
    field = kind.fields[name] if name else None
    return Explanation(
        path=path,
        scenario=scenario.name,
        title=scenario.title,
        value=value,
        unit=None if field is None else field.unit,
        bounds=None if field is None else field.bounds,
        meaning=kind.meaning,
        declared=None,
        names=(),
        chain=(*lowest, *own),
        notes=tuple(notes),
        readers=readers_of_key("events"),
    )


def _moves(one: Effect) -> str:
    """An effect in words."""
    parts = [f"{one.kind} of {one.of}", f"toward {one.toward}" if one.toward else ""]
    parts += [f"on {one.track}" if one.track else "", f"by {'-' if one.sign < 0 else ''}{one.amount}"]
    return " ".join(part for part in parts if part)


def _instances(scenario: Scenario, event: str, name: str) -> Iterator[Step]:
    """The events of that name that a layer says."""
    for said in events_of(scenario):
        node = said.node
        if not isinstance(node, Mapping):
            continue
        called = node.get("event")
        if not isinstance(called, Scalar) or called.text != event:
            continue
        then = fate_of_event(scenario, said)
        if name and then == "happens":
            said_here = node.get(name) is not None
            then = f"its own {name} holds" if said_here else f"says no {name}"
        yield Step(said.by, said.place, said.text, then)
