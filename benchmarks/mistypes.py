"""Mistype every word of every shipped scenario by one letter, and count who is told the right one.

    python benchmarks/mistypes.py [--every N] [--verbose]

The words are all keys (of the file, of threats, set, events, profiles and settings, with each part of a
path) and all names (countries, events, theories, levels, worlds, parents ...) that the scenarios say, and
with them each key and name of the schema and the world in a scenario of its own. Each letter in turn is
left out, swapped with the next, and written twice. A mistyped word that is another valid one is no
mistake that could be caught: it is counted apart. Exit code 2 if one of the others is not caught.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from simulation.document import Mapping, Node, Scalar, Sequence, read_document
from simulation.errors import BadInput, Fault
from simulation.library import scenarios_folder
from simulation.scenario import ground, layers, resolve, search
from simulation.scenario.profiles import FIELDS
from simulation.world import World, load_world

TEXTS = frozenset({"title", "why"})  # keys whose values are no words of the language
RIGHT_FIRST = 0.95


@dataclass
class Count:
    """What became of the mistyped words: `missed` were not caught, `astray` led to another word."""

    words: int = 0
    mistyped: int = 0
    valid: int = 0
    caught: int = 0
    right: int = 0
    alone: int = 0
    missed: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)


def slips(word: str) -> list[str]:
    """The word with one letter left out, swapped with the next, or written twice; each other word once."""
    out = [word[:i] + word[i + 1 :] for i in range(len(word))]
    out += [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    out += [word[: i + 1] + word[i:] for i in range(len(word))]
    return [each for each in dict.fromkeys(out) if each and each != word]


NAMED_FREELY = ("variants", "branches")  # what they hold goes by names that the author is free to choose


def words_of(node: Node, free: bool = False) -> Iterator[Scalar]:
    """Every key, and every value that is a name; without keys that are `free`."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if not free:
                yield key
            if free or key.text not in TEXTS:
                yield from words_of(value, not free and key.text in NAMED_FREELY)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from words_of(item)
    elif node.text[:1].isalpha():
        yield node


