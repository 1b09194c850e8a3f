"""`entente explain`."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence

from simulation.cli.comparing import fact_row, names_of, place_text
from simulation.cli.printing import place_row, print_json
from simulation.describe.chain import Explanation, Ground
from simulation.describe.differences import Comparison, compare
from simulation.describe.explanation import explain
from simulation.describe.flat import bounds_text, happenings, measured, value_fact
from simulation.describe.readers import RULES_REST_ON, Reader
from simulation.describe.said import ON_COMMAND_LINE
from simulation.scenario.resolve import load_scenario, of_world_alone
from simulation.scenario.scenario import Scenario

WIDEST, NARROWEST = 100, 40  # columns


def explain_path(
    name: str, path: str | None, settings: Sequence[str], variants: Sequence[str], as_json: bool
) -> None:
    """Print where a value comes from; without a path, all that differs from the world's defaults."""
    scenario = load_scenario(name, settings, names_of(variants))
    if path is None:
        _all(scenario, as_json)
        return
    found = explain(scenario, path)
    if as_json:
        print_json(_row(found))
    else:
        print("\n".join(_lines(found, scenario.world.name)))


def _all(scenario: Scenario, as_json: bool) -> None:
    """Every key that differs from what the world alone would say, with where it was set."""
    said = compare(of_world_alone(scenario), scenario)
    if as_json:
        print_json(_rows(scenario, said))
        return
    print(f"{scenario.name}: {scenario.title}\nWhat differs from {scenario.world.name} left as it is:\n")
    rows = [
        (one.path, measured(one.b.text, one.b.unit), one.a.text, place_text(one.b.place))
        for one in said.values
    ]
    rows += [("events", text, "", place_text(place)) for text, place, _ in happenings(scenario)]
    if not rows:
        print("  nothing")
        return
    paths = max(len(row[0]) for row in rows)
    for path, text, usual, place in rows:
        print(f"  {path:<{paths}}  {text}")
        before = f", in place of {usual}" if usual not in ("", "none") else ""
        print(f"  {'':<{paths}}  {place}{before}")
    print("\nOne of them in full: add its path to this command.")


def _rows(scenario: Scenario, said: Comparison) -> dict[str, object]:
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "world": scenario.world.name,
        "values": [
            {"path": one.path, "unit": one.unit, "value": fact_row(one.b), "default": fact_row(one.a)}
            for one in said.values
        ],
        "events": [{"event": text, **place_row(place)} for text, place, _ in happenings(scenario)],
    }


def _lines(one: Explanation, world: str) -> Iterator[str]:
    """The explanation as a person reads it."""
    page = _Page("" if world == RULES_REST_ON else f" of {RULES_REST_ON}")
    yield f"{one.path} in {one.scenario} ({one.title})\n"
    yield page.wrapped(measured(one.value, one.unit), 2) + "\n"
    yield page.wrapped(one.meaning, 2)
    if one.bounds is not None:
        bounds = bounds_text(*one.bounds)
        declared = f" ({place_text(one.declared)})" if one.declared else ""
        yield page.wrapped(f"Bounds: {bounds}{f' {one.unit}' if one.unit else ''}{declared}.", 2)
    yield from (page.wrapped(f"{each}.", 2) for each in one.names)
    yield "\nWhat set it, lowest first"
    for number, step in enumerate(one.chain, 1):
        where = f", {place_text(step.place)}" if step.place and step.by != ON_COMMAND_LINE else ""
        yield f"  {number}  {step.by}{where}"
        yield page.wrapped(step.text, 5, 2)
        for ground in step.grounds:
            yield from page.ground(ground, step.text)
        yield page.wrapped(f"-> {step.then}", 5)
    if one.notes:
        yield "\nIn the runs"
        yield from (page.wrapped(note, 2, 2) for note in one.notes)
    if one.rank is not None:
        yield "\nHow much it matters"
        yield page.wrapped(str(one.rank), 2, 2)
    yield "\nWho reads it"
    if not one.readers:
        yield "  no rule of the model"
    for reader in one.readers:
        yield page.reader(reader, 2)
        yield from (page.reader(each, 4, "through: ") for each in reader.passes)


class _Page:
    """Wrapped lines; what was printed once in full is named alone the next time."""

    def __init__(self, of_rules: str) -> None:
        self.of_rules = of_rules  # of which world the evidence of rules is, where it is not the scenario's
        self.width = WIDEST
        if sys.stdout.isatty():
            self.width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
        self.printed: set[str] = set()

    def wrapped(self, text: str, indent: int, hang: int = 0) -> str:
        """The text in lines, all but the first further in by `hang`."""
        return textwrap.fill(
            text, self.width, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def first(self, name: str) -> bool:
        """Whether the name is printed for the first time."""
        new = name not in self.printed
        self.printed.add(name)
        return new

    def reader(self, reader: Reader, indent: int, how: str = "") -> str:
        """A function that reads the value, what it does and its evidence."""
        if how and not self.first(reader.name):
            return self.wrapped(f"{how}the rule {reader.name}, as above", indent)
        keys = f"; {' '.join(reader.evidence)}{self.of_rules}" if reader.evidence else ""
        return self.wrapped(f"{how}{reader.says} [{reader.name}{keys}]", indent, 4)

    def ground(self, ground: Ground, said: str) -> Iterator[str]:
        """What a step rests on: the number where the step gives it another name, evidence, assumption."""
        value = ground.value
        if value is not None and value_fact(value).text not in said:
            text = f"{value.path} is {value_fact(value).text} {value.unit}, {place_text(value.place)}"
            yield self.wrapped(text, 7, 2)
        again = []
        for one in ground.cited:
            if self.first(one.key):
                yield self.wrapped(f"{one.key}  {one.claim}", 7, 5)
                yield self.wrapped(one.source, 12)
            else:
                again.append(one.key)
        if again:
            yield self.wrapped(f"{', '.join(again)} as above", 7)
        if value is not None and value.assumption:
            yield self.wrapped(f"assumption: {value.assumption}", 7, 2)


def _row(one: Explanation) -> dict[str, object]:
    """The explanation as JSON."""
    return {
        "path": one.path,
        "scenario": one.scenario,
        "value": one.value,
        "unit": one.unit,
        "bounds": one.bounds,
        "meaning": one.meaning,
        "declared": place_row(one.declared),
        "names": one.names,
        "chain": [
            {"by": step.by, **place_row(step.place), "text": step.text, "then": step.then,
             "rests_on": [_ground_row(ground) for ground in step.grounds]}
            for step in one.chain
        ],
        "notes": one.notes,
        "sensitivity": None if one.rank is None else one.rank._asdict(),
        "readers": [
            _reader_row(reader) | {"passes": [_reader_row(each) for each in reader.passes]}
            for reader in one.readers
        ],
    }  # fmt: skip


def _ground_row(ground: Ground) -> dict[str, object]:
    value, evidence = ground.value, [vars(each) for each in ground.cited]
    if value is None:
        return {"evidence": evidence}
    return {
        "path": value.path,
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
        **place_row(value.place),
        "evidence": evidence,
        "assumption": value.assumption,
    }


def _reader_row(reader: Reader) -> dict[str, object]:
    return {"name": reader.name, "says": reader.says, "evidence": reader.evidence, "of": RULES_REST_ON}
