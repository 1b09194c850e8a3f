"""What a result's name depends on."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.api import load
from simulation.library import seeds_folder
from simulation.results import digest
from simulation.results.digest import class_digest, code_digest, result_digest, world_digest
from simulation.world import load_world

SETTINGS = [
    "rng_seed=2",
    "months=48",
    "start=2023-07",
    "background=0.5",
    "theory=liberal",
    "uncertainty=[chance]",
    "threats.PRK=high",
    "choice.pace=0.2",
    "without=[RUS]",
    "focus=[USA, JPN]",
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_value_of_a_scenario_counts(setting: str) -> None:
    assert result_digest(load("baseline", [setting]).scenario) != result_digest(load("baseline").scenario)


def test_runs_title_and_file_name_do_not_count(tmp_path: Path) -> None:
    one = load("us_retrenchment").scenario
    assert one.parent is not None
    parent = replace(one.parent, name="other", title="Other", why="Other")
    other = replace(one, runs=7, name="other", title="Other", why="", path=tmp_path, parent=parent)
    assert result_digest(other) == result_digest(one)


def test_the_parent_counts() -> None:
    one = load("us_retrenchment").scenario
    assert one.parent is not None
    assert result_digest(replace(one, parent=None)) != result_digest(one)
    assert result_digest(replace(one, parent=replace(one.parent, background=0.5))) != result_digest(one)


def test_every_file_of_a_world_counts(tmp_path: Path) -> None:
    folder = tmp_path / "northeast_asia"
    shutil.copytree(seeds_folder() / "northeast_asia", folder)
    world = load_world(folder)
    before = world_digest(world)
    assert before == world_digest(load_world("northeast_asia"))
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_bytes()
        path.write_bytes(text + b"# a word more\n")
        assert world_digest(world) != before, path.name
        path.write_bytes(text)
    assert world_digest(world) == before


def test_the_record_of_a_world_does_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "northeast_asia"
    shutil.copytree(seeds_folder() / "northeast_asia", folder)
    (folder / "record" / "coding.yaml").unlink()
    assert world_digest(load_world(folder)) == world_digest(load_world("northeast_asia"))


def test_every_source_of_the_numbers_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_digest()
    for name in digest.SOURCES:
        place = digest.ROOT / name
        if place.is_dir():
            shutil.copytree(place, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, tmp_path / name)
    monkeypatch.setattr(digest, "ROOT", tmp_path)
    assert code_digest() == before
    for name in ("model/threat.py", "engines/draws.py", "scenario/profiles.py", "world/values.py"):
        path = tmp_path / name
        text = path.read_text()
        path.write_text(text + "# a word more\n")
        assert code_digest() != before, name
        path.write_text(text)


def test_a_replaced_country_counts_with_its_source() -> None:
    class Calm:
        """Does nothing."""

    class Loud:
        """Does a lot."""

    scenario = load("baseline").scenario
    digests = {
        result_digest(scenario, given) for given in (None, {"JPN": Calm}, {"JPN": Loud}, {"KOR": Calm})
    }
    assert len(digests) == 4
    assert class_digest(Calm) == class_digest(Calm)
    assert class_digest(type("Typed", (), {})) != class_digest(type("Other", (), {}))
