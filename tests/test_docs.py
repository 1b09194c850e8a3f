"""Documentation that runs: the examples of docs/python.md, and the scenario of README.md."""

import doctest
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from simulation.library import sweeps_folder
from simulation.scenario.resolve import load_scenario
from simulation.sweep.design import load_sweep
from simulation.sweep.search import find_sweep, sweep_names

REPO = Path(__file__).parents[1]
MOST_BYTES = 200_000  # of a picture of README.md
PAGES = [
    *(REPO / name for name in ("README.md", "CONTRIBUTING.md", "scenarios/README.md")),
    *sorted((REPO / "docs").glob("*.md")),
]


def test_the_examples_for_python(tmp_path: Path) -> None:
    missed, tried = doctest.testfile(
        str(REPO / "docs" / "python.md"), module_relative=False, globs={"folder": tmp_path}
    )
    assert tried > 0
    assert missed == 0


def test_the_scenario_of_the_readme(tmp_path: Path) -> None:
    found = re.findall(r"```yaml\n(.*?)```", (REPO / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    for number, text in enumerate(found):
        path = tmp_path / f"example_{number}.yaml"
        path.write_text(text, encoding="utf-8")
        assert load_scenario(path).title in text


def test_the_sweep_of_its_page(tmp_path: Path) -> None:
    found = re.findall(
        r"```\n(format:.*?)```", (REPO / "docs/sweeps.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert found
    for text in found:
        (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
        sweep, cases = load_sweep(tmp_path / "x.yaml")
        assert sweep.title in text
        assert len(cases) == 1 + 4 * 3


def test_every_shipped_sweep_is_on_its_page() -> None:
    page = (REPO / "docs/sweeps.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z_]+)` \| (?:under|whether|when|how much|which)", page, re.M) == [
        "threat_matrix", "commitment_by_threat", "timing_of_crisis", "leaders_by_threat", "sensitivity_all",
    ]  # fmt: skip
    assert sorted(each.stem for each in sweeps_folder().glob("*.yaml")) == sweep_names()
    for name in sweep_names():
        assert f"`{name}`" in page
        if name != "sensitivity_all":  # tried by its own tests: it has hundreds of axes
            load_sweep(find_sweep(name))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(REPO)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_gallery_shows_what_the_named_commands_draw() -> None:
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    spec = spec_from_file_location("gallery", REPO / "docs" / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    gallery = module_from_spec(spec)
    spec.loader.exec_module(gallery)
    shown = re.findall(r"\]\(docs/figures/([^)]+)\)", readme)
    shown.remove("hindcast_scores.png")  # which `entente hindcast --page docs/validation.md` draws
    assert sorted(shown) == sorted(gallery.GALLERY)
    for name, (command, _) in gallery.GALLERY.items():
        assert f"`{command}`" in readme
        assert (REPO / "docs" / "figures" / name).stat().st_size < MOST_BYTES
