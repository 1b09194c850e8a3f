"""An event filled in, as a line that a scenario takes."""

from simulation.document import month_text, number_text
from simulation.world.facts import EventType
from simulation.world.whole import World


def example_line(world: World, event: EventType, numbers: bool = False) -> str | None:
    """The event in the world's reference month, as an item of `events:`; with `numbers` it says these too.

    None where the world has fewer countries than the event names.
    """
    said = event.example or _anyone(world, event)
    if said is None:
        return None
    words = {"at": month_text(world.reference), "event": event.name}
    for field in event.fields.values():
        if field.name in said:
            words[field.name] = said[field.name]
        elif numbers and field.value is not None:
            words[field.name] = number_text(field.value.value)
    return "- {" + ", ".join(f"{name}: {text}" for name, text in words.items()) + "}"


def _anyone(world: World, event: EventType) -> dict[str, str] | None:
    """The focal dyad, then the other countries, as the fields stand; the first track, a camp."""
    roles = [field.name for field in event.fields.values() if field.kind == "country"]
    codes = [*world.focus, *(code for code in world.codes if code not in world.focus)]
    if len(roles) > len(codes):
        return None
    said = dict(zip(roles, codes, strict=False))
    for field in event.fields.values():
        if field.kind == "track":
            said[field.name] = world.tracks[0].name
        elif field.kind == "camp":
            said[field.name] = next(iter(world.countries[said["country"]].camps))
    return said
