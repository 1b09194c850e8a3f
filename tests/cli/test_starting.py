"""`entente new`: the file runs as it is, and every example in it holds."""

import re
from pathlib import Path

import pytest

from simulation.cli.starting import template
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
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    ended = entente("new", "mine")
    assert ended == (4, "", "cannot write mine.yaml: No space left on device\n")
