"""From a file, its parents and the command line to a Scenario, or to every fault in them at once."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from simulation.document import Node, Scalar, as_int, as_number, as_text, report
from simulation.errors import BadInput, Fault, Place, quoted, suggestion
from simulation.scenario.assumptions import (
    read_focus,
    read_theory,
    read_uncertainty,
    shared_kinds,
)
from simulation.scenario.events import EventInstance, check_amounts, read_events
from simulation.scenario.expectations import ground_of, read_expectations
from simulation.scenario.forks import Branch, Rest, events_of, read_forks
from simulation.scenario.frame import Frame
from simulation.scenario.futures import idle
from simulation.scenario.ground import read_frame, read_world
from simulation.scenario.layers import (
    CASE,
    OLDEST,
    VARIANT,
    Entry,
    Layer,
    Merged,
    merged,
    read_chain,
    read_overrides,
    variant_layer,
    variants_of,
)
from simulation.scenario.profiles import Profile
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import BY_NAME
from simulation.scenario.search import (
    ENDINGS,
    find_scenario,
    leads_out,
    scenario_names,
)
from simulation.scenario.settings import Setting, read_settings
from simulation.scenario.threats import read_threats
from simulation.scenario.twice import tell_later
from simulation.scenario.unread import unread
from simulation.world import World

USUAL = {"months": 60, "runs": 1000, "rng_seed": 1}
USUAL_BACKGROUND = 1.0


def load_scenario(
    name_or_path: str | Path, overrides: Sequence[str] = (), variants: Sequence[str] = ()
) -> Scenario:
    """The scenario of that name or file, some of its variants together, `path=value` texts on top.

    Its parent is resolved too, with what both must share (start, months, runs, rng_seed, uncertainty) of
    variants and overrides, and the theory of the overrides; the parent of a variant is the file without it.
    `variants` of the scenario are those that the file has to choose from. BadInput holds every fault of the
    file, its parents, any of its variants and the overrides.
    """
    faults: list[Fault] = []
    variants = list(dict.fromkeys(name.strip() for name in variants))
    layers = read_chain(_file(name_or_path), faults)
    top = read_overrides(overrides, Path.cwd(), faults)
    chosen = [variant_layer(layers, variants, faults)] if variants else []
    shared = [layer.frame() for layer in (*chosen, top)]
    worlds: dict[Path, World | None] = {}
    parent: Scenario | None = None
    for count in range(1, len(layers) + (1 if chosen else 0)):
        parent = _resolve([*layers[:count], *shared], parent, worlds, faults)
    parent = _asked_alike(parent, (*chosen, top), top)
    # Each file has to be right by itself, whatever the command line makes of it, and so each variant.
    for count in range(1, len(layers) + 1) if overrides else ():
        _resolve(layers[:count], None, worlds, faults)
    each = {
        name: _resolve([*layers, variant_layer(layers, [name], faults)], None, worlds, faults)
        for name in variants_of(layers)
    }
    tell_later(layers, lambda again, found: _resolve(again, None, worlds, found), faults)
    scenario = _resolve([*layers, *chosen, top], parent, worlds, faults)
    if scenario is None or faults:
        raise BadInput(faults)
    said = _notes(layers, each, _resolve(layers, None, worlds, []) if each else None, variants)
    told = any("title" in layer.plain for layer in (*chosen, top))
    title = scenario.title if told or not variants else f"{scenario.title} ({', '.join(variants)})"
    name = "+".join((scenario.name, *variants))
    has = tuple(variants_of(layers))
    notes = (*said, *scenario.notes)
    return replace(scenario, name=name, title=title, variants=has, chosen=tuple(variants), notes=notes)


def _asked_alike(parent: Scenario | None, said: Sequence[Layer], top: Layer) -> Scenario | None:
    """The parent, varying what variants or the command line vary, under the theory of the command line."""
    if parent is None:
        return None
    asked = read_theory(parent.world, top.plain["theory"], []) if "theory" in top.plain else {}
    theory = asked or parent.theory  # what is at fault in it is told of the scenario
    varied = [layer.plain["uncertainty"] for layer in said if "uncertainty" in layer.plain]
    kinds = shared_kinds(varied[-1] if varied else None, parent.luck, theory)
    return replace(parent, theory=theory, uncertainty=kinds)


def _notes(
    layers: Sequence[Layer],
    each: Table[str, Scenario | None],
    file: Scenario | None,
    chosen: Sequence[str],
) -> Iterator[Fault]:
    """A note for each variant that assumes what the file does without it: of the chosen, or of its own."""
    known = variants_of(layers)
    for name in chosen or layers[-1].variants:
        made = each[name]
        if made is not None and file is not None and replace(made, title=file.title, why=file.why) == file:
            yield Fault(f"the variant {quoted(name)} changes nothing", known[name].key.place)


def of_world_alone(scenario: Scenario) -> Scenario:
    """The scenario of which nothing is said but its title and its world: the rest is as when left out."""
    stack = merged(scenario.layers)
    said = {name: entry for name, entry in stack.plain.items() if name in ("title", "world")}
    folder, file = stack.layer(said["world"]).folder, scenario.layers[0].file
    layer = Layer(scenario.path, folder, said["world"].layer, file, said)
    alone = _resolve([layer], None, {scenario.world.folder: scenario.world}, [])
    assert alone is not None, "a world is right by itself"
    return alone


def with_changes(
    scenario: Scenario,
    changes: Iterable[tuple[Scalar, Node]],
    faults: list[Fault],
    folder: Path | None = None,
) -> Scenario | None:
    """The scenario with changes, such as a variant makes, above all that was said; None where at fault.

    Files that they name are found from `folder`, or where none is named from where those above were. No file
    is read again.
    """
    base = scenario.layers[-1]
    layer = Layer(None, folder or base.folder, CASE, base.file)
    for key, node in changes:
        layer.change(key, node, faults)
    worlds: dict[Path, World | None] = {scenario.world.folder: scenario.world}
    found = _resolve([*scenario.layers, layer], scenario.parent, worlds, faults)
    if found is None:
        return None
    return replace(
        found, name=scenario.name, title=scenario.title, variants=scenario.variants, chosen=scenario.chosen
    )


def _file(name_or_path: str | Path) -> Path:
    """The file; BadInput where there is none."""
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(ENDINGS):
        return Path(name_or_path).absolute()
    here = Path.cwd()
    if Path(text).is_file():
        hint = f"the name of a scenario file ends in {' or '.join(ENDINGS)}"
        raise BadInput([Fault(f"{quoted(text)} is no scenario file", hint=hint, file=text)])
    found = None if leads_out(text, here) else find_scenario(text, here)
    if found is None:
        hint = suggestion(text, scenario_names(here)) or "`entente list scenarios` names those of the library"
        raise BadInput([Fault(f"there is no scenario {quoted(text)}", hint=hint, file=text)])
    return found


def _resolve(
    layers: Sequence[Layer], parent: Scenario | None, worlds: dict[Path, World | None], faults: list[Fault]
) -> Scenario | None:
    """The scenario of these layers, lowest first; None where something in it is at fault."""
    before = len(faults)
    stack = merged(layers)
    file = next(layer for layer in reversed(layers) if layer.path is not None)
    words = {name: _text(layers, file, name, faults) for name in ("title", "why")}
    numbers = {name: _whole_number(stack, name, faults) for name in USUAL}
    background = _background(stack, faults)
    world = read_world(stack, worlds, faults)
    if world is None:
        return None
    frame = read_frame(world, stack, numbers["months"], faults)
    theory = read_theory(world, stack.plain.get("theory"), faults)
    changes = _changes(frame, stack, theory)
    scenario = Scenario(
        name=file.name,
        path=file.path,
        title=words["title"],
        why=words["why"],
        world=world,
        start=frame.start or 0,
        months=numbers["months"],
        runs=numbers["runs"],
        rng_seed=numbers["rng_seed"],
        theory=theory,
        uncertainty=read_uncertainty(
            theory, stack.plain.get("uncertainty"), stack.plain.get("theory"), faults
        ),
        background=background,
        without=frame.without,
        threats=changes.threats,
        settings=changes.settings,
        events=changes.events,
        forks=changes.forks,
        focus=read_focus(world, stack, frame.without, faults),
        parent=parent,
        places=_places(stack, changes.settings, frame.present),
        layers=tuple(layers),
    )
    expected = _expected(layers, file)
    if expected is not None:
        found = read_expectations(expected, ground_of(scenario, stack, file, faults))
        scenario = replace(scenario, expectations=found)
    if len(faults) > before:
        return None
    own_forks = "forks" in file.plain  # a parent's branches have been noted where they are written
    idle_branches = _idle(scenario) if own_forks else ()
    unused = unread(scenario, stack, file.number)
    return replace(scenario, notes=(*frame.notes, *idle_branches, *unused))


def _idle(scenario: Scenario) -> Iterator[Fault]:
    for name, branch in idle(scenario):
        yield Fault(f"the branch {quoted(name)} changes nothing", branch.place)


class Changes(NamedTuple):
    """What a scenario changes in its world, and when."""

    threats: dict[str, Profile]
    settings: tuple[Setting, ...]
    events: tuple[EventInstance, ...]
    forks: tuple[Branch, ...]


def _changes(frame: Frame, stack: Merged, theory: dict[str, float]) -> Changes:
    """Settings, events, forks and threats, of which each reads what was read before it."""
    shares, entry = stack.plain.get("theory"), stack.plain.get("forks")
    decided = OLDEST if shares is None else shares.layer
    settings = read_settings(frame, stack.settings, theory, decided)
    references = _references(frame.world, settings)
    seen = len(frame.faults)
    events = read_events(frame, stack.events)
    layer = stack.layers[0] if entry is None else stack.layer(entry)
    forks = read_forks(frame, entry, Rest(layer, references, theory, decided, events))
    if stack.whole and len(frame.faults) == seen:  # else what is at fault may be what reads them
        check_amounts(frame, stack.settings, settings, stack.events, [*events, *events_of(forks)])
    return Changes(read_threats(frame, stack.threats, references, stack.folder), settings, events, forks)


def _expected(layers: Sequence[Layer], file: Layer) -> Entry | None:
    """What is expected of the runs: by the command line, the variants where some are chosen, or the file."""
    own = _own(layers, file)
    chosen = any(layer.number == VARIANT for layer in own)  # of a variant other things are expected
    said = [layer.plain.get("expect") for layer in own if layer.number >= VARIANT or not chosen]
    return next((entry for entry in reversed(said) if entry is not None), None)


def _own(layers: Sequence[Layer], file: Layer) -> list[Layer]:
    """The layers that speak of this file alone: itself and the command line, and never a parent."""
    return [layer for layer in layers if layer.number >= file.number]


def _text(layers: Sequence[Layer], file: Layer, name: str, faults: list[Fault]) -> str:
    """The title or the question: of this file or of the command line, and never of a parent."""
    own = [layer.plain[name] for layer in _own(layers, file) if name in layer.plain]
    if own:
        return as_text(own[-1].node, faults) or ""
    if BY_NAME[name].required and file.file.whole:
        report(faults, file.file, f"the key {quoted(name)} is missing")
    return ""


def _whole_number(stack: Merged, name: str, faults: list[Fault]) -> int:
    """The number of that key, or the usual one; 0 where it is at fault."""
    entry, key = stack.plain.get(name), BY_NAME[name]
    if entry is None:
        return USUAL[name]
    assert key.low is not None
    assert key.high is not None
    return as_int(entry.node, faults, int(key.low), int(key.high), key.unit) or 0


def _background(stack: Merged, faults: list[Fault]) -> float:
    entry, key = stack.plain.get("background"), BY_NAME["background"]
    if entry is None:
        return USUAL_BACKGROUND
    return (as_number(entry.node, faults, key.low, key.high) or 0.0) + 0.0


def _references(world: World, settings: Sequence[Setting]) -> dict[str, float]:
    """The highest reference tempo (acts/year) that the scenario gives each country."""
    highest = {code: world.value(f"tempo.reference.{code}").value for code in world.codes}
    for setting in settings:
        code = setting.path.removeprefix("tempo.reference.")
        if code in highest:
            highest[code] = max(highest[code], setting.value)
    return highest


def _places(stack: Merged, settings: Sequence[Setting], present: tuple[str, ...]) -> dict[str, Place]:
    """Where each key that holds was set."""
    return (
        {name: entry.key.place for name, entry in stack.plain.items()}
        | {
            f"threats.{name}": entry.key.place
            for name, entry in stack.threats.items()
            if name.split(".")[0] in present
        }
        | {f"set.{setting.path}": setting.place for setting in settings}
    )
