"""Small worlds for tests: random but plausible values of every parameter, valid by construction."""

import random
from pathlib import Path

from simulation.document import month_text
from simulation.errors import BadInput, Fault
from simulation.parameters import Declaration, read_declarations
from simulation.world.relations import TRACKS
from simulation.world.whole import Names

CODES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
CAMPS = ("left", "right", "centre")
THEORIES = ("article", "quasi_alliance", "liberal")
LEVELS = ("calm", "low", "medium", "high", "peak")
# Where the declared bounds are wider than anything a world would say.
PLAUSIBLE: dict[str, tuple[float, float]] = {
    "burst": (1, 4),
    "choice.precision": (1, 8),
    "choice.pace": (0.05, 0.3),
    "choice.step": (0.05, 0.4),
    "coercion.rate": (0, 6),
    "commitment.rate": (0.02, 0.5),
    "cover": (0, 0.5),
    "dilemma": (0, 1),
    "election.swing": (0, 6),
    "gesture.rate": (0, 3),
    "intent.half_life": (2, 24),
    "nuclear.rate": (0, 1),
    "nuclear.severity": (5, 40),
    "pause.months": (3, 24),
    "pause.rate": (0, 1),
    "response": (-0.5, 0.5),
    "shock.rate": (0, 3),
    "support.noise": (0, 0.06),
    "tempo.reference": (5, 100),
    "turnover": (0, 1),
    "weights": (0, 1.6),
}
OF_CHALLENGERS = (
    "tempo.reference",
    "burst",
    "nuclear.rate",
    "pause.rate",
    "response",
    "cover",
    "coercion.rate",
)

SOURCE = """\
title: A small world
reference: {reference}
sources:
  S01: {{author: "A. Author", title: "An article", outlet: "A paper", year: 2020, kind: article}}
  S02: {{author: "B. Author", title: "Counts", outlet: "Archive", year: 2019, kind: dataset, note: "Small"}}
"""
EVIDENCE = """\
evidence:
  E01: {claim: "Threat binds.", source: S01, paragraph: 1, kind: judgement, confidence: verified}
  E02: {claim: Acts, source: S02, kind: figure, figure: 12, unit: acts, confidence: recalled, differs: [E01]}
"""
EVENTS = """\
events:
  quarrel:
    meaning: "The country wrongs the partner"
    evidence: [E01]
    example: {country: BBB, partner: AAA}
    fields:
      country: country
      partner: country
      size: {unit: share, bounds: [0, 1], value: 0.2, low: 0.1, high: 0.3, evidence: [E01]}
      mistrust: {unit: share, bounds: [0, 1], value: 0.1, low: 0.05, high: 0.2, assumption: "half of it"}
      coldness: {unit: share, bounds: [0, 1], value: 0.1, low: 0.05, high: 0.2, assumption: "half of it"}
    effects:
      - {effect: grievance, of: partner, toward: country, amount: size}
      - {effect: trust, of: partner, toward: country, amount: -mistrust}
      - {effect: favourability, of: partner, toward: country, amount: -coldness}
  concession:
    meaning: "The country concedes to the partner"
    evidence: [E01]
    fields:
      country: country
      partner: country
      relief: {unit: share, bounds: [0, 1], value: 0.2, low: 0.1, high: 0.3, evidence: [E01]}
      price: {unit: share, bounds: [0, 1], value: 0.05, low: 0, high: 0.1, evidence: [E02]}
    effects:
      - {effect: conciliation, of: partner, toward: country, amount: relief}
      - {effect: support, of: country, amount: -price}
  step:
    meaning: "A step on a track"
    evidence: [E01]
    fields:
      country: country
      partner: country
      track: track
      steps: {unit: rungs, bounds: [0, 6], value: 1, low: 1, high: 2, evidence: [E01]}
    effects:
      - {effect: rung, of: country, toward: partner, track: track, amount: steps}
  rupture:
    meaning: "A step down on the security track"
    evidence: [E01]
    fields:
      country: country
      partner: country
      steps: {unit: rungs, bounds: [0, 6], value: 1, low: 1, high: 2, evidence: [E01]}
    effects:
      - {effect: rung, of: country, toward: partner, track: security, amount: -steps}
  change_of_government:
    meaning: "Another camp governs"
    evidence: [E01]
    fields: {country: country, camp: camp}
    effects: [{effect: camp, of: country, amount: camp}]
  declaration:
    meaning: "A patron declares its commitment"
    evidence: [E01]
    fields:
      country: country
      partner: country
      weight: {unit: share, bounds: [0, 1], value: 0.1, low: 0.05, high: 0.2, evidence: [E01]}
    effects:
      - {effect: declaration, of: country, toward: partner, amount: weight}
  crisis:
    meaning: "A burst of acts, a war, an alarm"
    evidence: [E02]
    fields:
      country: country
      partner: country
      count: {unit: acts, bounds: [0, 500], value: 12, low: 4, high: 40, evidence: [E02]}
      level: {unit: share, bounds: [0, 1], value: 0.5, low: 0, high: 1, assumption: "half a war"}
      alarm: {unit: share, bounds: [0, 1], value: 0.2, low: 0.1, high: 0.4, assumption: "a fifth"}
      blasts: {unit: tests, bounds: [0, 20], value: 1, low: 0, high: 2, evidence: [E02]}
    effects:
      - {effect: acts, of: country, amount: count}
      - {effect: tests, of: country, amount: blasts}
      - {effect: war, of: country, amount: level}
      - {effect: intent, of: partner, toward: country, amount: alarm}
  talks:
    meaning: "Talks begin"
    evidence: [E01]
    fields:
      country: country
      months: {unit: months, bounds: [0, 120], value: 12, low: 6, high: 24, evidence: [E01]}
    effects: [{effect: talks, of: country, amount: months}]
  accord:
    meaning: "Two countries and a third assure each other"
    evidence: [E01]
    fields:
      country: country
      partner: country
      third: country
      calm: {unit: share, bounds: [0, 1], value: 0.2, low: 0.1, high: 0.3, evidence: [E01]}
      faith: {unit: share, bounds: [0, 1], value: 0.1, low: 0.05, high: 0.2, evidence: [E01]}
    effects:
      - {effect: reassurance, of: partner, toward: country, amount: calm}
      - {effect: reassurance, of: third, toward: country, amount: calm}
      - {effect: trust, of: partner, toward: third, amount: faith}
"""


