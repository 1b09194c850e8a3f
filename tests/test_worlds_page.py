"""docs/worlds.md: its tables are made from what the loader reads.

To renew them: `.venv/bin/python -m tests.test_worlds_page`.
"""

from pathlib import Path

from simulation.library import seeds_folder
from simulation.world import load_world
from simulation.world.load import SECTIONS
from tests.pages import with_parts

PAGE = Path(__file__).parents[1] / "docs" / "worlds.md"
OWN = {"source.yaml": ("title", "reference", "sources"), "evidence.yaml": ("evidence",)}


def files_table() -> list[str]:
    rows = ["| file | sections |", "| --- | --- |"]
    for name, sections in (OWN | SECTIONS).items():
        rows.append(f"| {name} | {', '.join(f'`{section}`' for section in sections)} |")
    return rows


def needed_table() -> list[str]:
    rows = ["| parameter | follows | unit | bounds | meaning |", "| --- | --- | --- | --- | --- |"]
    for one in load_world("template").declarations.values():
        if one.default is None:
            by = "" if one.by == "none" else one.by.replace("_", " and ")
            rows.append(f"| `{one.path}` | {by} | {one.unit} | {one.low:g} to {one.high:g} | {one.meaning} |")
    return rows


def renewed(text: str) -> str:
    """The page with its tables made anew."""
    return with_parts(text, {"files": files_table(), "needed": needed_table()})


def test_the_tables_are_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == renewed(text), "renew it: .venv/bin/python -m tests.test_worlds_page"


def test_the_template_has_the_files_of_the_table_and_no_other() -> None:
    names = {file.name for file in (seeds_folder() / "template").iterdir()}
    assert names == {*OWN, *SECTIONS}


def test_every_file_of_the_template_begins_with_what_it_is_for() -> None:
    for file in (seeds_folder() / "template").iterdir():
        assert file.read_text(encoding="utf-8").startswith("# "), file.name


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
