"""The threats of a scenario: how often each challenger acts, as a level, a tempo or a profile.

A key of `threats` is a country, or the dotted path of one field of the profile that a lower layer gives it:
PRK, PRK.to, PRK.parts.1.peak.
"""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from pathlib import Path

from simulation.document import month_text, number_text, report
from simulation.scenario.frame import Asked, Frame
from simulation.scenario.layers import VARIANT, Entry
from simulation.scenario.profiles import Constant, Profile
from simulation.scenario.reading import Change, no_profile, read_profile
from simulation.scenario.schema import elsewhere
from simulation.scenario.shapes import UNIT


def read_threats(
    frame: Frame,
    entries: Table[str, Entry],
    references: Table[str, float],
    folder: Callable[[int], Path],
) -> dict[str, Profile]:
    """The profile of every challenger that takes part, in the order of slots.

    `references` are the reference tempos (acts/year) by country: above 0 makes a challenger, and what no
    entry names goes on at the world's own. `folder` is where the names of a layer lead from.
    """
    wholes: dict[str, Entry] = {}
    changes: dict[str, list[Change]] = {}
    challengers = [code for code in frame.present if references[code]]
    for name, entry in entries.items():
        code, *path = name.split(".")
        rest = [each for each in challengers if each not in entries or entries[each].layer != entry.layer]
        if not _is_challenger(frame, code, entry, references, rest):
            continue
        if path:
            changes.setdefault(code, []).append(Change(tuple(path), entry))
        else:
            wholes[code] = entry
    usual = {code: frame.world.value(f"tempo.reference.{code}").value for code in frame.present}
    said = {}
    for code in {**wholes, **changes}:
        profile = _threat(Asked(frame, code, folder), wholes.get(code), changes.get(code, []), usual[code])
        if profile is not None:
            said[code] = profile
    return {
        code: said.get(code, Constant(usual[code]))
        for code in frame.present
        if code in said or references[code]
    }


def _is_challenger(
    frame: Frame, code: str, entry: Entry, references: Table[str, float], rest: Sequence[str]
) -> bool:
    """Whether the code is a challenger's; `rest` are those of which nothing is said."""
    if not frame.country(entry.key, code, entry.layer, rest, elsewhere(code)):
        return False
    if not references[code]:
        challengers = ", ".join(each for each in frame.present if references[each])
        message = f"{code} is no challenger: its tempo.reference is 0"
        report(frame.faults, entry.key, message, f"challengers: {challengers}" if challengers else None)
    return bool(references[code])


def _threat(asked: Asked, whole: Entry | None, changes: list[Change], usual: float) -> Profile | None:
    if whole is None:
        no_profile(asked, changes, f"the tempo of {asked.code} is the world's, {number_text(usual)} {UNIT}")
        return None
    profile = read_profile(asked, whole.key, whole, changes)
    frame = asked.frame
    if profile is None or frame.end is None:
        return profile
    shown = profile.within(frame.end)
    if frame.horizon >= VARIANT and shown.shape != profile.shape:
        last = month_text(frame.end - 1)
        message = f"the {profile.shape} of {asked.code} falls away: it begins after the last month, {last}"
        report(frame.notes, whole.key, message)
    return shown
