"""`entente diff`."""

from collections.abc import Sequence

from simulation.cli.printing import place_row, print_json
from simulation.describe.differences import Comparison, Difference, compare
from simulation.describe.flat import Fact
from simulation.describe.said import on_command_line
from simulation.errors import BadInput, Fault, Place, quoted
from simulation.scenario.resolve import load_scenario
from simulation.scenario.scenario import Scenario

MOST_PATHS = 12  # of one world alone, in text; --json has all


def diff_scenarios(
    a: str, b: str | None, settings: Sequence[str], variants: Sequence[str], as_json: bool
) -> None:
    """Print what differs between two scenarios after resolution; settings and variants are of `b` alone.

    Without `b`, the first scenario stands beside itself as they change it.
    """
    if b is None and not settings and not variants:
        hint = "name a second scenario, or say by --variant or --set what is to differ"
        raise BadInput([Fault(f"nothing stands beside {quoted(a)}", hint=hint)])
    first, second = _both(a, a if b is None else b, settings, names_of(variants))
    found = compare(first, second)
    if as_json:
        print_json(_json(first, second, found))
        return
    width = max(len(first.name), len(second.name))
    print(f"A  {first.name:<{width}}  {first.title}")
    print(f"B  {second.name:<{width}}  {', '.join([second.title, *(f'--set {one}' for one in settings)])}")
    print()
    if found.nothing:
        print("Nothing differs.")
    for difference in found.values:
        print("\n".join(_lines(difference)))
    _print_events("A", found.events_a)
    _print_events("B", found.events_b)
    _print_paths("A", first, found.paths_a)
    _print_paths("B", second, found.paths_b)
    print(_pairing(first, second, found))


def names_of(variants: Sequence[str]) -> list[str]:
    """The names in the option --variant, which may hold several with commas between."""
    return [each for one in variants for each in one.split(",")]


def _both(a: str, b: str, settings: Sequence[str], variants: Sequence[str]) -> tuple[Scenario, Scenario]:
    """Both scenarios; BadInput with the faults of both."""
    faults: list[Fault] = []
    found: list[Scenario] = []
    for name, changes, chosen in ((a, (), ()), (b, settings, variants)):
        try:
            found.append(load_scenario(name, changes, chosen))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return found[0], found[1]


def place_text(place: Place | None) -> str:
    """Where something was set: file and line, or the command line."""
    if place is None:
        return "by default"
    return "on the command line" if on_command_line(place) else f"{place.file}:{place.line}"


def fact_row(fact: Fact) -> dict[str, object]:
    """A fact as JSON says it."""
    return {
        "value": fact.text,
        "by": fact.by,
        **place_row(fact.place),
    }


def _lines(one: Difference) -> list[str]:
    width = max(len(one.a.text), len(one.b.text))
    unit = f"  ({one.unit})" if one.unit else ""
    return [
        f"{one.path}{unit}",
        *(
            f"  {side}  {fact.text:<{width}}  {_set_by(fact)}".rstrip()
            for side, fact in (("A", one.a), ("B", one.b))
        ),
        "",
    ]  # fmt: skip


def _set_by(fact: Fact) -> str:
    """Who set a value; nothing where there is none."""
    if fact.by == "default":
        return "" if fact.text == "none" else "by default"
    return f"{place_text(fact.place)}{', the world' if fact.by == 'world' else ''}"


def _print_events(side: str, events: tuple[tuple[str, Place], ...]) -> None:
    if events:
        print(f"events in {side} alone")
        for text, place in events:
            print(f"  {text}\n      {place_text(place)}")
        print()


def _print_paths(side: str, scenario: Scenario, paths: tuple[str, ...]) -> None:
    if paths:
        more = f" and {len(paths) - MOST_PATHS:,} more (--json lists them)" if len(paths) > MOST_PATHS else ""
        print(f"values that only the world of {side} has ({scenario.world.name}): {len(paths):,}")
        print(f"  {', '.join(paths[:MOST_PATHS])}{more}\n")


def _pairing(a: Scenario, b: Scenario, found: Comparison) -> str:
    if found.unpaired:
        return f"Runs do not pair: they differ in {', '.join(found.unpaired)}."
    count = f"All {found.paired:,}" if a.runs == b.runs else f"The first {found.paired:,}"
    return f"{count} runs pair: each meets the same luck in A and in B."


def _json(a: Scenario, b: Scenario, found: Comparison) -> dict[str, object]:
    return {
        **{
            side: {"scenario": one.name, "title": one.title, "world": one.world.name,
                   "file": None if one.path is None else str(one.path)}
            for side, one in (("a", a), ("b", b))
        },
        "values": [
            {"path": one.path, "unit": one.unit, "a": fact_row(one.a), "b": fact_row(one.b)}
            for one in found.values
        ],
        "events": [
            {"in": side, "event": text, **place_row(place)}
            for side, events in (("a", found.events_a), ("b", found.events_b))
            for text, place in events
        ],
        "only_in_world": {"a": found.paths_a, "b": found.paths_b},
        "paired_runs": found.paired,
        "unpaired_by": found.unpaired,
    }  # fmt: skip
