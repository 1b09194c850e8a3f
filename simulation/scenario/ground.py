"""The ground of a scenario: its world, its months and who takes part."""

from pathlib import Path

from simulation.document import as_month, as_text, month_text, report
from simulation.errors import BadInput, Fault, quoted, suggestion
from simulation.scenario.assumptions import check_start, read_without
from simulation.scenario.frame import Frame
from simulation.scenario.layers import OLDEST, STAY, Merged
from simulation.scenario.search import find_world, leads_out, world_names
from simulation.world import World, load_world

LAST = 3000 * 12  # no scenario reaches this month


def read_world(stack: Merged, worlds: dict[Path, World | None], faults: list[Fault]) -> World | None:
    """The world, read once; None where it is at fault or not named."""
    entry = stack.plain.get("world")
    if entry is None:
        oldest = stack.layers[0]
        if stack.whole and "extends" not in oldest.plain:  # else it is the parent that is not found
            hint = "say `world: northeast_asia`, or extend a scenario that has one"
            report(faults, oldest.file, 'the key "world" is missing', hint)
        return None
    name = as_text(entry.node, faults, "the name of a world")
    folder = stack.layer(entry).folder
    if name is None:
        return None
    if leads_out(name, folder):
        report(faults, entry.node, f"{quoted(name)} leads out of the folder of this scenario", STAY)
        return None
    found = find_world(name, folder)
    if found is None:
        report(faults, entry.node, f"unknown world {quoted(name)}", suggestion(name, world_names(folder)))
        return None
    if found not in worlds:
        try:
            worlds[found] = load_world(found)
        except BadInput as error:
            faults += error.faults
            worlds[found] = None
    return worlds[found]


def read_frame(world: World, stack: Merged, months: int, faults: list[Fault]) -> Frame:
    """Who takes part and when, with the layers that say so."""
    begin, length, out = (stack.plain.get(name) for name in ("start", "months", "without"))
    without = read_without(world, out, faults)
    start = world.reference if begin is None else as_month(begin.node, faults)
    if begin is not None and start is not None:
        present = tuple(code for code in world.codes if code not in without)
        check_start(world, present, start, begin, faults)
    said = [entry for entry in (begin, length) if entry is not None]
    if start is not None and said and start + months > LAST:
        message = f"the scenario would end after {month_text(LAST - 1)}"
        report(
            faults,
            (begin or said[0]).key,
            message,
            "a date is a year of four digits, up to 2999, and a month",
        )
    latest = max(said, key=lambda entry: entry.layer, default=None)
    known = start is not None and months > 0
    return Frame(
        world=world,
        faults=faults,
        start=start if known else None,
        end=None if start is None or not known else start + months,
        without=without,
        horizon=OLDEST if latest is None else latest.layer,
        masked=OLDEST if out is None else out.layer,
        begun=begin,
        horizon_place=None if latest is None else latest.key.place,
    )
