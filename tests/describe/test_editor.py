"""JSON Schema of scenario files: it takes what is right, and refuses what the tables refuse."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from simulation.describe.editor import FORMS, json_schema
from simulation.describe.editor_world import FIELD_FORMS
from simulation.describe.examples import EXAMPLES, PROFILES
from simulation.library import scenarios_folder
from simulation.scenario.profiles import FIELDS
from simulation.scenario.resolve import load_scenario
from simulation.scenario.schema import BY_NAME, KEYS
from simulation.scenario.writing import to_yaml
from simulation.world import load_world
from tests.scenario.test_broken import cases

HEAD = "format: 1\ntitle: X\nextends: baseline\n"
# What a schema can see in one file, without sums, orders and dates.
SEEN = re.compile(
    r"scenarios/x\.yaml:\d+:\d+: (unknown (key|country|theory|event|level|profile|track|path|field|kind)"
    r"|the key .* is missing|.* is not a (whole )?number|.* is (below|above) the (lowest|highest) value)"
)


@cache
def schema(world: str = "northeast_asia") -> dict[str, Any]:
    return json_schema(load_world(world))


def faults(text: str, world: str = "northeast_asia") -> list[str]:
    validator = Draft202012Validator(schema(world))
    return [fault.message for fault in validator.iter_errors(yaml.safe_load(text))]


def test_it_is_a_schema():
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("file", sorted(scenarios_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_scenario_is_right_as_written_and_as_resolved(file: Path):
    scenario = load_scenario(file)
    world = scenario.world.name
    assert faults(file.read_text(encoding="utf-8"), world) == []
    assert faults(to_yaml(scenario), world) == []


def test_all_that_a_file_can_say_is_right():
    assert faults("\n".join(EXAMPLES.values())) == []
    assert faults(to_yaml(load_scenario("young.yaml"))) == []
    assert {shape: faults(HEAD + text) for shape, text in PROFILES.items()} == {name: [] for name in FIELDS}


@pytest.mark.parametrize(
    "text",
    [
        "mounths: 12",
        "months: 0",
        "months: 1.5",
        'months: "12"',
        "start: 2023-13",
        "runs: 10000001",
        "theory: realist",
        "theory: {article: 1.5}",
        "uncertainty: [luck]",
        "without: [USSR]",
        "focus: [JPN]",
        "focus: [JPN, JPN]",
        "background: 11",
        "threats: {PRK: hihg}",
        "threats: {PRK: 1001}",
        "threats: {XYZ: high}",
        "threats: {PRK: {profile: ramp, from: 1, to: 2}}",
        "threats: {PRK: {profile: rump, from: 1, to: 2, over: 3}}",
        "threats: {PRK: {profile: step, from: 1, to: 2, at: 2024-01, width: 3}}",
        "threats: {PRK: {profile: walk, base: 3, persistence: 1, sd: 2}}",
        "threats: {PRK: {profile: sum, parts: [{profile: sum, parts: [1]}]}}",
        "set: {choice.pase: 0.2}",
        "set: {choice.pace: 2}",
        "set: {choice.pace: {value: 0.2}}",
        "set: {choice.pace: {value: 0.2, low: 0.1, high: 0.3, from: 2024-01}}",
        "set: {support.start.JPN: {value: 0.2, from: 2024-01}}",
        "set: {anchor.rest: 0.02}",
        "events: [{at: 2024-01, event: sumit, country: JPN, partner: KOR}]",
        "events: [{at: 2024-01, event: summit, country: JPN}]",
        "events: [{at: 2024-01, event: summit, country: JPN, partner: KOR, steps: 7}]",
        "events: [{at: 2024-01, event: change_of_government, country: KOR, camp: revisionist}]",
        "set: {proximity.JPN.JPN: 0.2}",
        "variants: {high: {threats.PKR: 140}}",
        "variants: {high: {choice.pase: 0.2}}",
        "variants: {high: {choice.pace: 2}}",
        "forks: {at: 2024-01, branches: {a: {proximity.JPN.KRO: 0.2}}}",
        "variants: {high: {forks: {at: 2024-01, branches: {}}}}",
        "forks: {at: 2024-01}",
        "forks: {at: 2024-01, branches: {a: {months: 12}}}",
    ],
)
def test_what_is_wrong_is_refused_beside_what_is_right(text: str):
    assert faults(HEAD) == []
    assert faults(HEAD + text)


def seen() -> dict[str, str]:
    """The broken scenarios in which some fault can be seen by a schema, as one file without --set."""
    return {
        name: files["x"]
        for name, (files, overrides, message) in cases().items()
        if not overrides and any(SEEN.match(line) for line in message.splitlines())
    }


@pytest.mark.parametrize("name", seen())
def test_what_check_says_of_one_line_the_schema_says_too(name: str):
    try:
        said = faults(seen()[name])
    except (yaml.YAMLError, TypeError):
        return  # an editor would mark it as no YAML, or a key for which JSON has no word
    assert said


def test_many_broken_scenarios_are_seen_by_the_schema():
    assert len(seen()) >= 30


def test_names_carry_meaning_unit_and_the_value_of_the_world():
    forms = schema()["$defs"]
    path = forms["paths"]["properties"]["commitment.USA.KOR"]
    assert path == {"title": "world: 0.85 (0.7 to 0.95)", "$ref": "#/$defs/value.commitment"}
    assert forms["value.commitment"]["description"] == (
        "k.i: commitment of patron k to defend i under a government that keeps it in full. From 0 to 1 share."
    )
    months = schema()["properties"]["months"]
    assert (months["type"], months["minimum"], months["maximum"]) == ("integer", 1, 1200)
    assert months["description"] == "How long it is simulated. Left out: 60. From 1 to 1200 months."
    assert forms["part.PRK"]["anyOf"][0] == {"$ref": "#/$defs/tempo.PRK"}
    levels = forms["tempo.PRK"]["anyOf"][1]["oneOf"]
    assert levels[0] == {"const": "calm", "description": "2 (0 to 6) acts/year."}


def test_it_is_small_enough_for_an_editor_and_says_nothing_twice():
    written = json.dumps(schema(), separators=(",", ":"))
    assert len(written) < 190_000
    names = re.findall(r'"#/\$defs/([^"/]+)"', written)
    assert set(names) | {"paths", "threats"} == set(schema()["$defs"])


def test_every_path_of_the_world_is_completed_and_no_other_name_is_right():
    world = load_world("northeast_asia")
    forms = schema()["$defs"]
    known = set(forms["paths"]["properties"])
    assert known >= set(world.paths()) - {"anchor.rest"}
    patterns = [re.compile(one["pattern"]) for one in forms["path"]["anyOf"]]
    assert all(any(each.search(path) for each in patterns) for path in known)
    wrong = {*(f"{path}x" for path in known), *(path[1:] for path in known), *(path[:-1] for path in known)}
    assert not [path for path in wrong - known if any(each.search(path) for each in patterns)]


def test_every_type_of_the_tables_has_a_form():
    assert {key.type for key in KEYS} <= set(FORMS)
    assert {row.kind for rows in FIELDS.values() for row in rows} <= set(FIELD_FORMS)
    assert set(schema()["properties"]) == set(BY_NAME)
