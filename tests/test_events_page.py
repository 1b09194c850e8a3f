"""docs/events.md: its tables are made from the code and the seeds, and its examples load.

To renew the tables: `.venv/bin/python -m tests.test_events_page`.
"""

import re
import shutil
from pathlib import Path

from simulation.library import seeds_folder
from simulation.scenario.resolve import load_scenario
from simulation.world import World, load_world
from simulation.world.effects import EFFECTS, in_words
from simulation.world.facts import Effect
from tests.pages import with_parts
from tests.worlds import EVENTS

PAGE = Path(__file__).parents[1] / "docs" / "events.md"


def effects_table() -> list[str]:
    rows = []
    for name, shape in EFFECTS.items():
        needs = ["`of`", *(["`toward`"] if shape.toward else []), *(["`track`"] if shape.track else [])]
        reads = in_words(Effect(name, "country", "partner", "economic", "amount", 1))
        unit = f"± {shape.unit}" if shape.signed else shape.unit
        rows.append(f"| {name} | {', '.join(needs)} | {unit} | {reads} |")
    return rows


def events_table(world: World) -> list[str]:
    rows = ["| event | meaning | numbers | effects |", "| --- | --- | --- | --- |"]
    for event in world.events.values():
        numbers = [
            f"`{one.name}` {one.value.value:g} {one.value.unit} ({one.value.low:g} to {one.value.high:g})"
            for one in event.fields.values()
            if one.value is not None
        ]
        effects = "; ".join(in_words(effect) for effect in event.effects)
        rows.append(f"| {event.name} | {event.meaning} | {', '.join(numbers)} | {effects} |")
    return rows


def renewed(text: str) -> str:
    """The page with its tables made anew."""
    tables = {"effects": effects_table(), "events": events_table(load_world("northeast_asia"))}
    return with_parts(text, tables)


def examples() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_tables_are_current():
    text = PAGE.read_text(encoding="utf-8")
    assert text == renewed(text), "renew it: .venv/bin/python -m tests.test_events_page"


def test_the_scenario_of_the_page(tmp_path: Path):
    events, settings, _ = examples()
    path = tmp_path / "page.yaml"
    path.write_text(f"format: 1\ntitle: Page\nworld: northeast_asia\n{events}{settings}", encoding="utf-8")
    scenario = load_scenario(path)
    assert [one.event for one in scenario.events] == ["court_ruling", "summit"]
    assert [one.path for one in scenario.settings] == ["events.court_ruling.size", "events.summit.faith"]


def test_the_type_of_the_page_can_be_added_to_a_world(tmp_path: Path):
    folder = shutil.copytree(seeds_folder() / "northeast_asia", tmp_path / "mine")
    with (folder / "events.yaml").open("a", encoding="utf-8") as file:
        file.write(examples()[2])
    path = tmp_path / "own.yaml"
    line = "- {at: 2023-07, event: fishing_dispute, country: KOR, partner: JPN, size: 0.1}"
    path.write_text(
        f"format: 1\ntitle: Own\nworld: mine\nset: {{events.fishing_dispute.mistrust: 0.04}}\n"
        f"events:\n  {line}\n",
        encoding="utf-8",
    )
    scenario = load_scenario(path)
    assert [one.fields for one in scenario.events] == [{"country": "KOR", "partner": "JPN", "size": 0.1}]
    assert [(one.path, one.value) for one in scenario.settings] == [("events.fishing_dispute.mistrust", 0.04)]


def test_effects_are_all_in_the_worlds_of_tests():
    assert set(re.findall(r"effect: (\w+)", EVENTS)) == set(EFFECTS)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
