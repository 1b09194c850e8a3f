"""The short assumptions of a scenario: its theory, the uncertainty it spans, who takes part, its focus."""

import math
from collections.abc import Collection

from simulation.document import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    as_mapping,
    as_name,
    as_number,
    as_sequence,
    month_text,
    number_text,
    report,
)
from simulation.errors import Fault
from simulation.scenario.layers import Entry, Merged
from simulation.scenario.schema import KINDS, SHARES_SUM_WITHIN, THEORY
from simulation.world import World

USUAL_THEORY = "article"


def read_theory(world: World, entry: Entry | None, faults: list[Fault]) -> dict[str, float]:
    """The share of each theory that has one, in the world's order; they sum to 1. Empty where at fault."""
    if entry is None:
        return {USUAL_THEORY if USUAL_THEORY in world.theories else next(iter(world.theories)): 1.0}
    if isinstance(entry.node, Scalar):
        name = as_name(entry.node, faults, world.theories, "theory")
        return {} if name is None else {name: 1.0}
    shares = as_mapping(entry.node, faults, "a theory, or theories with their shares")
    return {} if shares is None else _shares(world, shares, entry, faults)


def _shares(world: World, shares: Mapping, entry: Entry, faults: list[Fault]) -> dict[str, float]:
    named = [as_name(key, faults, world.theories, "theory") for key, _ in shares.entries]
    given = [as_number(node, faults, 0, 1, "share") for _, node in shares.entries]
    if None in given:
        return {}
    said = {name: share for name, share in zip(named, given, strict=True) if name and share is not None}
    total = math.fsum(share for share in given if share is not None)
    if abs(total - 1.0) > SHARES_SUM_WITHIN:
        message = f"the shares of theories sum to {number_text(round(total, 12))}, and not to 1"
        report(faults, entry.node, message, None if None in named else _scaled(said, total))
        return {}
    if None in named:
        return {}
    return {name: said[name] for name in world.theories if said.get(name, 0.0) > 0.0}


def _scaled(said: dict[str, float], total: float) -> str | None:
    """Shares in the same proportion that do sum to 1, where they can be written in short."""
    shares = {name: round(share / total, 3) for name, share in said.items()} if total > 0 else {}
    if not shares or abs(math.fsum(shares.values()) - 1.0) > SHARES_SUM_WITHIN:
        return None
    return "in that proportion: " + ", ".join(f"{name}: {number_text(one)}" for name, one in shares.items())


def read_uncertainty(
    theory: dict[str, float], entry: Entry | None, shares: Entry | None, faults: list[Fault]
) -> tuple[str, ...]:
    """The kinds of uncertainty, in the order of `KINDS`; theory is one exactly where several have a share.

    `shares` is the entry that says `theory`, where there is one.
    """
    mixed = len(theory) > 1
    if entry is None:
        return tuple(kind for kind in KINDS if kind != "theory" or mixed)
    fit = KINDS if mixed else tuple(kind for kind in KINDS if kind != "theory")
    what = "a list such as [chance, parameters]"
    kinds = _names(entry.node, faults, KINDS, "kind of uncertainty", what, fit)
    if kinds is None:
        return ()
    if not kinds:
        report(faults, entry.node, "no kind of uncertainty is named", f"one or more of: {', '.join(fit)}")
    # What was said last is what does not fit.
    last = entry if shares is None or shares.layer <= entry.layer else shares
    if mixed and "theory" not in kinds:
        message = "several theories have a share, and `uncertainty` does not name theory"
        report(faults, last.node, message, f"say `uncertainty: [{', '.join([*kinds, 'theory'])}]`")
    if len(theory) == 1 and "theory" in kinds:
        only = next(iter(theory))
        message = f"`uncertainty` names theory, and {only} is the only one with a share"
        report(faults, last.node, message, "give several theories a share, or take theory out")
    return tuple(kind for kind in KINDS if kind in kinds)


def shared_kinds(entry: Entry | None, luck: Collection[str], theory: dict[str, float]) -> tuple[str, ...]:
    """What a parent of these theories varies: what the entry tells its scenario to vary, or its own."""
    named = luck
    if entry is not None:
        items = entry.node.items if isinstance(entry.node, Sequence) else ()
        named = {item.text for item in items if isinstance(item, Scalar)}
    return tuple(kind for kind in KINDS if (len(theory) > 1 if kind == THEORY else kind in named))


def read_without(world: World, entry: Entry | None, faults: list[Fault]) -> tuple[str, ...]:
    """The countries that take no part, in the order of slots."""
    if entry is None:
        return ()
    said = _names(entry.node, faults, world.codes, "country", "a list of countries such as [RUS]")
    return tuple(code for code in world.codes if code in (said or ()))


def read_focus(
    world: World, merged: Merged, without: tuple[str, ...], faults: list[Fault]
) -> tuple[str, str]:
    """The two countries whose relations are reported; the world's where the scenario says none."""
    entry = merged.plain.get("focus")
    if entry is None:
        for code in world.focus:
            if code in without:
                message = f"{code} is in the focus of the world and cannot be left out"
                report(faults, merged.plain["without"].node, message, "say another `focus: [.., ..]`")
        return world.focus
    said = _names(entry.node, faults, world.codes, "country", "two countries such as [JPN, KOR]")
    if said is None:
        return world.focus
    if len(said) != 2:
        report(faults, entry.node, f"the focus is two countries, and {len(said)} stand here")
        return world.focus
    for item, code in zip(_items(entry.node), said, strict=True):
        if code in without:
            report(faults, item, f"{code} takes no part in this scenario", "`without` takes it out")
    return said[0], said[1]


def check_start(
    world: World, present: tuple[str, ...], start: int, entry: Entry, faults: list[Fault]
) -> None:
    """A fault where the world does not yet know who governs or how far two countries cooperate."""
    firsts = [(world.countries[code].government[0].since, f"who governs {code}") for code in present]
    firsts += [
        (dated[0].since, f"the {track} rung of {a} and {b}")
        for (a, b), tracks in world.rungs.items()
        if a in present and b in present
        for track, dated in tracks.items()
    ]
    latest, what = max(firsts, key=lambda each: each[0])
    if start < latest:
        message = f"{month_text(start)} is before {world.name} begins, {month_text(latest)}"
        report(faults, entry.node, message, f"it does not say {what} before that month")


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _names(
    node: Node, faults: list[Fault], valid: tuple[str, ...], kind: str, what: str, fit: tuple[str, ...] = ()
) -> list[str] | None:
    """A list of different names; None where one is at fault. Hints name those that `fit`, otherwise all."""
    items = as_sequence(node, faults, what)
    if items is None:
        return None
    said: list[str] = []
    for item in items.items:
        fits = fit if isinstance(item, Scalar) and item.text not in valid else valid
        name = as_name(item, faults, fits or valid, kind)
        if name is not None and name in said:
            report(faults, item, f"{name} is named twice")
        elif name is not None:
            said.append(name)
    return said if len(said) == len(items.items) else None
