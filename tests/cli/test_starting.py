"""`entente new`: the file runs as it is, and every example in it holds."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.cli.starting import template
from simulation.engines.plan import build_plan
from simulation.engines.reference import AllianceModel
from simulation.scenario.resolve import load_scenario
from simulation.scenario.schema import NAMES
from tests.cli.conftest import Entente

EXAMPLE = re.compile(r"^( *)#(?=[^ #])", re.MULTILINE)
TEXT = template("mine")


def uncommented(number: int) -> str:
    """The text with one of its examples made to hold."""
    at = list(EXAMPLE.finditer(TEXT))[number]
    return TEXT[: at.start()] + at[1] + TEXT[at.end() :]


def test_it_is_written_runs_and_meets_what_it_expects(entente: Entente) -> None:
    assert entente("new") == (0, "Wrote my_scenario.yaml. Edit it, then: entente run my_scenario.yaml\n", "")
    assert entente("check", "my_scenario.yaml").out == (
        "my_scenario.yaml: good. my scenario (60 months, 1,000 runs)\n"
    )
    ended = entente("check", "--run", "my_scenario.yaml", "--runs", 300)
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "1 expectation: 1 holds")


@pytest.mark.parametrize("number", range(len(EXAMPLE.findall(TEXT))))
def test_each_example_holds(number: int, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(uncommented(number), encoding="utf-8")
    load_scenario(path)


def test_all_examples_hold_together_and_say_every_key(tmp_path: Path) -> None:
    text = EXAMPLE.sub(r"\1", TEXT)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    got = load_scenario(path)
    assert len(EXAMPLE.findall(TEXT)) >= 10
    assert len(got.expectations) == 3
    keys = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE))
    assert keys == set(NAMES)


def test_what_it_points_to_is_there(entente: Entente) -> None:
    said = re.findall(r"^# See: entente (.*)$", TEXT, re.MULTILINE)
    assert len(said) >= 5
    for words in said:
        ended = entente(*words.split())
        assert ended.code == 0
        assert len(ended.out.splitlines()) > 3


@pytest.mark.parametrize("name", ["cooler_seoul", "cooler_seoul.yaml", "null", "12", "東京"])
def test_a_name(entente: Entente, name: str) -> None:
    stem = name.removesuffix(".yaml")
    assert entente("new", name).code == 0
    assert load_scenario(Path(f"{stem}.yaml")).title == stem.replace("_", " ")


@pytest.mark.parametrize("name", ["a/b", "../a", "", ".yaml", "-", "a b", "a.b", "x" * 101, "a\n"])
def test_a_name_that_cannot_be(entente: Entente, name: str, tmp_path: Path) -> None:
    ended = entente("new", "--", name)
    assert ended.code == 2
    assert ended.err.endswith(
        " cannot name a scenario\n"
        "  letters, digits, _ and -, at most 100; the file is written in this folder\n"
    )
    assert not list(tmp_path.rglob("*"))


def test_nothing_is_overwritten(entente: Entente) -> None:
    Path("mine.yaml").write_text("mine")
    ended = entente("new", "mine")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "there is a file mine.yaml already, and nothing was written",
        "  choose another name: entente new NAME",
    ]
    assert Path("mine.yaml").read_text() == "mine"


def test_it_cannot_have_the_name_of_its_parent(entente: Entente) -> None:
    ended = entente("new", "baseline")
    assert ended.code == 2
    assert ended.err.startswith("the new scenario extends baseline, and cannot be called that")
    assert not Path("baseline.yaml").exists()


def test_a_folder_that_cannot_be_written(entente: Entente, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Path.open

    def full(path: Path, mode: str = "r", *rest: Any, **words: Any) -> Any:
        if mode == "x":
            raise OSError(28, "No space left on device")
        return ours(path, mode, *rest, **words)

    monkeypatch.setattr(Path, "open", full)
    ended = entente("new", "mine")
    assert ended == (4, "", "cannot write mine.yaml: No space left on device\n")


def test_a_world_is_copied_with_a_scenario_that_runs(entente: Entente) -> None:
    said = "Wrote worlds/my_case, a world to make your own, and my_case.yaml."
    assert entente("new", "--world", "my_case").out.startswith(said)
    assert entente("check", "my_case.yaml").out == "my_case.yaml: good. my case (60 months, 1,000 runs)\n"
    model = load_scenario("my_case.yaml")
    assert (model.world.name, model.variants) == ("my_case", ("pressed",))
    path = AllianceModel(build_plan(replace(model, months=3)), 1).run_all()
    assert np.isfinite(path).all()


def test_what_is_there_is_not_written_over(entente: Entente) -> None:
    entente("new", "--world", "mine")
    before = Path("mine.yaml").read_bytes()
    ended = entente("new", "--world", "mine")
    assert ended.code == 2
    assert ended.err.startswith("there is a folder worlds/mine already, and nothing was written\n")
    assert Path("mine.yaml").read_bytes() == before
    Path("other.yaml").write_text("mine", encoding="utf-8")
    assert entente("new", "--world", "other").err.startswith("there is a file other.yaml already")
    assert not Path("worlds/other").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--world", "template"), 'the library has a world "template"'),
        (("--world", "a/b"), '"a/b" cannot name a world'),
        (("x", "--world", "y"), "a world comes with a scenario of its own name"),
    ],
)
def test_what_cannot_be_a_world_is_told(entente: Entente, words: tuple[str, ...], said: str) -> None:
    ended = entente("new", *words)
    assert (ended.code, ended.err.splitlines()[0].startswith(said)) == (2, True)
    assert not Path("worlds").exists()
