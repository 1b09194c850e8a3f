"""The reference page is current, and its examples load."""

from pathlib import Path

import pytest

from simulation.describe.examples import EXAMPLES, PROFILES
from simulation.describe.reference import COMMAND, reference
from simulation.scenario.profiles import FIELDS
from simulation.scenario.resolve import load_scenario
from simulation.scenario.schema import EVENT_KEYS, KEYS, NAMES, SETTING_KEYS

PAGE = Path(__file__).parents[2] / "docs" / "scenario-reference.md"
HEAD = {"format": "format: 1", "title": "title: X", "extends": "extends: baseline"}


def test_the_page_is_what_the_tables_say():
    assert PAGE.read_text(encoding="utf-8") == reference(), f"make it anew: {COMMAND}"


def test_the_page_tells_every_key_and_field():
    page = reference()
    for key in (*KEYS, *SETTING_KEYS, *EVENT_KEYS):
        assert f"`{key.name}`" in page
        assert key.meaning in page
    assert all(row.meaning in page for rows in FIELDS.values() for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_has_an_example_that_loads(name: str, folder: Path):
    assert EXAMPLES[name].startswith(f"{name}:")
    lines = [line for key, line in HEAD.items() if key != name]
    (folder / "x.yaml").write_text("\n".join([*lines, EXAMPLES[name]]), encoding="utf-8")
    assert load_scenario("x.yaml").world.name == "northeast_asia"


@pytest.mark.parametrize("shape", FIELDS)
def test_every_profile_has_an_example_that_loads_as_it(shape: str, folder: Path):
    (folder / "x.yaml").write_text("\n".join([*HEAD.values(), PROFILES[shape]]), encoding="utf-8")
    assert shape in {profile.shape for profile in load_scenario("x.yaml").threats.values()}


def test_the_examples_of_all_keys_make_one_file(folder: Path):
    text = "\n".join(EXAMPLES[name] for name in NAMES)
    assert text in reference()
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    assert load_scenario("x.yaml").months == 36