def texts(world: World) -> dict[str, str]:
    """The shipped scenarios, and others that say the rest of what a scenario can say."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in scenarios_folder().glob("*.yaml")}
    found = dict(sorted(found.items()))
    head = "format: 1\ntitle: X\nextends: baseline\n"
    tempi = f"[{', '.join(['5'] * 60)}]"
    fields = {"tempo": "5", "spread": "2", "share": "0.5", "month": "2024-01", "phase": "2023-06",
              "months": "6", "tempi": tempi, "parts": "[low, 5]"}  # fmt: skip
    bounds = {"low": "1", "high": "9"}
    for shape, rows in FIELDS.items():
        told = [(row.key, bounds.get(row.key, fields.get(row.kind))) for row in rows]
        said = ", ".join(f"{key}: {value}" for key, value in told if value is not None)
        found[f"profile {shape}"] = f"{head}threats: {{PRK: {{profile: {shape}, {said}}}}}\n"
    for level in world.levels["PRK"]:
        found[f"level {level}"] = f"{head}threats: {{PRK: {level}}}\n"
    for theory in world.theories:
        found[f"theory {theory}"] = f"{head}theory: {theory}\n"
    for event in world.events.values():
        names = {"country": "KOR", "partner": "JPN"}
        said = ", ".join(f"{one.name}: {_example(one, names, world)}" for one in event.fields.values())
        found[f"event {event.name}"] = f"{head}events: [{{at: 2024-01, event: {event.name}, {said}}}]\n"
    declared: dict[str, str] = {}
    for path in world.paths():
        if not path.startswith(("weights.", "events.")) or path.startswith("weights.article."):
            declared.setdefault(world.declaration(path).path, path)
    for path in declared.values():
        if path != "anchor.rest":
            found[f"path {path}"] = f"{head}set: {{{path}: {world.value(path).value}}}\n"
    found["the rest"] = (
        f"{head}background: 1\nwithout: [RUS]\nfocus: [JPN, USA]\nuncertainty: [chance, parameters, theory]\n"
        "theory: {article: 0.5, liberal: 0.5}\n"
        "set:\n  commitment.USA.KOR: {value: 0.5, low: 0.4, high: 0.6}\n"
    )
    found["a family"] = (
        f"{head}variants:\n  1: {{threats.PRK: high, months: 24, set: {{choice.pace: 0.2}}}}\n"
        "forks:\n  at: 2025-01\n  branches:\n"
        "    2: {threats: {CHN: high}, forks: {at: 2026-01, branches: {3: {choice.pace: 0.2}}}}\n"
    )
    return found


def _example(one: object, names: dict[str, str], world: World) -> str:
    """A value that the field of an event may have."""
    kind, name = getattr(one, "kind"), getattr(one, "name")  # noqa: B009
    if kind == "country":
        return names.get(name, "USA")
    if kind == "track":
        return world.tracks[1].name
    if kind == "camp":
        return next(iter(world.countries["KOR"].camps))
    return f"{getattr(one, 'value').value:g}"  # noqa: B009


def measure(every: int = 1) -> Count:
    """Mistype every word (or each of `every` mistypings) and look at what is said."""
    world = load_world("northeast_asia")
    _look_up_once()
    valid = {*world.levels["PRK"], *FIELDS}
    for each in (world, load_world("korea_japan_1969")):
        valid.update((*each.names, *each.codes, *each.events, *each.theories))
    count = Count()
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts(world).items():
            path = Path(folder) / f"{name.replace(' ', '_')}.yaml"
            path.write_text(text, encoding="utf-8")
            good = _loads(path)
            if good:
                raise SystemExit(f"{name} is no good scenario:\n{BadInput(good)}")
            faults: list[Fault] = []
            file = read_document(path, faults)
            assert file is not None
            for word in words_of(file) if " " not in name else _named(file, name):
                count.words += 1
                for slip in slips(word.text):
                    number += 1
                    if number % every == 0:
                        _try(count, path, text, word, slip, valid)
            path.write_text(text, encoding="utf-8")
    return count


def _look_up_once() -> None:
    """Read each world and look for files once: neither changes, and neither is what is measured."""
    ground.load_world = cache(load_world)
    for module in (resolve, ground, layers):
        for name in ("find_scenario", "find_world", "leads_out", "scenario_names", "world_names"):
            if hasattr(module, name):
                setattr(module, name, cache(getattr(search, name)))


def _named(file: Mapping, name: str) -> Iterator[Scalar]:
    """The words for whose sake the scenario was made: not its head again."""
    for key, value in file.entries:
        if key.text not in ("format", "title", "extends"):
            if name == "the rest":
                yield key
            yield from words_of(value, key.text in NAMED_FREELY)


def _loads(path: Path) -> tuple[Fault, ...]:
    try:
        resolve.load_scenario(path)
    except BadInput as error:
        return error.faults
    return ()


def _try(count: Count, path: Path, text: str, word: Scalar, slip: str, valid: Collection[str]) -> None:
    """Load the scenario with the word mistyped."""
    lines = text.split("\n")
    line, at = lines[word.line - 1], word.column - 1
    lines[word.line - 1] = line[:at] + slip + line[at + len(word.text) :]
    path.write_text("\n".join(lines), encoding="utf-8")
    faults = _loads(path)
    count.mistyped += 1
    here = [fault for fault in faults if fault.place and fault.place.line == word.line]
    where = f"{path.stem}:{word.line}: {word.text} as {slip}"
    if not faults and slip in valid:
        count.valid += 1
        return
    if not faults:
        count.missed.append(where)
        return
    count.caught += 1
    first = here[0].hint if here else None
    if first == f'did you mean "{word.text}"?':
        count.right += 1
    else:
        count.astray.append(f"{where}: {faults[0].message}; {faults[0].hint}")
    count.alone += len(faults) == 1


def main() -> int:
    """Print the shares; 0 if everything was caught, otherwise 2."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try each N-th mistyping only")
    parser.add_argument("--verbose", action="store_true", help="list what led elsewhere")
    options = parser.parse_args()
    began = time.perf_counter()
    count = measure(options.every)
    tried = count.mistyped - count.valid
    print(f"{count.words:,} words, {count.mistyped:,} mistyped; {count.valid} of them are other valid words")
    print(f"caught: {count.caught:,} of {tried:,} ({count.caught / tried:.2%})")
    print(f"the right word first: {count.right:,} ({count.right / tried:.2%}; wanted {RIGHT_FIRST:.0%})")
    print(f"one fault and no more: {count.alone:,} ({count.alone / tried:.2%})")
    print(f"{time.perf_counter() - began:.1f} s")
    for missed in count.missed:
        print(f"not caught: {missed}")
    for astray in count.astray if options.verbose else ():
        print(f"elsewhere: {astray}")
    return 2 if count.missed else 0


if __name__ == "__main__":
    sys.exit(main())
