"""The blocs of a landscape in words, and as JSON says them."""

from collections.abc import Iterator
from typing import Any

from simulation.landscape.blocs import Blocs
from simulation.landscape.landscape import Minimum
from simulation.results.intervals import wilson

SHOWN = 8  # minima; --json has them all
NOBODY = "nobody"


def blocs_lines(one: Blocs) -> list[str]:
    """The lines that a reader sees."""
    return [*_head(one), *_minima(one), *_tail(one)]


def _head(one: Blocs) -> Iterator[str]:
    found = one.landscape
    yield f"Blocs: {one.title}"
    yield one.looked_at
    count = found.strict + found.weak
    kinds = f"{found.strict:,} strict" + (f", {found.weak:,} weak" if found.weak else "")
    yield f"{count:,} {'minimum' if count == 1 else 'minima'} ({kinds})"


def _minima(one: Blocs) -> Iterator[str]:
    minima = one.landscape.minima
    for number, each in enumerate(minima[:SHOWN]):
        alike = sum(other.rank == each.rank for other in minima)
        equal = f", as low as {alike - 1:,} more" if alike > 1 else ""
        kind = "strict" if each.strict else "weak"
        yield f"\n{number + 1}  energy {_plain(each.energy)}, {kind}{equal}{_basin(one, each)}"
        first, other = one.both(each.sides)
        yield f"   {', '.join(first)}"
        yield f"   against {', '.join(other) or NOBODY}"
        country, rise = each.loosest
        free = "would cost nothing" if not each.strict else f"would cost {_plain(rise)}"
        yield f"   loosest: {one.called[one.landscape.names[country]]}, whose change of sides {free}"
        if one.sureness is not None:
            yield f"   {_sure(one, number)}"
    if len(minima) > SHOWN:
        rest = len(minima) - SHOWN
        yield f"\nand {rest:,} more (--json lists {'it' if rest == 1 else 'them'})"


def _basin(one: Blocs, each: Minimum) -> str:
    share = one.share(each)
    if share is None:
        return ""
    of = "configuration" if one.landscape.exact else "descent"
    end = f"{each.basin:,} {of} ends" if each.basin == 1 else f"{each.basin:,} {of}s end"
    return f"; {end} here ({share:.1%}{_sampled(one, each)})"


def _sampled(one: Blocs, each: Minimum) -> str:
    """The interval of a share that was sampled."""
    if one.landscape.exact or each.basin is None:
        return ""
    low, high = wilson(each.basin, one.landscape.looked_at)
    return f", 95 %: {low:.1%} to {high:.1%}"


def _sure(one: Blocs, number: int) -> str:
    """In which share of runs a minimum of the mean is one too, and the lowest."""
    sure = one.sureness
    assert sure is not None
    held = f"a minimum in {_share(sure.held[number], sure.runs)} of runs"
    return held if sure.lowest is None else f"{held}, the lowest in {_share(sure.lowest[number], sure.runs)}"


def _share(hits: int, runs: int) -> str:
    low, high = wilson(hits, runs)
    return f"{hits / runs:.1%} (95 %: {low:.1%} to {high:.1%})"


def _tail(one: Blocs) -> Iterator[str]:
    """What else is to be known."""
    found, said = one.landscape, []
    for sides, count in () if one.sureness is None else one.sureness.others:
        first, other = one.both(sides)
        runs = one.sureness.runs if one.sureness else 1
        said.append(
            f"Lowest in {count / runs:.1%} of runs: {', '.join(first)} against {', '.join(other) or NOBODY}"
        )
    if found.ties:
        of = f"{'configuration' if found.exact else 'descent'}{'' if found.ties == 1 else 's'}"
        said.append(f"In {found.ties:,} {of} two moves were equally steep: the country named first moved")
    if not found.exact:
        said.append(f"About {found.unseen:.1%} of further descents would end in minima that none has met")
    if not found.kept_all:
        more = ", and of so many no basins are counted" if found.minima[0].basin is None else ""
        said.append(f"The lowest {len(found.minima):,} minima are kept{more}")
    origin = one.origin
    if origin is not None and origin.weightless:
        said.append(f"Without capability, and on no side: {', '.join(origin.weightless)}")
    if origin is not None and origin.left_out:
        said.append(f"Left out: {origin.left_out:,} runs that did not end well")
    yield from ["", *said] if said else []


def blocs_record(one: Blocs) -> dict[str, Any]:
    """What JSON says: names are those of the tables, or the codes of countries."""
    found, origin = one.landscape, one.origin
    return {
        "scenario": None if origin is None else origin.scenario,
        "at": None if origin is None else origin.at,
        "runs": None if one.sureness is None else one.sureness.runs,
        "left_out": None if origin is None else origin.left_out,
        "uncertainty": None if origin is None else list(origin.uncertainty),
        "theory": None if origin is None else dict(origin.theory),
        "sizes": dict(zip(found.names, found.sizes.tolist(), strict=True)),
        "propensities": {
            name: dict(zip(found.names, row, strict=True))
            for name, row in zip(found.names, found.propensities.tolist(), strict=True)
        },
        "exact": found.exact,
        "configurations": found.configurations,
        "looked_at": found.looked_at,
        "strict": found.strict,
        "weak": found.weak,
        "ties": found.ties,
        "unseen": found.unseen,
        "minima": [_record(one, number) for number in range(len(found.minima))],
        "lowest_of_other_runs": [
            {"sides": _sides(one, sides), "runs": count}
            for sides, count in (() if one.sureness is None else one.sureness.others)
        ],
        "all": [
            {"sides": _sides(one, each.sides), "energy": each.energy, "ends_in": each.minimum + 1}
            for each in found.listed
        ],
    }


def _record(one: Blocs, number: int) -> dict[str, Any]:
    each, sure = one.landscape.minima[number], one.sureness
    country, rise = each.loosest
    return {
        "number": number + 1,
        "rank": each.rank,
        "sides": _sides(one, each.sides),
        "energy": each.energy,
        "strict": each.strict,
        "basin": each.basin,
        "share": one.share(each),
        "loosest": {"country": one.landscape.names[country], "costs": rise},
        "minimum_in_runs": None if sure is None else sure.held[number],
        "lowest_in_runs": None if sure is None or sure.lowest is None else sure.lowest[number],
    }


def _sides(one: Blocs, sides: tuple[int, ...]) -> list[list[str]]:
    names = one.landscape.names
    return [[name for name, side in zip(names, sides, strict=True) if side == which] for which in (1, -1)]


def _plain(value: float) -> str:
    """A number of five digits, with a true minus."""
    return f"{value:,.5g}".replace("-", "\u2212")
