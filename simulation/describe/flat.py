"""A resolved scenario as a flat table: every value by its path, with unit and the place that set it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulation.document import month_text, number_text
from simulation.errors import Place
from simulation.scenario.events import EventInstance
from simulation.scenario.forks import Branch, named_ways
from simulation.scenario.profiles import FIELDS, Constant, Field, Profile, Sum
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import BY_NAME
from simulation.scenario.settings import Setting
from simulation.scenario.shapes import UNIT
from simulation.world import Value, World


@dataclass(frozen=True)
class Fact:
    """A value as text, its unit, and where it was set; `by` is scenario, world or default.

    `shape` is that of a whole profile whose fields are facts of their own; a constant is one number.
    """

    text: str
    unit: str | None = None
    place: Place | None = None
    by: str = "scenario"
    shape: str = ""


def facts_of(scenario: Scenario) -> dict[str, Fact]:
    """Every value of a scenario but its words and its events, by path: settings under the path they set."""
    found = dict(_plain(scenario))
    for name, share in scenario.theory.items():
        found[f"theory.{name}"] = _fact(scenario, "theory", number_text(share), "share")
    found |= _threats("threats", scenario.threats, partial(_threat_place, scenario))
    found |= {one.path: setting_fact(one, scenario.world) for one in scenario.settings}
    found |= _forks("forks", scenario.forks, scenario.world)
    return found


def happenings(scenario: Scenario) -> list[tuple[str, Place, int]]:
    """Every event as text, with its place and month; those of a branch name it."""
    found = [(event_text(one), one.place, one.month) for one in scenario.events]
    for name, way in named_ways(scenario.forks):
        where = f", in the branch {name}"
        found += [(event_text(one) + where, one.place, one.month) for one in way[-1].events]
    return found


def event_text(event: EventInstance) -> str:
    """An event as a person reads it: month, name and the fields that are said."""
    fields = [
        f"{name} {value if isinstance(value, str) else number_text(value)}"
        for name, value in event.fields.items()
    ]
    return ", ".join([f"{month_text(event.month)} {event.event}", *fields])


def value_fact(value: Value) -> Fact:
    """A value of the world."""
    return Fact(span_text(value.low, value.value, value.high), value.unit, value.place, "world")


def setting_fact(setting: Setting, world: World) -> Fact:
    """What a scenario sets; from a month on, with the world's value before."""
    text = span_text(setting.low, setting.value, setting.high)
    if setting.since is not None:
        before = value_fact(world.value(setting.path)).text
        text = f"{text} from {month_text(setting.since)} on, before it {before}"
    return Fact(text, world.declaration(setting.path).unit, setting.place)


def span_text(low: float, value: float, high: float) -> str:
    """A number with its range, where it has one.

    >>> span_text(0.7, 0.85, 0.95), span_text(2, 2, 2)
    ('0.85 (0.7 to 0.95)', '2')
    """
    if low == high:
        return number_text(value)
    return f"{number_text(value)} ({number_text(low)} to {number_text(high)})"


def measured(text: str, unit: str | None) -> str:
    """The text of a fact with its unit by the number it belongs to; a profile says it of all its tempi.

    >>> measured("0.9 from 2026-06 on, before it 0.85 (0.7 to 0.95)", "share")
    '0.9 share from 2026-06 on, before it 0.85 (0.7 to 0.95)'
    >>> measured("ramp: from 33, to 69, over 24", "acts/year"), measured("none", "acts/year")
    ('ramp (acts/year): from 33, to 69, over 24', 'none')
    """
    if unit is None or not any(each.isdigit() for each in text):
        return text
    shape, colon, fields = text.partition(": ")
    if colon and shape.isalpha():
        return f"{shape} ({unit}): {fields}"
    number, since, rest = text.partition(" from ")
    return f"{number} {unit}{since}{rest}"


def bounds_text(low: float, high: float) -> str:
    """From the lowest to the highest value.

    >>> bounds_text(0, 2**63 - 1), bounds_text(0.5, 120.0)
    ('0 to 9223372036854775807', '0.5 to 120')
    """
    return " to ".join(str(each) if isinstance(each, int) else number_text(each) for each in (low, high))


