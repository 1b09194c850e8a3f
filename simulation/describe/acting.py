"""Events of a scenario that act, in its runs, on what a parameter begins or governs."""

from collections.abc import Iterator

from simulation.describe.chain import branches_of
from simulation.document import month_text, number_text
from simulation.scenario.events import EventInstance
from simulation.scenario.scenario import Scenario
from simulation.world import Effect
from simulation.world.effects import EFFECTS

# Kinds of effect by the parameter from whose value, of the same countries, they move what is held.
MOVED: dict[str, tuple[str, ...]] = {
    "commitment": ("declaration", "camp"),
    "grievance.start": ("grievance", "conciliation"),
    "favourability.start": ("favourability",),
    "support.start": ("support",),
}
_KEPT = "resolve"  # of a commitment: what each camp keeps


def acting_on(scenario: Scenario, path: str) -> Iterator[str]:
    """A note on what camps make of the value, and one for each event that acts on it."""
    declared = scenario.world.declaration(path).path
    kinds = MOVED.get(declared, ())
    codes = path.removeprefix(f"{declared}.").split(".")
    if declared == "commitment":
        yield from _kept(scenario, *codes)
    ways = [("", scenario.events), *((name, branch.events) for name, branch in branches_of(scenario))]
    for name, events in ways:
        where = f"In the branch {name}, in" if name else "In"
        for event in events:
            for effect in scenario.world.events[event.event].effects:
                if effect.kind in kinds and _meets(event, effect, codes):
                    month, words = month_text(event.month), _words(scenario, event, effect)
                    yield f"{where} {month} {event.event}: {words}."


def _kept(scenario: Scenario, patron: str, client: str) -> Iterator[str]:
    """Which share of its commitment each camp of the patron keeps, where they differ."""
    said = {one.path: one.value for one in scenario.settings}
    camps = scenario.world.countries[patron].camps
    paths = {camp: f"{_KEPT}.{patron}.{camp}.{client}" for camp in camps}
    kept = {camp: said.get(path, scenario.world.value(path).value) for camp, path in paths.items()}
    if len(set(kept.values())) > 1:
        shares = ", ".join(f"{camp} {number_text(share)}" for camp, share in kept.items())
        yield f"Governments of {patron} keep of it the share {_KEPT}.{patron}.CAMP.{client}: {shares}."


def _meets(event: EventInstance, effect: Effect, codes: list[str]) -> bool:
    """Whether the effect is of the first of the countries, and toward the second where it has one."""
    of = event.fields.get(effect.of)
    toward = None if effect.toward is None else event.fields.get(effect.toward)
    return of == codes[0] and (toward is None or toward == codes[-1])


def _words(scenario: Scenario, event: EventInstance, effect: Effect) -> str:
    """What the effect does, with its countries and its amount."""
    shape, field = EFFECTS[effect.kind], scenario.world.events[event.event].fields[effect.amount]
    amount = event.fields.get(effect.amount)
    if amount is None and field.value is not None:
        set_to = {one.path: one.value for one in scenario.settings}
        amount = set_to.get(field.value.path, field.value.value)
    return shape.says.format(
        of=event.fields[effect.of],
        toward="" if effect.toward is None else event.fields[effect.toward],
        track=effect.track,
        amount=amount if isinstance(amount, str) else number_text(amount or 0.0),
        way=shape.ways[0 if effect.sign > 0 else 1],
    )