def write_world(folder: Path, countries: int = 3, seed: int = 0) -> Path:
    """Write a valid random world of 2 to 6 countries into the folder, and return the folder.

    Its first two countries are the focus, its last is a challenger.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in world_texts(countries, seed).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def world_texts(countries: int = 3, seed: int = 0) -> dict[str, str]:
    """The texts of the files of `write_world`, by the names of the files."""
    chance = random.Random(seed)
    codes = CODES[:countries]
    names = Names(
        {code: CAMPS[: chance.randint(1, len(CAMPS))] for code in codes},
        TRACKS,
        THEORIES[: chance.randint(1, len(THEORIES))],
    )
    challengers = [code for code in codes[2:-1] if chance.random() < 0.5] + [codes[-1]]
    reference = 2020 * 12 + chance.randint(0, 47)
    countries_text = _countries(chance, names, reference) + _threats(chance, challengers)
    relations_text = _relations(chance, codes, reference)
    sections = _sections(chance, names, challengers)
    return {
        "source.yaml": SOURCE.format(reference=month_text(reference)),
        "evidence.yaml": EVIDENCE,
        "countries.yaml": countries_text + sections["country"],
        "relations.yaml": relations_text + sections["pair"],
        "mechanisms.yaml": sections["none"],
        "theories.yaml": _theories(names) + sections["term"],
        "events.yaml": EVENTS,
    }


def _countries(chance: random.Random, names: Names, reference: int) -> str:
    lines = ["countries:"]
    for code, camps in names.camps.items():
        lines += [f"  {code}:", f"    name: Country {code}", "    camps:"]
        lines += [f'      {camp}: "The {camp} of {code}"' for camp in camps]
        lines += ["    government:"]
        for since in _dates(chance, reference):
            lines.append(f"      - {{since: {since}, camp: {chance.choice(camps)}, evidence: [E01]}}")
        if chance.random() < 0.5:
            first, every = month_text(reference + chance.randint(-60, 60)), chance.choice((24, 48, 60))
            lines.append(f"    election: {{first: {first}, every: {every}, evidence: [E01]}}")
        if chance.random() < 0.3:
            since, level = month_text(reference + chance.randint(-24, 24)), round(chance.random(), 2)
            lines.append(f"    war: [{{since: {since}, level: {level}, evidence: [E02]}}]")
    return "\n".join(lines) + "\n"


def _threats(chance: random.Random, challengers: list[str]) -> str:
    lines = ["threats:"]
    for code in challengers:
        lines += [f"  {code}:", "    unit: acts/year"]
        lines += [f"    {level}: {_value(chance, 0, 150)}" for level in LEVELS]
    return "\n".join(lines) + "\n"


def _relations(chance: random.Random, codes: tuple[str, ...], reference: int) -> str:
    first, second = chance.randint(10, 45), chance.randint(10, 45)
    tops = {track: chance.randint(1, 6) for track in TRACKS}
    lines = ["tracks:"]
    for track, weight in zip(TRACKS, (first, second, 100 - first - second), strict=True):
        share = weight / 100
        lines += [
            f"  {track}:",
            f"    weight: {{unit: share, value: {share}, low: {share}, high: {share}, assumption: as drawn}}",
            f"    rungs: [{', '.join(f'{track} {rung}' for rung in range(tops[track] + 1))}]",
        ]
        if track == "security":
            lines.append(f"    sharing: {{value: {chance.randint(0, tops[track])}, assumption: as drawn}}")
    lines += [f"focus: [{codes[0]}, {codes[1]}]", "rungs:"]
    for slot, code in enumerate(codes[:-1]):
        lines.append(f"  {code}:")
        for other in codes[slot + 1 :]:
            lines.append(f"    {other}:")
            for track, top in tops.items():
                lines.append(f"      {track}:")
                for since in _dates(chance, reference):
                    rung = chance.randint(0, top)
                    lines.append(f"        - {{since: {since}, rung: {rung}, evidence: [E02]}}")
    return "\n".join(lines) + "\n"


def _theories(names: Names) -> str:
    lines = ["theories:"]
    lines += [f'  {one}: {{title: "{one}", meaning: "A theory", evidence: [E01]}}' for one in names.theories]
    return "\n".join(lines) + "\n"


def _dates(chance: random.Random, reference: int) -> list[str]:
    """One to three months in order, the first not after the reference."""
    first = reference - chance.randint(0, 60)
    later = sorted(chance.sample(range(first + 1, first + 90), chance.randint(0, 2)))
    return [month_text(month) for month in (first, *later)]


def _sections(chance: random.Random, names: Names, challengers: list[str]) -> dict[str, str]:
    """The `parameters:` section of each file, by the first kind of table in it."""
    faults: list[Fault] = []
    declared = read_declarations(faults)
    if faults:
        raise BadInput(faults)
    lines: dict[str, list[str]] = {kind: ["parameters:"] for kind in ("country", "pair", "none", "term")}
    place = {"country": "country", "camp": "country", "none": "none", "track": "none", "term": "term"}
    for one in declared.values():
        lines[place.get(one.by, "pair")] += _table(chance, one, names, challengers)
    return {kind: "\n".join(each) + "\n" for kind, each in lines.items()}


def _table(chance: random.Random, one: Declaration, names: Names, challengers: list[str]) -> list[str]:
    low, high = PLAUSIBLE.get(one.path, (one.low, one.high))
    if one.by == "none":
        return [f"  {one.path}: {_value(chance, low, high, f'unit: {one.unit}, ')}"]
    lines = [f"  {one.path}:", f"    unit: {one.unit}"]
    before: tuple[str, ...] = ()
    for entry in names.entries(one.by):
        if one.path in OF_CHALLENGERS and entry[0] not in challengers:
            continue
        if one.default is not None and one.path != "tempo.reference" and chance.random() < 0.15:
            continue  # left to its default
        new = (depth for depth in range(len(entry) - 1) if entry[: depth + 1] != before[: depth + 1])
        lines += [f"{'  ' * (depth + 2)}{entry[depth]}:" for depth in new]
        lines.append(f"{'  ' * (len(entry) + 1)}{entry[-1]}: {_value(chance, low, high)}")
        before = entry
    return lines


def _value(chance: random.Random, low: float, high: float, unit: str = "") -> str:
    """A value with its range, within the bounds, and a reason for it."""
    three = sorted(float(f"{chance.uniform(low, high):.4g}") for _ in range(3))
    reason = chance.choice(("evidence: [E01]", "evidence: [E01, E02]", "assumption: as drawn"))
    return f"{{{unit}value: {three[1]}, low: {three[0]}, high: {three[2]}, {reason}}}"