def field_facts(profile: Profile) -> Iterator[tuple[str, str, str | None]]:
    """The fields of a profile: path within it, text and unit, without those left out; parts of a sum too."""
    rows = {row.key: row for row in FIELDS[profile.shape]}
    for key, value in profile.written():
        if isinstance(profile, Sum):
            for number, part in enumerate(profile.parts):
                if isinstance(part, Constant):
                    yield f"{key}.{number}", profile_text(part), UNIT
                else:
                    inside = field_facts(part)
                    yield from ((f"{key}.{number}.{name}", text, unit) for name, text, unit in inside)
        elif value is not None:
            yield key, _field_text(rows[key], value), rows[key].unit


def _field_text(row: Field, value: Any) -> str:
    if row.kind in ("month", "phase"):
        return month_text(value)
    if row.kind == "tempi":
        return ", ".join(map(number_text, value))
    return number_text(value)


def profile_text(profile: Profile) -> str:
    """A profile on one line; a constant is its number."""
    if isinstance(profile, Constant):
        return number_text(profile.base)
    if isinstance(profile, Sum):
        return f"sum: {' + '.join(f'({profile_text(part)})' for part in profile.parts)}"
    return f"{profile.shape}: " + ", ".join(f"{key} {text}" for key, text, _ in field_facts(profile))


def structure(profile: Profile) -> str:
    """The shape of a profile, and of its parts; empty for a constant, which is one number."""
    if isinstance(profile, Sum):
        return f"sum of {', '.join(part.shape for part in profile.parts)}"
    return "" if isinstance(profile, Constant) else profile.shape


def _plain(scenario: Scenario) -> Iterator[tuple[str, Fact]]:
    yield "world", _fact(scenario, "world", scenario.world.name)
    yield "start", _fact(scenario, "start", month_text(scenario.start))
    for name in ("months", "runs", "rng_seed"):
        yield name, _fact(scenario, name, str(getattr(scenario, name)))
    yield "uncertainty", _fact(scenario, "uncertainty", ", ".join(scenario.uncertainty))
    yield "background", _fact(scenario, "background", number_text(scenario.background))
    yield "without", _fact(scenario, "without", ", ".join(scenario.without) or "nobody")
    yield "focus", _fact(scenario, "focus", ", ".join(scenario.focus))


def _fact(scenario: Scenario, key: str, text: str, unit: str | None = None) -> Fact:
    place = scenario.places.get(key)
    return Fact(text, unit or BY_NAME[key].unit, place, "default" if place is None else "scenario")


def _threats(
    prefix: str, threats: Mapping[str, Profile], place_of: Callable[[str], tuple[Place, str]]
) -> Iterator[tuple[str, Fact]]:
    """The tempo of each challenger and its fields; `place_of` says where such a path was set, and by what."""
    for code, profile in threats.items():
        whole = structure(profile)
        yield f"{prefix}.{code}", Fact(profile_text(profile), UNIT, *place_of(code), whole)
        for key, text, unit in field_facts(profile) if whole else ():
            yield f"{prefix}.{code}.{key}", Fact(text, unit, *place_of(f"{code}.{key}"))


def _threat_place(scenario: Scenario, path: str) -> tuple[Place, str]:
    """Where a challenger's tempo or a field of it was set: by the field, the whole, or the world."""
    code = path.split(".", maxsplit=1)[0]
    words = path.split(".")
    for count in range(len(words), 0, -1):
        place = scenario.places.get(".".join(["threats", *words[:count]]))
        if place is not None:
            return place, "scenario"
    return scenario.world.value(f"tempo.reference.{code}").place, "world"


def _forks(prefix: str, forks: tuple[Branch, ...], world: World) -> Iterator[tuple[str, Fact]]:
    for name, way in named_ways(forks):
        branch = way[-1]
        yield f"{prefix}.{name}", Fact(f"from {month_text(branch.at)} on", None, branch.place)
        yield from _threats(f"{prefix}.{name}.threats", branch.threats, partial(_branch_place, branch))
        for one in branch.settings:
            since = branch.at if one.since is None else one.since
            text = f"{number_text(one.value)} from {month_text(since)} on"
            unit = world.declaration(one.path).unit
            yield f"{prefix}.{name}.{one.path}", Fact(text, unit, one.place)


def _branch_place(branch: Branch, path: str) -> tuple[Place, str]:
    """Where a branch sets a tempo: at its name."""
    del path
    return branch.place, "scenario"
